"""From verdicts to points: one rule per test."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from toantrinh.criteria import Catalogue, CriteriaSet, load_catalogue, load_criteria
from toantrinh.scoring import NO_TEST, NOT_RUN, Scored, Span, score, to_quarter
from toantrinh.verdicts import CheckResult, Evidence, Verdict

CATALOGUE = load_catalogue()
FIRST, SECOND, THIRD = "search.by-code", "search.paging", "search.filters-narrow"


def criteria_of(*checks: Any, points: float = 4, rule: str = "mean") -> CriteriaSet:
    """A criteria set with one group and one criterion."""
    words = {"vi": "x", "en": "x"}
    criterion = {
        "id": "1.1",
        "title": "x",
        "title_en": "x",
        "points": points,
        "rule": rule,
        "words": "x",
        "source": {"law": "x", "certainty": "I"},
        "checks": list(checks),
    }
    return CriteriaSet.model_validate(
        {
            "id": "one",
            "version": "1",
            "date": "2026-01-01",
            "title": "x",
            "title_en": "x",
            "law": "x",
            "points": points,
            "official": words,
            "own": words,
            "grades": [{"grade": "A", "from": points / 2}, {"grade": "B", "from": 0}],
            "groups": [{"id": "1", "title": "x", "title_en": "x", "points": points, "criteria": [criterion]}],
        }
    )


def result(check: str, verdict: Verdict, service: str | None = None, **more: Any) -> CheckResult:
    return CheckResult(check=check, service=service, verdict=verdict, **more)


def judged(criteria: CriteriaSet, *results: CheckResult, **more: Any) -> Scored:
    return score(criteria, CATALOGUE, results, **more)


def span(low: float, high: float) -> Span:
    return Span(Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("verdict", "low", "high"),
    [
        (Verdict.PASS, 4, 4),
        (Verdict.FAIL, 0, 0),
        (Verdict.NOT_TESTED, 0, 4),
        (Verdict.NEEDS_REVIEW, 0, 4),
        (Verdict.TOOL_ERROR, 0, 4),
    ],
)
def test_each_verdict_earns_its_points(verdict: Verdict, low: float, high: float) -> None:
    scored = judged(criteria_of(FIRST), result(FIRST, verdict))
    assert scored.points == span(low, high)
    assert scored.groups[0].criteria[0].verdict is verdict


def test_a_partial_check_earns_its_share() -> None:
    scored = judged(criteria_of(FIRST), result(FIRST, Verdict.PARTIAL, share=0.75))
    assert scored.points == span(3, 3)


def test_a_share_outside_nought_to_one_is_held() -> None:
    assert judged(criteria_of(FIRST), result(FIRST, Verdict.PARTIAL, share=3.5)).points == span(4, 4)


def test_a_check_that_does_not_apply_gives_its_points_to_the_others() -> None:
    scored = judged(criteria_of(FIRST, SECOND), result(FIRST, Verdict.NOT_APPLICABLE), result(SECOND, Verdict.FAIL))
    assert scored.points == span(0, 0)
    scored = judged(criteria_of(FIRST, SECOND), result(FIRST, Verdict.NOT_APPLICABLE), result(SECOND, Verdict.PASS))
    assert scored.points == span(4, 4)


def test_a_criterion_to_which_nothing_applies_is_full_and_says_so() -> None:
    scored = judged(criteria_of(FIRST), result(FIRST, Verdict.NOT_APPLICABLE))
    criterion = scored.groups[0].criteria[0]
    assert (scored.points, criterion.verdict) == (span(4, 4), Verdict.NOT_APPLICABLE)
    assert "Không áp dụng" in criterion.message


def test_a_criterion_without_results_is_open_and_says_why() -> None:
    scored = judged(criteria_of(FIRST, SECOND), known_tests={FIRST})
    assert scored.points == span(0, 4)
    assert [row.message for row in scored.groups[0].criteria[0].checks] == [NOT_RUN, NO_TEST]


def test_a_criterion_without_checks_is_open() -> None:
    scored = judged(criteria_of())
    assert (scored.points, scored.groups[0].criteria[0].verdict) == (span(0, 4), Verdict.NOT_TESTED)


def test_weights_count() -> None:
    scored = judged(
        criteria_of({"id": FIRST, "weight": 3}, SECOND), result(FIRST, Verdict.PASS), result(SECOND, Verdict.FAIL)
    )
    assert scored.points == span(3, 3)


def test_results_of_several_services_are_averaged_over_those_that_apply() -> None:
    scored = judged(
        criteria_of(FIRST),
        result(FIRST, Verdict.PASS, "a"),
        result(FIRST, Verdict.FAIL, "b", message="Không thấy."),
        result(FIRST, Verdict.NOT_APPLICABLE, "c"),
    )
    row = scored.groups[0].criteria[0].checks[0]
    assert (row.verdict, row.worth) == (Verdict.PARTIAL, Span(Fraction(1, 2), Fraction(1, 2)))
    assert row.message == "1/3 dịch vụ: Không thấy."
    assert [one.service for one in row.results] == ["a", "b", "c"]


def test_an_open_service_leaves_the_row_open_but_keeps_what_is_known() -> None:
    scored = judged(
        criteria_of(FIRST),
        result(FIRST, Verdict.PASS, "a"),
        result(FIRST, Verdict.FAIL, "b"),
        result(FIRST, Verdict.NOT_TESTED, "c"),
        result(FIRST, Verdict.NEEDS_REVIEW, "d"),
    )
    row = scored.groups[0].criteria[0].checks[0]
    assert (row.verdict, row.worth) == (Verdict.NEEDS_REVIEW, Span(Fraction(1, 4), Fraction(3, 4)))


def test_our_own_error_weighs_most_among_open_verdicts() -> None:
    scored = judged(
        criteria_of(FIRST),
        result(FIRST, Verdict.NOT_TESTED, "a"),
        result(FIRST, Verdict.TOOL_ERROR, "b"),
        result(FIRST, Verdict.NEEDS_REVIEW, "c"),
    )
    assert scored.groups[0].criteria[0].verdict is Verdict.TOOL_ERROR


def test_all_services_that_apply_passing_is_a_pass() -> None:
    scored = judged(criteria_of(FIRST), result(FIRST, Verdict.PASS, "a"), result(FIRST, Verdict.NOT_APPLICABLE, "b"))
    assert scored.groups[0].criteria[0].checks[0].verdict is Verdict.PASS


@pytest.mark.parametrize(("verdict", "share"), [(Verdict.FAIL, None), (Verdict.PARTIAL, 0.9)])
def test_rule_all_loses_everything_by_one_check(verdict: Verdict, share: float | None) -> None:
    scored = judged(
        criteria_of(FIRST, SECOND, THIRD, rule="all"),
        result(FIRST, Verdict.PASS),
        result(SECOND, verdict, share=share),
        result(THIRD, Verdict.NOT_TESTED),
    )
    criterion = scored.groups[0].criteria[0]
    assert (scored.points, criterion.verdict) == (span(0, 0), Verdict.FAIL)
    assert CATALOGUE.check(SECOND).title in criterion.message


def test_rule_all_with_an_open_check_may_still_be_all_or_nothing() -> None:
    scored = judged(
        criteria_of(FIRST, SECOND, rule="all"), result(FIRST, Verdict.PASS), result(SECOND, Verdict.NEEDS_REVIEW)
    )
    assert scored.points == span(0, 4)


def test_rule_all_with_everything_passed_is_full() -> None:
    scored = judged(
        criteria_of(FIRST, SECOND, rule="all"), result(FIRST, Verdict.PASS), result(SECOND, Verdict.NOT_APPLICABLE)
    )
    assert scored.points == span(4, 4)


@pytest.mark.parametrize(
    ("exact", "shown"), [(1 / 8, 0.25), (0.12, 0), (8 / 3, 2.75), (2.6, 2.5), (0, 0), (4, 4), (3.874, 3.75)]
)
def test_points_are_rounded_to_the_nearest_quarter(exact: float, shown: float) -> None:
    assert to_quarter(Fraction(exact)) == Fraction(shown)


def test_rounding_is_exact_arithmetic() -> None:
    results = [result(check, Verdict.PASS if check != THIRD else Verdict.FAIL) for check in (FIRST, SECOND, THIRD)]
    assert judged(criteria_of(FIRST, SECOND, THIRD, points=3), *results).points == span(2, 2)


def test_the_grade_of_each_end_uses_lower_bounds() -> None:
    scored = judged(criteria_of(FIRST, SECOND), result(FIRST, Verdict.PASS), result(SECOND, Verdict.NOT_TESTED))
    assert (scored.points, scored.grade) == (span(2, 4), ("A", "A"))
    assert judged(criteria_of(FIRST), result(FIRST, Verdict.NOT_TESTED)).grade == ("B", "A")


@pytest.mark.parametrize(
    ("points", "grade"), [(100, "A"), (90, "A"), (89.75, "B"), (80, "B"), (65, "C"), (64.75, "D"), (50, "D"), (0, "E")]
)
def test_the_official_grades(points: float, grade: str) -> None:
    assert load_criteria().grade(points) == grade


def test_evidence_of_the_worst_result_comes_first_and_once() -> None:
    shared, own = Evidence(path="a.png"), Evidence(path="b.png")
    scored = judged(
        criteria_of(FIRST),
        result(FIRST, Verdict.PASS, "a", evidence=(shared,)),
        result(FIRST, Verdict.FAIL, "b", evidence=(own, shared)),
    )
    assert scored.groups[0].criteria[0].checks[0].evidence == (own, shared)


def test_a_check_that_the_set_does_not_use_changes_nothing() -> None:
    assert judged(criteria_of(FIRST), result(FIRST, Verdict.PASS), result(SECOND, Verdict.FAIL)).points == span(4, 4)


@pytest.mark.parametrize("seed", range(60))
def test_sums_agree_and_ends_are_in_order_whatever_the_verdicts(seed: int) -> None:
    chance, criteria = random.Random(seed), load_criteria()
    scored = score(criteria, CATALOGUE, list(random_results(chance, criteria, CATALOGUE)))
    rows = [row for group in scored.groups for row in group.criteria]
    for row in rows:
        assert 0 <= row.points.low <= row.points.high <= row.criterion.points
        assert (row.points.low % Fraction(1, 4), row.points.high % Fraction(1, 4)) == (0, 0)
        if not any(check.verdict.is_open for check in row.checks):
            assert row.points.low == row.points.high
    for group in scored.groups:
        assert group.points.low == sum(row.points.low for row in group.criteria)
        assert group.points.high == sum(row.points.high for row in group.criteria)
    assert scored.points.low == sum(row.points.low for row in rows)
    assert scored.points.high == sum(row.points.high for row in rows)


def random_results(chance: random.Random, criteria: CriteriaSet, catalogue: Catalogue) -> Any:
    kinds = list(Verdict)[: chance.randint(1, len(Verdict))]
    for check in catalogue.checks:
        for service in ("a", "b", "c") if check.subject == "service" else (None,):
            verdict = chance.choice(kinds)
            share = round(chance.random(), 3) if verdict is Verdict.PARTIAL else None
            if chance.random() < 0.95:
                yield result(check.id, verdict, service, share=share)
