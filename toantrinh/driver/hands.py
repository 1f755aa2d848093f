"""The hands: go, press, fill, choose, attach; after each, wait until the page has answered and come to rest."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver import opening
from toantrinh.driver.alarm import alarm
from toantrinh.driver.endings import Fault, Unreached
from toantrinh.driver.eyes import Control, Message, View, look
from toantrinh.driver.obstacles import in_the_way, past_announcements
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import QUIET, QUIET_MS, CannotAct, WentAway, Window, first_line

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, ElementHandle, Page

HERE = Path(__file__).parent
POINT = (HERE / "point.js").read_text(encoding="utf-8")
NOTES = (HERE / "notes.js").read_text(encoding="utf-8")
REACH = (HERE / "obstacles.js").read_text(encoding="utf-8")
STUCK_ACT_S = 45.0
JOURNEY_S = 600.0
ACT_MS = 5_000
VEIL_MS = 10_000
SENDING_S = 30.0
SENDING_LOOK_MS = 50
MOST_DIALOGS = 3
CHOOSER_MS = 2_500
GONE = "trang đã tự chuyển đi trước khi thao tác được"
LEFT = re.compile(
    r"context was destroyed|cannot find context|(has been|is) disposed|frame was detached|because of a navigation",
    re.IGNORECASE,
)
NOT_THERE = re.compile("not attached to the DOM", re.IGNORECASE)  # found out before anything is done to it


@dataclass(frozen=True)
class File:
    """A file to attach: its name, MIME type and bytes."""

    name: str
    mime: str
    content: bytes


class Hands(Window):
    """Acts in one window of one browser context."""

    def __init__(self, page: Page, watch: Watch) -> None:
        super().__init__(page, watch)
        self._until = time.monotonic() + JOURNEY_S

    def go(self, address: str) -> View:
        """Opens an address and returns what is seen there once it has settled.

        Raises Unreached with the fault when nothing usable comes, CannotAct for an address that shows no page.
        """
        from playwright.sync_api import Error

        self._in_time()  # the pace is kept where the address is asked for
        try:
            if "#" in address and self.page.url.split("#")[0] == address.split("#")[0]:
                self.page.goto("about:blank")  # else the browser would only move within the page that it shows
            self.page = opening.open_address(self.page, self.watch, address)
        except Error as error:
            raise CannotAct(first_line(error)) from error
        return past_announcements(self.settle(), self.settle)

    def press(self, view: View, control: Control) -> View:
        """Presses a control and returns what is seen when the page has answered.

        A page that it led to by a plain GET, and that failed, is asked for once more.
        """
        self._pace()
        self.watch.arrival = None
        spoken = len(self.watch.dialogs)
        try:
            self._press(view, control)
        except WentAway:
            view, control = self._seen_again(view, control)
            self._press(view, control)
        after = self._arrived()
        for said in self.watch.dialogs[spoken:]:
            after.messages.append(Message("alert", said.partition(": ")[2]))
        return after if after.born == view.born else past_announcements(after, self.settle)

    def _press(self, view: View, control: Control) -> None:
        if not self._press_at_once(view, control):
            self._do(view, control, self.click)

    def _seen_again(self, view: View, control: Control) -> tuple[View, Control]:
        """The page that came instead, and the same control on it, when it is the page that was looked at.

        Raises WentAway when it is another page, or the control cannot be told from its like.
        """
        now = self.settle()
        alike = [one for one in view.controls if (one.key, one.label) == (control.key, control.label)]
        again = [one for one in now.controls if (one.key, one.label) == (control.key, control.label)]
        if _place(now) != _place(view) or len(again) != len(alike) or control not in alike:
            raise WentAway(f"“{control.label or control.key}”: {GONE} ({now.address})")
        return now, again[alike.index(control)]

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

        Raises playwright's Error when it cannot be clicked, WentAway when its page had gone before that.
        """
        for _ in range(MOST_DIALOGS):
            if self._in_front(element) != "dialog":
                break
            view = look(self.page)
            close = in_the_way(view)
            if close is None:
                self.page.keyboard.press("Escape")
                break
            view.element(close).click(timeout=timeout_ms)
            self.settle()
        element.click(timeout=timeout_ms)

    def _in_front(self, element: ElementHandle) -> str:
        from playwright.sync_api import Error

        try:
            return str(element.evaluate(REACH, VEIL_MS))
        except Error as error:
            if LEFT.search(str(error)):
                raise WentAway(GONE) from error
            raise

    def wait_for_calls(self, limit_s: float) -> None:
        """Waits until no call that a citizen waits for is under way; at most `limit_s` seconds."""
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            self.page.evaluate(QUIET, [QUIET_MS, 500])
            if not self.watch.waiting():
                return

    def until_answered(self, view: View) -> View:
        """What is seen once what was sent is answered, at most 30 s later; `view` itself where nothing is under way.

        For a press that must not happen twice: a page that shows nothing meanwhile has not refused it.
        """
        if not self.watch.sending():
            return view
        deadline = time.monotonic() + SENDING_S
        while self.watch.sending() and time.monotonic() < deadline and not self.page.is_closed():
            self.page.wait_for_timeout(SENDING_LOOK_MS)
        return self.settle()

    def _press_at_once(self, view: View, control: Control) -> bool:
        """Presses where the control stands, uncovered and still; False when it does not, or stands in a frame, or when
        the page moved under the press and it fell beside everything.

        Raises CannotAct when it fell on another control: what comes of that is no answer to what was asked.
        """
        from playwright.sync_api import Error

        if control.frame:
            return False
        mark = f"{secrets.token_hex(8)} "
        try:
            with alarm(self.page, STUCK_ACT_S) as bell:
                point = view.handle(control).evaluate(POINT, [control.index, mark])
        except Error as error:
            if bell.rang:
                self._give_up(error, self.page.url, rang=True)
            return False
        if point is None:
            return False
        name, fell = control.label or control.key, list[str]()

        def hear(message: ConsoleMessage) -> None:
            if message.text.startswith(mark):
                fell.append(message.text.removeprefix(mark))

        page = self.page
        page.on("console", hear)
        try:
            page.mouse.click(point[0], point[1])
        except Error as error:
            if not page.is_closed():  # a window may close itself when it is pressed
                raise CannotAct(f"“{name}”: {first_line(error)}") from error
        finally:
            page.remove_listener("console", hear)
        if fell:
            self.watch.note(f"“{name}” dịch đi lúc bấm")
        if "control" in fell:
            raise CannotAct(f"“{name}”: dịch đi lúc bấm, cú bấm trúng chỗ khác")
        return not fell

    def press_twice(self, view: View, control: Control) -> View:
        """Presses a control twice in a row, as an impatient citizen does; returns what is seen then."""
        self._pace()
        self._do(view, control, lambda element: element.dblclick(timeout=ACT_MS))
        return self.settle()

    def _pace(self) -> None:
        """Leaves the system its pause between two pages (`pace.pause_ms` of its file, longer when it suffers)."""
        self._in_time()
        if self.watch.pace:
            self.watch.pace.turn(self.page.wait_for_timeout)

    def _in_time(self) -> None:
        """Turns to a page that lives. Raises Unreached when the journey has had its time."""
        if time.monotonic() > self._until:
            raise Unreached(
                Fault.OUT_OF_TIME, f"quá {JOURNEY_S / 60:g} phút cho một hành trình: hệ thống trả lời quá chậm"
            )
        self.page = opening.living(self.page, self.watch)

    def fill(self, view: View, control: Control, value: str) -> None:
        """Writes `value` into a text field (an ISO date into a native date field)."""
        self._do(view, control, lambda element: element.fill(value, timeout=ACT_MS))

    def write(self, element: ElementHandle, words: str, timeout_ms: float = ACT_MS) -> None:
        """Writes into a text field that stands by itself. Raises playwright's Error when it takes nothing."""
        element.fill(words, timeout=timeout_ms)

    def open_list(self, root: ElementHandle, timeout_ms: float = ACT_MS) -> None:
        """Opens a drop-down that its authors drew. Raises playwright's Error when it cannot be pressed."""
        self.click(root, timeout_ms)

    def take_option(self, root: ElementHandle, option: ElementHandle, timeout_ms: float = ACT_MS) -> None:
        """Takes an option of the drawn drop-down that stands open. Raises playwright's Error when it cannot be."""
        option.click(timeout=timeout_ms)

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

        name, begun = control.label or control.key, False
        try:
            with alarm(self.page, STUCK_ACT_S) as bell:
                element = view.element(control)
                begun = True
                act(element)
        except WentAway as error:
            raise WentAway(f"“{name}”: {error}") from error
        except (Error, AssertionError) as error:
            if bell.rang or self.watch.floods or self.watch.crashed:
                self._give_up(error, self.page.url, rang=bell.rang)
            if NOT_THERE.search(str(error)) or (not begun and LEFT.search(str(error))):
                raise WentAway(f"“{name}”: {GONE}") from error
            raise CannotAct(f"“{name}”: {first_line(error)}") from error


def _place(view: View) -> tuple[str, str]:
    """What tells a page from the next step of the same form."""
    return view.address.split("?")[0], view.heading
