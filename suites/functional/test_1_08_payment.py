"""1.8 Thanh toán trực tuyến."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.scenarios import ScenarioRecord
from toantrinh.judgement import fail, needs_review, not_applicable, not_tested, partial
from toantrinh.level import PART, published_fee
from toantrinh.observations.journey import PayFacts, Reach, StepName
from toantrinh.observations.second_dossier import PaymentMisfortune, SecondDossier


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


@check("pay.failed-stays-payable")
def test_failed_payment_leaves_it_payable(
    journey: JourneyRecord, second_dossier: ScenarioRecord[SecondDossier]
) -> None:
    """Thanh toán thất bại thì hồ sơ vẫn trả lại được."""
    _needs_payment(journey)
    _still_payable(second_dossier, second_dossier.data.failed, "thanh toán thất bại rồi thì không thanh toán lại được")


@check("pay.abandoned-stays-payable")
def test_abandoned_payment_leaves_it_payable(
    journey: JourneyRecord, second_dossier: ScenarioRecord[SecondDossier]
) -> None:
    """Bỏ dở thanh toán thì tìm lại được hồ sơ và trả lại được."""
    _needs_payment(journey)
    left = second_dossier.data.abandoned
    _still_payable(second_dossier, left, "rời trang thanh toán rồi thì không thanh toán lại được")
    if left.in_list is False:
        message = "hồ sơ bỏ dở thanh toán không có trong danh sách hồ sơ của người dân, chỉ mở lại được bằng địa chỉ cũ"
        grounds = second_dossier.grounds(left, "hồ sơ chưa nộp trong danh sách của người dân", "không thấy")
        if second_dossier.verified:
            partial(0.5, message, grounds)
        needs_review(message, grounds)


@check("pay.once")
def test_pressing_twice_pays_once(journey: JourneyRecord, second_dossier: ScenarioRecord[SecondDossier]) -> None:
    """Bấm hai lần, hoặc trả rồi bấm nữa, chỉ thu tiền một lần."""
    _needs_payment(journey)
    paid = second_dossier.data.paid
    if paid.reach is not Reach.REACHED:
        second_dossier.need()
        not_tested(paid.why or f"chưa trả tiền được lần nào: {second_dossier.data.sent.why}")
    second_dossier.need(paid)
    if paid.asked_again:
        fail(
            "đã thanh toán xong mà vẫn bị đưa sang trả tiền lần nữa",
            second_dossier.grounds(paid, "trả một lần", "cổng thanh toán lại đòi " + _dong(paid.amount or 0)),
        )
    if twins := _twins(paid.receipts):
        fail(
            f"bấm thanh toán hai lần thì hồ sơ có {len(twins)} biên lai",
            second_dossier.grounds(paid, "một khoản thu, một biên lai", "; ".join(twins)),
        )
    if not paid.receipts:
        not_tested("không thấy số biên lai nên không đếm được số lần thu", second_dossier.grounds(paid))
    if paid.asked_again is None:
        not_tested(
            "trả xong không thấy trang nào của hệ thống cho biết còn phải trả không", second_dossier.grounds(paid)
        )


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


def _needs_payment(journey: JourneyRecord) -> None:
    """Ends the check unless the straight way paid online: whether it had to is asked by `pay.completes`."""
    if _fee(journey) == 0 and journey.journey.pay is None:
        not_applicable("thủ tục không có phí, lệ phí")
    if journey.journey.pay is None:
        if journey.journey.declared == PART:
            not_applicable("dịch vụ một phần: phí nộp tại cơ quan")
        not_tested("luồng nộp không đi qua thanh toán trực tuyến")


def _still_payable(record: ScenarioRecord[SecondDossier], trial: PaymentMisfortune, message: str) -> None:
    if trial.reach is Reach.NOT_TRIED:
        record.need()
        not_tested(trial.why or f"chưa đến lượt thử: {record.data.sent.why}")
    record.need(trial)
    if trial.payable is None:
        not_tested(f"sau đó không thấy lại được trang trả tiền: {' / '.join(trial.said)}", record.grounds(trial))
    if not trial.payable:
        seen = " / ".join(trial.said) or "không có lời báo"
        grounds = record.grounds(trial, "được đưa sang trả tiền lại", seen)
        if record.verified:
            fail(message, grounds)
        needs_review(message, grounds)


def _twins(receipts: tuple[str, ...]) -> tuple[str, ...]:
    """Receipt numbers of one shape, when there are several: one payment may well carry numbers of different shapes."""
    shapes: dict[str, list[str]] = {}
    for number in receipts:
        shapes.setdefault(re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", number)), []).append(number)
    return next((tuple(alike) for alike in shapes.values() if len(alike) > 1), ())


def _dong(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")
