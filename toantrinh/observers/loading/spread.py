"""The median of a few loads, how far they lie apart, and between which bounds the median surely is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy

DRAWS = 4000
SURE = (2.5, 97.5)


class Stands(StrEnum):
    """Where a median stands to a limit."""

    BELOW = "below"
    ABOVE = "above"
    BOTH = "both"  # its interval holds the limit


@dataclass(frozen=True)
class Spread:
    """Figures of `count` loads. `q1`, `q3`: quartiles; `low`, `high`: bounds of the median in 95 of 100 draws."""

    count: int
    median: float
    q1: float
    q3: float
    low: float
    high: float

    def to(self, limit: float) -> Stands:
        """Where it stands to a limit that must not be reached."""
        return Stands.BELOW if self.high < limit else Stands.ABOVE if self.low >= limit else Stands.BOTH


def spread_of(values: Sequence[float], seed: int = 1) -> Spread:
    """The spread of at least one value; the bounds by drawing the loads again (percentile bootstrap, seeded)."""
    column = numpy.array(values, dtype=float)
    drawn = numpy.random.default_rng(seed).integers(0, len(column), (DRAWS, len(column)))
    low, high = numpy.percentile(numpy.median(column[drawn], axis=1), SURE)
    q1, median, q3 = numpy.percentile(column, (25, 50, 75))
    return Spread(len(column), float(median), float(q1), float(q3), float(low), float(high))
