"""A page asked through the browser's own protocol, in a world that the page's scripts cannot change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toantrinh.driver.window import first_line
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.asking.together import send_together
from toantrinh.observers.pictures.capturing import captured

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEYS = {"Tab": 9, "Escape": 27, "Enter": 13}
SHIFT = 8


class CannotAsk(RuntimeError):
    """The document that was asked is gone, or does not answer."""


class Isolated:
    """An isolated world of the page's main frame, the keyboard and the camera; Chromium alone has them.

    A script of ours that fails raises RuntimeError, which is our own fault, and never CannotAsk.
    """

    def __init__(self, page: Page, script: str) -> None:
        from playwright.sync_api import Error

        self.page = page
        try:
            self._world = World(page, script, everywhere=True)
        except Error as error:
            raise CannotAsk(first_line(error)) from error
        if self._world.session is None:
            raise CannotAsk("bàn phím và ảnh của trang chỉ xem được trong Chromium")
        self._session = self._world.session

    def ask(self, what: str, *arguments: object) -> Any:
        """What the function `what` of the script answers, as plain values. Raises CannotAsk, and RuntimeError when the
        function itself fails."""
        from playwright.sync_api import Error

        try:
            return self._world.answer(what, *arguments)
        except Error as error:
            raise CannotAsk(first_line(error)) from error

    def press(self, key: str, *, shift: bool = False, times: int = 1) -> None:
        """Presses a key of KEYS, as a person does; several `times` one press does not wait for the one before."""
        code: dict[str, Any] = {
            "key": key,
            "code": key,
            "windowsVirtualKeyCode": KEYS[key],
            "modifiers": SHIFT * shift,
        }
        text = {"text": "\r"} if key == "Enter" else {}
        down, up = {"type": "keyDown", **code, **text}, {"type": "keyUp", **code}
        # Until a key is down the page has done what it does; its release is not waited for.
        send_together(self._session, [("Input.dispatchKeyEvent", one) for one in [*(down, up) * (times - 1), down]])
        self._session.send("Input.dispatchKeyEvent", up)

    def begin(self, whole: bool = True) -> None:
        """Where the next Tab enters the document, or its main part; Shift+Tab would come to the document's end."""
        self.ask("keyboard.begin", not whole)
        if whole:
            self.press("Tab", shift=True)  # out of the document: from within, Tab would pass by a positive tabindex

    def picture(self, clip: tuple[float, float, float, float] | None = None) -> bytes:
        """A PNG of the window, or of `clip` (left, top, width, height in CSS pixels of the page)."""
        asked: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
        if clip:
            asked["clip"] = {**dict(zip(("x", "y", "width", "height"), clip, strict=True)), "scale": 1}
        return captured(self._session, asked)

    def close(self) -> None:
        """Lets go of the page, which stays as it is."""
        self._world.close()
