"""1.8 Thanh toán trực tuyến."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from toantrinh.judgement import fail, not_applicable, not_tested
from toantrinh.level import PART, published_fee
from toantrinh.observations.journey import PayFacts, Reach, StepName


@check("pay.amount-equals-fee")
def test_amount_equals_published_fee(journey: JourneyRecord) -> None:
    """Số tiền phải trả bằng phí đã công bố."""
    pay = _paid(journey)
    fee = _fee(journey)
    if fee is None:
        not_tested("không thấy mức phí công bố bằng con số")
    if pay.amount is None:
        not_tested("không đọc được số tiền trên trang thanh toán")
    if pay.amount != fee:
        fail(
            f"công bố {_dong(fee)}, phải trả {_dong(pay.amount)}",
            journey.grounds(StepName.PAY, _dong(fee), _dong(pay.amount)),
        )


@check("pay.completes")
def test_payment_completes(journey: JourneyRecord) -> None:
    """Thanh toán xong qua cổng và quay về."""
    pay = _paid(journey)
    if not pay.completed:
        fail(
            "trả tiền xong nhưng cổng không ghi nhận",
            journey.grounds(StepName.PAY, "lời xác nhận đã thanh toán", pay.said or "không có"),
        )


@check("pay.receipt")
def test_payment_gives_a_receipt(journey: JourneyRecord) -> None:
    """Có biên lai thanh toán."""
    pay = _paid(journey)
    if not pay.receipt:
        fail("không thấy biên lai thanh toán", journey.grounds(StepName.PAY, "biên lai hoặc số biên lai", "không có"))


@check("pay.free-asks-nothing")
def test_free_service_asks_for_nothing(journey: JourneyRecord) -> None:
    """Thủ tục miễn phí không đòi tiền."""
    if _fee(journey) != 0:
        not_applicable("thủ tục có phí, lệ phí")
    journey.need(StepName.SUBMIT)
    pay = journey.journey.pay
    if pay is not None and pay.amount:
        fail(f"thủ tục miễn phí đòi {_dong(pay.amount)}", journey.grounds(StepName.PAY, "0 đồng", _dong(pay.amount)))


def _fee(journey: JourneyRecord) -> int | None:
    own = journey.journey.fee
    shown = published_fee(journey.journey)
    return shown if shown is not None else own


def _paid(journey: JourneyRecord) -> PayFacts:
    if _fee(journey) == 0 and journey.journey.pay is None:
        not_applicable("thủ tục không có phí, lệ phí")
    record = journey.journey
    if record.pay is None and record.step(StepName.PAY).reach is Reach.NOT_NEEDED:
        if record.declared == PART:
            not_applicable("dịch vụ một phần: phí nộp tại cơ quan")
        fail(
            "thủ tục có phí nhưng luồng nộp không cho thanh toán trực tuyến",
            journey.grounds(StepName.PAY, "thanh toán trong luồng nộp", "nộp xong mà không được mời thanh toán"),
        )
    journey.need(StepName.PAY)
    assert record.pay is not None
    return record.pay


def _dong(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")
