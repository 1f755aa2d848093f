"""The payment gateway: signatures, one payment per order, notifications that arrive in the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from portal.clock import now
from portal.parties import gateway
from portal.parties.gateway_protocol import (
    BadMessage,
    Order,
    PaymentState,
    query_address,
    read_order,
    read_outcome,
    sign,
    signed,
    verify,
)
from portal.settings import Settings

SECRET = "bi-mat-chung"


@dataclass
class Merchant:
    """The portal's place: a server that takes notifications, or refuses them `refusals` times first."""

    url: str = ""
    refusals: int = 0
    taken: list[dict[str, str]] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    known = Merchant()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if known.refusals > 0:
                known.refusals -= 1
                self.send_response(503)
            else:
                known.taken.append(dict(parse_qsl(body, keep_blank_values=True)))
                self.send_response(204)
                known.came.set()
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known.url = f"http://127.0.0.1:{server.server_port}"
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_settings(settings: Settings, merchant: Merchant) -> Settings:
    return replace(settings, portal_url=merchant.url, gateway_secret=SECRET)


@pytest.fixture
def client(open_settings: Settings) -> Iterator[FlaskClient]:
    app = gateway.create_app(open_settings, late_by=0.3)
    yield app.test_client()
    gateway.close(app)


def order_of(settings: Settings, reference: str = "LP-1", amount: int = 8000) -> Order:
    return Order.of(settings.portal_url, reference, amount, "Lệ phí hồ sơ", now())


def page_of(client: FlaskClient, order: Order) -> str:
    answer = client.get(order.address("", SECRET))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def returned(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}


def test_a_signature_fits_its_own_fields_only() -> None:
    fields = signed({"reference": "LP-1", "amount": "8000", "description": "Lệ phí & phí = 8.000 đ"}, SECRET)
    assert verify(fields, SECRET)
    assert not verify({**fields, "amount": "80"}, SECRET)
    assert not verify({**fields, "them": "1"}, SECRET)
    assert not verify(fields, "khac")
    assert not verify({name: value for name, value in fields.items() if name != "signature"}, SECRET)


def test_the_text_that_is_signed_cannot_be_shifted_between_fields() -> None:
    assert sign({"a": "1&b=2"}, SECRET) != sign({"a": "1", "b": "2"}, SECRET)


def test_an_order_survives_the_journey_through_an_address(settings: Settings) -> None:
    order = order_of(settings)
    assert read_order(returned(order.address("http://cong", SECRET)), SECRET) == order


@pytest.mark.parametrize("amount", [0, -5])
def test_an_order_without_an_amount_is_no_order(settings: Settings, amount: int) -> None:
    with pytest.raises(BadMessage):
        read_order(signed(order_of(settings, amount=amount).fields(), SECRET), SECRET)


def test_the_page_shows_merchant_amount_and_reference(client: FlaskClient, open_settings: Settings) -> None:
    page = client.get(page_of(client, order_of(open_settings))).text
    for text in ("8.000 đồng", "Cổng Dịch vụ công tỉnh Sao Mai", "LP-1", "Lệ phí hồ sơ"):
        assert text in page


def test_an_order_with_a_changed_amount_is_refused(client: FlaskClient, open_settings: Settings) -> None:
    address = order_of(open_settings).address("", SECRET)
    assert client.get(address.replace("amount=8000", "amount=1")).status_code == 400
    assert client.get(address + "&amount=1").status_code == 400


def test_an_order_that_leads_to_another_merchant_is_refused(client: FlaskClient, open_settings: Settings) -> None:
    foreign = replace(order_of(open_settings), return_url="http://evil.example/thanh-toan/ket-qua")
    assert client.get(foreign.address("", SECRET)).status_code == 400


def test_a_reference_cannot_be_used_again_for_another_amount(client: FlaskClient, open_settings: Settings) -> None:
    page_of(client, order_of(open_settings))
    assert client.get(order_of(open_settings, amount=9000).address("", SECRET)).status_code == 400


def test_a_payment_is_notified_before_the_payer_returns(
    client: FlaskClient, open_settings: Settings, merchant: Merchant
) -> None:
    answer = client.post(page_of(client, order_of(open_settings)), data={"ket-qua": "thanh-cong"})
    assert answer.location.startswith(f"{merchant.url}/thanh-toan/ket-qua?")
    outcome = read_outcome(returned(answer.location), SECRET)
    assert (outcome.state, outcome.amount, outcome.reference) == (PaymentState.PAID, 8000, "LP-1")
    assert read_outcome(merchant.taken[0], SECRET) == outcome


