"""A page walked by Tab, there or back: its stops in turn, and what holds the focus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from toantrinh.observations.keyboard import Trap
from toantrinh.observers.asking.isolated import Isolated

MOST_STOPS = 300
SAME_PLACE = 12  # presses within one element: the parts of a date field, a player's own buttons
SAME_OPAQUE = 60  # within a frame of another host or a component that hides its inside
TOGETHER = 12  # presses that are under way at the same time
FETCHED_MS = 80  # for a script that takes the focus back a while after it went on
ALONE = 3  # the last stops, after each of which the page has time to take the focus back


@dataclass
class Walk:
    order: list[int] = field(default_factory=list)
    ended: Literal["left", "trap", "many", "frame"] = "left"
    trap: Trap | None = None


def walk_of(keys: Isolated, expected: int, whole: bool = True, *, backward: bool = False) -> Walk:
    """Tab (or Shift+Tab) until the document, or its main part, is left.

    About as many stops as are `expected` are gone through with several presses under way, as long as each leads to the
    next stop and nothing else moves the focus; else the walk is made anew, press by press.
    """
    together = min(expected, MOST_STOPS) - ALONE
    return (_walk(keys, whole, backward, together) if together > 0 else None) or _alone(keys, whole, backward)


def _alone(keys: Isolated, whole: bool, backward: bool) -> Walk:
    walk = _walk(keys, whole, backward, 0)
    assert walk, "a walk press by press comes to its end"
    return walk


def _steps(keys: Isolated, backward: bool, together: int) -> Iterator[dict[str, Any] | None]:
    """Where each press led. The first so many are under way together; None where that told nothing."""
    if together:
        keys.ask("keyboard.listen")
    for done in range(0, together, TOGETHER):
        many = min(TOGETHER, together - done)
        keys.press("Tab", shift=backward, times=many)
        yield from keys.ask("keyboard.path", many) or (None,)
    for _ in range(MOST_STOPS * 2):
        keys.press("Tab", shift=backward)
        yield keys.ask("keyboard.settled")


def _walk(keys: Isolated, whole: bool, backward: bool, together: int) -> Walk | None:
    """None when presses that were under way together met what only single ones can tell."""
    walk, path, since_new, dead = Walk(), list[int](), 0, set[int]()
    keys.begin(whole)
    for at in _steps(keys, backward, together):
        if at is None:
            return None
        if _out(at, whole):
            return None if together and not backward and _comes_back(keys, whole) else walk
        path.append(at["number"])
        if at["number"] not in walk.order:
            walk.order.append(at["number"])
            since_new = 0
            if len(walk.order) >= MOST_STOPS:
                walk.ended = "many"
                return walk
            continue
        since_new += 1
        if len(path) <= together and (at["opaque"] or path[-1] != path[-2]):
            return None
        round_of = list(dict.fromkeys(path[-since_new:]))
        patience = SAME_OPAQUE if at["opaque"] else SAME_PLACE
        if since_new < max(patience, 2 * len(round_of)) or set(round_of) == dead:
            continue
        if together:
            return None
        if at["opaque"]:
            walk.ended = "frame"
            return walk
        unreached = keys.ask("keyboard.unreached", walk.order)
        if not unreached:
            return walk
        trap, out = _tried(keys, round_of, unreached, backward)
        if trap and trap.way_out in ("", "back"):
            walk.trap, walk.ended = trap, "trap"
            return walk
        if not out:
            return walk
        dead, since_new = set(round_of), 0
    walk.ended = "many"
    return walk


def _out(at: dict[str, Any], whole: bool) -> bool:
    """True outside of what is walked: the document, or its main part."""
    return at["left"] or not (whole or at["main"] or at["dialog"])


def _comes_back(keys: Isolated, whole: bool) -> bool:
    """True when a late script fetches the focus back into what several presses had left."""
    keys.page.wait_for_timeout(FETCHED_MS)
    return not _out(keys.ask("keyboard.stop"), whole)


def _tried(keys: Isolated, around: list[int], unreached: list[str], backward: bool) -> tuple[Trap | None, bool]:
    """The ways out of a round of stops; True when the walk can go on from where we are."""

    def trap(way_out: str) -> Trap:
        return Trap(
            direction="Shift+Tab" if backward else "Tab",
            selectors=tuple(keys.ask("keyboard.selectorsOf", around)),
            markup=keys.ask("keyboard.markupOf", around[0]),
            unreached=tuple(unreached),
            way_out=way_out,
        )

    held, open_before = keys.ask("keyboard.stop")["dialog"], keys.ask("keyboard.dialogOpen")
    keys.press("Escape")
    keys.ask("keyboard.rest")
    if held:
        if keys.ask("keyboard.dialogOpen") < open_before:
            return trap("dialog"), True
        if keys.ask("keyboard.buttonsIn", around):
            return trap("dialog"), False
    keys.press("Tab", shift=backward)
    at = keys.ask("keyboard.stop")
    if at["left"] or at["number"] not in around:
        return trap("escape"), not at["left"]
    for _ in range(len(around) + 2):
        keys.press("Tab", shift=not backward)
        at = keys.ask("keyboard.stop")
        if at["left"] or at["number"] not in around:
            return trap("back"), False
    return trap(""), False
