"""The geometry of the scorecard's pictures: percentages, so that text keeps its size on every screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toantrinh.reports.words import number, span
from toantrinh.scorecard_model import Scorecard


@dataclass(frozen=True)
class Zone:
    """The stretch of one grade on the band: where it starts and how wide it is, in per cent."""

    grade: str
    start: float
    width: float
    lower: str
    touched: bool


@dataclass(frozen=True)
class Mark:
    """A label above the band, at `at` per cent, anchored so that it never leaves the picture."""

    at: float
    text: str
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Band:
    """The score on the band of grades: zones from low to high, the interval, and its labels."""

    zones: tuple[Zone, ...]
    low: float
    high: float
    marks: tuple[Mark, ...]


_LABEL_WIDTH = 16.0  # per cent that one figure takes on a phone


def band(scorecard: Scorecard) -> Band:
    """The band of grades of this scorecard."""
    total = scorecard.criteria_set.points or 1
    low, high = (100 * end / total for end in (scorecard.score.low, scorecard.score.high))
    ascending = sorted(scorecard.criteria_set.grades, key=lambda grade: grade.lower)
    ends = [*(grade.lower for grade in ascending[1:]), total]
    zones = tuple(
        Zone(
            grade=grade.grade,
            start=100 * grade.lower / total,
            width=100 * (end - grade.lower) / total,
            lower=number(grade.lower),
            touched=(scorecard.score.low < end or end == total) and scorecard.score.high >= grade.lower,
        )
        for grade, end in zip(ascending, ends, strict=True)
    )
    return Band(zones, low, high, _marks(scorecard, low, high))


def _marks(scorecard: Scorecard, low: float, high: float) -> tuple[Mark, ...]:
    if high - low < _LABEL_WIDTH:
        middle = (low + high) / 2
        return (_mark(middle, span(scorecard.score.low, scorecard.score.high)),)
    return _mark(low, number(scorecard.score.low)), _mark(high, number(scorecard.score.high))


def _mark(at: float, text: str) -> Mark:
    if at < _LABEL_WIDTH / 2:
        return Mark(at, text, "start")
    return Mark(at, text, "end") if at > 100 - _LABEL_WIDTH / 2 else Mark(at, text, "middle")
