"""A page asked through the browser's own protocol, in a world that the page's scripts cannot change."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

KEYS = {"Tab": 9, "Escape": 27, "Enter": 13}
SHIFT = 8


class CannotAsk(Exception):
    """The document that was asked is gone, or does not answer."""


class Isolated:
    """An isolated world of the page's main frame, the keyboard and the camera; Chromium alone has them."""

    def __init__(self, page: Page, script: str) -> None:
        self.page = page
        self._session: CDPSession = page.context.new_cdp_session(page)
        frame = self._session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        made = self._session.send(
            "Page.createIsolatedWorld", {"frameId": frame, "worldName": "toantrinh", "grantUniveralAccess": True}
        )
        self._world = made["executionContextId"]
        self._evaluate(script)

    def ask(self, what: str, *arguments: object) -> Any:
        """What the function `what` of the script answers, as plain values. Raises CannotAsk."""
        return self._evaluate(f"{what}({', '.join(json.dumps(argument) for argument in arguments)})")

    def _evaluate(self, expression: str) -> Any:
        from playwright.sync_api import Error

        asked = {"expression": expression, "contextId": self._world, "returnByValue": True, "awaitPromise": True}
        try:
            answer = self._session.send("Runtime.evaluate", asked)
        except Error as error:
            raise CannotAsk(str(error).splitlines()[0]) from error
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise CannotAsk(str(details.get("exception", {}).get("description", details.get("text")))[:300])
        return answer["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Presses a key of KEYS, as a person does."""
        code: dict[str, Any] = {
            "key": key,
            "code": key,
            "windowsVirtualKeyCode": KEYS[key],
            "modifiers": SHIFT * shift,
        }
        text = {"text": "\r"} if key == "Enter" else {}
        self._session.send("Input.dispatchKeyEvent", {"type": "keyDown", **code, **text})
        self._session.send("Input.dispatchKeyEvent", {"type": "keyUp", **code})

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
        return base64.b64decode(self._session.send("Page.captureScreenshot", asked)["data"])

    def close(self) -> None:
        """Lets go of the page, which stays as it is."""
        from contextlib import suppress

        from playwright.sync_api import Error

        with suppress(Error):
            self._session.detach()
