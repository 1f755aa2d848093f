"""Pictures of the stops that a judge of the keyboard may name, outlined where they stand on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from toantrinh.observations.keyboard import SkipLink, Stop, Trap
from toantrinh.observers.asking.isolated import CannotAsk, Isolated
from toantrinh.observers.keys.focus_looks import with_focus
from toantrinh.observers.pictures.crops import Box, crops_at
from toantrinh.store import Attachments

MOST = 6


def pictures_of(
    keys: Isolated,
    stops: Sequence[Stop],
    order: Sequence[int],
    traps: Sequence[Trap],
    skip: SkipLink | None,
    attachments: Attachments,
) -> dict[str, str]:
    """Pictures by the selectors of the stops: of traps, of steps back, of a skip link that leads nowhere.

    Where no link skips, of the first stop. What shows itself with the focus only is pictured with it.
    """
    chosen = {stop.selector: stop for stop in _suspects(stops, traps, skip)}
    boxes: dict[str, Box] = {
        f"diem-dung-{number}": stop.box for number, stop in enumerate(chosen.values(), 1) if not stop.aside
    }
    kept = crops_at(keys.page, dict(list(boxes.items())[:MOST]), attachments) if boxes else {}
    shots = {
        selector: kept[name] for number, selector in enumerate(chosen, 1) if (name := f"diem-dung-{number}") in kept
    }
    if skip and skip.selector and skip.selector in chosen and skip.selector not in shots:
        place = next(place for place, stop in enumerate(stops) if stop.selector == skip.selector)
        try:
            if path := with_focus(keys, order[place], place, attachments):
                shots[skip.selector] = path
        except CannotAsk:
            return shots
    return shots


def _suspects(stops: Sequence[Stop], traps: Sequence[Trap], skip: SkipLink | None) -> Iterator[Stop]:
    yield from (stop for trap in traps for stop in stops if stop.selector == trap.selectors[0])
    if skip and skip.selector and _fails(skip):
        yield from (stop for stop in stops if stop.selector == skip.selector)
    if skip and not skip.selector:
        yield from stops[:1]
    placed = [stop for stop in stops if not (stop.tied or stop.aside)]
    for before, after in pairwise(placed):
        if after.rank < before.rank or before.reordered or after.reordered:
            (x, y, _, height), (x2, y2, width2, height2) = before.box, after.box
            if y2 + height2 <= y + 1 or (y2 < y + height and x2 + width2 <= x + 1):
                yield after


def _fails(skip: SkipLink) -> bool:
    missing = bool(skip.target) and not skip.target_found
    return missing or skip.lands in ("same-place", "before-target") or skip.skipped == 0
