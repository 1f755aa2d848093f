"""How a check says what it found: it returns when all is well, and raises one of these when it is not.

They carry what a reader needs to agree or object: what was expected, what was seen, where, with which evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from toantrinh.verdicts import Evidence, Verdict

MOST_NAMED = 5


def some_of(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """The first of these places, each once, and how many more there are."""
    known = list(dict.fromkeys(names))
    more = f" và {len(known) - most} nơi khác" if len(known) > most else ""
    return f"{', '.join(known[:most])}{more}"


@dataclass
class Grounds:
    """What a verdict rests on. `identity` names the cause, so that the same finding merges over services and runs."""

    expected: str = ""
    seen: str = ""
    where: str = ""
    identity: str = ""
    evidence: Sequence[Evidence] = field(default_factory=tuple)


class Judgement(Exception):
    """A verdict other than a plain pass. `share` (0 to 1) counts for `partial` only."""

    def __init__(
        self, verdict: Verdict, message: str, grounds: Grounds | None = None, share: float | None = None
    ) -> None:
        self.verdict, self.message, self.grounds, self.share = verdict, message, grounds or Grounds(), share
        super().__init__(message)


def fail(message: str, grounds: Grounds | None = None) -> NoReturn:
    """The system does not do what the check asks."""
    raise Judgement(Verdict.FAIL, message, grounds)


def partial(share: float, message: str, grounds: Grounds | None = None) -> NoReturn:
    """The system does a part of it: `share`, 0 to 1."""
    raise Judgement(Verdict.PARTIAL, message, grounds, share=round(share, 4))


def not_applicable(reason: str) -> NoReturn:
    """The check has no subject here; the criterion's points go to its other checks."""
    raise Judgement(Verdict.NOT_APPLICABLE, reason)


def not_tested(reason: str, grounds: Grounds | None = None) -> NoReturn:
    """We did not see enough: no account, no authorisation, a captcha, a step before it."""
    raise Judgement(Verdict.NOT_TESTED, reason, grounds)


def needs_review(reason: str, grounds: Grounds | None = None) -> NoReturn:
    """A person has to decide, with the evidence that is shown."""
    raise Judgement(Verdict.NEEDS_REVIEW, reason, grounds)


def tool_error(reason: str, grounds: Grounds | None = None) -> NoReturn:
    """Our own fault; never held against the system."""
    raise Judgement(Verdict.TOOL_ERROR, reason, grounds)
