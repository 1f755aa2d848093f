"""Which mended check would win back the most points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toantrinh.criteria_model import Severity
from toantrinh.scorecard_model import CheckRow, CriterionRow, GroupRow, Scorecard

_ORDER = tuple(Severity)


@dataclass(frozen=True)
class Gain:
    """A check that lost points for certain, and about how many it would win back (before rounding to quarters)."""

    check: CheckRow
    criterion: CriterionRow
    group: GroupRow
    points: float


def gains(scorecard: Scorecard) -> tuple[Gain, ...]:
    """What would raise the score most, the largest first; equal gains by severity."""
    found = [
        Gain(check, criterion, group, points)
        for group in scorecard.groups
        for criterion in group.criteria
        for check, points in _lost(criterion)
    ]
    return tuple(sorted(found, key=lambda gain: (-gain.points, _ORDER.index(gain.check.severity), gain.check.id)))


def _lost(criterion: CriterionRow) -> Iterator[tuple[CheckRow, float]]:
    weight = sum(check.weight for check in criterion.checks if check.high is not None)
    lost = [check for check in criterion.checks if check.high is not None and check.high < 1]
    for check in lost:
        if criterion.rule == "all":
            yield check, criterion.points / len(lost)
        else:
            yield check, criterion.points * check.weight / weight * (1 - (check.high or 0))
