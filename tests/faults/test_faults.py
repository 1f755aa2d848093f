"""What goes wrong on the way, or with us, is named and never held against the portal; the rest of the run is unharmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.cases import CASES, JOURNEY, PAGES, Case
from tests.faults.run import UNDISTURBED, Outcome, run, verdicts
from tests.faults.table import keep, line
from tests.main_job_started import own_environment
from toantrinh.verdicts import Verdict

AT_ONCE = 2
LONGEST = 6  # times as long as the undisturbed run
RESTS_ON = {"journey": JOURNEY, "pages": PAGES}
CHARGES = (Verdict.FAIL, Verdict.PARTIAL)
pytestmark = pytest.mark.timeout(3600)  # all runs are made by the first test that asks for one


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Outcome]]:
    """Every case, run once, two at a time, the undisturbed one among them."""
    environment = own_environment(tmp_path_factory.mktemp("compiled"))

    def made(case: Case) -> Outcome:
        return run(case, environment, tmp_path_factory.mktemp(case.name))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = {outcome.case.name: outcome for outcome in pool.map(made, (UNDISTURBED, *CASES))}
    lines = [line(outcome, found[UNDISTURBED.name]) for outcome in found.values()]
    print("", *lines, sep="\n")
    keep(lines)
    yield found


@pytest.fixture
def undisturbed(outcomes: dict[str, Outcome]) -> Outcome:
    return outcomes[UNDISTURBED.name]


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def outcome(request: pytest.FixtureRequest, outcomes: dict[str, Outcome]) -> Outcome:
    return outcomes[request.param.name]


def test_left_in_peace_everything_passes(
    undisturbed: Outcome, outcomes: dict[str, Outcome], tell: Callable[[str], None]
) -> None:
    longest = max(outcome.seconds for outcome in outcomes.values()) / undisturbed.seconds
    charged = sum(verdict in CHARGES for outcome in outcomes.values() for verdict in outcome.verdicts.values())
    met = sum(sum(outcome.met.values()) for outcome in outcomes.values())
    tell(
        f"faults: {len(CASES)} kinds, met {met} times, {charged} verdicts against the portal; "
        f"the longest run {longest:.1f} times as long as the undisturbed one"
    )
    assert undisturbed.ended.status == 0, undisturbed.ended.out
    assert set(undisturbed.verdicts.values()) == {"pass"} and not undisturbed.met


def test_the_fault_came_to_pass_and_the_run_ended_in_time(outcome: Outcome, undisturbed: Outcome) -> None:
    assert sum(outcome.met.values()) > 0
    assert outcome.seconds < LONGEST * undisturbed.seconds
    said = outcome.ended.out + outcome.ended.err
    assert "Traceback" not in said and "INTERNALERROR" not in said
    assert re.search(outcome.case.says, said), said


def test_nothing_is_held_against_the_portal(outcome: Outcome) -> None:
    assert not {check: one for check, one in outcome.verdicts.items() if one in CHARGES}, outcome.ended.out


def test_what_it_did_not_touch_is_judged_as_without_it(outcome: Outcome, undisturbed: Outcome) -> None:
    expected, found = undisturbed.verdicts, outcome.verdicts
    unharmed = [
        check
        for rests_on, checks in RESTS_ON.items()
        for check in checks
        if check in outcome.case.checks and (outcome.case.same or rests_on not in outcome.case.harms)
    ]
    assert {check: found[check] for check in unharmed} == {check: expected[check] for check in unharmed}, (
        outcome.ended.out
    )


def test_what_could_not_be_judged_says_why(outcome: Outcome) -> None:
    said = outcome.messages
    assert all(said[check] for check, one in outcome.verdicts.items() if one != "pass")


def test_given_once_more_the_same_command_goes_on_to_the_end(outcome: Outcome, undisturbed: Outcome) -> None:
    if outcome.again is None:
        assert not outcome.case.again
        return
    assert outcome.ended.status == 2
    assert outcome.again.status == 0, outcome.again.out
    expected = undisturbed.verdicts
    assert verdicts(outcome.again) == {check: expected[check] for check in outcome.case.checks}
