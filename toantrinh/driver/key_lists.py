"""Drop-downs that authors drew, by the keys of a combobox and its list (ARIA Authoring Practices)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh.driver.tab_walk import ask

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

CHOICES = (Path(__file__).parent / "choices.js").read_text(encoding="utf-8")
OPEN_MS, PATIENT_MS = 400, 2_500
CHOSEN_MS = 400
LOOK_MS = 20
MOST_STEPS = 120
UNKNOWN = 3  # arrow keys after which a list that marks none of its options will not mark one any more
TEXT = "element => element.localName === 'input' && !element.readOnly"
INPUT = "element => element.localName === 'input'"
ANY_LETTER = "a"


def stands_open(root: ElementHandle, *, patient: bool = False) -> bool:
    """True once options have come into sight since the list was last looked at (`mark` of choices.js)."""
    return _within(root, PATIENT_MS if patient else OPEN_MS, lambda: _is_open(root))


def open_by_keys(page: Page, root: ElementHandle, seed: ElementHandle) -> bool:
    """Opens the list whose `seed` has the focus; many open by the focus alone, or by the first letter."""
    if _is_open(root):
        return True
    typed = bool(seed.evaluate(TEXT))
    enters = not seed.evaluate(INPUT)  # in a field, read-only or not, Enter sends the form
    for key in ("ArrowDown", "Alt+ArrowDown", *(("Enter",) if enters else ()), *(() if typed else ("Space",))):
        page.keyboard.press(key)
        if stands_open(root):
            return True
    if not typed:
        return False
    page.keyboard.type(ANY_LETTER)
    if stands_open(root, patient=True):
        return True
    page.keyboard.press("Backspace")
    return False


def take_by_keys(page: Page, root: ElementHandle, option: ElementHandle, words: str) -> bool:
    """Takes one option of the list that stands open: arrow keys to it and Enter, else its words and Enter.

    Once the list is closed no more keys are pressed: Enter in its field would send the form.
    """
    if _step_to(page, root, option):
        for key in ("Enter", "Space"):
            if not _is_open(root):
                break
            page.keyboard.press(key)
            if _chosen(root, words):
                return True
    box = root.evaluate_handle(CHOICES, ["type", 0, 0]).as_element()
    if box is None or not ask(box, "stop")["there"]:
        return False
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(words)
    stands_open(root, patient=True)
    for key in ("Enter", "ArrowDown", "Enter"):
        if not _is_open(root):
            break
        page.keyboard.press(key)
        if key == "Enter" and _chosen(root, words):
            return True
    return False


def _step_to(page: Page, root: ElementHandle, option: ElementHandle) -> bool:
    """Presses the arrow keys until Enter would take the option: down once through the list, then up."""
    steps = min(int(option.evaluate("option => option.parentElement.children.length")) + 1, MOST_STEPS)
    unknown = 0
    for key in ("ArrowDown", "ArrowUp"):
        for _ in range(steps):
            match ask(root, "active", option):
                case "yes":
                    return True
                case "unknown":
                    unknown += 1
            if unknown > UNKNOWN:
                return False
            page.keyboard.press(key)
    return bool(ask(root, "active", option) == "yes")


def _chosen(root: ElementHandle, words: str) -> bool:
    return _within(root, CHOSEN_MS, lambda: bool(ask(root, "chosen", words)))


def _is_open(root: ElementHandle) -> bool:
    return bool(root.evaluate(CHOICES, ["open", 0, 0]))


def _within(root: ElementHandle, limit_ms: float, true: Callable[[], bool]) -> bool:
    frame = root.owner_frame()
    waited = 0.0
    while not true():
        if waited >= limit_ms or frame is None:
            return False
        frame.page.wait_for_timeout(LOOK_MS)
        waited += LOOK_MS
    return True
