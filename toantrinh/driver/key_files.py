"""Files given by keys: what opens the choice of files is come to by Tab and pressed by Space or Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import File, Hands
from toantrinh.driver.tab_walk import KEYS, ask, other
from toantrinh.driver.tabbing import TabbingHands, Trouble
from toantrinh.observations.by_keyboard import Blocking

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

CHOOSER_MS = 2_500


class FileKeys(TabbingHands):
    """Hands that give files by keys."""

    def attach(self, view: View, control: Control, files: list[File]) -> None:
        """Gives files by what opens the choice of files when a key is pressed on it."""
        if control.role != "file" or self._of_others(view, control):
            return super().attach(view, control, files)

        def act(element: ElementHandle) -> None:
            keys, clicks = self._choosers(element)
            trouble: Trouble | None = None
            for one in keys:
                trouble = self._opens_choice(one, files)
                if trouble is None:
                    return
            trouble = trouble or Trouble(Blocking.NOT_REACHED, True)
            if (seen := next((one for one in (*clicks, *keys) if self._chooses(one)), None)) is not None:
                if seen in keys and self._opens_choice(seen, files) is None:
                    return  # it had only been slow
                self._keep(self._described(seen, control.label, trouble))
            else:
                self.untried.append(f"“{control.label}”: không thấy chỗ mở hộp chọn tệp")
            super(FileKeys, self).attach(view, control, files)

        return self._do(view, control, act)

    def _choosers(self, element: ElementHandle) -> tuple[list[ElementHandle], list[ElementHandle]]:
        """What may open the choice of files of an input: come to by Tab, and pressed by the mouse alone."""
        if ask(element, "focusable"):
            return [element], []
        found = element.evaluate_handle(f"element => ({KEYS})(['choosers', element, 0])")
        both = []
        for name in ("keys", "clicks"):
            listed = found.get_property(name).get_properties().values()
            both.append([one for handle in listed if (one := handle.as_element()) is not None])
        return both[0], both[1]

    def _opens_choice(self, element: ElementHandle, files: list[File]) -> Trouble | None:
        """Opens the choice of files by a key and gives them there. None: it opened."""
        from playwright.sync_api import Error

        payload: list[Any] = [{"name": f.name, "mimeType": f.mime, "buffer": f.content} for f in files]

        def press(key: str) -> bool:
            try:
                with self.page.expect_file_chooser(timeout=CHOOSER_MS) as coming:
                    self.page.keyboard.press(key)
            except Error:
                return False
            coming.value.set_files(payload[: None if coming.value.is_multiple() else 1])
            return True

        return self._tried(element, ("Space", "Enter"), press)

    def _chooses(self, element: ElementHandle) -> bool:
        """True when the mouse opens the choice of files there."""
        from playwright.sync_api import Error

        try:
            with self.page.expect_file_chooser(timeout=CHOOSER_MS):
                element.click(timeout=CHOOSER_MS)
        except Error:
            return False
        return True

    def attach_by_button(self, view: View, control: Control, files: list[File]) -> bool:
        """As other hands do, by keys."""
        if self._of_others(view, control):
            return super().attach_by_button(view, control, files)
        found: list[Trouble | None] = []

        def act(element: ElementHandle) -> None:
            stand_in = other(element, "stand-in")
            trouble = self._opens_choice(stand_in, files)
            if trouble and self._chooses(element):
                trouble = self._opens_choice(stand_in, files)  # what opens for the mouse may only have been slow
                if trouble:
                    self._keep(self._described(element, control.label, trouble))
            found.append(trouble)

        self._do(view, control, act)
        return found == [None] or self._attach_by_mouse(view, control, files)

    def _attach_by_mouse(self, view: View, control: Control, files: list[File]) -> bool:
        hands = Hands(self.page, self.watch)
        return hands.attach_by_button(view, control, files)
