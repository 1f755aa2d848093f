"""1.7 Ký số."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.run import Run
from toantrinh.judgement import fail, needs_review, not_applicable
from toantrinh.level import FULL
from toantrinh.observations.journey import Reach, StepName
from toantrinh.signatures import STATES


@check("sign.offered-in-flow")
def test_signing_is_offered_in_the_flow(journey: JourneyRecord, run: Run, service_code: str) -> None:
    """Khi cần ký số, ký được ngay trong luồng nộp."""
    service = next(s for s in run.system.services if s.code == service_code)
    if service.signature is False:
        not_applicable("thủ tục này không yêu cầu ký số")
    sign = journey.journey.sign
    if sign is None and journey.journey.step(StepName.SIGN).reach is Reach.NOT_NEEDED:
        if service.signature is None:
            not_applicable("luồng nộp không hỏi chữ ký, tệp hệ thống không nói có cần hay không")
        grounds = journey.grounds(StepName.SIGN, "ký số trong luồng nộp", "nộp xong mà không được mời ký")
        if journey.verified:
            fail("thủ tục cần ký số nhưng luồng nộp không có bước ký", grounds)
        needs_review("thủ tục cần ký số nhưng không thấy bước ký", grounds)
    journey.need(StepName.SIGN)
    if sign is None or not sign.signed:
        said = sign.said if sign else ""
        fail(
            "đã ký nhưng trang không xác nhận chữ ký",
            journey.grounds(StepName.SIGN, "lời xác nhận đã ký", said or "không có"),
        )


@check("sign.result-verifies")
def test_signature_of_the_result_verifies(journey: JourneyRecord) -> None:
    """Kết quả trả về là PDF có chữ ký số kiểm chứng được."""
    if journey.journey.result is None and journey.journey.declared != FULL:
        not_applicable(f"dịch vụ {journey.journey.declared}: kết quả nhận trực tiếp")
    journey.need(StepName.RESULT)
    result = journey.journey.result
    assert result is not None
    if result.kind != "pdf" or result.signature != "valid":
        seen = f"tệp {result.kind}" if result.kind != "pdf" else STATES.get(result.signature, result.signature)
        names = f"; người ký: {result.signer}, nơi cấp chứng thư: {result.issuer}" if result.signer else ""
        fail(
            f"kết quả không có chữ ký số kiểm chứng được: {seen}",
            journey.grounds(StepName.RESULT, f"PDF có chữ ký số: {STATES['valid']}", seen + names),
        )
