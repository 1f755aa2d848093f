"""1.9 Nộp hồ sơ, cấp mã."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.scenarios import ScenarioRecord
from toantrinh.journey.confirmation import LEGAL_CODE, NEWER_CODE
from toantrinh.judgement import fail, not_tested, partial
from toantrinh.observations.journey import Reach, StepName, SubmitFacts
from toantrinh.observations.second_dossier import SecondDossier


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


@check("submit.once")
def test_pressing_twice_makes_one_dossier(second_dossier: ScenarioRecord[SecondDossier]) -> None:
    """Bấm nộp hai lần, hoặc Quay lại rồi bấm nữa, chỉ có một hồ sơ."""
    sent = second_dossier.data.sent
    if sent.reach is not Reach.REACHED and not sent.pressed_twice:
        second_dossier.need()
        not_tested(f"hồ sơ thứ hai chưa nộp được: {sent.why}")
    second_dossier.need(sent)
    others = {*(sent.listed_after or ()), sent.code_after_back or sent.code} - {*(sent.listed_before or ()), sent.code}
    if sent.code_after_back not in ("", sent.code) or (others and sent.listed_before is not None):
        seen = f"{sent.code} và {'; '.join(sorted(others))}"
        fail(f"bấm nộp hai lần thành {len(others) + 1} hồ sơ", second_dossier.grounds(sent, "một mã hồ sơ", seen))
    if sent.listed_before is None or sent.code not in (sent.listed_after or ()):
        not_tested(
            "không thấy hồ sơ vừa nộp trong danh sách của người dân nên không đếm được", second_dossier.grounds(sent)
        )
    if not sent.pressed_twice and not sent.pressed_after_back:
        not_tested("luồng nộp không có nút nào để bấm hai lần", second_dossier.grounds(sent))


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
