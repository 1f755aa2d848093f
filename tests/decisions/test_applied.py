"""What a decision does to a result, and when it does nothing any more."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cards import card_of
from toantrinh.decisions.applying import Known, Moment, with_decisions
from toantrinh.decisions.files import read_decisions
from toantrinh.scorecard_model import DecisionFacts
from toantrinh.verdicts import CheckResult, Verdict

from .conftest import (
    ACCEPTED,
    FAILED,
    FEEDBACK,
    LATER,
    OPEN,
    PASSED,
    REFUSED,
    RESULTS,
    SERVICES,
    TODAY,
    explained,
    reviewed,
)

PAY, OTHER = FAILED
DAY = datetime.timedelta(days=1)
KNOWN = Known({result.check for result in RESULTS}, SERVICES)
NOW = Moment(TODAY, TODAY)
Write = Callable[..., Path]
Applied = tuple[dict[tuple[str, str | None], CheckResult], DecisionFacts]


def applied(file: Path, results: list[CheckResult] = RESULTS, moment: Moment = NOW) -> Applied:
    found, facts = with_decisions(results, read_decisions(file), KNOWN, moment)
    return {(one.check, one.service): one for one in found}, facts


def test_an_accepted_explanation_leaves_the_finding_and_costs_nothing(write: Write) -> None:
    found, facts = applied(write([explained(PAY, accepted=ACCEPTED), explained(OTHER, accepted=ACCEPTED)]))
    result = found["pay.amount-equals-fee", SERVICES[0]]
    assert (result.verdict, result.excused, result.worth()) == (Verdict.FAIL, True, (1, 1))
    assert result.message == PAY.message and not facts.stale
    before, after = card_of(RESULTS), card_of(list(found.values()))
    (row,) = [
        check for group in after.groups for one in group.criteria for check in one.checks if check.id == PAY.check
    ]
    assert (row.verdict, row.share, row.high, row.excused) == (Verdict.FAIL, 1, 1, True)
    assert after.score.high > before.score.high
    assert after.score.high == sum(one.high for group in after.groups for one in group.criteria)


def test_an_explanation_that_nobody_accepted_is_shown_and_changes_no_point(write: Write) -> None:
    found, _ = applied(write([explained(PAY)]))
    result = found["pay.amount-equals-fee", SERVICES[0]]
    assert result.decision is not None and not result.excused
    assert card_of(list(found.values())).score == card_of(RESULTS).score


def test_a_refused_explanation_stands_beside_the_finding_with_the_grounds_and_changes_no_point(write: Write) -> None:
    found, facts = applied(write([explained(PAY, refused=REFUSED)]))
    result = found["pay.amount-equals-fee", SERVICES[0]]
    assert result.decision is not None and not result.excused and not facts.stale
    assert (result.decision.refused_by, result.decision.refusal) == (REFUSED["by"], REFUSED["grounds"])
    assert card_of(list(found.values())).score == card_of(RESULTS).score


def test_one_service_excused_leaves_the_other_in_the_points(write: Write) -> None:
    found, _ = applied(write([explained(PAY, accepted=ACCEPTED)]))
    card = card_of(list(found.values()))
    (row,) = [check for group in card.groups for one in group.criteria for check in one.checks if check.id == PAY.check]
    assert (row.verdict, row.share, row.excused) == (Verdict.PARTIAL, 0.5, False)


@pytest.mark.parametrize(
    ("said", "verdict", "share", "counts"),
    [
        ({"verdict": "pass"}, Verdict.PASS, 1, True),
        ({"verdict": "fail"}, Verdict.FAIL, 0, True),
        ({"verdict": "partial", "share": 0.25}, Verdict.PARTIAL, 0.25, True),
        ({"verdict": "open"}, Verdict.NEEDS_REVIEW, None, False),
    ],
)
def test_a_review_puts_its_verdict_in_place_of_an_open_one(
    write: Write, said: dict[str, Any], verdict: Verdict, share: float | None, counts: bool
) -> None:
    found, facts = applied(write([], [reviewed(OPEN, **said)]))
    result = found[OPEN.check, None]
    assert result.decision is not None
    assert (result.verdict, result.share, result.decision.counts) == (verdict, share, counts)
    assert result.decision.machine is Verdict.NEEDS_REVIEW and not facts.stale


@pytest.mark.parametrize(
    "verdict", [Verdict.TOOL_ERROR, Verdict.NOT_TESTED, Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE]
)
def test_a_review_touches_nothing_that_is_not_for_review(write: Write, verdict: Verdict) -> None:
    now = OPEN.model_copy(update={"verdict": verdict})
    found, facts = applied(write([], [reviewed(OPEN)]), [now])
    assert found[OPEN.check, None].verdict is verdict and found[OPEN.check, None].decision is None
    ours = verdict in (Verdict.TOOL_ERROR, Verdict.NOT_TESTED)
    assert (len(facts.stale), facts.not_asked) == ((0, 1) if ours else (1, 0))


@pytest.mark.parametrize("verdict", [Verdict.TOOL_ERROR, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW])
def test_an_explanation_touches_nothing_but_a_finding(write: Write, verdict: Verdict) -> None:
    found, _ = applied(write([explained(PAY, accepted=ACCEPTED)]), [PAY.model_copy(update={"verdict": verdict})])
    assert found[PAY.check, PAY.service].decision is None


STALE: list[tuple[str, list[dict[str, Any]], Moment]] = [
    ("unknown-check", [explained(PAY.model_copy(update={"check": "pay.gone"}))], NOW),
    ("unknown-service", [explained(PAY.model_copy(update={"service": "9.999999"}))], NOW),
    ("gone", [explained(PASSED, seen="v1-0123456789abcdef")], NOW),
    ("lapsed", [explained(PAY, seen="v1-0123456789abcdef")], NOW),
    ("lapsed", [explained(PAY, identity="another cause")], NOW),
    ("expired", [explained(PAY)], Moment(LATER + DAY, LATER + DAY)),
    ("future", [explained(PAY, date=TODAY + DAY)], NOW),
    ("future", [explained(PAY, accepted={"by": "Lê Văn B", "date": TODAY + DAY})], NOW),
    ("double", [explained(PAY), explained(PAY, reason="một lý do khác của cùng một phát hiện")], NOW),
]  # fmt: skip


@pytest.mark.parametrize(("state", "entries", "moment"), STALE, ids=[row[0] for row in STALE])
def test_an_entry_that_no_longer_holds_is_named_once(
    write: Write, state: str, entries: list[dict[str, Any]], moment: Moment
) -> None:
    found, facts = applied(write(entries), moment=moment)
    assert [one.state for one in facts.stale] == [state]
    assert facts.stale[0].place.startswith("thu.explanations.yaml:") and facts.stale[0].why
    spoken = [result for result in found.values() if result.decision]
    assert len(spoken) == (1 if state == "double" else 0)


def test_it_holds_to_the_end_of_its_last_day(write: Write) -> None:
    found, facts = applied(write([explained(PAY)]), moment=Moment(LATER, LATER))
    assert found[PAY.check, PAY.service].decision and not facts.stale


def test_a_review_without_an_expiry_ends_after_a_year(write: Write) -> None:
    file = write([], [reviewed(OPEN)])
    year = datetime.timedelta(days=367)
    assert [one.state for one in applied(file, moment=Moment(TODAY + year, TODAY + year))[1].stale] == ["expired"]


def test_a_record_is_judged_as_of_its_day_and_may_be_decided_later(write: Write) -> None:
    found, facts = applied(write([explained(PAY)]), moment=Moment(TODAY - 30 * DAY, TODAY))
    assert found[PAY.check, PAY.service].decision and not facts.stale


def test_what_this_run_did_not_ask_is_counted_and_not_called_stale(write: Write) -> None:
    _, facts = applied(write([explained(PAY), explained(FEEDBACK)]), [FEEDBACK])
    assert (facts.stale, facts.not_asked) == ((), 1)
