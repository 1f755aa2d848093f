"""Signing inside the flow: the button that signs, the PIN, and what the page says afterwards."""

from __future__ import annotations

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.window import CannotAct
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, SignFacts, StepName
from toantrinh.secrets import resolve

ROLES = ("textbox", "searchbox", "spinbutton")


def pin_field(who: Traveller, view: View) -> Control | None:
    """The field for the signing PIN, if the page asks for one."""
    return view.best(who.lexicon["sign-pin"], roles=ROLES, least=50)


def sign_here(who: Traveller, view: View) -> View | None:
    """Signs if this page offers it; None when it does not. A refused PIN ends the step as refused."""
    pin = pin_field(who, view)
    button = view.best(
        who.lexicon["sign"], roles=("button", "link"), where=lambda c: c.landmark in ("main", "dialog", ""), least=50
    )
    if pin is None and button is None:
        return None
    who.book.begin(StepName.SIGN)
    offered = (button or pin).label  # type: ignore[union-attr]
    if pin is None and button is not None:
        view = who.press(view, button)
        who.book.see(view)
        pin = pin_field(who, view)
    if pin is not None:
        view = _give_pin(who, view, pin)
    who.book.see(view, log_in_expected=True)
    who.book.shot("Ký số", routine=True)
    signed, said = _told(who, view)
    who.facts["sign"] = SignFacts(
        offered=offered, signed=signed, said=said or " / ".join(m.text for m in view.messages[:2])
    )
    return view


def note_signed(who: Traveller, view: View) -> None:
    """Takes the word of a later page for it: many systems ask whether one is sure before they say that it is signed."""
    facts = who.facts.get("sign")
    if not isinstance(facts, SignFacts) or facts.signed:
        return
    signed, said = _told(who, view)
    if signed:
        who.facts["sign"] = facts.model_copy(update={"signed": True, "said": said or view.heading})


def _told(who: Traveller, view: View) -> tuple[bool, str]:
    """Whether the page says that it is signed, and the message that does."""
    said = next((m.text for m in view.messages if who.lexicon.says("signed", m.text)), "")
    return bool(said) or who.lexicon.says("signed", view.main), said


def _give_pin(who: Traveller, view: View, pin: Control) -> View:
    if who.account is None or who.account.sign_pin is None:
        raise StepEnded(Reach.NOT_TRIED, "trang hỏi mã PIN ký số, tài khoản không có sign_pin")
    try:
        who.hands.fill(view, pin, resolve(who.account.sign_pin).reveal())
        word = who.lexicon["sign"]
        button = view.best(word, roles=("button",), where=lambda c: c.form == pin.form, least=45)
        button = button or view.best(
            who.lexicon["log-in-submit"], roles=("button",), where=lambda c: c.form == pin.form
        )
        return who.hands.press(view, button) if button else who.hands.enter(view, pin)
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error
