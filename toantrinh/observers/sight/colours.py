"""What a page looks like to those who see little, measured on pixels: text on pictures, focus rings, forced colours.

WCAG 1.4.3 (contrast of text), 1.4.11 (contrast of focus indicators); forced colours and reduced motion are asked for by
the project. What axe decides, text on an even ground, is left to axe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from toantrinh.observations.colours import ColoursFacts, FocusContrast, ForcedColours, MovingPart, TextContrast
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.asking.patience import within
from toantrinh.observers.pictures.camera import Camera
from toantrinh.observers.pictures.crops import outlined
from toantrinh.observers.pictures.pixels import (
    Box,
    Colour,
    changed,
    common,
    contrast,
    counted,
    laid_over,
    part,
    picture,
    pixels,
    standing_out,
    written,
)

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Page

HERE = Path(__file__).parent
COLOURS = (HERE / "colours.js").read_text(encoding="utf-8")
MOVING = (HERE / "moving.js").read_text(encoding="utf-8")
TALLEST = 6_000  # CSS pixels of a page that are pictured
WIDEST = 3_000
LOOK_S = 30.0
MOST_STOPS = 12
MOST_SHOTS = 6
RING = 6  # CSS pixels around a control in which its ring is looked for
Keep = Callable[[str, bytes], str]


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
    kept = World(page, f"({COLOURS})()")
    try:
        moving = _moving(page)
        kept.call("top")
        kept.call("blur")
        kept.call("still", True)
        look = _Look(page, kept, keep)
        texts = look.texts()
        forced = look.forced()
        count, focus = look.focus(known)
    finally:
        with suppress(Exception):
            kept.call("hide", False)
            kept.call("still", False)
            kept.call("blur")
        kept.close()
    return ColoursFacts(
        address=page.url,
        texts=texts,
        stops=count,
        focus=focus,
        controls=look.controls,
        forced=forced or (),
        forced_known=forced is not None,
        moving=moving,
    )


def _moving(page: Page) -> tuple[MovingPart, ...]:
    kept = World(page, f"({{ all: {MOVING} }})")
    try:
        return tuple(_part(one) for one in kept.call("all") if one["moves"])
    finally:
        kept.close()


class _Look:
    """One look at one page. Its plain picture is taken once."""

    def __init__(self, page: Page, kept: World, keep: Keep) -> None:
        self._page, self._kept, self._keep, self._shots = page, kept, keep, 0
        self.controls = 0
        width, height = self._ask("size")
        self._whole: Box = (0, 0, min(width, WIDEST), min(height, TALLEST))
        self._plain: Image | None = None
        self._camera = Camera(page)

    def _ask(self, what: str, *given: object) -> Any:
        return self._kept.call(what, *given)

    def _shot(self, box: Box | None = None) -> Image:
        return picture(self._camera.picture_at(box or self._whole))

    @property
    def plain(self) -> Image:
        """The page as it is."""
        if self._plain is None:
            self._plain = self._shot()
        return self._plain

    def _outlined(self, name: str, image: Image, box: Box) -> str:
        if self._shots >= MOST_SHOTS:
            return ""
        self._shots += 1
        crop = outlined(image, box)
        return self._keep(f"{name}-{self._shots}.png", crop) if crop else ""

    def texts(self) -> tuple[TextContrast, ...]:
        """The contrast of text over pictures and gradients, and of placeholders."""
        found: list[dict[str, Any]] = self._ask("texts")
        if not found:
            return ()
        self.plain  # noqa: B018 – before the text is hidden
        self._ask("hide", True)
        bare = self._shot()
        self._ask("hide", False)
        measured = (self._text(one, bare) for one in found)
        return tuple(one for one in measured if one)

    def _text(self, one: dict[str, Any], bare: Image) -> TextContrast | None:
        worst: tuple[float, str, str, bool, Box] | None = None
        for box in one["boxes"]:
            for found in _letters(self.plain, bare, tuple(box), one["colour"], one["size"]):
                if worst is None or found[0] < worst[0]:
                    worst = found
        if worst is None:
            return None  # nothing of it is painted: covered, or a hint that another label stands for
        facts = {name: one[name] for name in ("selector", "text", "kind", "size", "large", "open")}
        text = TextContrast(**facts, ratio=round(worst[0], 2), colour=worst[1], background=worst[2], even=worst[3])
        if worst[0] >= text.needed and not text.open:
            return text
        return text.model_copy(update={"shot": self._outlined("text", self.plain, worst[4])})

    def forced(self) -> tuple[ForcedColours, ...] | None:
        """The controls and icons that vanish when colours are forced; None where this browser does not force them."""
        before: list[dict[str, Any]] = self._ask("controls")
        if not before:
            return ()
        plain = self.plain
        self._page.emulate_media(forced_colors="active")
        try:
            if not self._ask("forced"):
                return None
            after: list[dict[str, Any]] = self._ask("controls")
            shot = self._shot()
        finally:
            self._page.emulate_media(forced_colors="none")
        found = []
        for one, other in zip(before, after, strict=True):
            inks, forced = _inks(plain, tuple(one["box"])), _inks(shot, tuple(other["box"]))
            if inks is None or forced is None:
                continue
            facts = ForcedColours(
                selector=one["selector"],
                name=one["name"],
                kind=one["kind"],
                content=(inks[0], forced[0]),
                whole=(inks[1], forced[1]),
            )
            self.controls += 1
            if vanished(facts):
                shown = self._outlined("forced", shot, tuple(other["box"]))
                found.append(facts.model_copy(update={"shot": shown}))
        return tuple(found)

    def focus(self, known: Collection[str]) -> tuple[int, tuple[FocusContrast, ...]]:
        """How many stops the page has, and the indicator of at most 12: one of each kind first, then of each look."""
        stops: list[dict[str, Any]] = self._ask("stops")
        wanted = _sample(stops, known)
        if not wanted:
            return len(stops), ()
        plain = self.plain
        self._page.keyboard.press("Shift+Tab")  # from now on the browser shows the focus of a keyboard
        self._ask("blur")
        self._ask("top")
        found = []
        for index in wanted:
            one = stops[index]
            box: Box = tuple(one["box"])
            before = part(plain, box, RING)
            if before is None or before.width * before.height > 400_000:
                continue
            left, top = max(0, int(box[0]) - RING), max(0, int(box[1]) - RING)
            said = self._ask("focus", index)
            if not said["has"] or abs(said["box"][1] - box[1]) > 1:
                continue  # the focus went on, or the page moved: the pictures do not compare
            after = self._shot((left, top, before.width, before.height))
            if after.size != before.size:
                continue
            needed = max(8, round(0.75 * min(box[2], box[3])))
            count, ratio = _indicator(before, after, needed)
            facts = FocusContrast(
                selector=one["selector"],
                kind=one["kind"],
                look=one["look"],
                changed=count,
                ratio=ratio,
                default=said["auto"],
            )
            if ratio is not None and ratio < 3 and not said["auto"]:
                inner: Box = (box[0] - left, box[1] - top, box[2], box[3])
                facts = facts.model_copy(update={"shot": self._outlined("focus", after, inner)})
            found.append(facts)
        self._ask("blur")
        return len(stops), tuple(found)


def _part(one: dict[str, Any]) -> MovingPart:
    return MovingPart(
        selector=one["selector"],
        name=one["name"],
        properties=tuple(one["properties"]),
        duration_ms=one["duration"],
        iterations=one["iterations"],
    )


def vanished(one: ForcedColours) -> bool:
    """True when what shows a control in the page's own colours is gone in forced ones."""
    content = one.content[0] >= 12 and one.content[1] <= one.content[0] * 0.1
    whole = one.whole[0] >= 20 and one.whole[1] <= one.whole[0] * 0.05
    return content or whole


