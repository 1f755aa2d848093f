"""Making, writing and checking scorecards: pure functions of a score and the facts of a run."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toantrinh.criteria_model import Catalogue, CriteriaSet
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.scorecard_model import (
    SCHEMA_VERSION,
    CatalogueFacts,
    CheckRow,
    CriteriaFacts,
    CriterionRow,
    DecisionFacts,
    FiveTests,
    GradeBound,
    GradeSpan,
    GroupRow,
    JourneyStep,
    ResultRow,
    RunFacts,
    Scorecard,
    ScoreSpan,
    ServiceFacts,
    SystemFacts,
    TestOutcome,
    Tool,
    VerifiedFacts,
)
from toantrinh.scoring import Scored, ScoredCheck, ScoredCriterion, ScoredGroup, score
from toantrinh.store import write_whole
from toantrinh.system_model import System
from toantrinh.verdicts import CheckResult, Verdict

__all__ = [
    "FILE_NAME",
    "SCHEMA_FILE",
    "SCHEMA_VERSION",
    "CatalogueFacts",
    "CheckRow",
    "CriteriaFacts",
    "CriterionRow",
    "FiveTests",
    "GradeBound",
    "GradeSpan",
    "GroupRow",
    "JourneyStep",
    "ResultRow",
    "RunFacts",
    "ScoreSpan",
    "Scorecard",
    "ServiceFacts",
    "SystemFacts",
    "TestOutcome",
    "Tool",
    "VerifiedFacts",
    "build_scorecard",
    "system_facts",
    "validate_scorecard",
    "write_scorecard",
]

SCHEMA_FILE = Path(__file__).with_name("scorecard.schema.json")
FILE_NAME = "scorecard.json"


def build_scorecard(
    run: RunFacts,
    system: SystemFacts,
    criteria: CriteriaSet,
    catalogue: Catalogue,
    results: Sequence[CheckResult],
    services: Sequence[ServiceFacts],
    known_tests: Collection[str] | None = None,
    decisions: DecisionFacts | None = None,
) -> Scorecard:
    """The scorecard that follows from the results; the same input gives the same scorecard.

    `known_tests`: ids of the checks that have a test, so that the others can be named as such. `decisions`: what of
    people's decisions is not in the results.
    """
    scored: Scored = score(criteria, catalogue, results, known_tests)
    return Scorecard(
        tool=Tool(),
        run=run,
        system=system,
        criteria_set=_criteria_facts(criteria, catalogue),
        score=ScoreSpan(low=_number(scored.points.low), high=_number(scored.points.high)),
        grade=GradeSpan(low=scored.grade[0], high=scored.grade[1]),
        groups=tuple(_group_row(group, catalogue) for group in scored.groups),
        advice=tuple(_check_row(check, catalogue) for check in scored.advice),
        services=tuple(_with_tests(service, results) for service in services),
        decisions=decisions or DecisionFacts(),
    )


def system_facts(system: System) -> SystemFacts:
    """What a scorecard says of the system under test, from its file."""
    verified, permission = system.verified, system.authorisation
    return SystemFacts(
        id=system.id,
        name=system.name,
        kind=system.kind,
        platform=system.platform,
        verified=VerifiedFacts(by=verified.by, date=verified.date.isoformat(), note=verified.note)
        if verified
        else None,
        authorisation=f"{permission.document} ({permission.by})" if permission else "",
        digest=system.digest,
    )


def write_scorecard(scorecard: Scorecard, path: Path) -> Path:
    """Writes `scorecard.json` whole or not at all; returns its path."""
    data = scorecard.model_dump(mode="json", by_alias=True)
    write_whole(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
    return path


def validate_scorecard(path: Path) -> Scorecard:
    """The scorecard in a file, checked against the published schema and for sums that agree.

    Raises UserMistake with the place of the first mistake.
    """
    try:
        return read_scorecard(path.read_bytes(), shown(path))
    except OSError as error:
        raise UserMistake(f"cannot be read ({error.strerror})", shown(path)) from None


def read_scorecard(raw: bytes, place: str) -> Scorecard:
    """The scorecard in these bytes, checked alike; `place` names where they come from. Raises UserMistake."""
    from jsonschema.exceptions import best_match

    try:
        data = json.loads(raw)
    except ValueError as error:
        raise UserMistake(f"no JSON: {error}", place) from None
    mistake = best_match(_schema_checker().iter_errors(data))
    if mistake is not None:
        raise UserMistake(mistake.message, f"{place}: {mistake.json_path}")
    try:
        scorecard = Scorecard.model_validate(data)
    except ValidationError as refused:
        first = refused.errors()[0]
        raise UserMistake(first["msg"], f"{place}: {'.'.join(map(str, first['loc']))}") from None
    for label, shown_span, parts in _sums(scorecard):
        for end in ("low", "high"):
            total, found = getattr(shown_span, end), sum(getattr(part, end) for part in parts)
            if total != found:
                raise UserMistake(f"{label}: {end} is {total:g}, but its parts add up to {found:g}", place)
    return scorecard


def _sums(scorecard: Scorecard) -> list[tuple[str, Any, Sequence[Any]]]:
    groups: list[tuple[str, Any, Sequence[Any]]] = [(f"group {one.id}", one, one.criteria) for one in scorecard.groups]
    return [*groups, ("score", scorecard.score, scorecard.groups)]


@lru_cache(maxsize=1)
def _schema_checker() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def _number(exact: Fraction) -> float:
    return round(float(exact), 2)


def _criteria_facts(criteria: CriteriaSet, catalogue: Catalogue) -> CriteriaFacts:
    return CriteriaFacts(
        id=criteria.id,
        version=criteria.version,
        date=criteria.date.isoformat(),
        title=criteria.title,
        title_en=criteria.title_en,
        law=criteria.law,
        points=criteria.points,
        sha256=criteria.sha256,
        catalogue=CatalogueFacts(version=catalogue.version, sha256=catalogue.sha256),
        official=criteria.official,
        own=criteria.own,
        grades=tuple(GradeBound(grade=grade.grade, lower=grade.lower) for grade in criteria.grades),
    )


def _group_row(scored: ScoredGroup, catalogue: Catalogue) -> GroupRow:
    group = scored.group
    return GroupRow(
        id=group.id,
        title=group.title,
        title_en=group.title_en,
        points=group.points,
        low=_number(scored.points.low),
        high=_number(scored.points.high),
        criteria=tuple(_criterion_row(one, catalogue) for one in scored.criteria),
    )


def _criterion_row(scored: ScoredCriterion, catalogue: Catalogue) -> CriterionRow:
    criterion = scored.criterion
    return CriterionRow(
        id=criterion.id,
        title=criterion.title,
        title_en=criterion.title_en,
        words=criterion.words,
        source=criterion.source,
        rule=criterion.rule,
        points=criterion.points,
        low=_number(scored.points.low),
        high=_number(scored.points.high),
        verdict=scored.verdict,
        message=scored.message,
        checks=tuple(_check_row(row, catalogue) for row in scored.checks),
    )


def _check_row(row: ScoredCheck, catalogue: Catalogue) -> CheckRow:
    low, high = (_number(row.worth.low), _number(row.worth.high)) if row.worth else (None, None)
    return CheckRow(
        id=row.check.id,
        verdict=row.verdict,
        share=None if row.verdict.is_open else low,
        low=low,
        high=high,
        weight=float(row.weight),
        message=row.message,
        evidence=row.evidence,
        title=row.check.title,
        title_en=row.check.title_en,
        subject=row.check.subject,
        severity=row.check.severity,
        law=catalogue.law_of(row.check),
        expected=row.check.expected,
        mend=row.check.mend,
        results=tuple(_result_row(result) for result in row.results),
    )


def _result_row(result: CheckResult) -> ResultRow:
    worth = result.worth()
    return ResultRow(
        **result.model_dump(exclude={"check", "evidence", "share"}),
        share=None if worth is None or result.verdict.is_open else _number(worth[0]),
        evidence=result.evidence,
    )


def _with_tests(service: ServiceFacts, results: Sequence[CheckResult]) -> ServiceFacts:
    if service.tests is not None:
        return service
    said = {result.check: result for result in results if result.service == service.code}

    def outcome(name: str) -> TestOutcome:
        result = said.get(f"level.{name.replace('_', '-')}")
        return (
            TestOutcome(verdict=result.verdict, why=result.message)
            if result
            else TestOutcome(verdict=Verdict.NOT_TESTED)
        )

    tests = FiveTests(**{name: outcome(name) for name in FiveTests.model_fields})
    return service.model_copy(update={"tests": tests})
