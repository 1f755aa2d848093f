"""Coming to an element by the Tab key alone, as a person does who has no mouse."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, Page

KEYS = (Path(__file__).parent / "keys.js").read_text(encoding="utf-8")
OF_ITSELF = f"(element, [what, more]) => ({KEYS})([what, element, more])"
MOST_TABS = 600  # in one walk
NOTHING_NEW = 40  # stops in a row that were all seen before, beyond their number: the walk goes in circles
WHOLE_ROUNDS = 2  # times that the focus leaves the document: in between lies a whole round
MOST_ARROWS = 30
MARGIN = 2
MOST_FRAMES_DEEP = 4


class Came(Enum):
    """How a walk to an element ended."""

    THERE = "there"
    NOT_REACHED = "not reached"  # a whole round, and Tab may not come to it by what it is
    UNSURE = "unsure"  # the round was not whole, the page has no focus, or it is none that Tab should pass by


def ask(element: ElementHandle, what: str, more: object = None) -> Any:
    """What keys.js answers about an element, asked in the element's own frame."""
    return element.evaluate(OF_ITSELF, [what, more])


def other(element: ElementHandle, what: str) -> ElementHandle:
    """The element that keys.js names for this one, such as its `stand-in`; itself where there is none other."""
    return element.evaluate_handle(OF_ITSELF, [what, None]).as_element() or element


def walk_to(page: Page, target: ElementHandle, answered: Callable[[], None] = lambda: None) -> Came:
    """Presses Tab (or Shift+Tab where that is shorter) until `target` has the focus; a whole round at most.

    `answered` is called whenever the page has told where the focus is.
    A part of a composite widget is come to by the arrow keys from another part of it (ARIA APG, roving tabindex).
    Raises playwright's Error when the page goes away.
    """
    home = target.owner_frame() or page.main_frame
    at = _at(page, home, target)
    if at["there"]:
        return Came.THERE
    able = bool(ask(target, "focusable"))
    backward, between = ask(target, "way") if home is page.main_frame else (False, 0)
    hasten = between - MARGIN if able else 0  # stops on the way there need not be asked for
    rounds = 1 if at["left"] and hasten <= 0 else 0
    seen: set[tuple[int, int]] = set()
    old, focused = 0, False
    for pressed in range(1, MOST_TABS + 1):
        page.keyboard.press("Shift+Tab" if backward else "Tab")
        if pressed < hasten:
            continue
        at = _at(page, home, target)
        answered()
        arrows = at["beside"] == "radio" or (at["beside"] and not able)
        if at["there"] or (arrows and _by_arrows(page, target)):
            return Came.THERE
        focused = focused or at["focused"]
        rounds += at["left"]
        old = old + 1 if at["stop"] in seen else 0
        seen.add(at["stop"])
        if rounds >= WHOLE_ROUNDS or old > len(seen) + NOTHING_NEW:
            told = focused or (home is page.main_frame and ask(target, "no-stops"))
            return Came.NOT_REACHED if told and not ask(target, "focusable") else Came.UNSURE
    return Came.UNSURE


def _at(page: Page, home: Frame, target: ElementHandle) -> dict[str, Any]:
    """Where the focus is, as keys.js tells it; `stop` names it among the stops of all frames."""
    frame = page.main_frame
    for _ in range(MOST_FRAMES_DEEP):
        at: dict[str, Any] = frame.evaluate(KEYS, ["stop", target if frame is home else None, 0])
        if not at["frame"] or at["there"]:
            break
        holder = frame.evaluate_handle("() => document.activeElement").as_element()
        inner = holder.content_frame() if holder else None
        if inner is None:
            break
        frame = inner
    return {**at, "left": at["left"] and frame is page.main_frame, "stop": (id(frame), at["number"])}


def _by_arrows(page: Page, target: ElementHandle) -> bool:
    for key in ("ArrowDown", "ArrowRight"):
        for _ in range(MOST_ARROWS):
            page.keyboard.press(key)
            if ask(target, "stop")["there"]:
                return True
    return False
