"""Parts of a page that blink, pictured often enough to count their flashes (WCAG 2.3.1)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from toantrinh.observations.motion import Box, Flashing
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.pictures.pixels import picture
from toantrinh.observers.sight.flashes import LEAST_AREA, cells, flashing

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHASES = 16
SAMPLES_S = 1.2
MANY = 6  # changes after which a part may be blinking
MOST_FOUND = 5


def by_animation(page: Page, kept: World, rounds: list[dict[str, Any]]) -> list[Flashing]:
    """Animations whose rounds are short enough for more than three flashes a second, stopped at each phase."""
    found: list[Flashing] = []
    for one in rounds:
        box = _box(one)
        fastest = one["duration"] / max(1, one["frames"] / 2)
        lasts = one["duration"] * one["times"] if one["times"] >= 0 else float("inf")
        if box[2] * box[3] < LEAST_AREA or not 0 < fastest < 334 or lasts < 1_000:
            continue
        series = []
        for phase in range(PHASES + 1):
            kept.call("sample", one["i"], min(phase / PHASES, 0.999))
            series.append(_cells(page, box))
        kept.call("go", one["i"])
        series += series[-2::-1] if one["alternate"] else [series[0]]
        seconds = one["duration"] / 1000 * (2 if one["alternate"] else 1)
        found += _flash(one, series, seconds)
        if len(found) >= MOST_FOUND:
            break
    return found


def by_script(page: Page, kept: World, changes: list[dict[str, Any]]) -> list[Flashing]:
    """Pictures in quick succession of the largest part that scripts change many times."""
    many = [one for one in changes if one["count"] >= MANY and one["on_page"]]
    if not many:
        return []
    one = max(many, key=lambda change: change["box"][2] * change["box"][3])
    box = _box(one)
    if box[2] * box[3] < LEAST_AREA:
        return []
    began, series = time.monotonic(), []
    while time.monotonic() - began < SAMPLES_S:
        series.append(_cells(page, box))
    seconds = time.monotonic() - began
    after = kept.call("state")["changes"]
    if found := _flash(one, series, seconds):
        return found
    counted = next((other["count"] for other in after if other["selector"] == one["selector"]), 0) - one["count"]
    differs = any(max(cell) - min(cell) >= 0.1 for cell in zip(*series, strict=True)) if series else False
    if differs and counted / seconds > 6 and len(series) / seconds < counted / seconds * 1.5:
        return [Flashing(selector=one["selector"], per_second=None, area=box[2] * box[3], box=box)]
    return []


def _flash(one: dict[str, Any], series: list[list[float]], seconds: float) -> list[Flashing]:
    rate, share = flashing(series, seconds)
    box = _box(one)
    area = share * box[2] * box[3]
    return [Flashing(selector=one["selector"], per_second=round(rate, 1), area=area, box=box)] if share else []


def _box(one: dict[str, Any]) -> Box:
    x, y, width, height = one["box"]
    return x, y, width, height


def _cells(page: Page, box: Box) -> list[float]:
    x, y, width, height = box
    clip = {"x": max(0, x), "y": max(0, y), "width": max(1, min(width, 1_000)), "height": max(1, min(height, 700))}
    shot = page.screenshot(full_page=True, clip=clip, scale="css", timeout=8_000)  # type: ignore[arg-type]
    return cells(picture(shot))
