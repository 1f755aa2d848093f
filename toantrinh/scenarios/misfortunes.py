"""The detours of the second dossier: a payment that fails, one that is left, buttons that are pressed twice."""

from __future__ import annotations

import re

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey import payment, signing
from toantrinh.journey.application import BODY, SURE, Detours, forward_controls
from toantrinh.journey.confirmation import LEGAL_CODE, NEWER_CODE
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, SignFacts, StepName
from toantrinh.observations.second_dossier import PaidOnce, PaymentMisfortune, SentOnce
from toantrinh.scenarios import own_list
from toantrinh.scenarios.trying import picture
from toantrinh.secrets import resolve

MOST_PAGES = 4
UNASKED = "chỉ thử trả hỏng, bỏ dở, trả hai lần ở cổng thật khi tệp hệ thống cho phép (authorisation.allows: intrusive)"
RECEIPT = re.compile(r"\b(?=[0-9./-]*[A-Z])(?=[A-Z0-9./-]*\d{3})[A-Z0-9][A-Z0-9./-]{5,}\b|\b\d{6,}\b")


class Misfortunes(Detours):
    """Goes the straight way with misfortunes at the gateway, and presses twice what pays and what sends."""

    def __init__(self) -> None:
        self.failed, self.abandoned = PaymentMisfortune(), PaymentMisfortune()
        self.paid, self.sent = PaidOnce(), SentOnce()
        self.sent_by = ""  # the words on what sent the dossier
        self._waiting = ""  # the misfortune after which nothing has been paid yet
        self._fee_page = ""
        self._list_read = False
        self.sent_since: int | None = None  # requests seen when it was sent first
        self._since = 0  # requests seen when the misfortune happened

    def on_page(self, who: Traveller, view: View) -> View:
        """Reads the list before anything is sent; looks at the first page after a payment."""
        if not self._list_read:
            self._list_read = True
            listed = own_list.codes_in_list(who)
            self.sent = self.sent.model_copy(update={"listed_before": listed})
            who.book.begin(StepName.FORM)
            return who.go(view.address)
        if self.paid.reach is Reach.REACHED and self.paid.asked_again is None and not _pay_controls(who, view):
            self.paid = self.paid.model_copy(update={"asked_again": False})
        return view

    def answered(self, who: Traveller, view: View) -> View:
        """Writes the PIN where one button signs and sends, so that this button can be pressed twice."""
        pin = signing.pin_field(who, view)
        if pin is None or who.facts.get("sign") is not None:
            return view
        word = who.lexicon["submit-dossier"]
        button = view.best(word, roles=("button",), where=lambda c: c.form == pin.form, least=SURE)
        if button is None or who.account is None or who.account.sign_pin is None:
            return view
        fill_pin(who, view, pin)
        who.facts["sign"] = SignFacts(offered=pin.label, signed=False, said="")
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        """Presses once what goes on and what leads to the gateway, twice what sends."""
        self._hear(who)
        if step is StepName.PAY:
            self._fee_page = view.address
        if step is not StepName.SUBMIT:
            return who.press(view, control)
        if self.sent_since is None:
            self.sent_since = len(who.hands.watch.seen)
        self.sent = self.sent.model_copy(update={"pressed_twice": True})
        self.sent_by = control.label
        return _press_twice(who, view, control)

    def at_gateway(self, who: Traveller, view: View) -> View:
        """Fails first, then leaves, then pays with two presses; a gateway that asks once more ends the way.

        Elsewhere than on this machine money may be real: without leave for `intrusive` it is paid once, straight.
        """
        if who.system.why_not("intrusive"):
            return self._pay_plainly(who, view)
        who.book.begin(StepName.PAY)
        who.book.see(view, log_in_expected=True)
        amount = payment.amount_asked(who, view)
        self._hear(who)
        self._payable(True)
        if self.paid.reach is Reach.REACHED:
            if self.paid.called_paid and amount == self.paid.amount:
                self.paid = self.paid.model_copy(update={"asked_again": True, "shots": picture(who, "Đòi trả lần nữa")})
                raise StepEnded(Reach.REFUSED, "đã thanh toán xong mà vẫn bị đưa sang trả tiền lần nữa")
            return payment.pay_at_gateway(who, view)
        if self.failed.reach is Reach.NOT_TRIED and not self.failed.why:
            after = self._fail(who, view, amount)
            if after is not None:
                return after
        if self.abandoned.reach is Reach.NOT_TRIED:
            return self._abandon(who, amount)
        return self._pay_twice(who, view, amount)

    def _pay_plainly(self, who: Traveller, view: View) -> View:
        if self.paid.why:
            raise StepEnded(Reach.BLOCKED, "đã trả một lần mà lại tới cổng thanh toán: không trả lần nữa ở cổng thật")
        self.failed = self.abandoned = PaymentMisfortune(why=UNASKED)
        self.paid = PaidOnce(why=UNASKED)
        return payment.pay_at_gateway(who, view)

    @property
    def stuck(self) -> bool:
        """True while a payment that did not happen has not been made up for."""
        return bool(self._waiting)

    def not_paid_again(self, who: Traveller, reach: Reach, why: str) -> None:
        """Notes that the way ended before the gateway asked again. What stopped us alone says nothing of the fee."""
        self._hear(who)
        ours = reach in (Reach.TOOL_ERROR, Reach.BLOCKED, Reach.NOT_TRIED)
        self._payable(None if ours else False, why, picture(who, "Không thanh toán lại được"))

    def read_receipts(self, who: Traveller, *views: View) -> None:
        """Adds the receipt numbers that these pages show."""
        found = [number for view in views for number in receipts_on(who, view)]
        self.paid = self.paid.model_copy(update={"receipts": tuple(dict.fromkeys([*self.paid.receipts, *found]))})

    def _hear(self, who: Traveller) -> None:
        """Notes what has been sent since the misfortune, once."""
        if self._waiting and self._since:
            known: PaymentMisfortune = getattr(self, self._waiting)
            sent = {"beacons": who.hands.watch.beacons(since=self._since), "sent_before": self.sent.pressed_twice}
            setattr(self, self._waiting, known.model_copy(update=sent))
            self._since = 0

    def _payable(self, payable: bool | None, why: str = "", shots: tuple[object, ...] = ()) -> None:
        if not self._waiting:
            return
        known: PaymentMisfortune = getattr(self, self._waiting)
        said = (*known.said, why) if why else known.said
        changed = known.model_copy(update={"payable": payable, "said": said, "shots": (*known.shots, *shots)})
        setattr(self, self._waiting, changed)
        self._waiting = ""

    def _fail(self, who: Traveller, view: View, amount: int | None) -> View | None:
        there = payment.frames_of_others(who, view)
        button = view.best(who.lexicon["pay-fail"], roles=("button",), where=lambda c: c.frame in there)
        if button is None:
            why = "trang thanh toán không có cách làm cho giao dịch thất bại"
            self.failed = PaymentMisfortune(why=why, amount=amount)
            return None
        self._since = len(who.hands.watch.seen)
        after = self._home(who, who.press(view, button))
        self.failed = self._misfortune(who, after, "Thanh toán thất bại", amount)
        self._waiting = "failed"
        return after

    def _abandon(self, who: Traveller, amount: int | None) -> View:
        self._since = len(who.hands.watch.seen)
        listed = own_list.open_list(who)
        link = own_list.draft_link(who, listed) if listed is not None else None
        after = who.press(listed, link) if listed is not None and link is not None else who.go(self._fee_page)
        known = self._misfortune(who, after, "Bỏ dở thanh toán, mở lại hồ sơ", amount)
        in_list = None if listed is None else link is not None
        self.abandoned = known.model_copy(update={"in_list": in_list})
        self._waiting = "abandoned"
        return after

    def _misfortune(self, who: Traveller, view: View, title: str, amount: int | None) -> PaymentMisfortune:
        return PaymentMisfortune(
            reach=Reach.REACHED,
            address=view.address,
            said=tuple(m.text for m in view.messages[:3]),
            shots=picture(who, title),
            amount=amount,
            called_paid=_called_paid(who, view),
        )

    def _pay_twice(self, who: Traveller, view: View, amount: int | None) -> View:
        button = payment.way_to_pay(who, view)
        if button is None:
            raise StepEnded(Reach.ABSENT, "trang thanh toán không có nút trả tiền")
        after = self._home(who, _press_twice(who, view, button), "pay", "continue")
        self.paid = PaidOnce(
            reach=Reach.REACHED,
            address=after.address,
            said=tuple(m.text for m in after.messages[:3]),
            shots=picture(who, "Sau khi bấm thanh toán hai lần"),
            amount=amount,
            called_paid=_called_paid(who, after),
        )
        self.read_receipts(who, after)
        return after

    def _home(self, who: Traveller, view: View, *onward: str) -> View:
        """Back at the system: by what leads on or back at the gateway, else by the address of the fee's page."""
        for _ in range(MOST_PAGES):
            who.book.see(view, log_in_expected=True)
            if not payment.frames_of_others(who, view):
                return view
            ways = [view.best(who.lexicon[intent], least=45) for intent in (*onward, "gateway-back", "continue")]
            way = next((one for one in ways if one is not None), None)
            if way is None:
                break
            view = who.press(view, way)
        return who.go(self._fee_page)


