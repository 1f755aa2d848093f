"""Online payment: orders at the gateway, and what the gateway says of them. Nothing is booked twice."""

from __future__ import annotations

import secrets
from datetime import timedelta

import requests
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.clock import now
from portal.defects import has_defect
from portal.numbering import receipt_number
from portal.parties.gateway_protocol import (
    ORDER_LIFE,
    BadMessage,
    Order,
    Outcome,
    PaymentState,
    query_address,
    read_outcome,
)
from portal.records import Dossier, Payment
from portal.settings import Settings

SERVICE_FEE, DEMANDED = "le-phi", "bo-sung"
_GATEWAY_SECONDS = 4


def paid_amount(dossier: Dossier, purpose: str = SERVICE_FEE) -> int:
    """What has been paid, in đồng."""
    return sum(one.amount for one in dossier.payments if one.state == "paid" and one.purpose.startswith(purpose))


def is_settled(dossier: Dossier) -> bool:
    """True when nothing is due for the service itself."""
    return dossier.fee == 0 or paid_amount(dossier) > 0


def is_demand_settled(dossier: Dossier) -> bool:
    """True when the officer's demand, if any, has been paid."""
    return not dossier.demanded_fee or _living(dossier, _demand_purpose(dossier), "paid") is not None


def amount_due(dossier: Dossier, purpose: str) -> int:
    """What an order of this purpose asks for, in đồng."""
    amount = dossier.fee if purpose == SERVICE_FEE else dossier.demanded_fee or 0
    if has_defect("fee.differs"):
        amount += 5000
    return amount


def begin(session: Session, dossier: Dossier, settings: Settings, *, demanded: bool = False) -> str | None:
    """The gateway's address where the citizen pays, or None when nothing is due. Commits.

    Pressing twice leads to the same order: a dossier has one living order per purpose.
    """
    purpose = _demand_purpose(dossier) if demanded else SERVICE_FEE
    settled = is_demand_settled(dossier) if demanded else is_settled(dossier)
    if settled:
        return None
    payment = _living(dossier, purpose, "pending")
    if _is_final(dossier, purpose):
        return None
    if payment is not None and now() - payment.created_at > ORDER_LIFE - timedelta(minutes=1):
        book(session, _asked(payment, settings) or Outcome(payment.reference, payment.amount, PaymentState.CANCELLED))
        session.refresh(dossier, ["payments"])
        return begin(session, dossier, settings, demanded=demanded)
    if payment is None:
        payment = Payment(
            reference=f"SM{now():%y%m%d}{secrets.token_hex(8)}",
            dossier_id=dossier.id,
            purpose=purpose,
            amount=amount_due(dossier, purpose),
        )
        session.add(payment)
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
            payment = session.scalars(
                select(Payment).where(
                    Payment.dossier_id == dossier.id,
                    Payment.purpose == purpose,
                    Payment.state.in_(("pending", "paid")),
                )
            ).one()
    description = f"Phi, le phi ho so, ma thu tuc {dossier.service_code}"
    order = Order.of(settings.portal_url, payment.reference, payment.amount, description, payment.created_at)
    return order.address(settings.gateway_url, settings.gateway_secret)


def ask_gateway(session: Session, dossier: Dossier, settings: Settings) -> None:
    """Ask the gateway about the dossier's pending orders: a notification may be late. Commits when one is settled."""
    for payment in dossier.payments:
        if payment.state == "pending":
            outcome = _asked(payment, settings)
            if outcome is not None and outcome.state is PaymentState.PAID:
                book(session, outcome)


def book(session: Session, outcome: Outcome) -> Payment | None:
    """Book what the gateway said, once. Commits. None for an unknown order or another amount."""
    payment = session.get(Payment, outcome.reference)
    if payment is None or payment.amount != outcome.amount:
        return None
    if outcome.state is PaymentState.PENDING or payment.state == outcome.state.value:
        if has_defect("payment.twice") and payment.state == "paid":
            _book_again(session, payment)
        return payment
    values: dict[str, object] = {"state": outcome.state.value}
    if outcome.state is PaymentState.PAID:
        values |= {"gateway_ref": outcome.transaction, "paid_at": outcome.paid_at or now()}
    changed = session.execute(
        update(Payment).where(Payment.reference == payment.reference, Payment.state != "paid").values(**values)
    )
    if changed.rowcount and outcome.state is PaymentState.PAID:  # type: ignore[attr-defined]
        payment.receipt_number = receipt_number(session, now().date())
    session.commit()
    session.refresh(payment)
    return payment


def _living(dossier: Dossier, purpose: str, state: str) -> Payment | None:
    return next((one for one in dossier.payments if one.purpose == purpose and one.state == state), None)


def _is_final(dossier: Dossier, purpose: str) -> bool:
    """True when a defect makes an earlier misfortune the last word."""
    states = {one.state for one in dossier.payments if one.purpose == purpose}
    return (has_defect("payment.failure-final") and "failed" in states) or (
        has_defect("payment.abandon-final") and "pending" in states
    )


def _demand_purpose(dossier: Dossier) -> str:
    """Each demand of an officer is a purpose of its own, so that a second demand can be paid too."""
    paid = sum(1 for one in dossier.events if one.title == DEMAND_PAID)
    return f"{DEMANDED}-{paid + 1}"


DEMAND_PAID = "Công dân đã thực hiện nghĩa vụ tài chính"


def _asked(payment: Payment, settings: Settings) -> Outcome | None:
    address = query_address(settings.gateway_url, payment.reference, settings.gateway_secret)
    verify: str | bool = str(settings.ca_file) if settings.ca_file else True
    try:
        with requests.Session() as connection:
            connection.trust_env = False
            answer = connection.get(address, timeout=_GATEWAY_SECONDS, verify=verify)
        return read_outcome(answer.json(), settings.gateway_secret) if answer.ok else None
    except (requests.RequestException, BadMessage, ValueError):
        return None


def _book_again(session: Session, payment: Payment) -> None:
    session.add(
        Payment(
            reference=f"{payment.reference}-{secrets.token_hex(2)}",
            dossier_id=payment.dossier_id,
            purpose=f"{payment.purpose}-{secrets.token_hex(2)}",
            amount=payment.amount,
            state="paid",
            gateway_ref=payment.gateway_ref,
            receipt_number=receipt_number(session, now().date()),
            paid_at=now(),
        )
    )
    session.commit()
