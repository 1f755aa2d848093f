"""Drop-downs that authors drew themselves: opened, read, typed into and chosen from as a person does it.

Nothing is known of the kit that drew them: what comes into sight after the click are the options.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh.driver.answers import Answerer, choose, is_empty_option
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct, first_line

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

CHOICES = (Path(__file__).parent / "choices.js").read_text(encoding="utf-8")
OPEN_MS = 3_500
TYPED_MS = 2_000
CLICK_MS = 2_500
ANY_LETTER = "a"  # for lists that show nothing before something is typed


def options_of(hands: Hands, view: View, control: Control) -> list[str]:
    """What a drawn drop-down offers: opened, read and left again. Raises CannotAct when it cannot be opened."""
    from playwright.sync_api import Error

    try:
        texts = _real(_open(hands, view.element(control)))
        hands.page.keyboard.press("Escape")
        return texts
    except (Error, AssertionError) as error:
        raise CannotAct(f"“{control.label}”: {first_line(error)}") from error


def choose_drawn(hands: Hands, view: View, control: Control, answerer: Answerer) -> tuple[str, View] | None:
    """Chooses in a drawn drop-down; (the words chosen, the page then), or None when it offered nothing.

    Raises CannotAct when the drop-down cannot be opened at all.
    """
    from playwright.sync_api import Error

    try:
        root = view.element(control)
        options = _open(hands, root)
        texts = _real(options)
        wish = answerer.wish(control)
        if not texts or (wish and choose(wish, [(text, text) for text in texts]) is None):
            options = _typed(hands, root, wish or ANY_LETTER) or _typed(hands, root, "") or options
            texts = _real(options)
        if not texts:
            hands.page.keyboard.press("Tab")
            return None
        wanted = answerer.option(replace(control, options=tuple((text, text, True) for text in texts)))
        chosen = wanted if wanted is not None else texts[0]
        _pick(hands, root, options.index(chosen))
        if root.evaluate(CHOICES, ["open", 0, 0]):
            hands.page.keyboard.press("Tab")
        return chosen, hands.settle()
    except (Error, AssertionError) as error:
        raise CannotAct(f"“{control.label}”: {first_line(error)}") from error


def _real(options: list[str]) -> list[str]:
    return [text for text in options if not is_empty_option("?", text) and not fold(text).startswith("chon ")]


def _open(hands: Hands, root: ElementHandle) -> list[str]:
    from playwright.sync_api import Error

    root.evaluate(CHOICES, ["mark", 0, 0])
    try:
        hands.open_list(root, CLICK_MS)
    except Error:
        root.evaluate("element => (element.querySelector('input,[tabindex]') || element).focus()")
        hands.page.keyboard.press("ArrowDown")
    return list(root.evaluate(CHOICES, ["read", OPEN_MS, 0]))


def _typed(hands: Hands, root: ElementHandle, words: str) -> list[str]:
    box = root.evaluate_handle(CHOICES, ["type", 0, 0]).as_element()
    if box is None:
        return []
    box.evaluate("element => { element.focus(); element.select(); }")
    if words:
        hands.page.keyboard.type(words)
    else:
        hands.page.keyboard.press("Backspace")
    hands.wait_for_calls(TYPED_MS / 1000)
    return list(root.evaluate(CHOICES, ["read", TYPED_MS, 0]))


def _pick(hands: Hands, root: ElementHandle, at: int) -> None:
    from playwright.sync_api import Error

    option = root.evaluate_handle(CHOICES, ["pick", 0, at]).as_element()
    if option is None:
        raise AssertionError
    try:
        hands.take_option(root, option, CLICK_MS)
    except Error:
        option.evaluate(
            "element => ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'].forEach("
            "kind => element.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true, view: window})))"
        )
