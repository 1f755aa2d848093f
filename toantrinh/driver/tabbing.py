"""Hands that come to things by Tab, see whether a key has had an effect, and keep what had to be left to the mouse."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from urllib.parse import urlsplit

from toantrinh.driver import opening
from toantrinh.driver.closing import close
from toantrinh.driver.endings import StepEnded
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import ACT_MS, STUCK_ACT_S, Hands
from toantrinh.driver.tab_walk import KEYS, Came, ask, other, walk_to
from toantrinh.driver.watch import Watch
from toantrinh.observations.by_keyboard import Blocked, Blocking
from toantrinh.observations.journey import Reach, StepName

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

REACT_S = 1.2  # within which a key has had its effect, or is waited for because of a call
CALLS_S = 8.0
LOOK_MS = 20
HOVER_MS = 60
MOST_BLOCKED = 40
MOST_TRIES = 3
MOST_FRAMES = 6
LIVES_S = 5.0  # a page that has answered us within that time is not stuck


TOO_LONG = f"đi bằng phím Tab quá {STUCK_ACT_S:g} giây cho một thao tác: giới hạn của phép đo, không phải lỗi của trang"


class Trouble(NamedTuple):
    """Why keys did not do it, whether that is sure, and which were pressed."""

    why: Blocking
    sure: bool
    tried: tuple[str, ...] = ()


class _Mark(NamedTuple):
    """What there was before an act."""

    journeys: int
    dialogs: int
    windows: int
    page: Page
    address: str
    seen: str
    requests: int


class TabbingHands(Hands):
    """`step` and `picture` are asked when a control is blocked: at which step, and what it looks like."""

    def __init__(self, page: Page, watch: Watch) -> None:
        super().__init__(page, watch)
        self.blocked: list[Blocked] = []
        self._keyed = False  # whether a key that may do something was pressed in the act that is under way
        self._heard = float("-inf")  # when the page last told of its focus, or what it shows
        self.untried: list[str] = []  # what was done otherwise than by keys, and nobody knows whether keys would do
        self.step: Callable[[], StepName] = lambda: StepName.HOME
        self.picture: Callable[[Page, ElementHandle], str] = lambda page, element: ""

    def _keys_on(self, element: ElementHandle, keys: Sequence[str]) -> Trouble | None:
        """Comes to an element, or what stands for it, and presses keys until one has an effect. None: one had."""
        from playwright.sync_api import Error

        def press(key: str) -> bool:
            mark, self._keyed = self._mark(), True
            try:
                self.page.keyboard.press(key)
            except Error:
                return True  # the window was closed by it
            return self._answered(mark)

        return self._tried(other(element, "stand-in"), keys, press)

    def _tried(self, element: ElementHandle, keys: Sequence[str], press: Callable[[str], bool]) -> Trouble | None:
        """Comes to an element and presses keys there until `press` says that one had its effect. None: one had.

        Where the page takes the focus away meanwhile, it is brought back; it is silent only while it has the focus.
        """
        for _ in range(MOST_TRIES):
            if trouble := self._come_to(element):
                return trouble
            for key in keys:
                if press(key):
                    return None
                if not ask(element, "stop")["there"]:
                    break
            else:
                return Trouble(Blocking.NO_REACTION, True, tuple(keys))
        return Trouble(Blocking.NO_REACTION, False, tuple(keys))

    def _come_to(self, element: ElementHandle) -> Trouble | None:
        """Comes to an element by Tab. None: it has the focus. What is known to be blocked is not tried again."""
        if (known := self._known(element)) is not None:
            return Trouble(known.why, known.sure, known.tried)
        came = walk_to(self.page, element, self._hear)
        if came is Came.NOT_REACHED:
            self.wait_for_calls(CALLS_S)
            if ask(element, "focusable"):
                came = walk_to(self.page, element, self._hear)
        if came is Came.THERE:
            return None
        return Trouble(Blocking.NOT_REACHED, came is Came.NOT_REACHED and bool(ask(element, "passed-by")))

    def _hear(self) -> None:
        self._heard = time.monotonic()

    def _give_up(self, error: BaseException, address: str, *, rang: bool) -> NoReturn:
        """As other hands do; the time of one act may also be up because there is so much to be tabbed through."""
        if rang:
            self._end_long_act(error)
        super()._give_up(error, address, rang=rang)

    def _end_long_act(self, error: BaseException) -> None:
        """Raises StepEnded when the page has answered us until the time was up: the limit is ours, no fault of it."""
        if time.monotonic() - self._heard > LIVES_S:
            return
        close(self.page)
        self.page = opening.living(self.page, self.watch)
        raise StepEnded(Reach.BLOCKED, TOO_LONG) from error

    def _by_mouse(self, element: ElementHandle, label: str, trouble: Trouble, act: Callable[[], None]) -> None:
        """Does it by the mouse once, and keeps the control as blocked when that did something."""
        described, mark = self._described(element, label, trouble), self._mark()
        near = ask(element, "near")
        act()
        if self._reacted(mark):
            self._keep(self._weighed(described, mark, element, near))

    def _weighed(self, one: Blocked, mark: _Mark, element: ElementHandle, near: str) -> Blocked:
        """That keys did nothing is sure only where what came after the mouse is surely its doing: a navigation, a
        request of its own, or a change in the control, its landmark (`near`: as it was) or what it controls. Anything
        else on a page may have changed by itself, or late because of the keys."""
        if one.why is not Blocking.NO_REACTION or self._moved(mark) or self.page.url != mark.address:
            return one
        if self.watch.sent_since(mark.requests) or self.watch.asked_since(mark.requests) or _changed(element, near):
            return one
        return one.model_copy(update={"sure": False})

    def _moved(self, mark: _Mark) -> bool:
        """True once a document, a dialog of the browser or a window has come or gone since."""
        watch = self.watch
        now = (watch.journeys, len(watch.dialogs), len(watch.context.pages))
        return now != (mark.journeys, mark.dialogs, mark.windows) or mark.page.is_closed()

    def _before_mouse(self, element: ElementHandle) -> str:
        """A picture, with the mouse already over the element: what only its hovering shows is no effect of a press."""
        from playwright.sync_api import Error

        try:
            element.hover(timeout=ACT_MS // 5)
            self.page.wait_for_timeout(HOVER_MS)
        except Error:
            pass  # covered, or not to be seen: the mouse will tell
        if len(self.blocked) >= MOST_BLOCKED or self._known(element):
            return ""
        try:
            return self.picture(self.page, element)
        except Error:
            return ""  # what cannot be pictured can be named

    def _described(self, element: ElementHandle, label: str, trouble: Trouble) -> Blocked:
        shot = self._before_mouse(element)
        named = ask(element, "named")
        return Blocked(
            step=self.step(),
            label=label or named["label"],
            selector=named["selector"],
            markup=named["markup"],
            address=self._address_of(element),
            why=trouble.why,
            sure=trouble.sure,
            tried=trouble.tried,
            picture=shot,
        )

    def _known(self, element: ElementHandle) -> Blocked | None:
        """What was found of this control before, on a page of the same address."""
        if not self.blocked:
            return None
        here = _place(ask(element, "named")["selector"], self._address_of(element))
        return next((one for one in self.blocked if _place(one.selector, one.address) == here), None)

    def _address_of(self, element: ElementHandle) -> str:
        frame = element.owner_frame()
        return frame.url if frame else self.page.url

    def _keep(self, one: Blocked) -> None:
        known = {_place(b.selector, b.address) for b in self.blocked}
        if len(self.blocked) < MOST_BLOCKED and _place(one.selector, one.address) not in known:
            self.blocked.append(one)

    def _of_others(self, view: View, control: Control | None = None) -> bool:
        """True on a page of another party, and for what stands in a frame of one."""
        return self._foreign(self.page.url, *([view.addresses[control.frame]] if control else []))

    def _is_of_others(self, element: ElementHandle) -> bool:
        return self._foreign(self.page.url, self._address_of(element))

    def _foreign(self, *addresses: str) -> bool:
        system = self.watch.system
        if system is None:
            return False
        own = urlsplit(system.base_url).netloc
        return any(one.startswith("http") and urlsplit(one).netloc != own for one in addresses)

    def _mark(self) -> _Mark:
        watch = self.watch
        return _Mark(
            watch.journeys,
            len(watch.dialogs),
            len(watch.context.pages),
            self.page,
            self.page.url,
            self._seen(),
            len(watch.seen),
        )

    def _seen(self) -> str:
        """What there is to be seen in the page and the frames of the same site."""
        from playwright.sync_api import Error

        own, told = urlsplit(self.page.url).netloc, []
        for frame in self.page.frames[:MOST_FRAMES]:
            if urlsplit(frame.url).netloc in (own, ""):
                try:
                    told.append(str(frame.evaluate(KEYS, ["seen", None, 0])))
                except Error:
                    told.append("")  # on its way to another document
        return "\n".join(told)

    def _answered(self, mark: _Mark) -> bool:
        """True when a key has had an effect: to be seen, or sent and not answered yet. It is not pressed again then."""
        return self._reacted(mark) or self.watch.sent_since(mark.requests)

    def _reacted(self, mark: _Mark) -> bool:
        """True as soon as something is there, gone or on its way since; False when nothing is within 1.2 s."""
        from playwright.sync_api import Error

        begun = time.monotonic()
        while True:
            if self._moved(mark):
                return True
            if self._seen() != mark.seen:
                return True
            self._hear()
            passed = time.monotonic() - begun
            if passed > CALLS_S or (passed > REACT_S and not self.watch.waiting()):
                return False
            try:
                self.page.wait_for_timeout(LOOK_MS)
            except Error:
                return True


def _place(selector: str, address: str) -> tuple[str, str]:
    return selector, address.split("?")[0]


def _changed(element: ElementHandle, near: str) -> bool:
    """True when the element, its landmark or what it controls is not as it was, or no more there."""
    from playwright.sync_api import Error

    try:
        return bool(ask(element, "near") != near)
    except Error:
        return False  # its document has gone, and that was not the mouse's doing
