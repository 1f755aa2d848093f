"""Hands that use the keyboard alone: every control is come to by Tab and used by its keys.

What cannot be used so is tried once by the mouse, so that the journey goes on; where the mouse then does something, the
control is kept as blocked (WCAG 2.0, 2.1.1). Pages of other parties are never judged: there the mouse acts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toantrinh.driver import key_acts
from toantrinh.driver.alarm import alarm
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import ACT_MS, STUCK_ACT_S, Hands
from toantrinh.driver.key_files import FileKeys
from toantrinh.driver.key_lists import open_by_keys, stands_open, take_by_keys
from toantrinh.driver.obstacles import announcement
from toantrinh.driver.tab_walk import Came, ask, other, walk_to
from toantrinh.driver.tabbing import Trouble
from toantrinh.driver.watch import Watch
from toantrinh.observations.by_keyboard import Blocking

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

FEW_FIELDS = 3  # of a form that Enter in its last field sends, such as a search or a log-in
MOST_ANNOUNCEMENTS = 3
BUTTON, LINK, FIELD = ("Enter", "Space"), ("Enter",), ("ArrowDown", "Alt+ArrowDown")


class KeyboardHands(FileKeys):
    """Acts by keys."""

    def __init__(self, page: Page, watch: Watch) -> None:
        super().__init__(page, watch)
        self._born = 0
        self._written: tuple[ElementHandle, int, int] | None = None  # the field just filled, its form and frame

    def settle(self, limit_s: float | None = None) -> View:
        """As other hands do; an announcement on a page that is new is closed by keys."""
        view = super().settle(limit_s)
        if view.born == self._born:
            return view
        self._born = view.born
        for _ in range(MOST_ANNOUNCEMENTS):
            close = announcement(view) if view.front and not self._of_others(view) else None
            if close is None:
                return view
            mark = self._mark()
            self.page.keyboard.press("Escape")
            if not self._reacted(mark):
                self._press(view, close)
            view = super().settle()
        return view

    def _press(self, view: View, control: Control) -> None:
        from playwright.sync_api import Error

        written, self._written, self._keyed = self._written, None, False
        if self._of_others(view, control):
            return super()._press(view, control)
        keys = LINK if control.role == "link" else BUTTON
        try:
            with alarm(self.page, STUCK_ACT_S) as bell:
                element = view.element(control)
                links = ask(element, "links")
                trouble = self._keys_on(element, keys)
                if trouble is None or self._sent_from(written, control):
                    return None
                described = self._described(element, control.label, trouble)
                mark, near = self._mark(), ask(element, "near")
        except (Error, AssertionError) as error:
            if bell.rang:
                self._end_long_act(error)
            if not self._keyed:  # what was pressed already is not pressed again
                super()._press(view, control)  # which knows how to tell what has become of the page
            self.untried.append(f"“{control.label}”: trang đổi khi đang {'bấm phím' if self._keyed else 'đi tới'}")
            return None
        super()._press(view, control)
        if self._reacted(mark) and not (self.page.url != mark.address and self.page.url in links):
            self._keep(self._weighed(described, mark, element, near))
        return None

    def _sent_from(self, written: tuple[ElementHandle, int, int] | None, control: Control) -> bool:
        """True when Enter in the field that was just filled does what this button is for."""
        if written is None or written[1:] != (control.form, control.frame):
            return False
        field = written[0]
        if not ask(field, "few-fields", FEW_FIELDS) or walk_to(self.page, field, self._hear) is not Came.THERE:
            return False
        mark, self._keyed = self._mark(), True
        self.page.keyboard.press("Enter")
        return self._answered(mark)

    def click(self, element: ElementHandle, timeout_ms: float = ACT_MS) -> None:
        """As other hands do, by keys; in a text field, where Enter would send the form, those that open what is its."""
        if self._is_of_others(element):
            return super().click(element, timeout_ms)
        if element.evaluate(key_acts.KIND) in ("", "button", "submit", "image"):
            trouble = self._keys_on(element, BUTTON)
        else:
            before = self._mark()
            trouble = self._come_to(element)
            if trouble is None and not self._reacted(before):
                trouble = self._keys_on(element, FIELD)
        if trouble:
            self._by_mouse(element, "", trouble, lambda: super(KeyboardHands, self).click(element, timeout_ms))
        else:
            self.untried.append(f"{ask(element, 'named')['selector']}: đã mở bằng phím, chưa chọn bên trong bằng phím")
        return None

    def fill(self, view: View, control: Control, value: str) -> None:
        """Writes into a text field that Tab comes to."""
        if self._of_others(view, control):
            return super().fill(view, control, value)

        def act(element: ElementHandle) -> None:
            self._write(element, value, control.label)
            self._written = element, control.form, control.frame

        return self._do(view, control, act)

    def write(self, element: ElementHandle, words: str, timeout_ms: float = ACT_MS) -> None:
        """As other hands do, by keys."""
        if self._is_of_others(element):
            return super().write(element, words, timeout_ms)
        return self._write(element, words, "")

    def _write(self, element: ElementHandle, words: str, label: str) -> None:
        trouble = self._come_to(element)
        if trouble is None and key_acts.write(self.page, element, words):
            return
        trouble = trouble or Trouble(Blocking.NO_REACTION, False)
        described = self._described(element, label, trouble)
        if trouble.why is Blocking.NOT_REACHED:
            element.click(timeout=ACT_MS)
            sure = described.sure and ask(element, "stop")["there"]
            described = described.model_copy(update={"sure": sure})
        element.fill(words, timeout=ACT_MS)
        self._keep(described)

    def choose(self, view: View, control: Control, value: str) -> None:
        """Chooses in a native list; such a list takes keys in every browser, so that only coming to it can fail."""
        if self._of_others(view, control):
            return super().choose(view, control, value)

        def act(element: ElementHandle) -> None:
            def by_mouse() -> None:
                element.select_option(value=value, timeout=ACT_MS)

            if trouble := self._come_to(element):
                self._by_mouse(element, control.label, trouble, by_mouse)
            elif not key_acts.choose(self.page, element, value):
                by_mouse()

        return self._do(view, control, act)

    def tick(self, view: View, control: Control) -> None:
        """Ticks a box by Space, a choice by the arrow keys."""
        if self._of_others(view, control):
            return super().tick(view, control)

        def act(element: ElementHandle) -> None:
            stand_in = other(element, "stand-in")
            trouble = self._come_to(stand_in)
            if trouble is None:
                if key_acts.tick(self.page, element):
                    return
                trouble = Trouble(Blocking.NO_REACTION, True, ("Space",))
            described = self._described(element, control.label, trouble)
            super(KeyboardHands, self).tick(view, control)
            if ask(element, "checked"):
                self._keep(described)

        return self._do(view, control, act)

    def enter(self, view: View, control: Control) -> View:
        """Presses Enter in a field that Tab comes to."""
        if self._of_others(view, control):
            return super().enter(view, control)
        self.watch.arrival, self._written = None, None

        def act(element: ElementHandle) -> None:
            if self._come_to(element):
                element.press("Enter", timeout=ACT_MS)
            else:
                self.page.keyboard.press("Enter")

        self._do(view, control, act)
        return self._arrived()

    def open_list(self, root: ElementHandle, timeout_ms: float = ACT_MS) -> None:
        """Opens a drawn list by the keys of a combobox (ARIA Authoring Practices)."""
        if self._is_of_others(root):
            return super().open_list(root, timeout_ms)
        seed = other(root, "seed")
        trouble = self._come_to(seed)
        if trouble is None:
            if open_by_keys(self.page, root, seed):
                return None
            trouble = Trouble(Blocking.NO_REACTION, True, ("ArrowDown", "Alt+ArrowDown", "Enter", "Space"))
        described = self._described(root, "", trouble)
        super().click(root, timeout_ms)
        if stands_open(root, patient=True):
            self._keep(described)
        return None

    def take_option(self, root: ElementHandle, option: ElementHandle, timeout_ms: float = ACT_MS) -> None:
        """Takes an option of the open list by arrow keys and Enter, or by its first words."""
        if self._is_of_others(root):
            return super().take_option(root, option, timeout_ms)
        words = " ".join(str(option.evaluate("option => option.innerText || option.textContent")).split())
        mark = self._mark()
        if take_by_keys(self.page, root, option, words):
            return None
        silent = mark.seen == self._mark().seen and ask(root, "active", option) == "unknown"
        trouble = Trouble(Blocking.NO_REACTION, silent, ("ArrowDown", "Enter"))
        described = self._described(root, "", trouble)
        if not option.is_visible():
            Hands.click(self, root, timeout_ms)
        super().take_option(root, option, timeout_ms)
        if ask(root, "chosen", words):
            self._keep(described)
        return None
