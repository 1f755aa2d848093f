"""Paying at the gateway: the amount asked, the host, and what the system says when the citizen is back."""

from __future__ import annotations

from toantrinh.driver.eyes import Control, View
from toantrinh.journey.money import amounts_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import PayFacts, Reach, StepName

MOST_PAGES = 5


def is_gateway(who: Traveller, view: View) -> bool:
    """True on a page of another party that asks for money, or one that shows such a page in a frame."""
    return (
        bool(frames_of_others(who, view))
        and bool(amounts_in(view.text))
        and view.best(who.lexicon["pay"], least=40) is not None
    )


def frames_of_others(who: Traveller, view: View) -> list[int]:
    """The frames (0 is the page itself) that belong to another party."""
    return [at for at, address in enumerate(view.addresses) if address.startswith("http") and not who.at_home(address)]


def way_to_pay(who: Traveller, view: View) -> Control | None:
    """What pays on the gateway's own page, in a frame or not."""
    there = frames_of_others(who, view)

    def of_gateway(control: Control) -> bool:
        return control.frame in there

    return (
        view.best(who.lexicon["pay"], roles=("button",), where=of_gateway)
        or view.best(who.lexicon["pay"], where=of_gateway)
        or view.best(who.lexicon["continue"], where=of_gateway)
    )


def pay_at_gateway(who: Traveller, view: View) -> View:
    """Pays, and returns the page of the system that the gateway leads back to."""
    who.book.begin(StepName.PAY)
    who.book.see(view, log_in_expected=True)
    gateway = view.addresses[frames_of_others(who, view)[0]].split("?")[0]
    amount = amount_asked(who, view)
    who.book.shot("Cổng thanh toán", routine=True)
    for _ in range(MOST_PAGES):
        button = way_to_pay(who, view)
        if button is None:
            raise StepEnded(Reach.ABSENT, "trang thanh toán không có nút trả tiền")
        view = who.press(view, button)
        who.book.see(view, log_in_expected=True)
        if not frames_of_others(who, view):
            break
    else:
        raise StepEnded(Reach.UNANSWERED, "cổng thanh toán không đưa về hệ thống")
    who.book.shot("Sau khi thanh toán", routine=True)
    said = next((m.text for m in view.messages if who.lexicon.says("paid", m.text)), "")
    who.facts["pay"] = PayFacts(
        amount=amount,
        gateway=gateway,
        completed=bool(said) or who.lexicon.says("paid", view.main),
        said=said or " / ".join(m.text for m in view.messages[:2]),
        receipt=payment_receipt(who, view),
    )
    return view


def payment_receipt(who: Traveller, view: View) -> str:
    """The number of the payment's receipt, or the words of its link; empty when none is shown."""
    intent = who.lexicon["payment-receipt"]
    link = view.best(intent, least=45)
    return view.value_of(intent) or (link.label if link else "")


def amount_asked(who: Traveller, view: View) -> int | None:
    """The amount (VND) that the gateway's page asks for; None when none can be read."""
    beside = amounts_in(f"{view.value_of(who.lexicon['amount'], least=60) or ''} ")
    everywhere = amounts_in(view.text)
    return beside[0] if beside else max(everywhere, default=None)
