"""Asks a page in a world of its own: the page's overridden globals are not seen there, and its policy does not bind."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from toantrinh.observers.asking.unmasked import ALIASES, unmasked

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Frame, Page

_NUMBERS = count(1)
_SESSIONS: WeakKeyDictionary[Page | Frame, CDPSession | None] = WeakKeyDictionary()
_MAIN: WeakKeyDictionary[CDPSession, str] = WeakKeyDictionary()
_PLACES: WeakKeyDictionary[Frame, dict[str, _Place]] = WeakKeyDictionary()
NAMES = ("toantrinh", "toantrinh everywhere")  # what a world may is settled when its name is first heard
LOST = "Cannot find context"
MEMBER = "(made, [what, given]) => made[what](...given)"


class World:
    """A place in the main frame of a page, or in a frame, where a script keeps what it knows between two questions.

    In Chromium an isolated world; elsewhere the page's own. Each question gives plain values; promises are waited for.
    Raises playwright's Error when the document goes away, RuntimeError when the script itself fails.
    """

    def __init__(self, where: Page | Frame, made_by: str = "null", *, everywhere: bool = False) -> None:
        """`made_by`: an expression whose value stays there. `everywhere`: into frames of other origins, too."""
        self._where, self._everywhere = where, everywhere
        self._place: _Place | None = None
        self._handle: Any = None
        self._name = f"globalThis.made{next(_NUMBERS)}"  # two worlds of one page are the same to the browser
        self._made = made_by != "null"
        self._asked = False
        if not is_chromium(where):
            self._handle = where.evaluate_handle(made_by) if self._made else None
            return
        self._place = _known_place(where, everywhere) or _place_in(where, everywhere)
        if self._made:
            self._run(f"{self._name} = {unmasked(made_by)}; true")

    @property
    def session(self) -> CDPSession | None:
        """The session through which the world is asked; None where there are no such worlds."""
        return self._place.session if self._place else None

    def ask(self, question: str, argument: Any = None) -> Any:
        """What `question` answers, a function of what was made and the argument."""
        if self._handle is not None:
            return self._handle.evaluate(f"(made, argument) => ({question})(made, argument)", argument)
        if self._place is None:
            return self._where.evaluate(f"(argument) => ({question})(null, argument)", argument)
        return self._run(f"({unmasked(question)})({self._name}, {json.dumps(argument)})")

    def answer(self, function: str, *given: object) -> Any:
        """What a function answers, given plain values."""
        values = ", ".join(json.dumps(one) for one in given)
        if self._place is None:
            return self._where.evaluate(f"({function})({values})")
        return self._run(f"({unmasked(function)})({values})")

    def call(self, member: str, *given: object) -> Any:
        """What a member of what was made answers."""
        return self.ask(MEMBER, [member, list(given)])

    def run(self, expression: str, most_ms: float | None = None) -> Any:
        """The value of an expression, which may take `most_ms` at most."""
        if self._place is None:
            return self._where.evaluate(expression)
        return self._run(unmasked(expression), most_ms)

    def _run(self, expression: str, most_ms: float | None = None) -> Any:
        from playwright.sync_api import Error

        assert self._place
        try:
            answer = self._place.answer(expression, most_ms)
        except (Error, RuntimeError) as error:
            if self._asked or LOST not in str(error):
                raise
            # What was known of the frame was another document: nothing was asked of that yet.
            self._place = _place_in(self._where, self._everywhere)
            answer = self._place.answer(expression, most_ms)
        self._asked = True
        return answer

    def load(self, source: str) -> None:
        """Runs a library as it is."""
        if self._place is None:
            self._where.evaluate(source)
        else:
            self._run(source)

    def close(self) -> None:
        """Lets go of what was made; the page stays as it is."""
        from playwright.sync_api import Error

        with suppress(Error, RuntimeError):
            if self._handle is not None:
                self._handle.dispose()
            elif self._made:
                self.run(f"delete {self._name}; true")


@dataclass
class _Place:
    """Our world in one document of a frame. Where another document has it now, its number is not found there."""

    session: CDPSession
    context: int
    number: int
    ready: bool = False

    def answer(self, expression: str, most_ms: float | None) -> Any:
        here = f"if (globalThis.toantrinh !== {self.number}) throw new Error('{LOST}')"
        first = here if self.ready else f"{ALIASES}; globalThis.toantrinh = {self.number}"
        how = {"contextId": self.context} | ({"timeout": most_ms} if most_ms else {})
        answer = _answer(self.session, f"{first}; {expression}", how)
        self.ready = True
        return answer


def ask(where: Page | Frame, function: str, argument: Any = None) -> Any:
    """What a function answers in a world of its own, once. Raises as World does."""
    if not is_chromium(where):
        return where.evaluate(function, argument)
    return World(where).answer(function, argument)


def ask_page(page: Page, expression: str) -> Any:
    """The value of an expression where the page's own scripts run. Whatever they have changed, the value comes whole.

    Raises as World does.
    """
    session = session_of(page)
    return page.evaluate(expression) if session is None else _answer(session, expression, {})


def kind_of(page: Page, expression: str) -> str:
    """What an expression gives where the page's own scripts run: `array`, `object`, `function` …; empty for nothing.

    The browser tells it, not the page. Raises playwright's Error when the document goes away.
    """
    session = session_of(page)
    if session is None:
        name: str = page.evaluate(f"(it => Array.isArray(it) ? 'array' : it == null ? '' : typeof it)({expression})")
        return name
    found = session.send("Runtime.evaluate", {"expression": expression, "silent": True})
    told = found["result"]
    thrown = "exceptionDetails" in found or told["type"] == "undefined" or told.get("subtype") == "null"
    return "" if thrown else str("array" if told.get("subtype") == "array" else told["type"])


def is_chromium(where: Page | Frame) -> bool:
    """True where there are isolated worlds."""
    browser = _page_of(where).context.browser
    return browser is not None and browser.browser_type.name == "chromium"


def session_of(where: Page | Frame) -> CDPSession | None:
    """The one session of a page, or of a frame that has a process of its own; None for what has none."""
    from playwright.sync_api import Error

    if where not in _SESSIONS:
        session = None
        with suppress(Error):
            session = _page_of(where).context.new_cdp_session(where) if is_chromium(where) else None
        _SESSIONS[where] = session
    return _SESSIONS[where]


def _page_of(where: Page | Frame) -> Page:
    page: Page = getattr(where, "page", where)  # type: ignore[arg-type]
    return page


def _main_frame_of(where: Page | Frame) -> Frame:
    frame: Frame = getattr(where, "main_frame", where)  # type: ignore[arg-type]
    return frame


def _known_place(where: Page | Frame, everywhere: bool) -> _Place | None:
    return _PLACES.get(_main_frame_of(where), {}).get(NAMES[everywhere])


def _place_in(where: Page | Frame, everywhere: bool) -> _Place:
    """Our world in the document that a frame holds now. Raises Error for a frame that is gone."""
    from playwright.sync_api import Error

    for known in (True, False):
        session, frame = _frame_of(where, known)
        asked = {"frameId": frame, "worldName": NAMES[everywhere], "grantUniveralAccess": everywhere}
        try:
            made = session.send("Page.createIsolatedWorld", asked)
        except Error as error:
            if not known or "given id" not in str(error):
                raise
        else:
            place = _Place(session, made["executionContextId"], next(_NUMBERS))
            _PLACES.setdefault(_main_frame_of(where), {})[NAMES[everywhere]] = place
            return place
    raise AssertionError("the second try returns or raises")


def _frame_of(where: Page | Frame, known: bool) -> tuple[CDPSession, str]:
    """The session that reaches a frame, and the frame's id there, as it was the last time when that is `known`."""
    from playwright.sync_api import Error

    page = _page_of(where)
    path: list[int] = []
    frame = _main_frame_of(where)
    while frame.parent_frame is not None and session_of(frame) is None:
        beside = [one for one in frame.parent_frame.child_frames if one is frame or session_of(one) is None]
        if frame not in beside:
            raise Error("the frame has been closed")
        path.insert(0, beside.index(frame))
        frame = frame.parent_frame
    session = session_of(page if frame.parent_frame is None else frame)
    if session is None:
        raise Error("the page has been closed")
    if known and not path and session in _MAIN:
        return session, _MAIN[session]
    tree = session.send("Page.getFrameTree")["frameTree"]
    _MAIN[session] = tree["frame"]["id"]
    for place in path:
        inner = tree.get("childFrames", [])
        if place >= len(inner):
            raise Error("the frame has been closed")
        tree = inner[place]
    return session, tree["frame"]["id"]


def _answer(session: CDPSession, expression: str, how: dict[str, Any]) -> Any:
    answer = session.send(
        "Runtime.evaluate", {"expression": expression, "returnByValue": True, "awaitPromise": True, **how}
    )
    if wrong := answer.get("exceptionDetails"):
        raise RuntimeError(str(wrong.get("exception", {}).get("description") or wrong["text"])[:300])
    return answer["result"].get("value")