@pytest.mark.parametrize(("choice", "state"), [("that-bai", PaymentState.FAILED), ("huy", PaymentState.CANCELLED)])
def test_failure_and_cancelling_are_told_and_take_no_money(
    client: FlaskClient, open_settings: Settings, merchant: Merchant, choice: str, state: PaymentState
) -> None:
    answer = client.post(page_of(client, order_of(open_settings)), data={"ket-qua": choice})
    outcome = read_outcome(returned(answer.location), SECRET)
    assert (outcome.state, outcome.transaction, outcome.paid_at) == (state, "", None)
    assert merchant.taken[0]["state"] == state.value


def test_pressing_twice_at_the_same_time_pays_once(
    client: FlaskClient, open_settings: Settings, merchant: Merchant
) -> None:
    page = page_of(client, order_of(open_settings))

    def press(_: int) -> str:
        return str(client.application.test_client().post(page, data={"ket-qua": "thanh-cong"}).location)

    with ThreadPoolExecutor(6) as pool:
        transactions = {returned(address)["transaction"] for address in pool.map(press, range(6))}
    assert len(transactions) == 1 and transactions != {""}
    assert len(merchant.taken) == 1


def test_an_order_that_was_paid_cannot_fail_afterwards(client: FlaskClient, open_settings: Settings) -> None:
    page = page_of(client, order_of(open_settings))
    client.post(page, data={"ket-qua": "thanh-cong"})
    answer = client.post(page, data={"ket-qua": "that-bai"})
    assert read_outcome(returned(answer.location), SECRET).state is PaymentState.PAID
    assert "đã được thanh toán" in client.get(page).text


def test_a_late_payment_returns_as_pending_and_is_notified_afterwards(
    client: FlaskClient, open_settings: Settings, merchant: Merchant
) -> None:
    answer = client.post(page_of(client, order_of(open_settings)), data={"ket-qua": "thanh-cong-cham"})
    assert read_outcome(returned(answer.location), SECRET).state is PaymentState.PENDING
    assert merchant.taken == []
    assert merchant.came.wait(5)
    assert read_outcome(merchant.taken[0], SECRET).state is PaymentState.PAID


def test_a_notification_is_sent_again_until_it_is_taken(
    client: FlaskClient, open_settings: Settings, merchant: Merchant
) -> None:
    merchant.refusals = 1
    client.post(page_of(client, order_of(open_settings)), data={"ket-qua": "thanh-cong"})
    assert merchant.came.wait(5)
    assert merchant.taken[0]["attempt"] == "2"


def test_what_was_not_taken_is_sent_after_a_restart(open_settings: Settings, merchant: Merchant) -> None:
    merchant.refusals = 1
    app = gateway.create_app(open_settings)
    client = app.test_client()
    client.post(page_of(client, order_of(open_settings)), data={"ket-qua": "thanh-cong"})
    gateway.close(app)
    again = gateway.create_app(open_settings)
    assert merchant.came.wait(5)
    gateway.close(again)
    assert merchant.taken[0]["state"] == "paid"


def test_an_expired_order_cannot_be_paid(client: FlaskClient, open_settings: Settings) -> None:
    old = order_of(open_settings)
    old = replace(old, expires=old.created.replace(year=old.created.year - 1))
    page = page_of(client, old)
    answer = client.post(page, data={"ket-qua": "thanh-cong"})
    assert read_outcome(returned(answer.location), SECRET).state is PaymentState.CANCELLED


def test_the_merchant_can_ask_for_the_state_and_nobody_else(client: FlaskClient, open_settings: Settings) -> None:
    client.post(page_of(client, order_of(open_settings)), data={"ket-qua": "thanh-cong"})
    told = client.get(query_address("", "LP-1", SECRET)).json
    assert told and read_outcome(told, SECRET).state is PaymentState.PAID
    assert client.get("/don-hang/LP-1?merchant=SAOMAI-DVC&signature=sai").status_code == 403
    assert client.get(query_address("", "LP-2", SECRET)).status_code == 404


def test_the_book_keeps_what_was_paid(client: FlaskClient, open_settings: Settings, tmp_path: Path) -> None:
    client.post(page_of(client, order_of(open_settings)), data={"ket-qua": "thanh-cong", "phuong-thuc": "ma-qr"})
    told = client.get("/so-cai").json
    assert told and [(one["reference"], one["state"], one["method"]) for one in told["orders"]] == [
        ("LP-1", "paid", "ma-qr")
    ]
    deadline = time.monotonic() + 5
    while not client.get("/so-cai").json["orders"][0]["notified"] and time.monotonic() < deadline:  # type: ignore[index]
        time.sleep(0.05)
    assert client.get("/so-cai").json["orders"][0]["notified"]  # type: ignore[index]
