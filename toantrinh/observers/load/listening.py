"""A visit that keeps an archive: what was sent and answered, act by act, with the files of forms."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import File, Hands
from toantrinh.driver.lexicon import Lexicon, load_lexicon
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.journey.equipment import Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.traveller import Traveller
from toantrinh.load.permission import is_of_others
from toantrinh.load.plan import Asset, FormPart
from toantrinh.load.recording import Entry, FilesSent, Marks, assets_in, entries_of, heard_in
from toantrinh.load.weaving import Heard
from toantrinh.observations.journey import StepName
from toantrinh.observers.load.private import private_folder
from toantrinh.observers.uploads.hearing import LISTENS, TELLS
from toantrinh.ownership import at_home
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SURE = 55
AWAY = (StepName.LOG_IN, StepName.SIGN, StepName.PAY)  # where other systems are come to


@dataclass
class Visit:
    """What one visit told. `files`: what was attached, by name; `codes`: the one-time codes that were entered;
    `last_press`: the number of the act in which something was pressed last; `away`: other systems' hosts (with their
    port, if any) that this or another visit was led to. `entries` are there when it has ended."""

    system: System
    marks: Marks = field(default_factory=Marks)
    forms: list[FilesSent] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    last_press: int = 0
    entries: list[Entry] = field(default_factory=list)
    beacons: Callable[[str], bool] = lambda address: False
    away: set[str] = field(default_factory=set)

    def is_page(self, address: str) -> bool:
        """Whether this is a page of the system itself: of no identity provider, no payment gateway, no frame."""
        return at_home(address, self.system.base_url)

    def is_own(self, address: str) -> bool:
        """Whether this is data or a file of the system itself: of no log-in, no gateway, no beacon."""
        parts = urlsplit(address)
        led_there = {urlsplit(one.address).netloc for one in self.entries if self._is_away(one)}
        away = parts.netloc in self.away | led_there or is_of_others(parts.hostname or "", self.system)
        return address in OwnHosts.of(self.system) and not away and not self.beacons(address)

    def remember_away(self) -> None:
        """Other systems that this visit was led to are none of the system in the others either."""
        self.away |= {urlsplit(one.address).netloc for one in self.entries if self._is_away(one)}
        if host := self.left_at()[1]:
            self.away.add(host)

    def left_at(self) -> tuple[int, str]:
        """(the number of the act that first led to another system, its host); (0, "") when none did."""
        for one in self.entries:
            onward = urljoin(one.address, one.given.get("location", "")) if self.is_page(one.address) else ""
            if onward and not self.is_page(onward) and one.kind == "document":
                return one.act, urlsplit(onward).netloc
            if self._is_away(one):
                return one.act, urlsplit(one.address).netloc
        return 0, ""

    def _is_away(self, one: Entry) -> bool:
        return one.kind == "document" and one.step in AWAY and not self.is_page(one.address)

    def heard(self, acts: range) -> list[Heard]:
        """The system's pages and data in these acts. Raises NotHeard."""
        mine = [one for one in self.entries if one.act in acts]
        return heard_in(mine, self.is_page, self.is_own, self.forms, self._document)

    def assets(self) -> dict[int, list[Asset]]:
        """The static files of the system's pages, by act."""
        return assets_in(self.entries, self.is_own, self.system.base_url)

    def agent(self) -> str:
        """What the browser calls itself."""
        return next((one.headers["user-agent"] for one in self.entries if "user-agent" in one.headers), "")

    def _document(self, name: str) -> FormPart | None:
        known = self.files.get(name)
        return FormPart(name="", file=Path(name), file_name=name, content_type=known.mime) if known else None

    def hear_form(self, _: Any, told: Any) -> None:
        """A page tells of a form with files that it sends."""
        rows = [one for one in (told.get("fields", ()) if isinstance(told, dict) else ()) if isinstance(one, dict)]
        fields = tuple((str(one["name"]), str(one["value"])) for one in rows if "value" in one)
        files = tuple((str(one["name"]), str(one["file"])) for one in rows if "file" in one and one.get("size"))
        self.forms.append(FilesSent(str(told.get("address", "")), str(told.get("method", "")), fields, files))


@contextmanager
def listening(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    *,
    equipment: Equipment,
    on_step: Callable[[StepName], None],
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
    resume: bool = False,
    away: set[str] | None = None,
) -> Iterator[tuple[Traveller, Visit]]:
    """A traveller who is listened to. The archive is read when the visit has ended, however it ended, and deleted.

    `away`: shared with other visits, as of `Visit`.
    """
    visit = Visit(system, away=set() if away is None else away)

    def step(name: StepName) -> None:
        visit.marks(name)
        on_step(name)

    with private_folder() as scratch:
        archive = scratch / "archive.har"
        hands = noting(equipment.hands, visit, load_lexicon(system.labels))
        own = replace(equipment, archive=archive, hands=hands, person=None, tracing=False, video=False)
        way = travelling(
            browser, system, service, attachments, equipment=own, on_step=step, no_account=no_account,
            sessions=sessions, resume=resume,
        )  # fmt: skip
        try:
            with way as who:
                who.book.pictures = False
                visit.beacons = who.hands.watch.is_beacon
                who.hands.watch.context.expose_binding(TELLS, visit.hear_form)
                who.hands.watch.context.add_init_script(LISTENS)
                yield who, visit
        finally:
            if archive.is_file():
                visit.entries = entries_of(archive, visit.marks)
                visit.remember_away()


def noting(kind: type[Hands], visit: Visit, lexicon: Lexicon) -> type[Hands]:
    """Hands of this kind that note when they act, and what they attach."""
    marks, code = visit.marks, lexicon["one-time-code"]

    class Noting(kind):  # type: ignore[misc,valid-type]
        def go(self, address: str) -> View:
            marks.act()
            after: View = super().go(address)
            return after

        def press(self, view: View, control: Control) -> View:
            marks.act()
            visit.last_press = marks.acts
            after: View = super().press(view, control)
            return after

        def enter(self, view: View, control: Control) -> View:
            marks.act()
            visit.last_press = marks.acts
            after: View = super().enter(view, control)
            return after

        def fill(self, view: View, control: Control, value: str) -> None:
            marks.act()
            if control.autocomplete == "one-time-code" or code.nearness(control.label) >= SURE:
                visit.codes.add(value)
            super().fill(view, control, value)

        def choose(self, view: View, control: Control, value: str) -> None:
            marks.act()
            super().choose(view, control, value)

        def tick(self, view: View, control: Control) -> None:
            marks.act()
            super().tick(view, control)

        def attach(self, view: View, control: Control, files: list[File]) -> None:
            marks.act()
            visit.files |= {file.name: file for file in files}
            super().attach(view, control, files)

    return Noting


def carries(one: Heard, values: set[str]) -> bool:
    """Whether a request carries any of these values, as they were typed."""
    fields: Mapping[str, str] = {part.name: part.value for part in one.parts}
    text = json.dumps([one.address, one.body, fields], ensure_ascii=False)
    return any(value and value in text for value in values)
