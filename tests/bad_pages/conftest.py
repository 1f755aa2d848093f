"""The bad portal, one context of the browser for a whole table of pages, and small limits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.bad_pages.bad_portal import answers
from tests.hardships.hard_portal import HardPortal, running
from tests.short_limits import shorten
from toantrinh.driver.closing import close
from toantrinh.journey.equipment import context_of
from toantrinh.observers.asking import patience
from toantrinh.observers.crawl import links
from toantrinh.observers.screen_reader import reading
from toantrinh.observers.sight import colours, geometry, motion
from toantrinh.observers.sight.timers import TIMERS
from toantrinh.observers.site import looks, pages, translation
from toantrinh.observers.touring import states
from toantrinh.systems import load_system

LOOK_S = 3.0
AMPLE_S = 40.0  # where facts are compared, nothing may be left out for want of time
LOOKERS = (colours, geometry, links, looks, motion, pages, reading, states, translation)
BOUND_S = 30.0  # no look may take longer with these limits, whatever the machine
Open = Callable[[str], Page]


def meetings(pages: Iterable[str], observers: Iterable[str]) -> list[tuple[str, str]]:
    """Which page meets which observer: one meeting in four, each page another four; all of them with EVERY_MEETING=1."""
    every = os.environ.get("EVERY_MEETING") == "1"
    known = list(observers)
    return [(page, one) for n, page in enumerate(pages) for m, one in enumerate(known) if every or (n + m) % 4 == 0]


@pytest.fixture(scope="module")
def short_patience() -> Iterator[None]:
    """The limits are the same code with smaller figures, for the tables of one module."""
    with pytest.MonkeyPatch.context() as patch:
        for observer in LOOKERS:
            patch.setattr(observer, "LOOK_S", LOOK_S)
        patch.setattr(motion, "LONGEST_WATCH_MS", 900)
        patch.setattr(pages, "BEACON_WAIT_MS", 200)
        patch.setattr(patience, "AGAIN_MS", 1_000)
        shorten(patch, page_s=4.0)
        yield


@pytest.fixture(scope="session")
def portal() -> Iterator[HardPortal]:
    """Serves the table."""
    with running(answers()) as portal:
        yield portal


@pytest.fixture(scope="module")
def context(chromium: Browser, portal: HardPortal, short_patience: None) -> Iterator[BrowserContext]:
    """A context as a run has them."""
    context = context_of(chromium, load_system("demo", base_url=portal.address))
    context.add_init_script(TIMERS)
    yield context
    context.close()


@pytest.fixture
def open_page(context: BrowserContext, portal: HardPortal) -> Iterator[Open]:
    """Opens a path in a fresh page, however it ends; all pages are closed afterwards."""

    def opened(path: str) -> Page:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        try:
            page.goto(portal.address + path, wait_until="domcontentloaded", timeout=4_000)
        except Error as error:
            if not any(word in str(error) for word in ("Download", "ERR_ABORTED", "interrupted", "Timeout")):
                raise
        return page

    yield opened
    for page in context.pages:
        close(page)


@pytest.fixture
def ample_time(short_patience: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a run."""
    for observer in LOOKERS:
        monkeypatch.setattr(observer, "LOOK_S", AMPLE_S)
