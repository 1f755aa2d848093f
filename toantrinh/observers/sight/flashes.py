"""Counting flashes: pairs of opposing changes of relative luminance (WCAG 2.3.1) in a series of pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from toantrinh.observers.pictures.pixels import luminance, pixels

GRID = 8  # cells in each direction
STEP = 0.1  # of the greatest luminance
DARK = 0.8  # the darker picture of a flash is below this
LEAST_AREA = 21_824  # CSS pixels: a quarter of any 341 × 256 of the screen


def cells(image: Image.Image) -> list[float]:
    """The luminance of each cell of a picture."""
    return [luminance(one) for one in pixels(image.convert("RGB").resize((GRID, GRID), Image.Resampling.BOX))]


def changes(series: Sequence[float]) -> int:
    """How many times the luminance rises or falls by a tenth, each against the one before."""
    found, low, high, way = 0, series[0], series[0], 0
    for now in series[1:]:
        low, high = min(low, now), max(high, now)
        if way <= 0 and now - low >= STEP and low < DARK:
            found, way, low, high = found + 1, 1, now, now
        elif way >= 0 and high - now >= STEP and now < DARK:
            found, way, low, high = found + 1, -1, now, now
    return found


def flashing(series: Sequence[Sequence[float]], seconds: float) -> tuple[float, float]:
    """Flashes in one second, and the share (0 to 1) of the cells with more than three; `series`: cells by picture."""
    if len(series) < 2 or seconds <= 0:
        return 0.0, 0.0
    rates = [changes([picture[cell] for picture in series]) / 2 / seconds for cell in range(len(series[0]))]
    fast = [rate for rate in rates if rate > 3]
    return max(rates), len(fast) / len(rates)
