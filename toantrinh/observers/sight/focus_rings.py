"""What changes around a control when it takes the focus, and the contrast of it (WCAG 1.4.11)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from toantrinh.observations.colours import FocusContrast
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.pictures.patchwork import Patchwork, Shown
from toantrinh.observers.pictures.pixels import MOST_PIXELS, Box, area, changed, edges, lights, ratio

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_STOPS = 12
RING = 6  # CSS pixels around a control in which its ring is looked for
NEEDED = 3.0  # WCAG 1.4.11


def sample(stops: Sequence[dict[str, Any]], known: Collection[str]) -> list[int]:
    """The stops to try: the first of each kind, then the first of each look; without looks that are known."""
    kinds: dict[str, int] = {}
    looks: dict[str, int] = {}
    for index, one in enumerate(stops):
        if one["look"] in known:
            continue
        kinds.setdefault(one["kind"], index)
        looks.setdefault(one["look"], index)
    order = dict.fromkeys([*kinds.values(), *looks.values()])
    return list(order)[:MOST_STOPS]


def focus_contrasts(
    stops: Sequence[dict[str, Any]], wanted: Sequence[int], plain: Patchwork, kept: World, shown: Shown
) -> tuple[FocusContrast, ...]:
    """The indicators of the stops that are wanted. `plain` covers them and their rings."""
    if not wanted:
        return ()
    plain.view.page.keyboard.press("Shift+Tab")  # from now on the browser shows the focus of a keyboard
    kept.call("rest")
    found = (_focused(stops[index], index, plain, kept, shown) for index in wanted)
    return tuple(one for one in found if one)


def _focused(one: dict[str, Any], index: int, plain: Patchwork, kept: World, shown: Shown) -> FocusContrast | None:
    box: Box = tuple(one["box"])
    around = edges(plain.view.size, box, RING)
    if around is None or area(around) > MOST_PIXELS:
        return None
    said = kept.call("focus", index)
    if not said["has"] or abs(said["box"][1] - box[1]) > 1 or said["window"] != plain.window:
        return None  # the focus went on, or the page moved: the pictures do not compare
    before, after = plain.part(box, RING), plain.view.picture(around, plain.window)
    if before is None or after.size != before.size:
        return None
    count, reached = _indicator(before, after, max(8, round(0.75 * min(box[2], box[3]))))
    facts = FocusContrast(
        selector=one["selector"],
        kind=one["kind"],
        look=one["look"],
        changed=count,
        ratio=reached,
        default=said["auto"],
    )
    if reached is None or reached >= NEEDED or said["auto"]:
        return facts
    inner = (box[0] - around[0], box[1] - around[1], box[2], box[3])
    return facts.model_copy(update={"shot": shown.part("focus", after, inner)})


def _indicator(before: Image, after: Image, needed: int) -> tuple[int, float | None]:
    """How many pixels change, and the ratio that `needed` of them reach: against what they were or both sides."""
    indices = changed(before, after)
    if len(indices) < needed:
        return len(indices), None
    old, new, end = lights(before), lights(after), before.width * before.height
    moved = bytearray(end)
    for index in indices:
        moved[index] = 1
    ratios = []
    for index in indices:
        here = new[index]
        best = ratio(old[index], here)
        for step in (3, 3 * before.width):
            one, other = index - step, index + step
            if one >= 0 and other < end and not moved[one] and not moved[other]:
                best = max(best, min(ratio(here, new[one]), ratio(here, new[other])))
        ratios.append(best)
    ratios.sort(reverse=True)
    return len(indices), round(ratios[needed - 1], 2)
