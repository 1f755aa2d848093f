"""From samples to figures. Percentiles are of single operations, never averages of averages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from toantrinh.load.samples import Came, Samples

PERCENTILES = (50, 90, 95, 99)


@dataclass(frozen=True)
class Measures:
    """Figures of some samples; seconds. Without a sample all but `count` are None.

    A time-out counts with the time after which it was given up, and never less than the slowest answer.
    """

    count: int
    errors: dict[Came, int]
    mean: float | None = None
    percentiles: dict[int, float] | None = None
    slowest: float | None = None
    per_second: float | None = None

    @property
    def error_share(self) -> float:
        """Share of operations that did not bring the right page, 0 to 1."""
        return sum(self.errors.values()) / self.count if self.count else 0.0


def measure(samples: Samples) -> Measures:
    """The figures of all these samples together."""
    came = samples.column("came")
    errors: dict[Came, int] = {
        kind: int((came == kind).sum()) for kind in Came if kind is not Came.RIGHT and (came == kind).any()
    }
    if not len(samples):
        return Measures(0, errors)
    seconds = waited(samples)
    begun, ended = samples.column("planned").min(), samples.column("ended").max()
    levels = numpy.percentile(seconds, PERCENTILES, method="inverted_cdf")
    return Measures(
        count=len(samples),
        errors=errors,
        mean=float(seconds.mean()),
        percentiles=dict(zip(PERCENTILES, map(float, levels), strict=True)),
        slowest=float(seconds.max()),
        per_second=len(samples) / float(ended - begun) if ended > begun else None,
    )


def waited(samples: Samples) -> NDArray[numpy.float64]:
    """What each citizen waited, s, with time-outs never below the slowest answer."""
    seconds = samples.seconds
    late = samples.column("came") == Came.TIMEOUT
    if late.any() and not late.all():
        seconds = numpy.where(late, numpy.maximum(seconds, seconds[~late].max()), seconds)
    return seconds
