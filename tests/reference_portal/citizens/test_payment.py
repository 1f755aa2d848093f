"""Paying the fee: once, in full, and again after a failure."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from portal.parties.gateway_protocol import Outcome, PaymentState, signed
from portal.settings import Settings

from .conftest import Application, Portal


@pytest.fixture
def fee(apply: Callable[..., Application]) -> Application:
    """An application at its step of the fee."""
    application = apply()
    application.until("le-phi")
    return application


def payments(portal: Portal, application: Application) -> list[tuple[str, int, str]]:
    return portal.rows(
        "SELECT reference, amount, state FROM payments WHERE dossier_id = ? ORDER BY created_at", application.id
    )


def secret(portal: Portal) -> str:
    addresses = {name: "http://127.0.0.1" for name in ("portal_url", "identity_url", "gateway_url", "collector_url")}
    return Settings.load(portal.data, **addresses).gateway_secret


def test_the_amount_is_the_published_fee(portal: Portal, fee: Application) -> None:
    assert "8.000 đồng" in fee.step("le-phi").words
    fee.to_gateway()
    assert "8.000" in fee.visitor.page.text_content()
    assert [(amount, state) for _, amount, state in payments(portal, fee)] == [(8000, "pending")]


def test_a_payment_comes_back_with_a_receipt(portal: Portal, fee: Application) -> None:
    fee.pay()
    page = fee.visitor
    assert page.answer.url.endswith("/le-phi") and "Thanh toán thành công!" in page.words and "BL-" in page.words
    page.get(f"{fee.address}/bien-lai")
    assert "8.000 đồng" in page.words and "Số biên lai" in page.words


@pytest.mark.parametrize(
    ("button", "state", "says"),
    [
        ("Thanh toán thất bại (thử)", "failed", "Thanh toán không thành công"),
        ("Hủy giao dịch", "cancelled", "Giao dịch đã bị hủy"),
    ],
)
def test_a_payment_that_came_to_nothing_can_be_made_again(
    portal: Portal, fee: Application, button: str, state: str, says: str
) -> None:
    fee.to_gateway()
    fee.press_at_gateway(button)
    assert says in fee.visitor.words
    fee.pay()
    assert [one[2] for one in payments(portal, fee)] == [state, "paid"]


def test_an_abandoned_payment_can_be_taken_up_again(portal: Portal, fee: Application) -> None:
    fee.to_gateway()
    assert "Chưa thanh toán" in fee.step("le-phi").words or "Đang chờ" in fee.visitor.words
    fee.pay()
    assert [one[2] for one in payments(portal, fee)] == ["paid"]


def test_pressing_pay_many_times_at_once_makes_one_order(portal: Portal, fee: Application) -> None:
    page = fee.step("le-phi")
    form = {**dict(page.page.xpath("//main//form")[0].form_values()), "thao-tac": "thanh-toan"}

    def press(_: int) -> str:
        cookies = {"phien": page.session.cookies.get("phien", domain="127.0.0.1") or ""}
        answer = requests.post(f"{fee.address}/le-phi", data=form, cookies=cookies, allow_redirects=False, timeout=30)
        return answer.headers["Location"].split("reference=")[1].split("&")[0]

    with ThreadPoolExecutor(8) as pool:
        references = set(pool.map(press, range(8)))
    assert len(references) == 1 and len(payments(portal, fee)) == 1


def test_a_notification_that_is_said_twice_is_booked_once(portal: Portal, fee: Application) -> None:
    fee.to_gateway()
    reference, amount, _ = payments(portal, fee)[0]
    said = signed(Outcome(reference, amount, PaymentState.PAID, "GD1").fields(), secret(portal))
    for _ in range(3):
        assert requests.post(f"{portal.url}/thanh-toan/thong-bao", data=said, timeout=10).ok
    assert [one[2] for one in payments(portal, fee)] == ["paid"]
    assert len(portal.rows("SELECT receipt_number FROM payments WHERE dossier_id = ?", fee.id)) == 1
    assert "Đã thanh toán" in fee.step("le-phi").words


def test_a_paid_order_stays_paid_whatever_comes_later(portal: Portal, fee: Application) -> None:
    fee.pay()
    reference, amount, _ = payments(portal, fee)[0]
    late = signed(Outcome(reference, amount, PaymentState.FAILED).fields(), secret(portal))
    requests.post(f"{portal.url}/thanh-toan/thong-bao", data=late, timeout=10)
    assert [one[2] for one in payments(portal, fee)] == ["paid"]


def test_a_forged_or_altered_notification_is_refused(portal: Portal, fee: Application) -> None:
    fee.to_gateway()
    reference, amount, _ = payments(portal, fee)[0]
    forged = signed(Outcome(reference, amount, PaymentState.PAID).fields(), "another secret")
    cheap = signed(Outcome(reference, 1, PaymentState.PAID).fields(), secret(portal))
    unknown = signed(Outcome("khong-co", amount, PaymentState.PAID).fields(), secret(portal))
    for message in (forged, cheap, unknown, {}):
        assert requests.post(f"{portal.url}/thanh-toan/thong-bao", data=message, timeout=10).status_code == 400
        assert requests.get(f"{portal.url}/thanh-toan/ket-qua", params=message, timeout=10).status_code == 400
    assert [one[2] for one in payments(portal, fee)] == ["pending"]


def test_an_unpaid_dossier_cannot_be_handed_in(portal: Portal, fee: Application) -> None:
    page = fee.step("ky-nop")
    assert page.answer.url.endswith("/le-phi")
    page.post(f"{fee.address}/ky-nop", {"cam_doan": "co", "ma_pin": "246810"})
    assert portal.rows("SELECT status, code FROM dossiers WHERE id = ?", fee.id) == [(0, None)]
