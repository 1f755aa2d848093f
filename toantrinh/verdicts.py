"""The verdict of one check, and what it is worth."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field


class Verdict(StrEnum):
    """What a check says of a system (CRITERIA.md, "Verdicts")."""

    PASS = "pass"
    FAIL = "fail"
    PARTIAL = "partial"
    NOT_APPLICABLE = "not-applicable"
    NOT_TESTED = "not-tested"
    NEEDS_REVIEW = "needs-review"
    TOOL_ERROR = "tool-error"

    @property
    def is_open(self) -> bool:
        """True when the truth is still unknown: the criterion then has a low and a high end."""
        return self in (Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW, Verdict.TOOL_ERROR)


class Evidence(BaseModel):
    """One piece of evidence: `path` is relative to the run's folder, with forward slashes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    title: str = ""
    kind: str = "screenshot"  # screenshot | observation | download | trace | video | page


class CheckResult(BaseModel):
    """What one check said of one subject (a service, or the whole system when `service` is None).

    `share` is 0 to 1: the part of the check that was earned; None while the verdict is open or not applicable.
    `identity` names the cause, so that the same finding on many pages or services merges and can be followed over time.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: str
    service: str | None = None
    verdict: Verdict
    share: float | None = None
    message: str = ""
    expected: str = ""
    seen: str = ""
    where: str = ""
    identity: str = ""
    duration_ms: float = 0.0
    evidence: tuple[Evidence, ...] = Field(default=())

    def worth(self) -> tuple[Fraction, Fraction] | None:
        """(low, high) share that this result earns, each 0 to 1; None when the check does not apply."""
        match self.verdict:
            case Verdict.PASS:
                return Fraction(1), Fraction(1)
            case Verdict.FAIL:
                return Fraction(0), Fraction(0)
            case Verdict.PARTIAL:
                share = Fraction(str(self.share if self.share is not None else 0))
                return share, share
            case Verdict.NOT_APPLICABLE:
                return None
            case _:
                return Fraction(0), Fraction(1)