def _letters(
    plain: Image, bare: Image, box: Box, colour: Sequence[float], size: float
) -> list[tuple[float, str, str, bool, Box]]:
    """For each stretch of a line about as wide as a letter: the ratio at half of its pixels, colours, evenness."""
    drawn, ground = part(plain, box), part(bare, box)
    if drawn is None or ground is None or drawn.size != ground.size:
        return []
    inked = changed(drawn, ground)
    if not inked:
        return []
    under = pixels(ground)
    wide, step = drawn.width, max(6, round(size))
    cells: dict[tuple[int, int], list[int]] = {}
    for index in inked:
        cells.setdefault((index % wide // step, index // wide // (2 * step)), []).append(index)
    found = []
    for (column, row), indices in cells.items():
        if len(indices) < 6:
            continue
        grounds = [under[index] for index in indices]
        each = {one: contrast(laid_over(colour, one), one) for one in set(grounds)}
        ratios = [each[one] for one in grounds]
        ground_colour = common(grounds)
        even = sum(one == ground_colour for one in grounds) >= 0.95 * len(grounds)
        where = (box[0] + column * step, box[1] + row * 2 * step, min(step, box[2]), min(2 * step, box[3]))
        found.append((median(ratios), written(laid_over(colour, ground_colour)), written(ground_colour), even, where))
    return found


def _inks(image: Image, box: Box) -> tuple[int, int] | None:
    """Pixels that stand out inside a control, its border left out; and from what surrounds it."""
    inner: Box = (box[0] + 3, box[1] + 3, box[2] - 6, box[3] - 6)
    whole, around = part(image, box), part(image, box, 3)
    if whole is None or around is None or box[2] * box[3] > 400_000:
        return None
    wide, high = around.size
    edge: Counter[Colour] = Counter()
    for side in ((0, 0, wide, 1), (0, high - 1, wide, high), (0, 0, 1, high), (wide - 1, 0, wide, high)):
        edge.update(counted(around.crop(side)))
    content = part(image, inner) if inner[2] >= 4 and inner[3] >= 4 else whole
    if content is None:
        return None
    inside = counted(content)
    ground = max(inside, key=lambda one: inside[one])
    return standing_out(inside, ground), standing_out(counted(whole), edge.most_common(1)[0][0])


def _indicator(before: Image, after: Image, needed: int) -> tuple[int, float | None]:
    """How many pixels change, and the ratio that `needed` of them reach: against what they were or both sides."""
    indices = changed(before, after)
    if len(indices) < needed:
        return len(indices), None
    old, new, wide = pixels(before), pixels(after), before.width
    moved = set(indices)
    ratios = []
    for index in indices:
        best = contrast(old[index], new[index])
        for step in (3, 3 * wide):
            sides = [at for at in (index - step, index + step) if 0 <= at < len(new) and at not in moved]
            if len(sides) == 2:
                best = max(best, min(contrast(new[index], new[at]) for at in sides))
        ratios.append(best)
    ratios.sort(reverse=True)
    return len(indices), round(ratios[needed - 1], 2)


def _sample(stops: Sequence[dict[str, Any]], known: Collection[str]) -> list[int]:
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
