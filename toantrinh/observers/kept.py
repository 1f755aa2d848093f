"""A script's object that stays in the page between questions, in a world that the page's own scripts cannot change."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

CALL = "function (what, given) { return this[what](...given); }"


class Kept:
    """What the function `script` gives, kept in the main frame; `ask` calls its members and gives plain values.

    In Chromium it lives in an isolated world, elsewhere in the page's own. Raises playwright's Error when the page has
    gone or the script fails.
    """

    def __init__(self, page: Page, script: str) -> None:
        self._session, self._handle = None, None
        browser = page.context.browser
        if browser is None or browser.browser_type.name != "chromium":
            self._handle = page.evaluate_handle(script)
            return
        self._session = page.context.new_cdp_session(page)
        frame = self._session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self._session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "kept"})
        asked = {"expression": f"({script})()", "contextId": world["executionContextId"]}
        self._object = _answer(self._session.send("Runtime.evaluate", asked))["objectId"]

    def ask(self, what: str, *given: object) -> Any:
        """What its member `what` answers."""
        if self._session is None:
            assert self._handle is not None
            return self._handle.evaluate("(kept, [what, given]) => kept[what](...given)", [what, list(given)])
        asked = {
            "objectId": self._object,
            "functionDeclaration": CALL,
            "arguments": [{"value": what}, {"value": list(given)}],
            "returnByValue": True,
        }
        return _answer(self._session.send("Runtime.callFunctionOn", asked)).get("value")

    def close(self) -> None:
        """Lets go of it."""
        from playwright.sync_api import Error

        with suppress(Error):
            if self._session:
                self._session.detach()
            if self._handle:
                self._handle.dispose()


def _answer(answer: dict[str, Any]) -> dict[str, Any]:
    from playwright.sync_api import Error

    if "exceptionDetails" in answer:
        details = answer["exceptionDetails"]
        raise Error(str(details.get("exception", {}).get("description", details.get("text")))[:300])
    return dict(answer["result"])
