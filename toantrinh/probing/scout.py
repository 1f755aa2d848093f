"""Who makes the first visit: a traveller that only reads, within its time, and keeps what the pages are made of."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import yaml

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.proof import prove
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.page import PageKind, ProofOfPage
from toantrinh.probing.found import Way
from toantrinh.probing.read_only import Guard, redirections, same_place

T = TypeVar("T")
LONGEST_S = 90.0
PART_KINDS = ("script", "stylesheet", "font", "xhr", "fetch")
MARKUP = 1_000_000  # characters of each page's source that are looked at


@cache
def words() -> dict[str, Any]:
    """The words of public pages that only this visit reads (`words.yaml`)."""
    data = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


class Scout:
    """`who` travels; `addresses` and `markup` are of all pages seen, `unseen` says what could not be, and why."""

    def __init__(self, who: Traveller, say: Callable[[str], None]) -> None:
        self.who, self._say = who, say
        self.base_url = who.system.base_url
        self.guard = Guard(who.hands.page.context, self.base_url)
        self.addresses: list[str] = []
        self.markup = ""
        self.unseen: list[str] = []
        self._until = time.monotonic() + LONGEST_S

    def look_for(self, what: str, how: Callable[[], T], otherwise: T) -> T:
        """What `how` finds; `otherwise` when its page cannot be seen, which is kept under `unseen`."""
        from playwright.sync_api import Error

        self._say(what)
        if time.monotonic() > self._until:
            self.unseen.append(f"{what}: hết {LONGEST_S:.0f} giây dành cho lần xem này")
            return otherwise
        try:
            return how()
        except (StepEnded, CannotAct) as end:
            self.unseen.append(f"{what}: {end}")
        except Error as error:
            self.unseen.append(f"{what}: {first_line(error)}")
        return otherwise

    def go(self, address: str) -> View:
        """Opens an address of the portal. Raises StepEnded when it is no ordinary page."""
        return self.keep(self.who.go(address))

    def home(self) -> View:
        """The home page, opened again."""
        return self.go("")

    def keep(self, view: View, *, log_in_expected: bool = False) -> View:
        """Notes what the page is made of. Raises StepEnded when it is no ordinary page of the portal."""
        self.addresses += [view.address, *(c.href for c in view.controls if c.href)]
        self.markup += self.who.hands.page.content()[:MARKUP]
        proof = self.proof(view, log_in_expected=log_in_expected)
        if not proof.holds:
            raise StepEnded(Reach.BLOCKED, f"{proof.why or proof.kind} ({view.address})")
        return view

    def proof(self, view: View, *, log_in_expected: bool = False) -> ProofOfPage:
        """What kind of page this is."""
        who = self.who
        return prove(
            view,
            status=who.hands.watch.status_of(view.address),
            allowed_hosts=who.system.allowed_hosts,
            step="probe",
            lexicon=who.lexicon,
            log_in_expected=log_in_expected,
        )

    def press(self, view: View, control: Control) -> View:
        """Follows a link, or presses a button that leads to a page."""
        return self.keep(self.who.press(view, control))

    def way(self, intent: str, control: Control | None) -> Way:
        """The way that a control of a page is."""
        return Way(intent=intent, address=control.href, by=control.label) if control else Way(intent=intent)

    def leads_to(self, address: str) -> list[str]:
        """Where an address of the portal redirects to, itself first; another place at the end was not entered."""
        from playwright.sync_api import Error

        try:
            return redirections(self.who.hands.page.context, address.split("#")[0], self.base_url)
        except Error:
            return [address]

    def elsewhere(self, addresses: Iterable[str]) -> tuple[str, ...]:
        """The hosts among addresses that are not the portal's own place."""
        return tuple(dict.fromkeys(_netloc(a) for a in addresses if not same_place(a, self.base_url)))

    def foreign_hosts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Hosts that gave (or would have given) parts of the pages: those needed, and those that only measure."""
        needed: dict[str, None] = {}
        measuring: dict[str, None] = {}
        for seen in self.who.hands.watch.seen:
            address, host = seen.request.url, urlsplit(seen.request.url).hostname or ""
            if not host or host in self.who.system.allowed_hosts:
                continue
            if any(part in address for part in words()["measuring"]):
                measuring[host] = None
            elif seen.request.resource_type in PART_KINDS:
                needed[host] = None
        return tuple(needed), tuple(host for host in measuring if host not in needed)

    def stopped(self, collectors: Iterable[str]) -> tuple[str, ...]:
        """What the pages tried and this visit did not do, each once; sending to `collectors` is not worth a word."""
        measuring = [*words()["measuring"], *(f"//{host}/" for host in collectors)]
        writes = [write for write in self.guard.writes if not any(part in write for part in measuring)]
        departures = [f"chuyển sang {_netloc(address)}" for address in self.guard.departures]
        return tuple(dict.fromkeys([*writes, *departures]))


def _netloc(address: str) -> str:
    parts = urlsplit(address)
    return parts.netloc if parts.port and parts.port not in (80, 443) else parts.hostname or parts.netloc


def is_sick(kind: PageKind) -> bool:
    """True for a home page that says nothing of the portal: a block, an error, a captcha, maintenance, nothing."""
    return kind not in (PageKind.PAGE, PageKind.LOG_IN_WALL)
