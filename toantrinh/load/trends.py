"""Whether answers became slower as time went on, and by how much for sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

BLOCKS = 24
FEWEST_IN_BLOCK = 5
DRAWS = 2000
MOST_TOGETHER = 0.95


class TooFew(ValueError):
    """Not enough samples to say anything; the message says how many there were."""


@dataclass(frozen=True)
class Trend:
    """A line through the answer times: its rise over the whole time, s, with the bounds between which 95 of 100 lie,
    and where it began, s. `steady`: it rises without any one quarter of the time, too; a slow spell is no drift."""

    rise: float
    least: float
    most: float
    began: float
    steady: bool = True

    def drifts(self, share: float = 0.1, floor_s: float = 0.01) -> bool:
        """True when it surely rises, and by more than a share of where it began and more than a floor."""
        return self.steady and self.least > 0 and self.rise > max(share * self.began, floor_s)


def trend_of(at: NDArray[numpy.float64], seconds: NDArray[numpy.float64], seed: int = 1) -> Trend:
    """The trend of answer times `seconds` at the moments `at`, both s.

    Medians of 24 equal stretches of time, so that one slow answer says little; a least-squares line through them; its
    bounds by drawing the stretches again (percentile bootstrap, seeded), widened as far as neighbouring stretches go
    together: a level that wanders is no trend. Raises TooFew.
    """
    if len(at) < BLOCKS * FEWEST_IN_BLOCK:
        raise TooFew(f"{len(at)} lượt, cần ít nhất {BLOCKS * FEWEST_IN_BLOCK}")
    edges = numpy.linspace(at.min(), at.max(), BLOCKS + 1)
    place = numpy.clip(numpy.searchsorted(edges, at, side="right") - 1, 0, BLOCKS - 1)
    filled = [number for number in range(BLOCKS) if (place == number).sum() >= FEWEST_IN_BLOCK]
    if len(filled) < BLOCKS // 2:
        raise TooFew(f"{len(at)} lượt, không trải đều theo thời gian")
    middle = numpy.array([(edges[number] + edges[number + 1]) / 2 for number in filled])
    level = numpy.array([numpy.median(seconds[place == number]) for number in filled])
    length = float(at.max() - at.min())
    drawn = numpy.random.default_rng(seed).integers(0, len(filled), (DRAWS, len(filled)))
    rises = numpy.array([_slope(middle[one], level[one]) for one in drawn]) * length
    slope = _slope(middle, level)
    rise, wider = slope * length, _widening(level - level.mean() - slope * (middle - middle.mean()))
    least, most = (rise + wider * (float(end) - rise) for end in numpy.percentile(rises, (2.5, 97.5)))
    began = float(level.mean() - slope * (middle.mean() - at.min()))
    return Trend(rise, least, most, began, _is_steady(middle, level, slope))


def _widening(rest: NDArray[numpy.float64]) -> float:
    """How much further the bounds lie because neighbours go together: by their correlation, which so few stretches
    show as too small (bias of Marriott and Pope, 1954)."""
    spread = float((rest * rest).sum())
    seen = float((rest[1:] * rest[:-1]).sum()) / spread if spread else 0.0
    together = min(max(seen + (1 + 4 * seen) / len(rest), 0.0), MOST_TOGETHER)
    return float(numpy.sqrt((1 + together) / (1 - together)))


def _is_steady(x: NDArray[numpy.float64], y: NDArray[numpy.float64], slope: float) -> bool:
    """True when, without any one quarter of the stretches, at least half of the slope is left."""
    quarters = numpy.array_split(numpy.arange(len(x)), 4)
    return all(_slope(numpy.delete(x, one), numpy.delete(y, one)) >= slope / 2 for one in quarters)


def _slope(x: NDArray[numpy.float64], y: NDArray[numpy.float64]) -> float:
    away = x - x.mean()
    spread = float((away * away).sum())
    return float((away * (y - y.mean())).sum()) / spread if spread else 0.0
