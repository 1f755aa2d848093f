"""The hands: go, press, fill, choose, attach; after each, wait until the page has answered and come to rest."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from toantrinh.driver import opening
from toantrinh.driver.alarm import alarm
from toantrinh.driver.endings import Fault, Unreached
from toantrinh.driver.eyes import Control, Message, View, look
from toantrinh.driver.obstacles import in_the_way, past_announcements
from toantrinh.driver.watch import Watch

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

HERE = Path(__file__).parent
QUIET = (HERE / "quiet.js").read_text(encoding="utf-8")
QUIET_AND_SIZE = f"async asked => [await ({QUIET.strip()})(asked), ...({opening.SIZE})()]"
POINT = (HERE / "point.js").read_text(encoding="utf-8")
NOTES = (HERE / "notes.js").read_text(encoding="utf-8")
REACH = (HERE / "obstacles.js").read_text(encoding="utf-8")
BLANK = ("", "about:blank")
QUIET_MS = 25
LEAVING_MS = 10
SETTLE_S = 12.0
STUCK_S = 20.0  # beyond the limit: a page that does not even answer then is stuck
STUCK_ACT_S = 45.0
JOURNEY_S = 600.0
MOST_FAILURES = 60
ACT_MS = 5_000
VEIL_MS = 10_000
MOST_DIALOGS = 3
CHOOSER_MS = 2_500


class CannotAct(Exception):
    """The element was there but could not be pressed or filled; `str` says why, in one line."""


@dataclass(frozen=True)
class File:
    """A file to attach: its name, MIME type and bytes."""

    name: str
    mime: str
    content: bytes


class Hands:
    """Acts on one page of one browser context. `page` changes when the portal opens a new window."""

    def __init__(self, page: Page, watch: Watch, pause_ms: float = 0) -> None:
        self.page, self.watch = page, watch
        self._pause_ms, self._last = pause_ms, 0.0
        self._until = time.monotonic() + JOURNEY_S

    def go(self, address: str) -> View:
        """Opens an address and returns what is seen there once it has settled.

        Raises Unreached with the fault when nothing usable comes, CannotAct for an address that shows no page.
        """
        from playwright.sync_api import Error

        self._pace()
        try:
            if "#" in address and self.page.url.split("#")[0] == address.split("#")[0]:
                self.page.goto("about:blank")  # else the browser would only move within the page that it shows
            self.page = opening.open_address(self.page, self.watch, address)
        except Error as error:
            raise CannotAct(_first_line(error)) from error
        return past_announcements(self.settle(), self.settle)

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
                        raise CannotAct(f"the page did not come to rest: {_first_line(error)}") from error

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
        self.page.close()  # what it still asks for is left
        self.page = opening.living(self.page, watch)
        raise lost

    def _give_up(self, error: BaseException, address: str, *, rang: bool) -> NoReturn:
        """The page is stuck, flooded with dialogs or crashed: it is closed, and the fault named."""
        lost = opening.named(error, self.watch, address, rang=rang)
        way = self.watch.last_journey()
        self.watch.forget_failures()
        if not self.page.is_closed():
            self.page.close()
        self.page = opening.living(self.page, self.watch)
        if lost is None:
            raise CannotAct(_first_line(error)) from error
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
                window.wait_for_url(lambda address: address not in BLANK, timeout=ACT_MS, wait_until="commit")
                return True
        except Error:
            pass
        try:
            return window.url not in BLANK or bool(window.inner_text("body", timeout=ACT_MS // 10).strip())
        except Error:
            return False

    def press(self, view: View, control: Control) -> View:
        """Presses a control and returns what is seen when the page has answered.

        A page that it led to by a plain GET, and that failed, is asked for once more.
        """
        self._pace()
        self.watch.arrival = None
        spoken = len(self.watch.dialogs)
        if not self._press_at_once(view, control):
            self._do(view, control, self.click)
        after = self._arrived()
        for said in self.watch.dialogs[spoken:]:
            after.messages.append(Message("alert", said.partition(": ")[2]))
        return after if after.born == view.born else past_announcements(after, self.settle)

    def _arrived(self) -> View:
        try:
            view = self.settle()
        except Unreached as lost:
            if not (lost.fault.passing and lost.again):
                raise
            self.watch.note(f"{lost.why}: mở lại một lần")
            return self._once_more(lost.again)
        arrival = self.watch.arrival
        if arrival and arrival.method == "GET" and arrival.status in opening.PASSING:
            self.watch.note(f"GET {arrival.address} trả {arrival.status}: mở lại một lần")
            return self._once_more(arrival.address)
        return view

    def _once_more(self, address: str) -> View:
        self.page.wait_for_timeout(opening.RETRY_PAUSE_MS)
        self.page = opening.open_address(self.page, self.watch, address, tries=1)
        return self.settle()

    def click(self, element: ElementHandle, timeout_ms: float = ACT_MS) -> None:
        """Clicks an element once nothing stands in front of it: waits for a veil to go, closes a dialog in the way.

        Raises playwright's Error when it cannot be clicked.
        """
        for _ in range(MOST_DIALOGS):
            if element.evaluate(REACH, VEIL_MS) != "dialog":
                break
            view = look(self.page)
            close = in_the_way(view)
            if close is None:
                self.page.keyboard.press("Escape")
                break
            view.element(close).click(timeout=timeout_ms)
            self.settle()
        element.click(timeout=timeout_ms)

    def wait_for_calls(self, limit_s: float) -> None:
        """Waits until no call that a citizen waits for is under way; at most `limit_s` seconds."""
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            self.page.evaluate(QUIET, [QUIET_MS, 500])
            if not self.watch.waiting():
                return

    def _press_at_once(self, view: View, control: Control) -> bool:
        """Presses where the control stands, uncovered and still; False when it does not, or stands in a frame."""
        from playwright.sync_api import Error

        if control.frame:
            return False
        try:
            with alarm(self.page, STUCK_ACT_S) as bell:
                point = view.handle(control).evaluate(POINT, control.index)
        except Error as error:
            if bell.rang:
                self._give_up(error, self.page.url, rang=True)
            return False
        if point is None:
            return False
        try:
            self.page.mouse.click(point[0], point[1])
        except Error as error:
            if not self.page.is_closed():  # a window may close itself when it is pressed
                raise CannotAct(f"“{control.label or control.key}”: {_first_line(error)}") from error
        return True

    def press_twice(self, view: View, control: Control) -> View:
        """Presses a control twice in a row, as an impatient citizen does; returns what is seen then."""
        self._pace()
        self._do(view, control, lambda element: element.dblclick(timeout=ACT_MS))
        return self.settle()

    def _pace(self) -> None:
        """Leaves the system its pause between two pages (`pace.pause_ms` of its file, longer when it suffers)."""
        if time.monotonic() > self._until:
            raise Unreached(
                Fault.OUT_OF_TIME, f"quá {JOURNEY_S / 60:g} phút cho một hành trình: hệ thống trả lời quá chậm"
            )
        self.page = opening.living(self.page, self.watch)
        if self.watch.pace:
            self.watch.pace.turn(self.page.wait_for_timeout)
            return
        left = self._pause_ms - (time.monotonic() - self._last) * 1000
        if left > 0:
            self.page.wait_for_timeout(left)
        self._last = time.monotonic()

    def fill(self, view: View, control: Control, value: str) -> None:
        """Writes `value` into a text field (an ISO date into a native date field)."""
        self._do(view, control, lambda element: element.fill(value, timeout=ACT_MS))

    def choose(self, view: View, control: Control, value: str) -> None:
        """Chooses the option with this value in a native drop-down."""
        self._do(view, control, lambda element: element.select_option(value=value, timeout=ACT_MS))

    def tick(self, view: View, control: Control) -> None:
        """Ticks a check box or chooses a radio button, also one that is drawn by its label."""
        from playwright.sync_api import Error

        def act(element: ElementHandle) -> None:
            try:
                element.check(timeout=ACT_MS // 4)
            except Error:
                element.evaluate("element => (element.labels && element.labels[0] || element).click()")

        self._do(view, control, act)

    def attach(self, view: View, control: Control, files: list[File]) -> None:
        """Gives files to a file input, hidden or not, or to what opens the choice of files when it is pressed."""
        if control.role != "file":
            if not self.attach_by_button(view, control, files):
                raise CannotAct(f"“{control.label}”: no choice of files opens")
            return
        payload: list[Any] = [{"name": f.name, "mimeType": f.mime, "buffer": f.content} for f in files]
        self._do(view, control, lambda element: element.set_input_files(payload, timeout=ACT_MS))

    def attach_by_button(self, view: View, control: Control, files: list[File]) -> bool:
        """Presses what opens the choice of files and gives them there; False when no such choice opens.

        For portals that make their file input only upon the click.
        """
        from playwright.sync_api import Error

        payload: list[Any] = [{"name": f.name, "mimeType": f.mime, "buffer": f.content} for f in files]
        try:
            with self.page.expect_file_chooser(timeout=CHOOSER_MS) as coming:
                self._do(view, control, self.click)
            coming.value.set_files(payload[: None if coming.value.is_multiple() else 1])
        except Error:
            return False
        return True

    def enter(self, view: View, control: Control) -> View:
        """Presses Enter in a field; a page that it led to by a plain GET, and that failed, is asked for once more."""
        self.watch.arrival = None
        self._do(view, control, lambda element: element.press("Enter", timeout=ACT_MS))
        return self._arrived()

    def _do(self, view: View, control: Control, act: Any) -> None:
        from playwright.sync_api import Error

        try:
            with alarm(self.page, STUCK_ACT_S) as bell:
                act(view.element(control))
        except (Error, AssertionError) as error:
            if bell.rang or self.watch.floods or self.watch.crashed:
                self._give_up(error, self.page.url, rang=bell.rang)
            raise CannotAct(f"“{control.label or control.key}”: {_first_line(error)}") from error


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    why = next((line.lstrip("- ") for line in reversed(lines) if "intercepts" in line or "not " in line), "")
    return f"{lines[0]} {why}".strip()[:300]
