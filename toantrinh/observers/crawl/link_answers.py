"""What answers at the address of a link: asked for without a browser, and opened in one before it is called broken."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from toantrinh.driver.endings import Fault, Unreached
from toantrinh.driver.fetching import Fetched, Limits, fetch
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.driver.pace import pace_of, pause
from toantrinh.driver.proof import prove
from toantrinh.driver.window import CannotAct
from toantrinh.observations.links import LinkState, PageLinks
from toantrinh.observations.page import PageKind
from toantrinh.observers.crawl.link_record import Answer
from toantrinh.observers.crawl.link_source import SourceText
from toantrinh.observers.crawl.links import links_of
from toantrinh.ownership import at_home
from toantrinh.store import NotObserved
from toantrinh.system_model import System

MOST_OPENED = 20  # addresses that the browser opens
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


@dataclass
class Asking:
    """Asks a system for addresses; its browser opens at most 20 of them."""

    system: System
    hands: Hands
    opened: int = 0

    def answer_of(self, address: str) -> Answer:
        """What answers there. Raises Unreached when the system asks to be left alone."""
        got = self._fetched(address)
        host = urlsplit(got.address).hostname or ""
        if got.status is None and host not in self.system.allowed_hosts:
            return Answer(LinkState.ELSEWHERE, why=got.why)
        if got.status in CLOSED:
            return Answer(LinkState.WALLED, got.status)
        if got.status == 429:
            return Answer(LinkState.UNHEARD, got.status, "hệ thống đòi hỏi chậm lại")
        if got.status is None or got.status in GONE or got.status >= 500:
            return self.in_browser(address, got, must=True)
        if got.status >= 400:
            return Answer(LinkState.UNSURE, got.status, f"trả {got.status}")
        if "html" not in got.kind or not at_home(got.address, self.system.base_url):
            return Answer(LinkState.SOUND, got.status)
        source = SourceText(got.address, got.content.decode(_charset(got.kind), "replace"))
        shell = source.scripts > 0 and source.letters < SHELL
        if shell or "#" in address or ERROR_WORDS.search(fold(f"{source.title} {source.heading}")):
            return self.in_browser(address, got, must=False, known=source.found)
        return Answer(LinkState.SOUND, got.status, scripts=source.scripts > 0, links=source.found)

    def _fetched(self, address: str) -> Fetched:
        pace = pace_of(address, self.system.pace.pause_ms)
        pace.turn(pause)
        started = time.monotonic()
        got = fetch(self.hands.watch.context, address, self.system.allowed_hosts, limits=FILE)
        if got.status in (429, 503):
            pace.refused(got.status)
        elif got.status is not None:
            pace.answered(time.monotonic() - started)
        return got

    def in_browser(self, address: str, got: Fetched, *, must: bool, known: PageLinks | None = None) -> Answer:
        """What the browser sees there. `must`: without it nothing can be said; else the page's source will do."""
        without = Answer(LinkState.UNSURE if must else LinkState.SOUND, got.status, got.why, links=known)
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
            return Answer(state, got.status, lost.why, seen=True)
        except CannotAct as error:  # a file
            return without if must else Answer(LinkState.SOUND, got.status, str(error))

    def _look(self, address: str, got: Fetched) -> Answer | None:
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
        return Answer(state, status or got.status, why, seen=True, scripts=True, links=links)


def _charset(kind: str) -> str:
    named = re.search(r"charset\s*=\s*[\"']?([\w-]+)", kind, re.I)
    try:
        "".encode(named.group(1) if named else "utf-8")
    except LookupError:
        return "utf-8"
    return named.group(1) if named else "utf-8"
