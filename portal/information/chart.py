"""Geometry of the figures' bar chart: pairs of bars per month over a scale of round numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 16, 36


@dataclass(frozen=True)
class Bar:
    """One bar, in the chart's units."""

    x: float
    y: float
    width: float
    height: float
    value: int


@dataclass(frozen=True)
class Group:
    """The bars of one label; `x` is their middle."""

    label: str
    x: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """Everything that is drawn. `ticks` are (height, number)."""

    groups: tuple[Group, ...]
    ticks: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def bars(labels: Sequence[str], series: Sequence[Sequence[int]]) -> Chart:
    """A chart with one group per label and one bar per series in it."""
    step = _step(max((value for values in series for value in values), default=0))
    top = max(step * 4, 4)
    scale = (HEIGHT - TOP - BOTTOM) / top
    floor = HEIGHT - BOTTOM
    room = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    width = min(34.0, room * 0.7 / max(1, len(series)))
    groups = []
    for place, label in enumerate(labels):
        middle = LEFT + room * (place + 0.5)
        start = middle - width * len(series) / 2
        groups.append(
            Group(
                label,
                round(middle, 1),
                tuple(
                    Bar(
                        round(start + width * number + 1.5, 1),
                        round(floor - values[place] * scale, 1),
                        round(width - 3, 1),
                        round(values[place] * scale, 1),
                        values[place],
                    )
                    for number, values in enumerate(series)
                ),
            )
        )
    ticks = tuple((round(floor - number * scale, 1), number) for number in range(0, top + 1, step))
    return Chart(tuple(groups), ticks)


def _step(highest: int) -> int:
    """A round distance between four lines that reach `highest`."""
    step = 1
    while step * 4 < highest:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
