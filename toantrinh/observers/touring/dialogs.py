"""Dialogs within an application: what a button opens that promises nothing else, and what complains of mistakes."""

from __future__ import annotations

from functools import partial

from toantrinh.driver.eyes import Control, Message, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.obstacles import in_the_way
from toantrinh.journey import papers
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName
from toantrinh.observers.comparing import place_of
from toantrinh.observers.keys.dialog_in_front import DialogInFront
from toantrinh.observers.keys.keyboard import words
from toantrinh.observers.touring.album import Album, DialogWalk, called
from toantrinh.observers.touring.close_looks import Close
from toantrinh.scenarios.dialogs import is_question, past_what_it_says

OPENS = "el => el.matches('[aria-haspopup=dialog],[data-bs-toggle=modal],[data-toggle=modal]')"


def promises_dialog(view: View, control: Control) -> bool:
    """True for a button that promises a dialog, and whose words do no harm."""
    if control.role != "button" or not control.enabled or control.submits:
        return False
    if any(f" {word} " in f" {fold(control.name)} " for word in words()["harms"]):
        return False
    return bool(view.element(control).evaluate(OPENS))


def promised_dialog(who: Traveller, album: Album, view: View) -> bool:
    """Looks at what the first button opens that promises a dialog, and closes it by keys; False without such a button.

    The page is as it was afterwards: opened anew where what came did not close.
    """
    button = next((c for c in view.controls if promises_dialog(view, c)), None)
    if button is None:
        return False
    front = DialogInFront(who.hands.page)
    after = who.press(view, button)
    if place_of(after.address) == place_of(view.address):
        if front.look():
            name = f"{called(view)} – hộp thoại mở"
            album.look(who, after, name, step_of(view), close=Close.READ, dialog=front.walked)
        else:
            who.hands.page.keyboard.press("Escape")  # a menu, or a calendar
        after = who.hands.settle()
        if after.modal and (close := in_the_way(after)):
            after = who.press(after, close)
    if after.modal or front.stays() or place_of(after.address) != place_of(view.address):
        who.go(view.address)
    return True


def complaint_by_keys(who: Traveller, view: View, front: DialogInFront) -> DialogWalk | None:
    """Walks the dialog that came of what was pressed; it is closed unless it asks something."""
    if not front.look():
        return None
    close = in_the_way(view)
    said = [fold(close.label)] if close and close.label else []
    return partial(front.walked, leave=is_question(who, view), complains=True, closes=said)


def behind(who: Traveller, said: str) -> View:
    """The page behind a dialog that complained; what it said is among its messages."""
    view = who.hands.settle()
    if view.modal:
        return past_what_it_says(who, view)
    view.messages.append(Message("alert", said))
    return view


def step_of(view: View) -> StepName:
    """The step of the application that a page of it belongs to."""
    return StepName.PAPERS if papers.upload_places(view) else StepName.FORM
