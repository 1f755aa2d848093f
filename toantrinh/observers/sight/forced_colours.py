"""Controls and icons that vanish when the reader's system forces its own colours on a page.

The picture in forced colours comes first. What stands out enough in it cannot have vanished, whatever the page's own
colours show; only of the rest are those pictured, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from toantrinh.observations.colours import ForcedColours
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.pictures.patchwork import Patchwork, Shown, View
from toantrinh.observers.pictures.pixels import MOST_PIXELS, Box, Colour, area, counted, edges, standing_out

if TYPE_CHECKING:
    from playwright.sync_api import Page

BORDER = 3  # CSS pixels at a control's edge that are not its content
Inks = tuple[int, int]  # pixels that stand out inside a control, its border left out; and from what surrounds it


@dataclass
class ForcedLook:
    """The page in forced colours. `boxes`: of its controls, in their order."""

    picture: Patchwork
    boxes: Sequence[Box]


@dataclass(frozen=True)
class Suspect:
    """A control that may have vanished: its facts with as many pixels of its own as it can have at most."""

    facts: ForcedColours
    plain: Box
    forced: Box


def in_forced_colours(view: View, kept: World) -> ForcedLook | None:
    """The controls of the page in forced colours; None where this browser does not force them."""
    with _forced(view.page):
        said: dict[str, Any] = kept.call("forced")
        if not said["active"]:
            return None
        look = ForcedLook(Patchwork(view, said["window"]), [tuple(box) for box in said["boxes"]])
        look.picture.cover((box for box in look.boxes if _rooms(view.size, box)), BORDER)
    return look


def suspects(controls: Sequence[dict[str, Any]], look: ForcedLook) -> tuple[int, list[Suspect]]:
    """How many controls are compared, and those that may have vanished."""
    count, found = 0, []
    for one, forced in zip(controls, look.boxes, strict=True):
        plain: Box = tuple(one["box"])
        rooms, inks = _rooms(look.picture.view.size, plain), _inks(look.picture, forced)
        if rooms is None or inks is None:
            continue
        count += 1
        facts = ForcedColours(
            selector=one["selector"],
            name=one["name"],
            kind=one["kind"],
            content=(rooms[0], inks[0]),
            whole=(rooms[1], inks[1]),
        )
        if vanished(facts):
            found.append(Suspect(facts, plain, forced))
    return count, found


def vanishing(these: Sequence[Suspect], plain: Patchwork, look: ForcedLook, shown: Shown) -> tuple[ForcedColours, ...]:
    """Those of the suspects that have vanished. `plain` covers them all; colours are forced again to show some."""
    found = []
    for one in these:
        inks = _inks(plain, one.plain)
        assert inks  # they have room
        content, whole = (inks[0], one.facts.content[1]), (inks[1], one.facts.whole[1])
        facts = one.facts.model_copy(update={"content": content, "whole": whole})
        if vanished(facts):
            found.append((facts, one.forced))
    if not found:
        return ()
    with _forced(look.picture.view.page):
        return tuple(
            facts.model_copy(update={"shot": shown.of_page("forced", look.picture, box)}) for facts, box in found
        )


def vanished(one: ForcedColours) -> bool:
    """True when what shows a control in the page's own colours is gone in forced ones."""
    content = one.content[0] >= 12 and one.content[1] <= one.content[0] * 0.1
    whole = one.whole[0] >= 20 and one.whole[1] <= one.whole[0] * 0.05
    return content or whole


@contextmanager
def _forced(page: Page) -> Iterator[None]:
    page.emulate_media(forced_colors="active")
    try:
        yield
    finally:
        page.emulate_media(forced_colors="none")


def _inner(box: Box) -> Box:
    inner = (box[0] + BORDER, box[1] + BORDER, box[2] - 2 * BORDER, box[3] - 2 * BORDER)
    return inner if inner[2] >= 4 and inner[3] >= 4 else box


def _rooms(size: tuple[int, int], box: Box) -> Inks | None:
    """The most pixels that can stand out; None for what is not pictured or too large to be counted."""
    content, whole = edges(size, _inner(box)), edges(size, box)
    if content is None or whole is None or box[2] * box[3] > MOST_PIXELS:
        return None
    return area(content), area(whole)


def _inks(picture: Patchwork, box: Box) -> Inks | None:
    if _rooms(picture.view.size, box) is None:
        return None
    content, whole, around = picture.part(_inner(box)), picture.part(box), picture.part(box, BORDER)
    assert content and whole and around
    wide, high = around.size
    edge: dict[Colour, int] = {}
    for side in ((0, 0, wide, 1), (0, high - 1, wide, high), (0, 0, 1, high), (wide - 1, 0, wide, high)):
        for number, one in counted(around.crop(side)):
            edge[one] = edge.get(one, 0) + number
    inside = counted(content)
    ground = max(inside, key=itemgetter(0))[1]
    return standing_out(inside, ground), standing_out(counted(whole), max(edge, key=edge.__getitem__))
