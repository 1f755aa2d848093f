"""The shape of criteria sets and of the catalogue of checks: frozen models, as they stand in `criteria/*.yaml`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from toantrinh.mistakes import UserMistake, nearest

CHECK_ID = r"^[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*$"
QUARTER = Fraction(1, 4)


def _in_quarters(points: float) -> float:
    if Fraction(points) % QUARTER:
        raise ValueError(f"points come in quarters (0.25), found {points:g}")
    return points


Points = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False), AfterValidator(_in_quarters)]
Certainty = Literal["V", "I"]
Words = Annotated[str, Field(min_length=1)]


class Severity(StrEnum):
    """How much a failed check hurts the citizen.

    critical: the citizen cannot finish, loses money, or personal data is open to others. serious: the citizen gets
    through with outside help, or a right is denied. moderate: the citizen is hindered. minor: a blemish.
    """

    CRITICAL = "critical"
    SERIOUS = "serious"
    MODERATE = "moderate"
    MINOR = "minor"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Bilingual(_Model):
    """A statement in Vietnamese and in English."""

    vi: Words
    en: Words


class Source(_Model):
    """Where a criterion comes from; certainty V: the wording was seen, I: inferred or from a third party only."""

    law: Words
    article: str = ""
    certainty: Certainty
    note: str = ""

    @property
    def citation(self) -> str:
        """Law and article in one line."""
        return f"{self.law}, {self.article}" if self.article else self.law


class Law(_Model):
    """A rule that checks refer to: a law, a published standard, a practice seen in the field, or this project's own."""

    title: Words
    kind: Literal["law", "standard", "practice", "project"]
    certainty: Certainty
    note: str = ""


class Check(_Model):
    """One thing that must hold, decided by a machine or a person; its id is `<room>.<what>`."""

    id: Annotated[str, Field(pattern=CHECK_ID)]
    title: Words
    title_en: Words
    severity: Severity
    law: Words
    article: str = ""
    expected: Words
    mend: Words
    subject: Literal["service", "system"]


class Catalogue(_Model):
    """All checks, with the rules behind them."""

    version: Words
    laws: dict[str, Law]
    checks: tuple[Check, ...]
    sha256: str = ""

    @cached_property
    def by_id(self) -> dict[str, Check]:
        """The checks by their id."""
        return {check.id: check for check in self.checks}

    def check(self, check_id: str) -> Check:
        """The check of that id. Raises UserMistake (with the nearest ids) when there is none."""
        found = self.by_id.get(check_id)
        if found is None:
            raise UserMistake(f"there is no check {check_id!r}.", "criteria/checks.yaml", nearest(check_id, self.by_id))
        return found

    def law_of(self, check: Check) -> Source:
        """The rule behind a check, ready to be shown."""
        law = self.laws[check.law]
        return Source(law=law.title, article=check.article, certainty=law.certainty, note=law.note)


class CheckShare(_Model):
    """A check inside a criterion, and its weight beside the others."""

    id: str
    weight: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] = 1

    @model_validator(mode="before")
    @classmethod
    def _bare_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class Criterion(_Model):
    """What is judged for so many points, and the checks that decide it.

    `rule` mean: points × the weighted mean share of its checks; all: one failed check costs the whole criterion.
    """

    id: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)+$")]
    title: Words
    title_en: Words
    points: Points
    rule: Literal["mean", "all"]
    words: Words
    source: Source
    checks: tuple[CheckShare, ...] = ()


class Group(_Model):
    """A group of criteria; its points are the sum of theirs."""

    id: Words
    title: Words
    title_en: Words
    points: Points
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Grade(_Model):
    """A grade and its lower bound (points, inclusive)."""

    grade: Words
    lower: Annotated[float, Field(alias="from", ge=0, allow_inf_nan=False)]


class CriteriaSet(_Model):
    """A criteria set: groups, criteria, points, grades, and what of it is official."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Words
    date: datetime.date
    title: Words
    title_en: Words
    law: Words
    points: Points
    official: Bilingual
    own: Bilingual
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    advice: tuple[CheckShare, ...] = ()
    sha256: str = ""

    @property
    def criteria(self) -> Iterator[Criterion]:
        """All criteria, in order."""
        return (criterion for group in self.groups for criterion in group.criteria)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion of that id. Raises UserMistake (with the nearest ids) when there is none."""
        found = {criterion.id: criterion for criterion in self.criteria}
        if criterion_id not in found:
            raise UserMistake(
                f"the criteria set {self.id} has no criterion {criterion_id!r}.", "", nearest(criterion_id, found)
            )
        return found[criterion_id]

    def criteria_of(self, check_id: str) -> tuple[Criterion, ...]:
        """The criteria that a check decides; empty for advice and for checks that this set does not use."""
        return self._criteria_by_check.get(check_id, ())

    @cached_property
    def _criteria_by_check(self) -> dict[str, tuple[Criterion, ...]]:
        table: dict[str, tuple[Criterion, ...]] = {}
        for criterion in self.criteria:
            for share in criterion.checks:
                table[share.id] = (*table.get(share.id, ()), criterion)
        return table

    def grade(self, points: Fraction | float) -> str:
        """The grade of so many points."""
        return next((grade.grade for grade in self.grades if points >= grade.lower), self.grades[-1].grade)
