"""Walks the links of a system from its home page on: which pages they lead to, in how many presses, and which lead
nowhere.

Each address is asked for once, without a browser; what looks broken is opened in the browser before anybody says so.
"""

from __future__ import annotations

import random
import re
import threading
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

from toantrinh.driver.alarm import alarm
from toantrinh.driver.endings import Fault, Unreached
from toantrinh.driver.fetching import Fetched, Limits, fetch
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.driver.pace import pace_of
from toantrinh.driver.proof import prove
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import context_of
from toantrinh.observations.links import (
    LinkSource,
    LinkState,
    LinkTarget,
    LinkWalk,
    PageLink,
    PageLinks,
    WalkedPage,
)
from toantrinh.observations.page import PageKind
from toantrinh.observations.site import RobotsFacts
from toantrinh.observers.link_source import SourceText
from toantrinh.observers.page_world import ask
from toantrinh.observers.patience import within
from toantrinh.observers.wayfinding import Linking, at_home
from toantrinh.store import Attachments, NotObserved
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LINKS = (Path(__file__).parent / "links.js").read_text(encoding="utf-8")
MOST = 60  # addresses asked for
MOST_ALIKE = 8  # of one template
MOST_OPENED = 20  # of which the browser opens so many
MOST_SHOTS = 3
MOST_SOURCES = 8
WALK_S = 180.0
LOOK_S = 20.0
FILE = Limits(most_bytes=2 * 1024 * 1024, seconds=20.0)
SHELL = 200  # letters under which a document with scripts shows nothing before they have run
LONG = 700  # letters of a page that has something of its own to say, whatever its status
CLOSED = (401, 403, 407)
GONE = (404, 410)
ERROR_WORDS = re.compile(r"\b(404|500|khong tim thay|khong ton tai|not found|loi he thong|error|su co)\b")
KINDS = {
    PageKind.PAGE: LinkState.SOUND,
    PageKind.LOG_IN_WALL: LinkState.SOUND,
    PageKind.ERROR: LinkState.BROKEN,
    PageKind.BLOCK: LinkState.WALLED,
    PageKind.CAPTCHA: LinkState.WALLED,
    PageKind.MAINTENANCE: LinkState.UNHEARD,
    PageKind.BLANK: LinkState.UNSURE,
    PageKind.ELSEWHERE: LinkState.ELSEWHERE,
}
FAULTS = {
    Fault.REDIRECTS: LinkState.BROKEN,
    Fault.CLOSES: LinkState.BROKEN,
    Fault.FOREIGN_HOST: LinkState.ELSEWHERE,
    Fault.UNREACHABLE: LinkState.UNSURE,
    Fault.CERTIFICATE: LinkState.UNSURE,
    Fault.HANGS: LinkState.UNSURE,
}


def links_of(page: Page) -> PageLinks:
    """The links of a page that is open and settled, and the places in it. Raises NotObserved as `patience.within`."""
    found: dict[str, Any] = within(page, LOOK_S, "đọc liên kết", lambda: ask(page, LINKS))
    return PageLinks(
        address=found["address"],
        links=tuple(PageLink(**link) for link in found["links"]),
        anchors=tuple(dict.fromkeys(found["anchors"])),
    )


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
        walk = _Walk(system, hands, {place_of(page.address): page for page in visited}, _rules(robots), most)
        walk.go(place_of(home))
        walk.take_pictures(attachments)
        return walk.record()
    finally:
        context.close()


def place_of(address: str) -> str:
    """The address without a fragment that only marks a place in the page, also in one that a script's route names."""
    bare, fragment = urldefrag(address)
    bare = bare if urlsplit(bare).path else f"{bare}/"
    return f"{bare}#{fragment.split('#')[0]}" if fragment.startswith(("/", "!")) else bare


def template_of(address: str) -> str:
    """What addresses of one kind have in common: the path with its codes, numbers and names of files left out."""
    parts = urlsplit(address)
    path = re.sub(r"[^/]+(\.\w{2,5})$", r"*\1", parts.path)
    return re.sub(r"[^/]*\d[^/]*", "#", path) + ("?" if parts.query else "") + re.sub(r"\d+", "#", parts.fragment)


@dataclass
class _Asked:
    """An address and all that is known of it."""

    state: LinkState
    status: int | None = None
    why: str = ""
    seen: bool = False
    scripts: bool = False
    links: PageLinks | None = None


