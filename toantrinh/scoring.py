"""Scoring: (criteria set, catalogue, results of checks) → points, with a low and a high end. Pure and exact.

A check asked of several services gives several results; its row carries their mean. A criterion earns its points times
the weighted mean of the checks that apply, rounded to the nearest quarter point; groups and the total are sums of the
rounded figures that are shown, so that the headline never disagrees with its rows. A finding whose explanation was
accepted costs nothing: it is worth as much as a pass, so that to accept one never takes points.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from toantrinh.criteria_model import Catalogue, Check, CheckShare, CriteriaSet, Criterion, Group
from toantrinh.verdicts import CheckResult, Evidence, Verdict

ZERO, ONE, QUARTER = Fraction(0), Fraction(1), Fraction(1, 4)

NO_TEST = "Chưa có phép thử."
NOT_RUN = "Không có trong lần chạy này."
NO_CHECKS = "Tiêu chí này chưa có phép kiểm nào."

_OPEN = (Verdict.TOOL_ERROR, Verdict.NEEDS_REVIEW, Verdict.NOT_TESTED)  # the weightiest first
WORST_FIRST = (Verdict.FAIL, Verdict.PARTIAL, *_OPEN, Verdict.PASS, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True)
class Span:
    """An interval, both ends included: a share (0 to 1) or points."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class ScoredCheck:
    """One check of a criterion: its verdict over all its results, and the share it earns (None: does not apply)."""

    check: Check
    weight: Fraction
    verdict: Verdict
    worth: Span | None
    message: str
    evidence: tuple[Evidence, ...]
    results: tuple[CheckResult, ...]


@dataclass(frozen=True)
class ScoredCriterion:
    """A criterion with its points; `verdict` says what its checks come to together."""

    criterion: Criterion
    points: Span
    verdict: Verdict
    message: str
    checks: tuple[ScoredCheck, ...]


@dataclass(frozen=True)
class ScoredGroup:
    """A group; its points are the sums of its criteria."""

    group: Group
    points: Span
    criteria: tuple[ScoredCriterion, ...]


@dataclass(frozen=True)
class Scored:
    """The whole score. `grade` is that of the low end and of the high end; `advice` is worth no points."""

    points: Span
    grade: tuple[str, str]
    groups: tuple[ScoredGroup, ...]
    advice: tuple[ScoredCheck, ...]


def score(
    criteria: CriteriaSet,
    catalogue: Catalogue,
    results: Sequence[CheckResult],
    known_tests: Collection[str] | None = None,
) -> Scored:
    """The score that `results` earn under `criteria`.

    `known_tests` are the ids of the checks that have a test; with it, a check without results says whether it has no
    test or was only left out of this run.
    """
    by_check: dict[str, list[CheckResult]] = defaultdict(list)
    for result in results:
        by_check[result.check].append(result)

    def row(share: CheckShare) -> ScoredCheck:
        found = sorted(
            by_check.get(share.id, ()), key=lambda result: (result.service or "", result.verdict, result.message)
        )
        has_test = known_tests is None or share.id in known_tests
        return _scored_check(catalogue.check(share.id), Fraction(share.weight), tuple(found), has_test)

    groups = tuple(_scored_group(group, row) for group in criteria.groups)
    points = _sum(group.points for group in groups)
    return Scored(
        points=points,
        grade=(criteria.grade(points.low), criteria.grade(points.high)),
        groups=groups,
        advice=tuple(row(share) for share in criteria.advice),
    )


def to_quarter(points: Fraction) -> Fraction:
    """`points` rounded to the nearest quarter, halves upwards."""
    return math.floor(points / QUARTER + Fraction(1, 2)) * QUARTER


def _scored_group(group: Group, row: Callable[[CheckShare], ScoredCheck]) -> ScoredGroup:
    criteria = tuple(_scored_criterion(one, tuple(row(share) for share in one.checks)) for one in group.criteria)
    return ScoredGroup(group, _sum(one.points for one in criteria), criteria)


