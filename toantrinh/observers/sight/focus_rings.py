"""What changes around a control when it takes the focus, and the contrast of it (WCAG 1.4.11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from toantrinh.observations.colours import FocusContrast
from toantrinh.observers.asking.meanwhile import beside
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.pictures.patchwork import Patchwork, Shown
from toantrinh.observers.pictures.pixels import MOST_PIXELS, Box, Region, area, changed, edges, light, ratio, words

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
    found: list[FocusContrast | None] = []
    last: _Focused | None = None
    for index in wanted:
        reached = _reach(stops[index], index, plain, kept)
        if reached is None:
            continue
        # While the picture of this one is taken, the one before is measured.
        picture = partial(plain.view.picture, reached.around, plain.window)
        after, told = beside(picture, partial(_measured, last, plain, shown))
        found.append(told)
        last = replace(reached, picture=after)
    found.append(_measured(last, plain, shown))
    return tuple(one for one in found if one)


@dataclass(frozen=True)
class _Focused:
    """A stop that has the focus: the region around it, whether the ring is the browser's own, and a picture of it."""

    stop: dict[str, Any]
    around: Region
    default: bool
    picture: Image | None = None


def _reach(one: dict[str, Any], index: int, plain: Patchwork, kept: World) -> _Focused | None:
    """Gives the focus to a stop; None where no picture of it would compare."""
    box: Box = tuple(one["box"])
    around = edges(plain.view.size, box, RING)
    if around is None or area(around) > MOST_PIXELS:
        return None
    said = kept.call("focus", index)
    if not said["has"] or abs(said["box"][1] - box[1]) > 1 or said["window"] != plain.window:
        return None  # the focus went on, or the page moved: the pictures do not compare
    return _Focused(one, around, said["auto"])


def _measured(focused: _Focused | None, plain: Patchwork, shown: Shown) -> FocusContrast | None:
    if focused is None or focused.picture is None:
        return None
    one, around, after = focused.stop, focused.around, focused.picture
    box: Box = tuple(one["box"])
    before = plain.part(box, RING)
    if before is None or after.size != before.size:
        return None
    count, reached = _indicator(before, after, max(8, round(0.75 * min(box[2], box[3]))))
    facts = FocusContrast(
        selector=one["selector"],
        kind=one["kind"],
        look=one["look"],
        changed=count,
        ratio=reached,
        default=focused.default,
    )
    if reached is None or reached >= NEEDED or focused.default:
        return facts
    inner = (box[0] - around[0], box[1] - around[1], box[2], box[3])
    return facts.model_copy(update={"shot": shown.part("focus", after, inner)})


def _indicator(before: Image, after: Image, needed: int) -> tuple[int, float | None]:
    """How many pixels change, and the ratio that `needed` of them reach: against what they were or both sides."""
    indices = changed(before, after)
    if len(indices) < needed:
        return len(indices), None
    old, new = words(before), words(after)
    end, steps = len(old), (3, 3 * before.width)
    moved = bytearray(end)
    for index in indices:
        moved[index] = 1
    # Pixels of the same colours before, after and on both sides have the same ratio: each kind is reckoned once.
    kinds: Counter[tuple[int, ...]] = Counter()
    for index in indices:
        sides: tuple[int, ...] = (old[index], new[index])
        for step in steps:
            one, other = index - step, index + step
            if one >= 0 and other < end and not moved[one] and not moved[other]:
                sides += (new[one], new[other])
        kinds[sides] += 1
    left = needed
    for reached, count in sorted(((_reached(sides), count) for sides, count in kinds.items()), reverse=True):
        left -= count
        if left <= 0:
            return len(indices), round(reached, 2)
    raise AssertionError("as many are needed as have changed, or fewer")


def _reached(sides: Sequence[int]) -> float:
    """The ratio of a pixel that was the first colour and is the second: against that, or against both of two sides."""
    was, here, *around = map(light, sides)
    best = ratio(was, here)
    for one, other in zip(around[::2], around[1::2], strict=True):
        best = max(best, min(ratio(here, one), ratio(here, other)))
    return best