def fill_pin(who: Traveller, view: View, pin: Control) -> None:
    """Writes the signing PIN of the account. Raises StepEnded when it cannot be written."""
    assert who.account is not None and who.account.sign_pin is not None
    try:
        who.hands.fill(view, pin, resolve(who.account.sign_pin).reveal())
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error


def receipts_on(who: Traveller, view: View) -> list[str]:
    """Receipt numbers on a page, in order: what looks like a number in a line, or a value, that speaks of a receipt."""
    intent = who.lexicon["payment-receipt"]
    beside = [pair.value.split("\n")[0][:80] for pair in view.pairs if intent.nearness(pair.label) >= 60]
    lines = [line for line in view.text.split("\n") if f" {fold('biên lai')} " in f" {fold(line)} "]
    found = [number for text in (*beside, *lines) for number in RECEIPT.findall(text)]
    return [number for number in found if not LEGAL_CODE.fullmatch(number) and not NEWER_CODE.fullmatch(number)]


def _pay_controls(who: Traveller, view: View) -> list[Control]:
    """Buttons that surely ask for a payment."""
    near = who.lexicon["pay"]
    return [
        control
        for step, control in forward_controls(who, view)
        if step is StepName.PAY and control.landmark in BODY and near.nearness(control.label) >= SURE
    ]


def _called_paid(who: Traveller, view: View) -> bool:
    return who.lexicon.says("paid", view.main) and not who.lexicon.says("pay-refused", view.main)


def _press_twice(who: Traveller, view: View, control: Control) -> View:
    try:
        return who.hands.press_twice(view, control)
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, f"không bấm được {error}") from error
