"""A dialog that stands in front of the page after something wrong was sent: a mere complaint is heard and closed, and
one that asks something leaves open what the page thinks."""

from __future__ import annotations

from toantrinh.driver.eyes import Control, Message, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.obstacles import SURE, in_the_way
from toantrinh.journey.application import past_complaint
from toantrinh.journey.form import form_fields
from toantrinh.journey.traveller import Traveller
from toantrinh.scenarios.complaints import general_complaint

MOST_SAID = 120  # characters
NO_CHOICE = ("", "ok")  # a cross, or the one button of a notice


def past_what_it_says(who: Traveller, view: View) -> View:
    """The page behind dialogs that only complain; what they said is among its messages."""
    view = past_complaint(who, view)
    close = _closes_words(who, view)
    if close is None:
        return view
    said, after = view.front, who.press(view, close)
    after.messages.append(Message("alert", said))
    return after


def asks_something(who: Traveller, before: View, after: View) -> bool:
    """True when a dialog in front of `after` waits for an answer, so that the page has not gone on yet.

    None does that tells that the dossier was sent, or that is the next page of a form which stood in a dialog `before`.
    """
    if not after.modal or who.lexicon.says("submitted", after.front):
        return False
    return not (before.modal and form_fields(after))


def which_dialog(view: View) -> str:
    """The dialog in front of the page in words for a person: what it says, and what it offers to press."""
    offered = [c.label for c in view.controls if c.landmark == "dialog" and c.role in ("button", "link") and c.label]
    said = " ".join(view.front.split())
    for label in reversed(offered):  # its buttons stand at its end
        said = said.removesuffix(label).rstrip()
    named = f"hộp thoại “{said[:MOST_SAID] + ('…' if len(said) > MOST_SAID else '')}”" if said else "một hộp thoại"
    return named + (f" ({' / '.join(offered[:4])})" if offered else "") + " còn đợi trả lời"


def is_question(who: Traveller, view: View) -> bool:
    """True when the dialog in front of the page has a field or something to choose."""
    return view.modal and _without_choice(who, view) is None


def _closes_words(who: Traveller, view: View) -> Control | None:
    """What closes a dialog without a question whose words refuse something."""
    return _without_choice(who, view) if view.modal and general_complaint(who, [view.front]) else None


def _without_choice(who: Traveller, view: View) -> Control | None:
    """What closes a dialog that has no field and nothing to choose; None for any other."""
    controls = [c for c in view.controls if c.landmark == "dialog"]
    if any(c.is_field for c in controls):
        return None
    close, word = in_the_way(view), who.lexicon["close-dialog"]
    others = [c for c in controls if c.role == "button" and c.enabled and c is not close]
    return None if any(word.nearness(c.label) < SURE and fold(c.label) not in NO_CHOICE for c in others) else close
