"""What a page looks like to those who see little, measured on pixels: text on pictures, focus rings, forced colours.

WCAG 1.4.3 (contrast of text), 1.4.11 (contrast of focus indicators); forced colours and reduced motion are asked for by
the project. What axe decides, text on an even ground, is left to axe.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.observations.colours import ColoursFacts, MovingPart
from toantrinh.observers.asking.meanwhile import beside
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.asking.patience import within
from toantrinh.observers.pictures.patchwork import Keep, Patchwork, Shown, View
from toantrinh.observers.pictures.pixels import edges
from toantrinh.observers.sight.focus_rings import RING, focus_contrasts, sample
from toantrinh.observers.sight.forced_colours import BORDER, in_forced_colours, suspects, vanishing
from toantrinh.observers.sight.moving_shots import MovingShots
from toantrinh.observers.sight.text_contrast import text_contrasts

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
COLOURS = (HERE / "colours.js").read_text(encoding="utf-8")
MOVING = (HERE / "moving.js").read_text(encoding="utf-8")
TALLEST = 6_000  # CSS pixels of a page that are pictured
WIDEST = 3_000
LOOK_S = 30.0
MOST_SHOTS = 6


def keep_none(name: str, content: bytes) -> str:
    """Keeps no picture."""
    return ""


def colours_of(page: Page, keep: Keep = keep_none, known: Collection[str] = ()) -> ColoursFacts:
    """The colours of the page that is open; it is left as it was, scrolled to its top and without focus.

    `keep` stores a picture under a name and gives its path. `known`: looks of controls whose focus was measured on
    another page. Raises NotObserved as `patience.within`.
    """
    return within(page, LOOK_S, "đo màu sắc", lambda: _colours_of(page, keep, known))


def _colours_of(page: Page, keep: Keep, known: Collection[str]) -> ColoursFacts:
    kept = World(page, f"({COLOURS})({MOVING})")
    try:
        return _looked_at(page, kept, Shown(keep, MOST_SHOTS), known)
    finally:
        with suppress(Exception):
            kept.call("end")
        kept.close()


def _looked_at(page: Page, kept: World, shown: Shown, known: Collection[str]) -> ColoursFacts:
    """Forced colours first: they tell which controls need a picture in the page's own."""
    begun: dict[str, Any] = kept.call("begin")
    moving = MovingShots(page, shown.keep).of([_part(one) for one in begun["moves"] if one["moves"]])
    width, height = begun["size"]
    view = View(page, (min(width, WIDEST), min(height, TALLEST)), begun["ratio"])
    forced = in_forced_colours(view, kept) if begun["controls"] else None
    found: dict[str, Any] = kept.call("all")
    texts, stops = found["texts"], found["stops"]
    wanted = sample(stops, known)
    beyond = any(not any(edges(view.size, box, 0) for box in one["boxes"]) for one in texts)
    plain = Patchwork(view, found["window"])
    regions = [
        region
        for boxes, pad in (
            ((box for one in texts for box in one["boxes"]), 0),
            ((stops[index]["box"] for index in wanted), RING),
        )
        for box in boxes
        if (region := edges(view.size, box, pad))
    ]
    _, (count, doubtful) = beside(
        partial(plain.take, regions), lambda: suspects(found["controls"], forced) if forced else (0, [])
    )
    plain.cover((one.plain for one in doubtful), BORDER)  # few, if any
    return ColoursFacts(
        address=page.url,
        texts=text_contrasts(texts, plain, kept, shown),
        stops=len(stops),
        forced=vanishing(doubtful, plain, forced, shown) if forced else (),
        focus=focus_contrasts(stops, wanted, plain, kept, shown),
        controls=count,
        forced_known=forced is not None or not begun["controls"],
        moving=tuple(moving),
        truncated=found["truncated"] or beyond,
    )


def _part(one: dict[str, Any]) -> MovingPart:
    return MovingPart(
        selector=one["selector"],
        name=one["name"],
        properties=tuple(one["properties"]),
        duration_ms=one["duration"],
        iterations=one["iterations"],
        box=tuple(one["box"]),
    )