@dataclass
class _Walk:
    system: System
    hands: Hands
    visited: dict[str, Linking]
    robots: RobotFileParser
    most: int
    seed: int = 0
    opened: int = 0
    ended: str = ""
    depth_whole: int = -1
    asked: dict[str, _Asked] = field(default_factory=dict)
    presses: dict[str, int | None] = field(default_factory=dict)
    sources: dict[str, list[LinkSource]] = field(default_factory=dict)  # by address with its fragment
    shots: dict[str, str] = field(default_factory=dict)
    _until: float = 0.0

    def __post_init__(self) -> None:
        self.seed = zlib.crc32(self.system.id.encode())
        self._until = time.monotonic() + WALK_S
        self._log_out = load_lexicon(self.system.labels)["log-out"]

    def go(self, home: str) -> None:
        """Level by level from the home page on, then the visited pages that no link led to."""
        level, depth, whole = [home], 0, True
        while level:
            onward: list[str] = []
            for address in self._ordered(level):
                self.presses[address] = depth
                if not self._ask(address):
                    whole = False
                    continue
                onward += [link for link in self._links_on(address) if link not in self.presses]
            if whole:
                self.depth_whole = depth
            level, depth = list(dict.fromkeys(onward)), depth + 1
        for address in (place_of(address) for address in self.visited):
            if address not in self.presses and at_home(address, self.system.base_url):
                self.presses[address] = None
                self._ask(address)
        self._look_for_places()

    def _ordered(self, level: list[str]) -> list[str]:
        """One address of each template first, then a second of each: by the seed where there is a choice."""
        chance, groups = random.Random(self.seed), dict[str, list[str]]()
        for address in sorted(level, key=lambda a: urlsplit(a)._replace(scheme="", netloc="").geturl()):
            groups.setdefault(template_of(address), []).append(address)
        for group in groups.values():
            chance.shuffle(group)
        longest = max((len(group) for group in groups.values()), default=0)
        return [group[turn] for turn in range(longest) for group in groups.values() if turn < len(group)]

    def _ask(self, address: str) -> bool:
        """Asks for an address; False when it must stay unasked."""
        if not self.ended and time.monotonic() > self._until:
            self.ended = f"quá {WALK_S / 60:g} phút"
        alike = sum(template_of(known) == template_of(address) for known in self.asked)
        enough = len(self.asked) >= self.most or alike >= MOST_ALIKE
        if self.ended or enough or not self.robots.can_fetch("toantrinh", address):
            return False
        try:
            self.asked[address] = self._answer_of(address)
        except Unreached as lost:  # the system asks to be left alone
            self.ended = lost.why
            return False
        for link in self._found_on(address):
            source = LinkSource(page=address, text=link.text, selector=link.selector)
            self.sources.setdefault(link.address, []).append(source)
        return True

    def _answer_of(self, address: str) -> _Asked:
        got = self._fetched(address)
        host = urlsplit(got.address).hostname or ""
        if got.status is None and host not in self.system.allowed_hosts:
            return _Asked(LinkState.ELSEWHERE, why=got.why)
        if got.status in CLOSED:
            return _Asked(LinkState.WALLED, got.status)
        if got.status == 429:
            return _Asked(LinkState.UNHEARD, got.status, "hệ thống đòi hỏi chậm lại")
        if got.status is None or got.status in GONE or got.status >= 500:
            return self._opened(address, got, must=True)
        if got.status >= 400:
            return _Asked(LinkState.UNSURE, got.status, f"trả {got.status}")
        if "html" not in got.kind or not at_home(got.address, self.system.base_url):
            return _Asked(LinkState.SOUND, got.status)
        source = SourceText(got.address, got.content.decode(_charset(got.kind), "replace"))
        shell = source.scripts > 0 and source.letters < SHELL
        if shell or "#" in address or ERROR_WORDS.search(fold(f"{source.title} {source.heading}")):
            return self._opened(address, got, must=False, known=source.found)
        return _Asked(LinkState.SOUND, got.status, scripts=source.scripts > 0, links=source.found)

    def _fetched(self, address: str) -> Fetched:
        pace = pace_of(address, self.system.pace.pause_ms)
        pace.turn(lambda ms: _wait(ms))
        started = time.monotonic()
        got = fetch(self.hands.watch.context, address, self.system.allowed_hosts, limits=FILE)
        if got.status in (429, 503):
            pace.refused(got.status)
        elif got.status is not None:
            pace.answered(time.monotonic() - started)
        return got

    def _opened(self, address: str, got: Fetched, *, must: bool, known: PageLinks | None = None) -> _Asked:
        """What the browser sees there. `must`: without it nothing can be said; else the page's source will do."""
        without = _Asked(LinkState.UNSURE if must else LinkState.SOUND, got.status, got.why, links=known)
        if must and not without.why:
            without.why = f"trả {got.status}, chưa mở lại bằng trình duyệt"
        if self.opened >= MOST_OPENED:
            return without
        self.opened += 1
        try:
            return self._look(address, got) or without
        except Unreached as lost:
            if lost.fault is Fault.HELD_OFF:
                raise
            state = FAULTS.get(lost.fault, LinkState.UNHEARD)
            if lost.fault.of_the_network and self._fetched(self.system.base_url + "/").status is None:
                state = LinkState.UNHEARD
            return _Asked(state, got.status, lost.why, seen=True)
        except CannotAct as error:  # a file
            return without if must else _Asked(LinkState.SOUND, got.status, str(error))

    def _look(self, address: str, got: Fetched) -> _Asked | None:
        view = self.hands.go(address)
        status = self.hands.watch.status_of(view.address)
        proof = prove(
            view,
            status=status,
            allowed_hosts=self.system.allowed_hosts,
            step="links",
            lexicon=load_lexicon(self.system.labels),
        )
        state, why = KINDS[proof.kind], proof.why
        if state is LinkState.BROKEN and why.startswith("HTTP status") and len(view.main) >= LONG:
            state = LinkState.UNSURE  # a page with something to say, only its status says that it is none
        try:
            links = links_of(self.hands.page) if state is LinkState.SOUND else None
        except NotObserved:
            return None
        return _Asked(state, status or got.status, why, seen=True, scripts=True, links=links)

    def _found_on(self, address: str) -> list[PageLink]:
        """The links of a page that may be asked for, also those that only the visit saw."""
        known = self.asked[address].links
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
        for whole, sources in list(self.sources.items()):
            address, fragment = place_of(whole), unquote(urldefrag(whole)[1])
            page = self.asked.get(address)
            if not fragment or fragment.startswith(("/", "!", ":~:")) or fragment.lower() == "top" or page is None:
                continue
            if page.state is not LinkState.SOUND or page.links is None or fragment in page.links.anchors:
                continue
            if any(link.acts for link in self._found_on(sources[0].page) if link.address == whole):
                continue
            if page.scripts and not page.seen:
                try:
                    seen = self._opened(address, Fetched(page.status), must=True)
                except Unreached as lost:
                    self.ended = lost.why
                    return
                if seen.state is not LinkState.SOUND or seen.links is None:
                    continue
                self.asked[address] = page = seen
                if fragment in (page.links.anchors if page.links else ()):
                    continue
            within = page.scripts and all(source.page == address for source in sources)
            self.asked[whole] = _Asked(
                LinkState.UNSURE if within else LinkState.NO_ANCHOR,
                page.status,
                f"trang không có chỗ “#{fragment}”" + ("; có thể do kịch bản của trang xử lý" if within else ""),
                seen=page.seen,
            )

    def take_pictures(self, attachments: Attachments) -> None:
        """Pictures of the first broken links where they stand, outlined. One that cannot be taken is left out."""
        from playwright.sync_api import Error

        broken = [
            address for address, found in self.asked.items() if found.state in (LinkState.BROKEN, LinkState.NO_ANCHOR)
        ]
        for number, address in enumerate(broken[:MOST_SHOTS], 1):
            source = next(iter(self._sources_of(address)), None)
            if source is None or self.ended:
                continue
            try:
                self.hands.go(source.page)
                page = self.hands.page
                with alarm(page, LOOK_S):
                    link = page.locator(source.selector).first
                    link.scroll_into_view_if_needed(timeout=2_000)
                    link.evaluate("el => { el.style.outline = '4px solid #d00'; el.style.outlineOffset = '3px'; }")
                    picture = page.screenshot(type="jpeg", quality=60, animations="disabled", timeout=10_000)
            except (Error, Unreached, CannotAct):
                continue
            self.shots[address] = attachments.save(f"lien-ket-hong-{number}.jpg", picture)

    def _sources_of(self, address: str) -> list[LinkSource]:
        if address in self.sources and address != place_of(address):
            return self.sources[address]
        return [one for whole, found in self.sources.items() if place_of(whole) == address for one in found]

    def record(self) -> LinkWalk:
        """The walk as it is kept."""
        targets = []
        for address, found in self.asked.items():
            sources = self._sources_of(address)
            by_page = {source.page: source for source in reversed(sources)}
            targets.append(
                LinkTarget(
                    address=address,
                    state=found.state,
                    status=found.status,
                    why=found.why,
                    sources=tuple(reversed(by_page.values()))[:MOST_SOURCES],
                    count=len(by_page),
                    seen=found.seen,
                    shot=self.shots.get(address, ""),
                )
            )
        pages = [
            WalkedPage(address=address, presses=presses, links=tuple(self._links_on(address)))
            for address, presses in self.presses.items()
            if (known := self.asked.get(address)) and known.links is not None
        ]
        return LinkWalk(
            seed=self.seed,
            most=self.most,
            pages=tuple(pages),
            targets=tuple(targets),
            left=sum(address not in self.asked for address in self.presses),
            depth_whole=self.depth_whole,
            ended=self.ended,
        )


def _selector(address: str) -> str:
    parts = urlsplit(address)
    end = parts._replace(scheme="", netloc="").geturl().replace("\\", "\\\\").replace('"', '\\"')
    return f'a[href$="{end}"]'[:300]


def _charset(kind: str) -> str:
    named = re.search(r"charset\s*=\s*[\"']?([\w-]+)", kind, re.I)
    try:
        "".encode(named.group(1) if named else "utf-8")
    except LookupError:
        return "utf-8"
    return named.group(1) if named else "utf-8"


def _rules(robots: RobotsFacts | None) -> RobotFileParser:
    """What robots.txt asks of us; one that is not there allows everything (RFC 9309 §2.3.1.3)."""
    rules = RobotFileParser()
    said = robots is not None and robots.status == 200 and "html" not in robots.content_type
    rules.parse(robots.text.splitlines() if robots and said else [])
    return rules


def _wait(ms: float) -> None:
    threading.Event().wait(ms / 1000)
