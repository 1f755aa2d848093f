"""Looks at a page for our markers: what became of them there, with a picture of the place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toantrinh.driver.alarm import alarm
from toantrinh.observations.markers import How, Kind, LookedAt, Sighting
from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.markers.pdf_scripts import marked_scripts
from toantrinh.observers.markers.pdf_text import shown_in
from toantrinh.observers.markers.trap import Trap
from toantrinh.observers.pictures.crops import crop_of
from toantrinh.redaction import mask_tokens
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCAN = (Path(__file__).parent / "scan.js").read_text(encoding="utf-8").strip()
MOST_FRAMES = 8
MOST_PICTURES = 12
SCAN_S = 10.0
SHOT_QUALITY, SHOT_MS = 55, 5_000
WORST_FIRST = (How.RAN, How.IN_PDF, How.LINK, How.ATTRIBUTE, How.ELEMENT, How.STRIPPED, How.SWALLOWED)
Found = tuple[int, How]
Place = tuple[int, Kind, str, str]  # a marker's number, what was looked at, by whom, the address without its query


@dataclass(frozen=True)
class Seen:
    """What one page does with markers besides: numbers inside scripts, in addresses of links, and as text."""

    scripts: tuple[int, ...] = ()
    links: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()


@dataclass
class Lookout:
    """Everything that one visit looks at. `trap` says who looks at what now; `is_own` tells the system's addresses:
    what other parties do with markers is not the system's."""

    trap: Trap
    attachments: Attachments
    is_own: Callable[[str], bool] = lambda address: True
    pages: list[LookedAt] = field(default_factory=list)
    _found: dict[Place, tuple[How, str, str]] = field(default_factory=dict)  # how, address, title
    _pictures: dict[Place, str] = field(default_factory=dict)

    def at(self, page: Page, why: str = "") -> Seen:
        """Looks at what the page shows now and notes it; `why` says why it can carry no verdict."""
        from playwright.sync_api import Error

        parts: list[dict[str, Any]] = []
        try:
            with alarm(page, SCAN_S):
                address, title = page.url, page.title()
                for frame in page.frames[:MOST_FRAMES]:
                    try:
                        parts.append(json.loads(ask(frame, SCAN, [self.trap.name.word])))
                    except (Error, RuntimeError, ValueError, TypeError):
                        continue  # a frame that is gone, or holds no document
        except Error:
            return Seen()  # it went away: what was heard of it is kept
        shown = tuple(sorted({number for part in parts for number in part["shown"]}))
        role, kind = self.trap.role, Kind(self.trap.kind)
        if not self.is_own(address):
            return Seen()
        self.pages.append(
            LookedAt(kind=kind, role=role, address=mask_tokens(address), title=title, shown=shown, why=why)
        )
        for one in (one for part in parts for one in part["found"] if one["how"] != "element"):
            self._note((int(one["number"]), How(one["how"])), kind, role, address, title)
        self._hear()
        self._picture(page, address, kind, role)
        return Seen(
            tuple({number for part in parts for number in part["scripts"]}),
            tuple({number for part in parts for number in part["links"]}),
            shown,
        )

    def paper(self, address: str, title: str, content: bytes) -> None:
        """Looks at a PDF: markers that are part of its scripts, or mark-up to whoever made it; else text."""
        kind, role, name = Kind(self.trap.kind), self.trap.role, self.trap.name
        numbers, why = marked_scripts(name, content)
        shown, swallowed = shown_in(name, content)
        self.pages.append(LookedAt(kind=kind, role=role, address=address, title=title, why=why, shown=shown))
        for how, found in ((How.IN_PDF, numbers), (How.SWALLOWED, swallowed)):
            for number in found:
                self._note((number, how), kind, role, address, title)

    def sightings(self) -> tuple[Sighting, ...]:
        """Every marker that was more than text, once for each address, the worst that became of it there."""
        self._hear()
        return tuple(
            Sighting(
                number=place[0], how=how, kind=place[1], role=place[2], address=address, title=title,
                picture=self._pictures.get(place, ""),
            )
            for place, (how, address, title) in sorted(self._found.items(), key=lambda row: row[0])
        )  # fmt: skip

    def _hear(self) -> None:
        """Takes over what the trap has heard."""
        for call in self.trap.calls:
            if call.how in set(How):
                self._note((call.number, How(call.how)), Kind(call.kind), call.role, call.address, call.title)

    def _note(self, found: Found, kind: Kind, role: str, address: str, title: str) -> None:
        number, how = found
        if not self.is_own(address):
            return
        place = (number, kind, role, _path(address))
        known = self._found.get(place)
        if known is None or WORST_FIRST.index(how) < WORST_FIRST.index(known[0]):
            self._found[place] = (how, mask_tokens(address), title)

    def _picture(self, page: Page, address: str, kind: Kind, role: str) -> None:
        """A picture of each marker that is more than text here: the element outlined, else the page as it stands."""
        from playwright.sync_api import Error

        for place in list(self._found):
            here = place[1:] == (kind, role, _path(address))
            if not here or place in self._pictures or len(self._pictures) >= MOST_PICTURES:
                continue
            tag, name = self.trap.name.tag(place[0]), f"dau-{len(self._pictures) + 1:02d}"
            with alarm(page, SCAN_S):
                path = crop_of(page, f":has(> {tag})", self.attachments, f"{name}.png")
                try:
                    shot = path or self.attachments.save(
                        f"{name}.jpg", page.screenshot(type="jpeg", quality=SHOT_QUALITY, timeout=SHOT_MS)
                    )
                except Error:
                    shot = ""
            if shot:
                self._pictures[place] = shot


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}#{parts.fragment.split('?')[0]}"