def _scored_criterion(criterion: Criterion, rows: tuple[ScoredCheck, ...]) -> ScoredCriterion:
    applicable = [row for row in rows if row.worth is not None]
    verdict, message = _criterion_verdict(rows), ""
    if not rows:
        share, message = Span(ZERO, ONE), NO_CHECKS
    elif not applicable:
        share, message = Span(ONE, ONE), "Không áp dụng cho hệ thống này."
    elif criterion.rule == "all":
        share = Span(*(ONE if all(end == ONE for end in ends) else ZERO for ends in _ends(applicable)))
        if share.high == ZERO:
            verdict, lost = Verdict.FAIL, next(row.check.title for row in applicable if _worth(row).high < ONE)
            message = f"Một phép kiểm không đạt là mất cả tiêu chí: {lost}."
    else:
        weight = sum(row.weight for row in applicable)
        low = sum((row.weight * _worth(row).low for row in applicable), ZERO) / weight
        high = sum((row.weight * _worth(row).high for row in applicable), ZERO) / weight
        share = Span(low, high)
    points = Fraction(criterion.points)
    return ScoredCriterion(
        criterion, Span(to_quarter(points * share.low), to_quarter(points * share.high)), verdict, message, rows
    )


def _criterion_verdict(rows: tuple[ScoredCheck, ...]) -> Verdict:
    said = [Verdict.PASS if all(one.excused for one in row.results) and row.results else row.verdict for row in rows]
    return _together(said) if rows else Verdict.NOT_TESTED


def _scored_check(check: Check, weight: Fraction, results: tuple[CheckResult, ...], has_test: bool) -> ScoredCheck:
    if not results:
        reason = NOT_RUN if has_test else NO_TEST
        return ScoredCheck(check, weight, Verdict.NOT_TESTED, Span(ZERO, ONE), reason, (), ())
    worths = [_held(worth) for worth in (result.worth() for result in results) if worth is not None]
    span = _mean(worths) if worths else None
    counted = [result for result in results if not result.excused]
    verdict = _together([Verdict.PASS if result.excused and counted else result.verdict for result in results])
    if counted and verdict is Verdict.PARTIAL and span in (Span(ONE, ONE), Span(ZERO, ZERO)):
        verdict = Verdict.PASS if span == Span(ONE, ONE) else Verdict.FAIL
    ordered = sorted(results, key=lambda result: (result.excused, WORST_FIRST.index(result.verdict)))
    return ScoredCheck(
        check=check,
        weight=weight,
        verdict=verdict,
        worth=span,
        message=_message([result for result in ordered if result in counted] or ordered),
        evidence=tuple(dict.fromkeys(piece for result in ordered for piece in result.evidence)),
        results=results,
    )


def _held(worth: tuple[Fraction, Fraction]) -> Span:
    """A share is never below nothing or above everything, whatever a test computed."""
    return Span(*(min(max(end, ZERO), ONE) for end in worth))


def _mean(spans: Sequence[Span]) -> Span:
    together = _sum(spans)
    return Span(together.low / len(spans), together.high / len(spans))


def _together(verdicts: Sequence[Verdict]) -> Verdict:
    """What several verdicts come to: open as soon as one is open, partial when the closed ones differ."""
    for verdict in _OPEN:
        if verdict in verdicts:
            return verdict
    kinds = {verdict for verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE}
    if not kinds:
        return Verdict.NOT_APPLICABLE
    return kinds.pop() if len(kinds) == 1 else Verdict.PARTIAL


def _message(worst_first: Sequence[CheckResult]) -> str:
    """The message of the worst result, and over how many services it holds."""
    worst = worst_first[0]
    alike = sum(1 for result in worst_first if result.verdict is worst.verdict)
    if len(worst_first) == 1 or (alike == len(worst_first) and len({result.message for result in worst_first}) == 1):
        return worst.message
    return (
        f"{alike}/{len(worst_first)} dịch vụ: {worst.message}"
        if worst.message
        else f"{alike}/{len(worst_first)} dịch vụ"
    )


def _worth(row: ScoredCheck) -> Span:
    assert row.worth is not None
    return row.worth


def _ends(rows: Iterable[ScoredCheck]) -> tuple[list[Fraction], list[Fraction]]:
    spans = [_worth(row) for row in rows]
    return [span.low for span in spans], [span.high for span in spans]


def _sum(spans: Iterable[Span]) -> Span:
    low, high = ZERO, ZERO
    for span in spans:
        low, high = low + span.low, high + span.high
    return Span(low, high)
