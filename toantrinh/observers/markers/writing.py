"""Writes markers into an application: into every field of free text, and into the name of one attached file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from toantrinh.driver.answers import DATE_ASKED, NUMBER_ASKED, fact_asked
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import File, Hands
from toantrinh.driver.lexicon import Lexicon, fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey.application import Detours
from toantrinh.journey.form import complaint_about, form_fields
from toantrinh.journey.papers import attach_all, upload_places
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName
from toantrinh.observations.markers import MarkedPlace, Taken
from toantrinh.observers.markers.marker import MOST, Name, file_name, written
from toantrinh.observers.trespass.places import identifiers
from toantrinh.scenarios.values import identity
from toantrinh.scenarios.wrong_answers import kind_of

MOST_OF_ONE_KIND = 60
MOST_TRIES = 2  # a field that refuses the long form and the short one gets its plain value
SECRET = ("captcha", "one-time-code")
FORMAL = ("cccd", "other_cccd", "phone", "email", "tax_code", "count", "money")
PLAIN_MODES = ("", "text")


@dataclass
class Places:
    """The places of one visit, by their numbers."""

    known: dict[int, MarkedPlace] = field(default_factory=dict)

    def allot(self, what: str, label: str, address: str) -> int:
        """The number of a new place; 0 when there are as many as can be told apart."""
        number = len(self.known) + 1
        if number > MOST or sum(one.what == what for one in self.known.values()) >= MOST_OF_ONE_KIND:
            return 0
        self.known[number] = MarkedPlace(number=number, what=what, label=label, address=address, taken=Taken.UNTRIED)
        return number

    def write(self, number: int, text: str, form: str) -> None:
        """Notes what was written there."""
        told = {"taken": Taken.TAKEN, "written": text, "form": form}
        self.known[number] = self.known[number].model_copy(update=told)

    def note(self, number: int, taken: Taken) -> None:
        """Notes what became of the place."""
        self.known[number] = self.known[number].model_copy(update={"taken": taken})


class NamingHands(Hands):
    """Hands that give the first file that they attach another name."""

    rename: Callable[[str], str] | None = None

    def attach(self, view: View, control: Control, files: list[File]) -> None:
        """Attaches the files, the first one ever under the other name."""
        if self.rename is not None and files:
            rename, self.rename = self.rename, None
            files = [replace(files[0], name=rename(files[0].name)), *files[1:]]
        super().attach(view, control, files)


@dataclass
class _Mark:
    """A field as it was marked. `plain`: what stood there before; `tries`: how often a marker of it was refused."""

    number: int
    plain: str
    tries: int = 0


class Marking(Detours):
    """Writes a marker behind the answer of each field of free text; one that refuses it gets its plain answer back.

    A field that comes filled in keeps what it holds: the system may store what is sent as the account's own data.
    `look` is called with every page of the application as it came; `start`: the page on which it was begun.
    """

    def __init__(self, name: Name, places: Places, look: Callable[[Traveller], object], start: str = "") -> None:
        self._name, self._places, self._look = name, places, look
        self._marks: dict[str, _Mark] = {}
        self._prefilled: dict[str, bool] = {}  # by field: whether it held something when it was first seen
        self._left = ""
        self._start = start  # where the application was begun
        self._first = ""  # the address of the first page with a marker on it
        self._gone_back = False
        self._file = 0

    def on_page(self, who: Traveller, view: View) -> View:
        """The page as it came: looked at; what it refuses is noted."""
        self._look(who)
        if who.at_home(view.address):
            for control in form_fields(view):
                held = bool(control.value.strip()) and self._name.word not in control.value.lower()
                self._prefilled.setdefault(_key(view, control), held)
            if _place(view) == self._left:
                self._refused(view)
            if not self._file and upload_places(view) and isinstance(who.hands, NamingHands):
                who.hands.rename = lambda plain: self._name_file(view.address, plain)
        self._left = ""
        return self._back_once(who, view)

    def _back_once(self, who: Traveller, view: View) -> View:
        """The first marked page once more, as it shows what was written: the application goes on from there."""
        if self._gone_back or not self._first or _path(self._first) == _path(view.address):
            return view
        if not is_of_one_dossier(self._first, self._start):
            return view  # the address may begin another draft
        self._gone_back = True
        try:
            back = who.go(self._first)
        except (StepEnded, CannotAct):
            return who.go(view.address)
        self._look(who)
        return back

    def answered(self, who: Traveller, view: View) -> View:
        """The page with markers in its fields."""
        if not who.at_home(view.address):
            return view
        view = who.hands.settle()  # the page was seen before its last fields were filled
        if self._file and self._file_lost(view) and upload_places(view):
            view, _ = attach_all(who, view)
        changed = False
        for control in form_fields(view):
            if is_free(control, who.lexicon):
                changed = self._mark(who, view, control) or changed
        if not changed:
            return view
        view = who.hands.settle()
        self._dropped(view)
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        """Presses what leads on."""
        self._left = _place(view)
        return super().press(who, view, control, step)

    def _mark(self, who: Traveller, view: View, control: Control) -> bool:
        """Writes what the field is to hold; True when something was written."""
        key = _key(view, control)
        known = self._marks.get(key)
        if known is None:
            number = self._places.allot("field", control.label or control.key, view.address)
            if not number:
                return False
            known = self._marks[key] = _Mark(number, "" if self._name.word in control.value else control.value)
            if self._prefilled.get(key):
                self._places.note(number, Taken.PREFILLED)
        if self._prefilled.get(key):
            return False
        if known.tries >= MOST_TRIES:
            if self._name.word not in control.value.lower():
                return False
            return _fill(who, view, control, known.plain)
        made = written(self._name, known.number, control.maxlength, known.plain, shorter=known.tries > 0)
        if made is None:
            self._places.note(known.number, Taken.TOO_SHORT)
        if made is None or control.value == made.text or not _fill(who, view, control, made.text):
            return False
        self._places.write(known.number, *made)
        self._first = self._first or view.address
        return True

    def _refused(self, view: View) -> None:
        """The page came back: the fields that it names refuse their markers; all of them where it names none."""
        fields = [(c, self._marks.get(_key(view, c))) for c in form_fields(view)]
        named = [(c, mark) for c, mark in fields if c.invalid or complaint_about(c, view)]
        for _, mark in named or fields:
            if mark is not None and self._places.known[mark.number].written:
                mark.tries = mark.tries + 1 if named else MOST_TRIES
                if mark.tries >= MOST_TRIES:
                    self._places.note(mark.number, Taken.REFUSED)

    def _dropped(self, view: View) -> None:
        """A field that takes characters away while they are written protects itself."""
        for control in form_fields(view):
            mark = self._marks.get(_key(view, control))
            place = self._places.known[mark.number] if mark is not None else None
            if place and place.taken is Taken.TAKEN and f"<{self._name.tag(place.number)}" not in control.value.lower():
                self._places.note(place.number, Taken.REFUSED)

    def _name_file(self, address: str, plain: str) -> str:
        self._file = self._places.allot("file", "tên tệp đính kèm", address)
        if not self._file:
            return plain
        name = file_name(self._name, self._file, plain)
        self._places.write(self._file, name, "thẻ")
        return name

    def _file_lost(self, view: View) -> bool:
        """True when the page shows nothing of the file with the marker: it was refused, and goes plain."""
        place = self._places.known[self._file]
        if place.taken is not Taken.TAKEN or place.address.split("?")[0] != view.address.split("?")[0]:
            return False
        stem = place.written.split("'>")[0]
        if stem in view.text or any(stem in c.value or stem in c.name for c in view.controls):
            return False
        self._places.note(self._file, Taken.REFUSED)
        return True


def is_free(control: Control, lexicon: Lexicon) -> bool:
    """True for a field of free text: none whose form is enforced, no secret, nothing that cannot be written into."""
    hint = fold(f"{control.placeholder} {control.description} {control.error}")
    return (
        control.role in ("textbox", "searchbox")
        and control.tag in ("input", "textarea")
        and control.type in ("", "text", "textarea")
        and control.enabled
        and not control.readonly
        and not control.pattern
        and control.inputmode in PLAIN_MODES
        and not control.widget
        and not kind_of(control)
        and (fact_asked(control.label) or "") not in FORMAL
        and not (fact_asked(control.label) or "").endswith("_date")
        and not re.search(f"{DATE_ASKED}|{NUMBER_ASKED}|chu so", hint)
        and all(lexicon[word].nearness(control.label) < 50 for word in SECRET)
    )


def is_of_one_dossier(address: str, start: str) -> bool:
    """True for an address that names something which the page of the procedure, `start`, does not: a draft."""
    return bool({*identifiers(address.replace("#", ""))} - {*identifiers(start.replace("#", ""))})


def _fill(who: Traveller, view: View, control: Control, text: str) -> bool:
    try:
        who.hands.fill(view, control, text)
    except CannotAct:
        return False
    return True


def _path(address: str) -> str:
    return address.split("?")[0]


def _place(view: View) -> str:
    return f"{view.address.split('?')[0]} {view.heading}"


def _key(view: View, control: Control) -> str:
    return f"{_place(view)} {identity(control)}"
