"""Contrast of pixels, as WCAG 2 defines it, on pictures in CSS pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageChops

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]  # left, top, width, height
DIFFERENT = 12  # steps of 256 by which a pixel must change to have changed


def picture(content: bytes) -> Image.Image:
    """The picture of these bytes, in RGB."""
    return Image.open(BytesIO(content)).convert("RGB")


@lru_cache(maxsize=65_536)
def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2, sRGB)."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21."""
    a, b = luminance(one), luminance(other)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def laid_over(colour: Sequence[float], ground: Colour) -> Colour:
    """A colour (red, green, blue, alpha 0 to 1) as it is seen on this ground."""
    alpha = colour[3]
    mixed = [round(alpha * c + (1 - alpha) * g) for c, g in zip(colour, ground, strict=False)]
    return mixed[0], mixed[1], mixed[2]


def part(image: Image.Image, box: Box, pad: int = 0) -> Image.Image | None:
    """The part of a picture inside a box, None when the box is not wholly within it or holds nothing."""
    left, top = max(0, int(box[0]) - pad), max(0, int(box[1]) - pad)
    right = min(image.width, round(box[0] + box[2]) + pad)
    bottom = min(image.height, round(box[1] + box[3]) + pad)
    inside = box[1] + box[3] <= image.height + 1 and box[0] >= -1
    return image.crop((left, top, right, bottom)) if inside and right > left and bottom > top else None


def changed(before: Image.Image, after: Image.Image) -> list[int]:
    """The indices of the pixels in which two pictures of one size differ."""
    bands = ImageChops.difference(before, after).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return [i for i, step in enumerate(most.tobytes()) if step >= DIFFERENT]


def pixels(image: Image.Image) -> list[Colour]:
    """All pixels, row by row."""
    raw = image.tobytes()
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))


def common(colours: Iterable[Colour]) -> Colour:
    """The colour that is there most."""
    return Counter(colours).most_common(1)[0][0]


def counted(image: Image.Image) -> dict[Colour, int]:
    """Each colour of a picture with the number of its pixels."""
    found = image.getcolors(image.width * image.height) or []
    return {one: number for number, one in found if isinstance(one, tuple)}  # type: ignore[misc]


def standing_out(colours: Mapping[Colour, int], ground: Colour, least: float = 1.3) -> int:
    """How many pixels have at least this contrast with the ground."""
    return sum(number for one, number in colours.items() if contrast(one, ground) >= least)


def written(colour: Colour) -> str:
    """`#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
