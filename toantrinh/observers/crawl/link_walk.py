"""Walks the links of a system from its home page on: which pages they lead to, in how many presses, and which lead
nowhere.
"""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

from toantrinh.driver.endings import Unreached
from toantrinh.driver.fetching import Fetched
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.watch import Watch
from toantrinh.journey.equipment import context_of
from toantrinh.observations.links import LinkSource, LinkState, LinkWalk, PageLink
from toantrinh.observations.site import RobotsFacts
from toantrinh.observers.comparing import pattern_of, place_of
from toantrinh.observers.crawl.link_answers import Asking
from toantrinh.observers.crawl.link_pictures import pictures_of
from toantrinh.observers.crawl.link_record import Answer, Notes
from toantrinh.observers.site.wayfinding import Linking
from toantrinh.ownership import at_home
from toantrinh.store import Attachments
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST = 60  # addresses asked for
MOST_ALIKE = 8  # of one template
WALK_S = 180.0


def walk_links(
    browser: Browser,
    system: System,
    home: str,
    visited: Iterable[Linking],
    robots: RobotsFacts | None,
    attachments: Attachments,
    *,
    most: int = MOST,
) -> LinkWalk:
    """Walks from `home`, then from pages of `visited` that no link leads to. Asks for at most `most` addresses."""
    context = context_of(browser, system)
    try:
        hands = Hands(context.new_page(), Watch(context, system))
        notes = Notes(seed=zlib.crc32(system.id.encode()), most=most)
        pages = {place_of(page.address): page for page in visited}
        _Walk(Asking(system, hands), pages, _rules(robots), notes).go(place_of(home))
        return notes.record(pictures_of(hands, notes, attachments))
    finally:
        context.close()


@dataclass
class _Walk:
    asking: Asking
    visited: dict[str, Linking]
    robots: RobotFileParser
    notes: Notes

    def __post_init__(self) -> None:
        self.system = self.asking.system
        self._until = time.monotonic() + WALK_S
        self._log_out = load_lexicon(self.system.labels)["log-out"]

    def go(self, home: str) -> None:
        """Level by level from the home page on, then the visited pages that no link led to."""
        level, depth, whole = [home], 0, True
        while level:
            onward: list[str] = []
            for address in self._ordered(level):
                self.notes.presses[address] = depth
                if not self._ask(address):
                    whole = False
                    continue
                onward += [link for link in self._links_on(address) if link not in self.notes.presses]
            if whole:
                self.notes.depth_whole = depth
            level, depth = list(dict.fromkeys(onward)), depth + 1
        for address in (place_of(address) for address in self.visited):
            if address not in self.notes.presses and at_home(address, self.system.base_url):
                self.notes.presses[address] = None
                self._ask(address)
        self._look_for_places()
        self.notes.leads = {
            address: self._links_on(address) for address in self.notes.presses if address in self.notes.asked
        }

    def _ordered(self, level: list[str]) -> list[str]:
        """One address of each template first, then a second of each: by the seed where there is a choice."""
        chance, groups = random.Random(self.notes.seed), dict[str, list[str]]()
        for address in sorted(level, key=lambda a: urlsplit(a)._replace(scheme="", netloc="").geturl()):
            groups.setdefault(pattern_of(address), []).append(address)
        for group in groups.values():
            chance.shuffle(group)
        longest = max((len(group) for group in groups.values()), default=0)
        return [group[turn] for turn in range(longest) for group in groups.values() if turn < len(group)]

    def _ask(self, address: str) -> bool:
        """Asks for an address; False when it must stay unasked."""
        if not self.notes.ended and time.monotonic() > self._until:
            self.notes.ended = f"quá {WALK_S / 60:g} phút"
        alike = sum(pattern_of(known) == pattern_of(address) for known in self.notes.asked)
        enough = len(self.notes.asked) >= self.notes.most or alike >= MOST_ALIKE
        if self.notes.ended or enough or not self.robots.can_fetch("toantrinh", address):
            return False
        try:
            self.notes.asked[address] = self.asking.answer_of(address)
        except Unreached as lost:  # the system asks to be left alone
            self.notes.ended = lost.why
            return False
        for link in self._found_on(address):
            source = LinkSource(page=address, text=link.text, selector=link.selector)
            self.notes.sources.setdefault(link.address, []).append(source)
        return True

    def _found_on(self, address: str) -> list[PageLink]:
        """The links of a page that may be asked for, also those that only the visit saw."""
        known = self.notes.asked[address].links
        links = list(known.links) if known else []
        names = {link.address for link in links}
        if (page := self.visited.get(address)) is not None:
            links += [
                PageLink(text=link.text, address=link.address, selector=_selector(link.address))
                for link in page.links
                if link.role == "link" and link.address not in names
            ]
        return [link for link in links if self._may(link)]

    def _may(self, link: PageLink) -> bool:
        try:
            parts = urlsplit(link.address)
            host = parts.hostname or ""
        except ValueError:
            return False
        inside = parts.scheme in ("http", "https") and host in self.system.allowed_hosts
        return inside and len(link.address) < 2_000 and self._log_out.nearness(link.text) < 60

    def _links_on(self, address: str) -> list[str]:
        """Where a page's own links lead, each once, in their order. Other hosts' pages lead nowhere for us."""
        if not at_home(address, self.system.base_url):
            return []
        return list(dict.fromkeys(place_of(link.address) for link in self._found_on(address)))

    def _look_for_places(self) -> None:
        """Fragments: the place that a link names must be in the page; where scripts run, as the browser has it."""
        for whole, sources in list(self.notes.sources.items()):
            address, fragment = place_of(whole), unquote(urldefrag(whole)[1])
            page = self.notes.asked.get(address)
            if not fragment or fragment.startswith(("/", "!", ":~:")) or fragment.lower() == "top" or page is None:
                continue
            if page.state is not LinkState.SOUND or page.links is None or fragment in page.links.anchors:
                continue
            if any(link.acts for link in self._found_on(sources[0].page) if link.address == whole):
                continue
            if page.scripts and not page.seen:
                try:
                    seen = self.asking.in_browser(address, Fetched(page.status), must=True)
                except Unreached as lost:
                    self.notes.ended = lost.why
                    return
                if seen.state is not LinkState.SOUND or seen.links is None:
                    continue
                self.notes.asked[address] = page = seen
                if fragment in (page.links.anchors if page.links else ()):
                    continue
            within = page.scripts and all(source.page == address for source in sources)
            self.notes.asked[whole] = Answer(
                LinkState.UNSURE if within else LinkState.NO_ANCHOR,
                page.status,
                f"trang không có chỗ “#{fragment}”" + ("; có thể do kịch bản của trang xử lý" if within else ""),
                seen=page.seen,
            )


def _selector(address: str) -> str:
    parts = urlsplit(address)
    end = parts._replace(scheme="", netloc="").geturl().replace("\\", "\\\\").replace('"', '\\"')
    return f'a[href$="{end}"]'[:300]


def _rules(robots: RobotsFacts | None) -> RobotFileParser:
    """What robots.txt asks of us; one that is not there allows everything (RFC 9309 §2.3.1.3)."""
    rules = RobotFileParser()
    said = robots is not None and robots.status == 200 and "html" not in robots.content_type
    rules.parse(robots.text.splitlines() if robots and said else [])
    return rules
