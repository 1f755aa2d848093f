"""The contrast of text over pictures and gradients, and of placeholders (WCAG 1.4.3), letter by letter.

Two pictures are compared: the page as it is, and with its letters made transparent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from toantrinh.observations.colours import TextContrast
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.pictures.patchwork import Patchwork, Shown
from toantrinh.observers.pictures.pixels import (
    Box,
    changed,
    common,
    contrast,
    laid_over,
    painted_by,
    pixels,
    written,
)

Letter = tuple[float, str, str, bool, Box]  # ratio at half of its pixels, its colour, the ground's, evenness, place
FEWEST = 6  # pixels of a letter
FAINT, LEAST_ALPHA = 1.3, 0.5  # a contrast that pictures may not tell; of a colour that is meant to be seen


def text_contrasts(
    texts: Sequence[dict[str, Any]], plain: Patchwork, kept: World, shown: Shown
) -> tuple[TextContrast, ...]:
    """The contrast of each text by its worst letter, without texts that are not painted. `plain` covers them all."""
    if not texts:
        return ()
    bare = Patchwork(plain.view, kept.call("hide", True))
    bare.cover(tuple(box) for one in texts for box in one["boxes"])
    kept.call("hide", False)
    found = []
    for number, one in enumerate(texts):
        letters = (
            letter
            for box in one["boxes"]
            for letter in _letters(plain, bare, tuple(box), one["colour"], one["size"], known=not one["open"])
        )
        worst = min(letters, key=lambda letter: letter[0], default=None)
        facts = {name: one[name] for name in ("selector", "text", "kind", "size", "large", "open")}
        if worst is None:  # covered, or a hint that another label stands for, or like what it stands on
            if (faint := _faint(bare, one)) and not kept.call("covered", number):
                ratio, colour, ground, even, place = faint
                facts["open"] = facts["open"] or "chữ gần trùng màu với nền, hoặc bị che"
                shot = shown.of_page("text", plain, place)
                found.append(TextContrast(**facts, ratio=ratio, colour=colour, background=ground, even=even, shot=shot))
            continue
        text = TextContrast(**facts, ratio=round(worst[0], 2), colour=worst[1], background=worst[2], even=worst[3])
        if text.open or worst[0] < text.needed:
            text = text.model_copy(update={"shot": shown.of_page("text", plain, worst[4])})
        found.append(text)
    return tuple(found)


def _faint(bare: Patchwork, one: dict[str, Any]) -> Letter | None:
    """Words of which no picture shows a letter, while their colour is nearly that of an even ground."""
    if not one["boxes"] or one["kind"] == "placeholder" or one["colour"][3] < LEAST_ALPHA:
        return None
    box: Box = tuple(one["boxes"][0])
    ground = bare.part(box)
    if ground is None:
        return None
    under = pixels(ground)
    most = common(under)
    ratio = round(contrast(laid_over(one["colour"], most), most), 2)
    if ratio >= FAINT or under.count(most) < 0.95 * len(under):
        return None
    return ratio, written(laid_over(one["colour"], most)), written(most), True, box


def _letters(
    plain: Patchwork, bare: Patchwork, box: Box, colour: Sequence[float], size: float, known: bool
) -> Iterator[Letter]:
    """Each stretch of a line about as wide as a letter; without those of other words that lie over these, which is told
    by their colour where it is `known`."""
    drawn, ground = plain.part(box), bare.part(box)
    if drawn is None or ground is None or not (inked := changed(drawn, ground)):
        return
    over, under = pixels(drawn), pixels(ground)
    wide, step = drawn.width, max(6, round(size))
    cells: dict[tuple[int, int], list[int]] = {}
    for index in inked:
        cells.setdefault((index % wide // step, index // wide // (2 * step)), []).append(index)
    for (column, row), indices in cells.items():
        if len(indices) < FEWEST:
            continue
        if known and 2 * sum(painted_by(colour, under[index], over[index]) for index in indices) < len(indices):
            continue
        grounds = [under[index] for index in indices]
        each = {one: contrast(laid_over(colour, one), one) for one in set(grounds)}
        most = common(grounds)
        even = sum(one == most for one in grounds) >= 0.95 * len(grounds)
        where = (box[0] + column * step, box[1] + row * 2 * step, min(step, box[2]), min(2 * step, box[3]))
        yield median(each[one] for one in grounds), written(laid_over(colour, most)), written(most), even, where
