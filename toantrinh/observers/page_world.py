"""Asks a page in a world of its own: the page's overridden globals are not seen there, and its policy does not bind."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORLD = "toantrinh-geometry"


class World:
    """A place in the main frame where scripts keep what they know between two questions.

    In Chromium an isolated world; elsewhere the page's own. Playwright's Error when the page goes or a script fails.
    """

    def __init__(self, page: Page, made_by: str) -> None:
        """`made_by`: an expression whose value the questions get as their first argument."""
        self._page = page
        self._handle: Any = None
        if page.context.browser and page.context.browser.browser_type.name != "chromium":
            self._handle = page.evaluate_handle(made_by)
            return
        self._session = page.context.new_cdp_session(page)
        tree = self._session.send("Page.getFrameTree")
        made = self._session.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": WORLD}
        )
        self._context = made["executionContextId"]
        self._run(f"globalThis.probe = {made_by}; true")

    def ask(self, question: str, argument: Any = None) -> Any:
        """The plain value of `question`, a function of what was made and the argument; promises are waited for."""
        if self._handle is not None:
            return self._handle.evaluate(f"(probe, argument) => ({question})(probe, argument)", argument)
        return self._run(f"({question})(globalThis.probe, {json.dumps(argument)})")

    def _run(self, source: str) -> Any:
        from playwright.sync_api import Error

        answer = self._session.send(
            "Runtime.evaluate",
            {"expression": source, "contextId": self._context, "returnByValue": True, "awaitPromise": True},
        )
        if wrong := answer.get("exceptionDetails"):
            raise Error(wrong.get("exception", {}).get("description") or wrong["text"])
        return answer["result"].get("value")

    def close(self) -> None:
        """Lets the page go."""
        from playwright.sync_api import Error

        if self._handle is None:
            with suppress(Error):
                self._session.detach()
