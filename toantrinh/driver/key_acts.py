"""What a person does with keys alone on the element that has the focus: write, choose, tick.

Each says whether the element then holds what was wanted. All raise playwright's Error when the page goes away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toantrinh.driver.tab_walk import ask

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

MOST_STEPS = 400  # options of a list that are stepped over
KEPT_MS = 250
# Fields whose parts HTML itself lets be set by keys, each browser in an order of its own.
NATIVE = ("time", "month", "week", "datetime-local", "range", "color")
KEEPS = """(element, [value, limit]) => new Promise((done) => {
  const end = performance.now() + limit;
  (function look() {
    if (element.value === value || performance.now() > end) done(element.value === value); else setTimeout(look, 10);
  })();
})"""
KIND = "element => element.localName === 'input' ? element.type : ''"


def write(page: Page, element: ElementHandle, words: str) -> bool:
    """Replaces what the field holds by `words`: put in at once, else letter by letter. True when it keeps them."""
    kind = str(element.evaluate(KIND))
    if kind == "date":
        return _write_date(page, element, words)
    if kind in NATIVE:
        element.fill(words)
        return True
    page.keyboard.press("ControlOrMeta+A")
    if words:
        page.keyboard.insert_text(words)
    else:
        page.keyboard.press("Delete")
    if _keeps(element, words):
        return True
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("Delete")
    page.keyboard.type(words)
    return _keeps(element, words)


def _keeps(element: ElementHandle, words: str) -> bool:
    kept, wanted = (re.sub(r"\W", "", text).casefold() for text in (str(ask(element, "value")), words))
    return kept == wanted or bool(kept and wanted.startswith(kept) and len(kept) > 2)


def _write_date(page: Page, element: ElementHandle, iso: str) -> bool:
    """The parts of a native date field, in whatever order the browser shows them."""
    year, month, day = iso.split("-")
    for digits in (f"{day}{month}{year}", f"{month}{day}{year}", f"{year}{month}{day}"):
        for _ in range(2):
            page.keyboard.press("ArrowLeft")
        page.keyboard.type(digits)
        if str(ask(element, "value")) == iso:
            return True
    element.fill(iso)
    return True


def choose(page: Page, element: ElementHandle, value: str) -> bool:
    """Chooses the option with this value in a native list: dropped down and stepped through, else where it stands."""
    steps, drops = ask(element, "options", value)
    if abs(steps) > MOST_STEPS:
        return False
    if drops:
        page.keyboard.press("Alt+ArrowDown")
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    if drops:
        page.keyboard.press("Enter")
    return bool(element.evaluate(KEEPS, [value, KEPT_MS]))


def tick(page: Page, element: ElementHandle) -> bool:
    """Ticks the box or choice: a radio button is ticked when arrow keys come to it."""
    for key in ("", "Space", "Enter"):
        if key == "Enter" and element.evaluate(KIND):
            return False  # in HTML's own boxes Enter sends the form
        if key:
            page.keyboard.press(key)
        if ask(element, "checked"):
            return True
    return False
