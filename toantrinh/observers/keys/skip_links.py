"""The link that promises to skip to the content, and where pressing it leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toantrinh.observations.keyboard import SkipLink
from toantrinh.observers.asking.isolated import Isolated

CONTENT = ("in-main", "in-target", "after-target")


def skip_of(keys: Isolated, order: Sequence[int], words: Sequence[str]) -> SkipLink:
    """The skip link among the first stops of the walk, and what Enter on it does.

    Where the content is not reached at once it is pressed again, and the page gets time.
    """
    found: dict[str, Any] = keys.ask("keyboard.skipOf", list(order), list(words))
    number = found.pop("number")
    link = SkipLink(**found)
    for wait in ("keyboard.frames", "keyboard.rest") if number >= 0 else ():
        if not keys.ask("keyboard.refocus", number):
            return link
        keys.press("Enter")
        keys.ask(wait)
        keys.press("Tab")
        landed = keys.ask("keyboard.landed", number, found["target"])
        at = landed["number"]
        skipped = order.index(at) - order.index(number) - 1 if at in order else None
        link = SkipLink(**found, lands=landed["lands"], skipped=skipped)
        if link.lands in CONTENT and skipped != 0:
            break
    return link
