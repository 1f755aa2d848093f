"""One window of the browser: what it shows once it has come to rest, and what is done when it never does."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from toantrinh.driver import opening
from toantrinh.driver.alarm import alarm
from toantrinh.driver.closing import close
from toantrinh.driver.endings import Fault
from toantrinh.driver.eyes import View, look
from toantrinh.driver.watch import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUIET = (Path(__file__).parent / "quiet.js").read_text(encoding="utf-8")
QUIET_AND_SIZE = f"async asked => [await ({QUIET.strip()})(asked), ...({opening.SIZE})()]"
BLANK = ("", "about:blank")
QUIET_MS = 25
LEAVING_MS = 10
SETTLE_S = 12.0
STUCK_S = 20.0  # beyond the limit: a page that does not even answer then is stuck
MOST_FAILURES = 60
FIRST_ADDRESS_MS = 5_000
WAITED = re.compile(r"Timeout (\d+)ms exceeded")
CALL = re.compile(r"^[A-Z]\w+\.\w+: ")  # "ElementHandle.click: "
HINDRANCES = (  # what the log of an act says of the element, and what that means
    (re.compile(r"(<[a-z][^>]{0,150}>).* intercepts pointer events"), "bị phần tử {} che"),
    (re.compile(r"element is not visible"), "không hiện trên trang"),
    (re.compile(r"element is not enabled"), "đang bị khóa"),
    (re.compile(r"element is not editable"), "không gõ được"),
    (re.compile(r"element is not stable"), "không đứng yên"),
    (re.compile(r"element is outside of the viewport"), "nằm ngoài màn hình"),
)


class CannotAct(Exception):
    """The element was there but could not be pressed or filled; `str` says why, in one line."""


class WentAway(CannotAct):
    """The page went somewhere else by itself before anything was done to it: nothing was pressed or filled."""


class Window:
    """The window that is looked at now. `page` changes when the portal opens another one, or closes it."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page, self.watch = page, watch

    def settle(self, limit_s: float | None = None) -> View:
        """Waits until no navigation or call is under way and the page is quiet; returns what is seen then.

        Never waits for network idle alone: polling and measuring go on for ever. After `limit_s` seconds (12) it
        returns what is there; a page that is still being asked for has as long as any other. Raises
        Unreached for one that does not come, does not answer, or is too large to be looked at.
        """
        from playwright.sync_api import Error

        deadline = time.monotonic() + (SETTLE_S if limit_s is None else limit_s)
        failures, hops = 0, self.watch.journeys
        while True:
            left = max(0.2, deadline - time.monotonic())
            self._newest_window()
            page, address = self.page, self.page.url
            with alarm(page, left + STUCK_S) as bell:
                try:
                    page.wait_for_load_state("domcontentloaded", timeout=left * 1000)
                    state, nodes, size = page.evaluate(QUIET_AND_SIZE, [QUIET_MS, min(left, 4.0) * 1000])
                    opening.check_size(page, self.watch, nodes, size)
                    self._check(address, hops)
                    if state != "left" and self._frames_left(left):
                        state = "left"
                    if (state == "left" or self.watch.waiting()) and time.monotonic() < deadline:
                        if state == "left":
                            page.wait_for_timeout(LEAVING_MS)  # until the next document is there
                        continue
                    if self.watch.under_way() or self._newest_window():
                        continue
                    view = look(page)
                    self.watch.trackers.update(view.trackers)
                    return view
                except Error as error:
                    failures += 1
                    self._check(address, hops)
                    if bell.rang or self.watch.crashed or self.watch.floods:
                        self._give_up(error, address, rang=bell.rang)
                    late = time.monotonic() > deadline + 2 and not self.watch.under_way()
                    if failures > MOST_FAILURES or late:
                        raise CannotAct(f"the page did not come to rest: {first_line(error)}") from error

    def _check(self, address: str, hops: int) -> None:
        """Raises Unreached when the page that we are on the way to will not come."""
        watch = self.watch
        if watch.journeys - hops > opening.MOST_HOPS:
            lost = opening.unreached(Fault.REDIRECTS, watch, address)
        elif (way := watch.under_way()) and way.seconds > opening.PAGE_S:
            lost = opening.unreached(Fault.HANGS, watch, way.address)
            lost.again = way.address if way.method == "GET" else ""
            if watch.pace:
                watch.pace.silent(lost.why)
        elif way := watch.failed_journey():
            failed = opening.named(Exception(way.failure), watch, way.address)
            lost = failed or opening.unreached(Fault.UNREACHABLE, watch, way.address, way.failure)
            lost.again = way.address if way.method == "GET" else ""
        else:
            return
        watch.forget_failures()
        close(self.page)  # what it still asks for is left
        self.page = opening.living(self.page, watch)
        raise lost

    def _give_up(self, error: BaseException, address: str, *, rang: bool) -> NoReturn:
        """The page is stuck, flooded with dialogs or crashed: it is closed, and the fault named."""
        lost = opening.named(error, self.watch, address, rang=rang)
        way = self.watch.last_journey()
        self.watch.forget_failures()
        close(self.page)
        self.page = opening.living(self.page, self.watch)
        if lost is None:
            raise CannotAct(first_line(error)) from error
        lost.again = way.address if way and way.method == "GET" else ""
        raise lost from error

    def _frames_left(self, limit_s: float) -> bool:
        """True when one of the page's frames is on its way to another document; waits until the others are quiet."""
        frames = [f for f in self.page.frames if f is not self.page.main_frame and f.url.startswith("http")]
        return any(f.evaluate(QUIET, [QUIET_MS, min(limit_s, 2.0) * 1000]) == "left" for f in frames)

    def _newest_window(self) -> bool:
        """Turns to a window that was opened since, or back when it was closed; True when it turned."""
        alive = [page for page in self.watch.context.pages if not page.is_closed()]
        if not alive or alive[-1] is self.page:
            return False
        newest = alive[-1]
        if newest.url in BLANK and not self._holds_a_page(newest):
            newest.close()  # it was opened for a file alone
            return False
        self.page = newest
        return True

    def _holds_a_page(self, window: Page) -> bool:
        """True once a new window shows an address, or words that were written into it; False when only a file came."""
        from playwright.sync_api import Error

        try:
            if not self.watch.gave_a_file(window):
                window.wait_for_url(lambda address: address not in BLANK, timeout=FIRST_ADDRESS_MS, wait_until="commit")
                return True
        except Error:
            pass
        try:
            return window.url not in BLANK or bool(window.inner_text("body", timeout=FIRST_ADDRESS_MS // 10).strip())
        except Error:
            return False


def first_line(error: BaseException) -> str:
    """What kept us from acting, in one line for whoever reads the report; else what Playwright says of the failure."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    waited = WAITED.search(lines[0])
    for line in reversed(lines[1:]):
        for words, meaning in HINDRANCES:
            if found := words.search(line):
                told = meaning.format(*found.groups())
                return f"{told}, đã chờ {int(waited[1]) / 1000:g} giây" if waited else told
    return CALL.sub("", lines[0])[:300]
