"""Asks a page in a world of its own: the page's overridden globals are not seen there, and its policy does not bind."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

_NUMBERS = count(1)
MEMBER = "(made, [what, given]) => made[what](...given)"


class World:
    """A place in the main frame where a script keeps what it knows between two questions.

    In Chromium an isolated world; elsewhere the page's own. Each question gives plain values; promises are waited for.
    Raises playwright's Error when the page goes away, RuntimeError when the script itself fails.
    """

    def __init__(self, page: Page, made_by: str = "null", *, everywhere: bool = False) -> None:
        """`made_by`: an expression whose value stays there. `everywhere`: into frames of other origins, too."""
        self._page = page
        self.session: CDPSession | None = None
        self._handle: Any = None
        self._name = f"globalThis.made{next(_NUMBERS)}"  # two worlds of one page are the same to the browser
        browser = page.context.browser
        if browser is None or browser.browser_type.name != "chromium":
            self._handle = page.evaluate_handle(made_by)
            return
        self.session = page.context.new_cdp_session(page)
        frame = self.session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        asked = {"frameId": frame, "worldName": "toantrinh", "grantUniveralAccess": everywhere}
        self._context = self.session.send("Page.createIsolatedWorld", asked)["executionContextId"]
        self.run(f"{self._name} = {made_by}; true")

    def ask(self, question: str, argument: Any = None) -> Any:
        """What `question` answers, a function of what was made and the argument."""
        if self._handle is not None:
            return self._handle.evaluate(f"(made, argument) => ({question})(made, argument)", argument)
        return self.run(f"({question})({self._name}, {json.dumps(argument)})")

    def call(self, member: str, *given: object) -> Any:
        """What a member of what was made answers."""
        return self.ask(MEMBER, [member, list(given)])

    def run(self, expression: str, most_ms: float | None = None) -> Any:
        """The value of an expression, which may take `most_ms` at most."""
        if self.session is None:
            return self._page.evaluate(expression)
        asked = {"expression": expression, "contextId": self._context, "returnByValue": True, "awaitPromise": True}
        answer = self.session.send("Runtime.evaluate", asked | ({"timeout": most_ms} if most_ms else {}))
        if wrong := answer.get("exceptionDetails"):
            raise RuntimeError(str(wrong.get("exception", {}).get("description") or wrong["text"])[:300])
        return answer["result"].get("value")

    def close(self) -> None:
        """Lets the page go, which stays as it is."""
        from playwright.sync_api import Error

        with suppress(Error):
            if self.session:
                self.session.detach()
            if self._handle is not None:
                self._handle.dispose()
