"""Step 4: the fee and how the result comes; going to the gateway and coming back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal import delivery, payments
from portal.accounts import current_citizen
from portal.citizen.drafting import draft_saved, frame, held_form, not_yet, step_address, with_choices
from portal.citizen.own_dossier import own
from portal.citizen.pages import blueprint
from portal.database import current_session
from portal.dossiers import demanded_fee_paid
from portal.drafts import save_step
from portal.parties.gateway_protocol import BadMessage, PaymentState, read_outcome
from portal.places import current_places
from portal.records import Dossier, Payment
from portal.security import without_csrf
from portal.settings import current_settings
from portal.statuses import Status
from portal.steps import step_after, step_problems


@blueprint.route("/ho-so/<dossier_id>/le-phi", methods=["GET", "POST"])
@own
def fee_step(dossier: Dossier) -> ResponseReturnValue:
    """Step 4: the fee and the way of the result."""
    if (elsewhere := not_yet(dossier, "le-phi")) is not None:
        return elsewhere
    session = current_session()
    if request.method == "GET":
        if not payments.is_settled(dossier):
            payments.ask_gateway(session, dossier, current_settings())
        if held := held_form():
            dossier.delivery, dossier.delivery_address = delivery.read_delivery(dossier.service, held)
        return _page(dossier, {})
    way, address = delivery.read_delivery(dossier.service, request.form)
    save_step(session, dossier, "le-phi", {"way": way, "address": address})
    match request.form.get("thao-tac"):
        case "tu-luu":
            return "", 204
        case "luu-nhap":
            draft_saved()
            return redirect(step_address(dossier, "le-phi"), 303)
        case "cap-nhat":
            return redirect(step_address(dossier, "le-phi"), 303)
        case "thanh-toan":
            if errors := delivery.delivery_problems(dossier, current_places()):
                return _page(dossier, errors)
            gateway = payments.begin(session, dossier, current_settings())
            return redirect(gateway or step_address(dossier, "le-phi"), 303)
    errors = step_problems(dossier, "le-phi", current_places())
    if errors:
        return _page(dossier, errors)
    return redirect(step_address(dossier, step_after("le-phi")), 303)


@blueprint.post("/ho-so/<dossier_id>/nghia-vu-tai-chinh")
@own
def pay_demanded(dossier: Dossier) -> ResponseReturnValue:
    """Off to the gateway with what an officer demanded."""
    back = f"/ho-so/{dossier.id}"
    if dossier.status != Status.FEE_DEMANDED:
        return redirect(back, 303)
    return redirect(payments.begin(current_session(), dossier, current_settings(), demanded=True) or back, 303)


@blueprint.get("/thanh-toan/ket-qua")
def back_from_gateway() -> ResponseReturnValue:
    """The payer's browser comes back; what it brings is signed by the gateway."""
    payment = _booked(request.args.to_dict())
    if payment is None:
        abort(400)
    match payment.state:
        case "paid":
            flash("Thanh toán thành công!", "success")
        case "pending":
            flash("Ngân hàng đang xác nhận giao dịch. Trang sẽ cập nhật khi có kết quả.", "info")
        case "cancelled":
            flash("Giao dịch đã bị hủy, bạn chưa bị trừ tiền. Bạn có thể thanh toán lại.", "warning")
        case _:
            flash("Thanh toán không thành công, bạn chưa bị trừ tiền. Bạn có thể thanh toán lại.", "error")
    dossier = payment.dossier
    citizen = current_citizen()
    if citizen is None or citizen.id != dossier.citizen_id:
        return redirect("/ho-so-cua-toi", 303)
    return redirect(step_address(dossier, "le-phi") if dossier.status == Status.DRAFT else f"/ho-so/{dossier.id}", 303)


@blueprint.post("/thanh-toan/thong-bao")
@without_csrf
def gateway_notice() -> ResponseReturnValue:
    """The gateway's server says what became of an order; it may say so late and more than once."""
    payment = _booked(request.form.to_dict())
    if payment is None:
        abort(400)
    return {"received": payment.reference, "state": payment.state}


def _booked(fields: dict[str, str]) -> Payment | None:
    session = current_session()
    try:
        outcome = read_outcome(fields, current_settings().gateway_secret)
    except BadMessage:
        return None
    payment = payments.book(session, outcome)
    if payment is not None and outcome.state is PaymentState.PAID:
        session.refresh(payment.dossier, ["payments", "status"])
        demanded_fee_paid(session, payment.dossier)
    return payment


def _page(dossier: Dossier, errors: dict[str, str]) -> str:
    return render_template(
        "citizen/fee_step.html",
        **frame(dossier, "le-phi"),
        ways=[(way, delivery.TITLES[way], delivery.DETAILS[way]) for way in delivery.choices(dossier.service)],
        postal=with_choices(delivery.questions(), dossier.delivery_address),
        amount=payments.amount_due(dossier, payments.SERVICE_FEE) if dossier.fee else 0,
        settled=payments.is_settled(dossier),
        paid=[one for one in dossier.payments if one.state == "paid"],
        pending=any(one.state == "pending" for one in dossier.payments),
        errors=errors,
    )
