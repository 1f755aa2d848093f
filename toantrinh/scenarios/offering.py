"""One file given at one place of the page, as a citizen gives it, until the page has an opinion of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import ACT_MS, File
from toantrinh.driver.window import CannotAct, WentAway, first_line
from toantrinh.journey import papers
from toantrinh.journey.application import forward_controls
from toantrinh.journey.form import TEXT_ROLES, form_fields
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName
from toantrinh.observations.mistakes import Outcome, Place
from toantrinh.observations.page import PageKind
from toantrinh.scenarios.complaints import around, complaint, general_complaint
from toantrinh.scenarios.expiry import one_left_empty
from toantrinh.scenarios.own_page import proof_of_own_page
from toantrinh.scenarios.trying import news

LARGE = 1024 * 1024  # bytes; from a file, a large one need not travel to the browser


@dataclass(frozen=True)
class Sent:
    """What came of one file: the page then, what became of the file, and in which words."""

    view: View
    outcome: Outcome
    message: str
    said: tuple[str, ...]
    broke: str = ""


def offer(
    who: Traveller,
    view: View,
    place: Control,
    file: File,
    taken: Callable[[View], bool] = lambda view: False,
    known_by: str = "",
    careful: bool = False,
) -> Sent:
    """Gives the file, then presses the place's own button, then what leads on, until the page has an opinion of it.

    `taken`: what shows beyond doubt that the page has the file; else its name, or the part of it that it is `known_by`,
    will do when nobody complains. Where what leads on would hand in the dossier, a required field is left empty first,
    and only a complaint about the file itself counts; `careful`: without such a field nothing is pressed, here as
    elsewhere.
    """
    watch = who.hands.watch
    dialogs, requests = len(watch.dialogs), len(watch.seen)
    before = around(view, place)

    def opinion(after: View, *, of_file: bool = False) -> Sent | None:
        said = news(view, after, watch.dialogs[dialogs:])
        control = same_place(after, place)
        if broke := _error_page(who, after, still_there=control is not None):
            return Sent(after, Outcome.REFUSED, "", said, broke)
        if control is None or taken(after):
            return Sent(after, Outcome.ACCEPTED, "", said)
        where, words = complaint(who, before, after, control, said, same_document=True)
        if where is not Place.NONE:
            return Sent(after, Outcome.REFUSED, words, said)
        if words := general_complaint(who, [line for line in said if not of_file or who.lexicon.says("of-file", line)]):
            return Sent(after, Outcome.REFUSED, words, said)
        uploaded = any(seen.request.method in ("POST", "PUT") for seen in watch.seen[requests:])
        return Sent(after, Outcome.ACCEPTED, "", said) if uploaded and is_shown(after, known_by or file.name) else None

    with tempfile.TemporaryDirectory() as folder:
        if why := _prevented(who, view, place, file, Path(folder)):
            return Sent(who.hands.settle(), Outcome.PREVENTED, why, ())
        return _until_it_has_spoken(who, view, place, opinion, bold=who.system.is_loopback and not careful)


def is_shown(view: View, name: str) -> bool:
    """True when the file's name is on the page, in its text or in a field."""
    stem = name.rsplit(".", 1)[0]
    return stem in view.text or any(stem in c.value or stem in c.name for c in view.controls)


def first_place(view: View) -> Control | None:
    """The first place of the page that takes a file."""
    return next(iter(papers.upload_places(view)), None)


def same_place(view: View, place: Control) -> Control | None:
    """The same place on a page that was seen later, or else its first."""
    places = papers.upload_places(view)
    return next((c for c in places if (c.id or c.field) == (place.id or place.field)), next(iter(places), None))


def remove_button(who: Traveller, view: View, place: Control, name: str) -> Control | None:
    """What removes the file: in the file's row, or the nearest before or behind the place."""
    found = view.ranked(who.lexicon["remove-file"], where=view.in_body, least=45)
    if not found:
        return None
    stem, again = name.rsplit(".", 1)[0], same_place(view, place)
    named = [c.index for c in view.controls if stem in c.name and c.role == "link"]
    if named:  # buttons of a row stand behind the name that they are about
        behind = [c for c in found if c.index > named[0]]
        return min(behind or found, key=lambda c: abs(c.index - named[0]))
    at = again.index if again else 0
    return min(found, key=lambda c: (stem not in f"{c.name} {c.row}", abs(c.index - at)))


def _prevented(who: Traveller, view: View, place: Control, file: File, folder: Path) -> str:
    """Gives the file; why the field does not take it, or empty. Raises CannotAct where no choice of files opens."""
    from playwright.sync_api import Error

    if place.role != "file":
        who.hands.attach(view, place, [file])
        return ""
    try:
        if len(file.content) < LARGE:
            who.hands.attach(view, place, [file])
        else:
            (folder / file.name).write_bytes(file.content)
            view.element(place).set_input_files(folder / file.name, timeout=ACT_MS)
    except WentAway:
        raise
    except (Error, AssertionError, CannotAct) as error:
        return first_line(error)
    return ""


def _until_it_has_spoken(
    who: Traveller, view: View, place: Control, opinion: Callable[..., Sent | None], *, bold: bool
) -> Sent:
    after = who.hands.settle()
    if sent := opinion(after):
        return sent
    if button := papers.upload_button(who, after, place):
        after = who.press(after, button)
        if sent := opinion(after):
            return sent
    forward = forward_controls(who, after)
    if not forward:
        return Sent(after, Outcome.UNSEEN, "", ())
    step, control = forward[0]
    hands_in = step is not StepName.FORM
    if hands_in:
        after, left_out = one_left_empty(who, after)
        if not (left_out or bold or _lacks_an_answer(after)):  # nothing keeps the press from sending the dossier
            return Sent(after, Outcome.UNSEEN, "", ())
        control = next(iter(c for _, c in forward_controls(who, after)), control)
    after = who.press(after, control)
    sent = opinion(after, of_file=hands_in)
    return sent or Sent(after, Outcome.UNSEEN if hands_in else Outcome.REFUSED, "", news(view, after))


def _lacks_an_answer(view: View) -> bool:
    return any(
        c.role in TEXT_ROLES and (c.required or c.marked) and c.enabled and not c.readonly and not c.value
        for c in form_fields(view)
    )


def _error_page(who: Traveller, view: View, *, still_there: bool) -> str:
    """What an own error page says that came instead of the form; empty when it is none. Raises StepEnded `blocked`."""
    proof = proof_of_own_page(who, view, StepName.PAPERS, still_there=still_there)
    return f"{proof.kind}: {proof.why}" if proof.kind in (PageKind.ERROR, PageKind.BLANK) else ""
