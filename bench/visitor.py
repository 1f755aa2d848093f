"""One who visits pages, as a process: `python -m bench.visitor bare|observer|probes ADDRESS FOLDER`.

A line of JSON in is a page to visit ({"visit": address}) or a share of pages to be walked over a store that several
visitors have in common ({"walk": [address, …], "worker": 0, "workers": 2}); a line of JSON out says how long it took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.browsers import find_browser, launch
from toantrinh.observations.site import PageFacts, PageName
from toantrinh.observers.site.looks import LOOKS, Look, Occasion
from toantrinh.observers.site.pages import visit
from toantrinh.observers.site.templates import alike
from toantrinh.observers.site.visiting import Opened, Stay, opened_again
from toantrinh.store import Attachments, NotObserved, Store
from toantrinh.system_model import System
from toantrinh.systems import load_system

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOG_IN = ("dang-nhap", "log-in", "login")


class Visitor:
    """Visits pages in one of three ways and keeps the time of each."""

    def __init__(self, browser: Browser, system: System, kind: str, folder: Path) -> None:
        self.browser, self.system, self.kind, self.folder = browser, system, kind, folder
        self.store = Store(folder)
        self.spent: dict[str, float] = {}
        self._home: dict[str, Any] = {}
        self._templates: dict[str, tuple[int, ...]] = {}

    def warm_up(self, address: str) -> dict[str, Any]:
        """A visit without probes that leaves nothing behind."""
        kind = self.kind
        self.kind = "bare" if kind == "bare" else "observer"
        said = self.visit(address)
        self.kind = kind
        self._templates.clear()
        self._home.clear()
        return said

    def visit(self, address: str) -> dict[str, Any]:
        """{"seconds": of the whole visit, "looks": {subject: seconds}}; each page is of a store of its own."""
        self.spent.clear()
        attachments = Attachments(self.folder, f"{self.kind}/{len(self._templates)}", str)
        started = time.perf_counter()
        if self.kind == "bare":
            bare(self.browser, address)
        else:
            self._templates[address] = self._ours(address, attachments).template
        return {"seconds": time.perf_counter() - started, "looks": self.spent}

    def walk(self, addresses: Sequence[str], worker: int, workers: int) -> dict[str, Any]:
        """Makes sure that the store knows every page, this worker's share first; {"seconds": of it all}."""
        started = time.perf_counter()
        for first in range(workers):
            for address in addresses[(worker + first) % workers :: workers]:
                self._learn(addresses)
                key = f"page/{addresses.index(address)}"
                observed = self.store.observe(key, PageFacts, lambda kept, where=address: self._ours(where, kept))
                assert observed.data is not None, observed.reason
                self._templates[address] = observed.data.template
        return {"seconds": time.perf_counter() - started}

    def _learn(self, addresses: Sequence[str]) -> None:
        """What others have seen since: their templates need no probes again."""
        for at, address in enumerate(addresses):
            known = None if address in self._templates else self.store.read(f"page/{at}", PageFacts)
            if known and known.data:
                self._templates[address] = known.data.template

    def _ours(self, address: str, attachments: Attachments) -> PageFacts:
        return ours(self.browser, self.system, address, attachments, self._looks_at, self._is_new)

    def _is_new(self, page: PageFacts) -> bool:
        """True where the interactive looks are made: with probes, at the first page of a template."""
        return self.kind == "probes" and not any(alike(page.template, known) for known in self._templates.values())

    def _looks_at(self, look: Look[Any], opened: Opened, page: PageFacts, attachments: Attachments) -> None:
        started = time.perf_counter()
        try:
            occasion = Occasion(page.name, attachments, self._home.get(look.subject), self.folder / page.shot)
            self._home.setdefault(look.subject, look.at(opened.page, occasion))
        except NotObserved as miss:
            print(f"{look.subject}: {page.address}: {miss.reason}", file=sys.stderr)
        self.spent[look.subject] = time.perf_counter() - started


def bare(browser: Browser, address: str) -> None:
    """What a script of five lines does: a fresh context, the page, axe by its usual wrapper."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="load")
    found = Axe().run(page)
    assert found.response["passes"], f"{address}: axe decided nothing"
    context.close()


def ours(
    browser: Browser,
    system: System,
    address: str,
    attachments: Attachments,
    take: Callable[[Look[Any], Opened, PageFacts, Attachments], None],
    interactive: Callable[[PageFacts], bool],
) -> PageFacts:
    """One visit of our observer with its looks, as a run makes it; a look that needs its own opening has it."""
    name = PageName.LOG_IN if any(word in address for word in LOG_IN) else PageName.GUIDE
    with Stay() as stay:
        page = visit(browser, system, name, lambda hands: hands.go(address), attachments, stay=stay)
        assert stay.opened and page.axe, f"{address}: {page.proof.kind}, {page.proof.why}"
        looks = [look for look in LOOKS if not look.interactive or interactive(page)]
        again: list[Look[Any]] = []
        for look in looks:
            if look.fits(stay.opened.page):
                take(look, stay.opened, page, attachments)
            else:
                again.append(look)
    for look in again:
        with opened_again(browser, system, page, prepare=look.prepare) as opened:
            take(look, opened, page, attachments)
    return page


@contextmanager
def at_work(kind: str, address: str, folder: Path) -> Iterator[Visitor]:
    """A visitor with a browser of its own."""
    from playwright.sync_api import sync_playwright

    system = load_system("demo", base_url=address)
    with sync_playwright() as playwright:
        choice = find_browser(own_executable=playwright.chromium.executable_path)
        browser = launch(playwright, choice, allowed_hosts=system.allowed_hosts)
        yield Visitor(browser, system, kind, folder)
        browser.close()


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "warm_up": Visitor.warm_up,
    "visit": Visitor.visit,
    "walk": Visitor.walk,
}


def main() -> None:
    """Answers one line after another until there are no more."""
    kind, address, folder = sys.argv[1:]
    with at_work(kind, address, Path(folder)) as visitor:
        print(json.dumps({"ready": kind}), flush=True)
        for line in sys.stdin:
            asked = json.loads(line)
            answer = ACTS[next(iter(asked))]
            print(json.dumps(answer(visitor, *asked.values())), flush=True)


if __name__ == "__main__":
    main()
