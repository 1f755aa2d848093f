"""Where Tab goes back against the order of reading: right and down, one column or landmark after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toantrinh.observations.keyboard import Stop

ROW_SHARE = 0.5  # of the smaller height: on one row
COLUMN_SHARE = 0.3  # of the smaller width: in one column


@dataclass(frozen=True)
class Jump:
    """Tab goes from `before` to `after`, which stands earlier. `sure`: nothing but a mistake explains it."""

    before: Stop
    after: Stop
    cause: str  # tabindex | order | script
    why: str
    sure: bool


def jumps_of(stops: Sequence[Stop]) -> Iterator[Jump]:
    """The jumps among the stops as they were met.

    What is fixed, or shown with focus only, has no place in the order. In source order, a step back counts where style
    sheets reorder; between fields of one form it is a mistake, elsewhere a person decides. Against the source, a
    positive tabindex is a mistake where the step also goes back to the eye.
    """
    placed = [stop for stop in stops if not (stop.tied or stop.aside)]
    forced = {stop.tabindex > 0 for stop in placed} == {True, False} or len({stop.tabindex for stop in placed}) > 1
    for before, after in pairwise(placed):
        way = _back(before, after)
        if after.rank < before.rank:
            if way and forced and before.tabindex > 0:
                why = f"tabindex={before.tabindex} làm Tab từ {before.selector} nhảy {way} tới {after.selector}"
                yield Jump(before, after, "tabindex", why, True)
            elif way:
                yield Jump(before, after, "script", f"Tab từ {before.selector} nhảy {way} tới {after.selector}", False)
        elif way and before.part == after.part and (before.reordered or after.reordered):
            fields = before.field and after.field and before.form == after.form and "trên" in way
            why = f"CSS đổi chỗ: Tab từ {before.selector} nhảy {way} tới {after.selector}"
            yield Jump(before, after, "order", why, fields)


def _back(before: Stop, after: Stop) -> str:
    """The way back that the eye takes, in words; empty when Tab goes on, or up into a next column."""
    (x, y, width, height), (x2, y2, width2, height2) = before.box, after.box
    shared_row = min(y + height, y2 + height2) - max(y, y2)
    shared_column = min(x + width, x2 + width2) - max(x, x2)
    if shared_row >= ROW_SHARE * min(height, height2):
        return "ngược sang trái" if x2 + width2 <= x + 1 else ""
    if y2 + height2 <= y + 1 and shared_column >= COLUMN_SHARE * min(width, width2):
        return "ngược lên trên"
    if y2 + height2 <= y + 1 and x2 + width2 <= x:
        return "ngược lên trên"
    return ""
