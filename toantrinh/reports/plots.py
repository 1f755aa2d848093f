"""The geometry of charts: per cent across, so that text keeps its size on every screen; pixels down.

A chart is made of frozen parts that a template draws as SVG. Each has a sentence that says what it shows and a table of
the same figures (WCAG 1.1.1). Lines differ by stroke and by a mark, not by colour alone (1.4.1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

WIDE = 1000  # units across the box that lines are drawn in
TICKS = 4


@dataclass(frozen=True)
class Tick:
    """A label at `at` per cent across, or pixels down."""

    at: float
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"


@dataclass(frozen=True)
class Line:
    """A line of a panel: `points` as SVG takes them, in a box of WIDE × the panel's height. `style`: 0, 1, 2, …"""

    name: str
    style: int
    points: str


@dataclass(frozen=True)
class Bar:
    """A bar of a panel: per cent across, pixels down."""

    at: float
    wide: float
    top: float
    high: float
    style: str


@dataclass(frozen=True)
class Panel:
    """One set of axes. `limit`: where the threshold lies, pixels down, and its words."""

    title: str
    height: float
    rows: tuple[Tick, ...]
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    limit: Tick | None = None


@dataclass(frozen=True)
class Stretch:
    """A named part of the time axis, per cent across."""

    name: str
    at: float
    wide: float


@dataclass(frozen=True)
class Table:
    """The same figures as text. The first cell of each row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """Panels above each other over one axis; `says`: what it shows, in a sentence."""

    title: str
    says: str
    panels: tuple[Panel, ...]
    columns: tuple[Tick, ...]
    axis: str
    table: Table
    stretches: tuple[Stretch, ...] = ()


def scale(most: float, count: int = TICKS) -> tuple[float, ...]:
    """Round figures from 0 to at least `most`, about `count` steps of 1, 2, 2.5 or 5 times a power of ten."""
    if most <= 0:
        return (0.0, 1.0)
    raw = most / count
    unit = 10 ** math.floor(math.log10(raw))
    step = next(unit * one for one in (1, 2, 2.5, 5, 10) if unit * one >= raw * 0.999)
    return tuple(step * place for place in range(math.ceil(most / step - 1e-9) + 1))


def short(value: float) -> str:
    """A figure of a scale: three decimals at most, and no more than it needs."""
    return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", ",")


def across(values: Sequence[float], texts: Sequence[str] | None = None) -> tuple[Tick, ...]:
    """Labels along an axis that ends with the last value."""
    end = values[-1] or 1
    said = texts or [short(value) for value in values]
    last = len(values) - 1
    return tuple(
        Tick(100 * value / end, text, "start" if not place else "end" if place == last else "middle")
        for place, (value, text) in enumerate(zip(values, said, strict=True))
    )


def panel(
    title: str,
    height: float,
    ends_at: float,
    series: Sequence[tuple[str, Sequence[tuple[float, float | None]]]],
    *,
    unit: str = "",
    bars: Sequence[tuple[float, float, float, str]] = (),
    limit: tuple[float, str] | None = None,
) -> Panel:
    """Lines and bars over one scale of their own. A line of `series` is (place, value or None) pairs; None is a gap.

    `bars`: (place, width, value, style), each from the ground up. `limit` is drawn where it fits on the scale, and
    otherwise left out: a threshold far above must not press the lines to the ground.
    """
    values = [value for _, line in series for _, value in line if value is not None] + [bar[2] for bar in bars]
    highest = max(values, default=0.0)
    if limit and limit[0] <= 2 * highest:
        highest = max(highest, limit[0])
    rows = scale(highest, 3)
    top = rows[-1]

    def down(value: float) -> float:
        return round(height * (1 - value / top), 2)

    lines = tuple(
        Line(name, style, points)
        for style, (name, line) in enumerate(series)
        for points in _stretches(line, ends_at, down)
    )
    return Panel(
        title,
        height,
        tuple(Tick(down(row), f"{short(row)}{unit if row else ''}") for row in rows),
        lines,
        tuple(
            Bar(round(100 * at / ends_at, 3), round(100 * wide / ends_at, 3), down(value), height - down(value), style)
            for at, wide, value, style in bars
            if value
        ),
        Tick(down(limit[0]), limit[1]) if limit and limit[0] <= top else None,
    )


def _stretches(line: Sequence[tuple[float, float | None]], ends_at: float, down) -> list[str]:  # type: ignore[no-untyped-def]
    """The line's points, anew after each gap."""
    found: list[list[str]] = [[]]
    for place, value in line:
        if value is None:
            found.append([])
        else:
            found[-1].append(f"{round(WIDE * place / ends_at, 1)},{down(value)}")
    return [" ".join(points) for points in found if points]
