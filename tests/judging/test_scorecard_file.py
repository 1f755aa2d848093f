"""scorecard.json: the contract, its schema, and sums that agree."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from toantrinh.criteria import load_catalogue, load_criteria
from toantrinh.mistakes import UserMistake
from toantrinh.scorecard import FILE_NAME, Scorecard, build_scorecard, validate_scorecard, write_scorecard
from toantrinh.verdicts import CheckResult, Verdict


@pytest.fixture
def written(scorecard: Scorecard, tmp_path: Path) -> Path:
    return write_scorecard(scorecard, tmp_path / FILE_NAME)


def test_what_was_written_is_read_back_the_same(scorecard: Scorecard, written: Path) -> None:
    assert validate_scorecard(written) == scorecard


def test_the_file_follows_the_output_contract(written: Path) -> None:
    data = json.loads(written.read_text(encoding="utf-8"))
    assert set(data) >= {
        "schema_version",
        "tool",
        "run",
        "system",
        "criteria_set",
        "score",
        "grade",
        "groups",
        "services",
    }
    criterion = data["groups"][0]["criteria"][0]
    assert set(criterion) >= {"id", "title", "points", "low", "high", "checks"}
    assert set(criterion["checks"][0]) >= {"id", "verdict", "share", "message", "evidence"}
    assert set(data["services"][0]) >= {"code", "name", "declared_level", "measured_level", "tests", "journey"}
    assert len(data["criteria_set"]["sha256"]) == 64


def test_numbers_have_at_most_two_decimals(written: Path) -> None:
    numbers = re.findall(r": (-?\d+\.\d+)", written.read_text(encoding="utf-8"))
    assert numbers
    assert all(len(number.split(".")[1]) <= 2 for number in numbers)


def test_the_wording_that_judged_is_carried(scorecard: Scorecard) -> None:
    catalogue = load_catalogue()
    for group in scorecard.groups:
        for criterion in group.criteria:
            for row in criterion.checks:
                check = catalogue.check(row.id)
                assert (row.title, row.expected, row.mend) == (check.title, check.expected, check.mend)
                assert row.law.law == catalogue.laws[check.law].title


def test_the_five_tests_of_a_service_come_from_its_results(scorecard: Scorecard) -> None:
    criteria, catalogue = load_criteria(), load_catalogue()
    code = scorecard.services[0].code
    results = [
        CheckResult(check="level.fee-online", service=code, verdict=Verdict.FAIL, message="Không có cổng."),
        CheckResult(check="level.published-fully", service=code, verdict=Verdict.PASS),
    ]
    services = [service.model_copy(update={"tests": None}) for service in scorecard.services]
    tests = build_scorecard(scorecard.run, scorecard.system, criteria, catalogue, results, services).services[0].tests
    assert tests is not None
    assert (tests.fee_online.verdict, tests.fee_online.why) == (Verdict.FAIL, "Không có cổng.")
    assert tests.published_fully.verdict is Verdict.PASS
    assert tests.whole_dossier_electronic.verdict is Verdict.NOT_TESTED


def test_the_order_of_results_does_not_matter(scorecard: Scorecard) -> None:
    criteria, catalogue = load_criteria(), load_catalogue()
    results = [
        CheckResult(check="search.by-code", service=code, verdict=verdict, message=code)
        for code, verdict in (("b", Verdict.FAIL), ("a", Verdict.PASS), ("c", Verdict.FAIL))
    ]
    first = build_scorecard(scorecard.run, scorecard.system, criteria, catalogue, results, ())
    second = build_scorecard(scorecard.run, scorecard.system, criteria, catalogue, results[::-1], ())
    assert first == second


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda data: data.pop("score"), "'score' is a required property"),
        (lambda data: data["groups"][0].update(low="much"), "groups"),
        (lambda data: data.update(extra=1), "extra"),
        (lambda data: data["groups"][0]["criteria"][0]["checks"][0].update(verdict="perhaps"), "perhaps"),
        (lambda data: data["score"].update(low=1), "score: low is 1, but its parts add up to"),
        (lambda data: data["groups"][1].update(high=2), "group 2: high is 2, but its parts add up to"),
    ],
    ids=["missing", "no-number", "unknown-key", "unknown-verdict", "wrong-total", "wrong-group"],
)
def test_an_altered_scorecard_is_refused_with_its_place(written: Path, wrong: Any, said: str) -> None:
    data = json.loads(written.read_text(encoding="utf-8"))
    wrong(data)
    written.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(UserMistake, match=re.escape(said)):
        validate_scorecard(written)


def test_a_file_that_is_no_json_or_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="cannot be read"):
        validate_scorecard(tmp_path / "none.json")
    path = tmp_path / "half.json"
    path.write_text('{"schema_version": "1.0", ', encoding="utf-8")
    with pytest.raises(UserMistake, match=r"half\.json: no JSON"):
        validate_scorecard(path)
