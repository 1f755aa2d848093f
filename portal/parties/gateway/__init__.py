"""The payment gateway, standing in for the national payment platform: no money moves.

`GET /thanh-toan` takes a signed order (see `portal.parties.gateway_protocol`) and shows it; the payer chooses
success, success with a late notification, failure or cancelling. `GET /don-hang/<reference>` tells the merchant the
state of an order, `GET /so-cai` is the whole book as JSON, for tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from portal.clock import now
from portal.parties.gateway.ledger import Differs, Entry, Ledger
from portal.parties.gateway.notification import LATE_BY, Notifier
from portal.parties.gateway_protocol import (
    MERCHANT,
    SIGNATURE,
    BadMessage,
    Outcome,
    PaymentState,
    read_order,
    signed,
    verify,
)
from portal.parties.party import new_party
from portal.settings import Settings

METHODS = {"the": "Thẻ ngân hàng nội địa", "ma-qr": "Quét mã QR", "tai-khoan": "Tài khoản ngân hàng"}
_MERCHANT_NAME = "Cổng Dịch vụ công tỉnh Sao Mai"


@dataclass(frozen=True)
class Choice:
    """One button of the payer: what becomes of the order."""

    state: PaymentState
    late: bool = False


CHOICES = {
    "thanh-cong": Choice(PaymentState.PAID),
    "thanh-cong-cham": Choice(PaymentState.PAID, late=True),
    "that-bai": Choice(PaymentState.FAILED),
    "huy": Choice(PaymentState.CANCELLED),
}


def create_app(settings: Settings, *, late_by: float = LATE_BY) -> Flask:
    """The gateway of one portal. `late_by` is how long (s) a late notification is held back."""
    app = new_party("gateway", tls=settings.tls, form_targets=(settings.portal_url,), framed_by=(settings.portal_url,))
    settings.data.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(settings.data / "gateway.sqlite3")
    notifier = Notifier(ledger, settings.gateway_secret, settings.ca_file, late_by=late_by)
    app.jinja_env.filters["money"] = money
    app.extensions["portal.gateway"] = (ledger, notifier)

    @app.get("/")
    def home() -> str:
        return render_template("about.html")

    @app.get("/thanh-toan")
    def order() -> AnyResponse | tuple[str, int]:
        if len(request.args) != sum(1 for _ in request.args.items(multi=True)):
            return _refused("Thông tin đơn hàng bị lặp.")
        try:
            wanted = read_order(request.args.to_dict(), settings.gateway_secret)
        except BadMessage:
            return _refused("Chữ ký của đơn hàng không đúng, hoặc đơn hàng thiếu thông tin.")
        if wanted.merchant != MERCHANT or not _belongs(wanted.return_url) or not _belongs(wanted.notify_url):
            return _refused("Đơn vị chấp nhận thanh toán chưa được đăng ký.")
        try:
            entry = ledger.enter(wanted)
        except Differs:
            return _refused("Mã đơn hàng này đã được dùng với số tiền khác.")
        return redirect(f"/don/{entry.token}", 303)

    @app.get("/don/<token>")
    def page(token: str) -> str | tuple[str, int]:
        entry = ledger.by_token(token) or abort(404)
        if entry.state is not PaymentState.PENDING:
            return render_template("settled.html", entry=entry, back=_way_back(entry))
        if now() > entry.order.expires:
            ledger.settle(entry.order.reference, PaymentState.CANCELLED, now(), method="")
            entry = ledger.by_token(token) or abort(404)
            return render_template("settled.html", entry=entry, back=_way_back(entry), expired=True), 410
        return render_template("order.html", entry=entry, methods=METHODS, merchant=_MERCHANT_NAME)

    @app.post("/don/<token>")
    def pay(token: str) -> AnyResponse:
        entry = ledger.by_token(token) or abort(404)
        choice = CHOICES.get(request.form.get("ket-qua", "")) or abort(400)
        method = request.form.get("phuong-thuc", "the")
        if method not in METHODS:
            abort(400)
        if entry.state is PaymentState.PENDING and now() > entry.order.expires:
            choice = CHOICES["huy"]
        settled = ledger.settle(entry.order.reference, choice.state, now(), method=method, late=choice.late)
        entry = ledger.by_token(token) or abort(404)
        if settled:
            notifier.report(entry)
        return redirect(_way_back(entry), 303)

    @app.get("/don-hang/<reference>")
    def state(reference: str) -> Response:
        fields = {
            "merchant": request.args.get("merchant", ""),
            "reference": reference,
            SIGNATURE: request.args.get(SIGNATURE, ""),
        }
        if not verify(fields, settings.gateway_secret):
            return _json({"error": "the signature does not fit"}, 403)
        entry = ledger.by_reference(reference)
        if entry is None:
            return _json({"error": "there is no such order"}, 404)
        return _json(signed(entry.outcome.fields(), settings.gateway_secret))

    @app.get("/so-cai")
    def book() -> Response:
        return _json({"orders": [_row(entry) for entry in ledger.entries()]})

    def _way_back(entry: Entry) -> str:
        outcome = entry.outcome
        if entry.late and not entry.notified_at:
            outcome = Outcome(entry.order.reference, entry.order.amount, PaymentState.PENDING)
        fields = signed(outcome.fields(), settings.gateway_secret)
        return f"{entry.order.return_url}?{urlencode(fields)}"

    def _belongs(address: str) -> bool:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}" == settings.portal_url

    for left_over in ledger.unreported():
        notifier.report_again(left_over)
    return app


def close(app: Flask) -> None:
    """Stop sending notifications and close the book."""
    ledger, notifier = app.extensions["portal.gateway"]
    notifier.close()
    ledger.close()


def money(amount: int) -> str:
    """Whole đồng, grouped by dots."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def _refused(reason: str) -> tuple[str, int]:
    return render_template("problem.html", title="Không mở được đơn hàng", advice=reason, code=400), 400


def _json(content: Mapping[str, object], status: int = 200) -> Response:
    response = jsonify(content)
    response.status_code = status
    return response


def _row(entry: Entry) -> dict[str, object]:
    return {
        "reference": entry.order.reference,
        "amount": entry.order.amount,
        "description": entry.order.description,
        "state": entry.state.value,
        "method": entry.method,
        "transaction": entry.transaction,
        "paid_at": entry.paid_at.isoformat() if entry.paid_at else None,
        "late": entry.late,
        "attempts": entry.attempts,
        "notified": entry.notified_at is not None,
    }
