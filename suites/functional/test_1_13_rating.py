"""1.13 Đánh giá hài lòng."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from toantrinh.judgement import fail
from toantrinh.observations.journey import StepName


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
