"""1.9 Nộp hồ sơ, cấp mã."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from toantrinh.journey.confirmation import LEGAL_CODE, NEWER_CODE
from toantrinh.judgement import fail, partial
from toantrinh.observations.journey import StepName, SubmitFacts


@check("submit.code-in-legal-form")
def test_code_is_in_a_legal_form(journey: JourneyRecord) -> None:
    """Nộp xong có mã hồ sơ đúng mẫu."""
    facts = _submitted(journey)
    if not (LEGAL_CODE.fullmatch(facts.code) or NEWER_CODE.fullmatch(facts.code)):
        fail(
            f"mã hồ sơ “{facts.code}” không theo mẫu",
            journey.grounds(
                StepName.SUBMIT, "V1V2V3.Z1Z2.Y1Y2.MX1X2-YYMMDD-XXXX (TT 01/2018 Đ19)", facts.code or "không có mã"
            ),
        )


@check("submit.receipt-with-date")
def test_receipt_carries_the_promised_date(journey: JourneyRecord) -> None:
    """Có giấy tiếp nhận với ngày hẹn trả."""
    facts = _submitted(journey)
    wrong = [
        what
        for what, there in (
            ("giấy tiếp nhận tải được", facts.receipt_bytes > 0),
            ("ngày hẹn trả", bool(facts.promised)),
        )
        if not there
    ]
    if wrong:
        partial(
            1 - len(wrong) / 2,
            "không thấy: " + ", ".join(wrong),
            journey.grounds(StepName.SUBMIT, "giấy tiếp nhận và ngày hẹn", facts.said),
        )


@check("submit.survives-reload")
def test_confirmation_survives_a_reload(journey: JourneyRecord) -> None:
    """Tải lại trang xác nhận vẫn thấy mã hồ sơ đó."""
    facts = _submitted(journey)
    if facts.code_after_reload != facts.code:
        fail(
            "tải lại trang xác nhận thì mã hồ sơ đổi hoặc mất",
            journey.grounds(StepName.SUBMIT, facts.code, facts.code_after_reload or "không có mã"),
        )


def _submitted(journey: JourneyRecord) -> SubmitFacts:
    journey.need(StepName.SUBMIT)
    facts = journey.journey.submit
    assert facts is not None
    return facts
