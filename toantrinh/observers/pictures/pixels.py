"""Contrast of pixels, as WCAG 2 defines it, on pictures in CSS pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import compress, count
from sys import byteorder
from typing import Any

from PIL import Image, ImageChops

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]  # left, top, width, height
Counted = list[tuple[int, Colour]]
Region = tuple[int, int, int, int]  # left, top, right, bottom of whole pixels
MOST_PIXELS = 400_000  # of one control that are counted
DIFFERENT = 12  # steps of 256 by which a pixel must change to have changed
SLACK = 24  # steps by which a letter's pixel may lie beside what it is mixed of
CHANGED = [step >= DIFFERENT for step in range(256)]
LINEAR = tuple(c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in range(256))


def picture(content: bytes) -> Image.Image:
    """The picture of these bytes, in RGB."""
    return Image.open(BytesIO(content)).convert("RGB")


@lru_cache(maxsize=65_536)
def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2, sRGB)."""
    return 0.2126 * LINEAR[colour[0]] + 0.7152 * LINEAR[colour[1]] + 0.0722 * LINEAR[colour[2]]


def words(image: Image.Image) -> memoryview:
    """All pixels, row by row, each as a number that `light` reads."""
    return memoryview(image.convert("RGBX").tobytes()).cast("I")


@lru_cache(maxsize=65_536)
def light(word: int) -> float:
    """The relative luminance of a pixel."""
    red, green, blue, _ = word.to_bytes(4, byteorder)
    return luminance((red, green, blue))


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21."""
    return ratio(luminance(one), luminance(other))


def ratio(one: float, other: float) -> float:
    """Contrast ratio of two luminances."""
    return (one + 0.05) / (other + 0.05) if one > other else (other + 0.05) / (one + 0.05)


def laid_over(colour: Sequence[float], ground: Colour) -> Colour:
    """A colour (red, green, blue, alpha 0 to 1) as it is seen on this ground."""
    alpha = colour[3]
    mixed = [round(alpha * c + (1 - alpha) * g) for c, g in zip(colour, ground, strict=False)]
    return mixed[0], mixed[1], mixed[2]


def painted_by(colour: Sequence[float], ground: Colour, seen: Colour) -> bool:
    """True when `seen` lies between the ground and the colour on it, as where a letter covers a part of a pixel."""
    whole = laid_over(colour, ground)
    return all(min(g, w) - SLACK <= s <= max(g, w) + SLACK for g, w, s in zip(ground, whole, seen, strict=True))


def edges(size: tuple[int, int], box: Box, pad: int = 0) -> Region | None:
    """The pixels of a box in a picture of this size, None when it is not wholly within it or holds nothing."""
    left, top = max(0, int(box[0]) - pad), max(0, int(box[1]) - pad)
    right = min(size[0], round(box[0] + box[2]) + pad)
    bottom = min(size[1], round(box[1] + box[3]) + pad)
    inside = box[1] + box[3] <= size[1] + 1 and box[0] >= -1
    return (left, top, right, bottom) if inside and right > left and bottom > top else None


def area(region: Region) -> int:
    """How many pixels a region has."""
    return (region[2] - region[0]) * (region[3] - region[1])


def changed(before: Image.Image, after: Image.Image) -> list[int]:
    """The indices of the pixels in which two pictures of one size differ."""
    bands = ImageChops.difference(before, after).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return list(compress(count(), most.point(CHANGED).tobytes()))


def pixels(image: Image.Image) -> list[Colour]:
    """All pixels, row by row."""
    raw = image.tobytes()
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))


def common(colours: Iterable[Colour]) -> Colour:
    """The colour that is there most."""
    return Counter(colours).most_common(1)[0][0]


def counted(image: Image.Image) -> Counted:
    """The number of pixels of each colour of a picture, with the colour."""
    found: Any = image.getcolors(image.width * image.height)
    return found or []


def standing_out(colours: Counted, ground: Colour, least: float = 1.3) -> int:
    """How many pixels have at least this contrast with the ground."""
    under, found = luminance(ground) + 0.05, 0
    for number, one in colours:
        light = luminance(one) + 0.05
        if (light / under if light > under else under / light) >= least:
            found += number
    return found


def written(colour: Colour) -> str:
    """`#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
