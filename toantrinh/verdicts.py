"""The verdict of one check, and what it is worth."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from toantrinh.plain_text import plain


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


FINDINGS = (Verdict.FAIL, Verdict.PARTIAL)


class Evidence(BaseModel):
    """One piece of evidence: `path` is relative to the run's folder, with forward slashes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    title: str = ""
    kind: str = "screenshot"  # screenshot | observation | download | trace | video | page

    _shown = field_validator("title")(plain)


class Decision(BaseModel):
    """What a person said of a result: an explanation of a finding, or a review of what the machine left open.

    `machine` is the verdict that the machine gave, `verdict` the one that a review puts in its place (an explanation
    puts none). `counts` says that points follow it: a finding whose explanation was accepted costs nothing. `refusal`:
    why an evaluator did not accept it.
    Dates are ISO 8601; it holds to the end of `expires`. `place` is its file and line.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    said: Literal["explanation", "review"]
    counts: bool
    machine: Verdict
    verdict: Verdict | None = None
    kind: str = ""
    reason: str
    law: str = ""
    by: str
    date: str
    expires: str
    accepted_by: str = ""
    accepted_on: str = ""
    refused_by: str = ""
    refused_on: str = ""
    refusal: str = ""
    document: Evidence | None = None
    document_sha256: str = ""
    place: str = ""


class CheckResult(BaseModel):
    """What one check said of one subject (a service, or the whole system when `service` is None).

    `share` is 0 to 1: the part of the check that was earned; None while the verdict is open or not applicable.
    `identity` names the cause, so that the same finding on many pages or services merges and can be followed over time.
    `fingerprint` stands for what was seen, without what is another in each run; `decision`: what a person said of it.
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
    fingerprint: str = ""
    decision: Decision | None = None

    _shown = field_validator("message", "expected", "seen", "where")(plain)

    @property
    def excused(self) -> bool:
        """True for a finding whose explanation was accepted: it is shown, and costs nothing."""
        return self.decision is not None and self.decision.said == "explanation" and self.decision.counts

    def worth(self) -> tuple[Fraction, Fraction] | None:
        """(low, high) share that this result earns, each 0 to 1; None when the check does not apply."""
        if self.excused:
            return Fraction(1), Fraction(1)
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
