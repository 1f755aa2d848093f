"""1.13 Đánh giá hài lòng."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.figures import FiguresRecord
from fixtures.journeys import JourneyRecord
from suites.functional.agreement import age_excuses
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.judgement import fail, needs_review, not_tested
from toantrinh.observations.journey import StepName
from toantrinh.published_counts import rises


@check("rating.asked-after-result")
def test_rating_is_asked_after_the_result(journey: JourneyRecord) -> None:
    """Có kết quả rồi thì mời đánh giá."""
    journey.need(StepName.RATING)


@check("rating.once")
def test_rating_is_accepted_once(journey: JourneyRecord) -> None:
    """Mỗi hồ sơ đánh giá một lần."""
    journey.need(StepName.RATING)
    rating = journey.journey.rating
    assert rating is not None
    if rating.asked_again:
        fail(
            "đánh giá xong vẫn đánh giá lại được",
            journey.grounds(StepName.RATING, "không mời đánh giá nữa", "vẫn mời đánh giá"),
        )


@check("rating.in-statistics")
def test_ratings_count_in_the_statistics(figures: FiguresRecord) -> None:
    """Đánh giá được tính vào số liệu công khai."""
    if not figures.rated:
        not_tested("chưa gửi được đánh giá nào giữa hai lần xem số liệu")
    if figures.after.absent:
        figures.missing("không thấy số liệu công khai để xem đánh giá", "trang số liệu có kết quả đánh giá")
    lexicon = load_lexicon()
    found = rises(figures.before, figures.after, "figures-rated", lexicon, figures.today)
    if not found:
        heads = [head for table in figures.after.tables for head in table.heads]
        if any(
            lexicon.says("figures-rated", words) for words in (*heads, *(tile.words for tile in figures.after.tiles))
        ):
            not_tested("số liệu công khai chỉ có điểm hài lòng, không có số lượt đánh giá nên không so được")
        figures.missing("số liệu công khai không có đánh giá của người dân", "số lượt và kết quả đánh giá")
    best = max(found.values())
    if best < figures.rated:
        age_excuses(figures)
        message = f"đã gửi {figures.rated} đánh giá, số lượt trong thống kê tăng {best}"
        grounds = figures.grounds(f"tăng từ {figures.rated} lượt", f"tăng {best} lượt; {figures.after.as_of}")
        if figures.verified or figures.after.as_of:
            fail(message, grounds)
        needs_review(message, grounds)
