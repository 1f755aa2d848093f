"""1.12 Trả kết quả."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.judgement import fail, needs_review, not_applicable, not_tested
from toantrinh.level import FULL
from toantrinh.observations.journey import ResultFacts, StepName


@check("result.download")
def test_result_can_be_downloaded(journey: JourneyRecord) -> None:
    """Kết quả tải về được trên mạng."""
    result = _returned(journey)
    if result.bytes == 0:
        fail("tệp kết quả rỗng", journey.grounds(StepName.RESULT, "tệp có nội dung", "0 byte"))


@check("result.is-what-was-issued")
def test_result_is_what_the_officer_issued(journey: JourneyRecord) -> None:
    """Kết quả nhận được đúng là kết quả cán bộ đã cấp."""
    result = _returned(journey)
    if not result.issued_sha256:
        not_tested("phía cán bộ không cho tải tệp đã cấp nên không so được")
    if result.sha256 != result.issued_sha256:
        fail(
            "tệp người dân nhận khác tệp cán bộ đã cấp",
            journey.grounds(StepName.RESULT, f"SHA-256 {result.issued_sha256[:16]}…", f"SHA-256 {result.sha256[:16]}…"),
        )


@check("result.postal-choice")
def test_postal_return_can_be_chosen(journey: JourneyRecord) -> None:
    """Chọn được nhận kết quả qua bưu chính."""
    _only_full(journey)
    journey.need(StepName.SUBMIT)
    submit = journey.journey.submit
    assert submit is not None
    postal = load_lexicon()["delivery-postal"]
    if not any(postal.nearness(way) >= 40 for way in submit.delivery_offered):
        message = "không thấy lựa chọn nhận kết quả qua bưu chính"
        grounds = journey.grounds(
            StepName.FORM, "nhận qua bưu chính công ích", "; ".join(submit.delivery_offered) or "không hỏi"
        )
        if journey.verified:
            fail(message, grounds)
        needs_review(message, grounds)


@check("result.kept-in-store")
def test_result_is_kept_in_the_store(journey: JourneyRecord) -> None:
    """Kết quả được lưu vào kho của người dân."""
    result = _returned(journey)
    if not result.kept_in_store:
        message = "không thấy kết quả trong kho dữ liệu của người dân"
        grounds = journey.grounds(StepName.RESULT, "tệp kết quả trong kho", "không có")
        if journey.verified:
            fail(message, grounds)
        needs_review(message, grounds)


def _only_full(journey: JourneyRecord) -> None:
    if journey.journey.declared != FULL:
        not_applicable(f"dịch vụ {journey.journey.declared}: kết quả nhận trực tiếp")


def _returned(journey: JourneyRecord) -> ResultFacts:
    if journey.journey.result is None:
        _only_full(journey)
    journey.need(StepName.RESULT)
    assert journey.journey.result is not None
    return journey.journey.result
