"""The last page before a dossier is paid for or sent: does it show what was entered, and can it still be mended?"""

from __future__ import annotations

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.journey.form import form_fields
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.tour import ReviewFacts
from toantrinh.scenarios.drafts import back_button
from toantrinh.scenarios.values import BOXES, identity, value_of


class Entered:
    """What was answered on the pages so far, by the page and the field's identity: its label and its value."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str]] = {}

    def remember(self, view: View) -> None:
        """Keeps what stands in the fields of this page."""
        for control in form_fields(view):
            value = value_of(control)
            if control.role not in (*BOXES, "radio") and len(value) > 1:
                self._known[f"{place_of(view)} {identity(control)}"] = (control.label, value)

    def review(self, who: Traveller, view: View, control: Control, *, pays: bool, shot: str) -> ReviewFacts:
        """What of all that this page shows, before `control` is pressed."""
        here = [fold(value_of(c)) for c in form_fields(view)]
        text = f" {fold(view.text)} "
        shown: list[str] = []
        missing: list[str] = []
        for label, value in self._known.values():
            found = any(_says(text, form) or form in here for form in _ways_to_write(value))
            (shown if found else missing).append(label)
        place = place_of(view)
        back = back_button(who, view)
        change = [c for c in view.controls if view.in_body(c) and c.role in ("link", "button") and _changes(c.label)]
        return ReviewFacts(
            address=view.address,
            heading=view.heading,
            pressed=control.label,
            pays=pays,
            shown=tuple(shown),
            missing=tuple(missing),
            editable=sum(key.startswith(place) for key in self._known),
            ways_back=tuple(dict.fromkeys(c.label for c in ([back] if back else []) + change))[:6],
            papers=len(view.addresses) > 1 or any(c.href.split("?")[0].endswith(".pdf") for c in view.controls),
            shot=shot,
        )


def place_of(view: View) -> str:
    """What page of an application this is, whatever its address asks besides."""
    return f"{view.address.split('?')[0]} {view.heading}"


def _changes(label: str) -> bool:
    words = fold(label).split()
    return bool({"sua", "chinh sua", "thay doi", "edit"} & {" ".join(words[:1]), " ".join(words[:2])})


def _says(text: str, form: str) -> bool:
    return bool(form) and f" {form} " in text


def _ways_to_write(value: str) -> tuple[str, ...]:
    """An answer as a summary may write it: as it is, a date day first, a long text by its beginning, digits alone."""
    ways = [fold(value)]
    parts = value.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[0]) == 4:
        ways.append(fold("/".join(reversed(parts))))
    if len(value) > 60:
        ways.append(" ".join(fold(value).split()[:6]))
    return tuple(ways)
