"""What became of a defect: caught by every check that it names, and no other check changes its verdict."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal.defects.defect import Defect
from toantrinh.verdicts import Verdict

LOST = (Verdict.FAIL, Verdict.PARTIAL)
CHARGED = ("", *LOST, Verdict.NEEDS_REVIEW, Verdict.TOOL_ERROR)  # of the clean portal: such a check shows nothing
SEEN = (Verdict.PASS, *LOST)


@dataclass(frozen=True)
class Row:
    """One defect. `missed`: named checks that did not catch it; `alarms`: others that took it for a fault; `lost`: others
    that could not tell any more; `ours`: tool errors. Each by check, with what was said.
    """

    defect: Defect
    asked: int
    seconds: float
    caught: tuple[str, ...]
    missed: Mapping[str, str]
    alarms: Mapping[str, str]
    lost: Mapping[str, str]
    ours: Mapping[str, str]

    @property
    def holds(self) -> bool:
        """Caught, by these checks alone."""
        return not (self.missed or self.alarms or self.ours)


def row_of(
    defect: Defect,
    asked: Collection[str],
    clean: Mapping[str, str],
    verdicts: Mapping[str, str],
    messages: Mapping[str, str],
    seconds: float = 0.0,
) -> Row:
    """Compares the verdicts with those of the clean portal. A check without a verdict was not run: our own fault."""
    caught: list[str] = []
    missed: dict[str, str] = {}
    alarms: dict[str, str] = {}
    lost: dict[str, str] = {}
    ours: dict[str, str] = {}
    for check in sorted(asked):
        verdict, before = verdicts.get(check, ""), clean.get(check, "")
        said = f"{before or '–'} → {verdict or '–'}: {messages.get(check, '')}"[:600]
        if verdict in ("", Verdict.TOOL_ERROR):
            ours[check] = said
        elif check in defect.checks:
            if before not in CHARGED and _is_caught(defect, check, verdict):
                caught.append(check)
            else:
                missed[check] = said
        elif verdict == Verdict.NEEDS_REVIEW and before in SEEN and check in defect.blinds:
            lost[check] = said
        elif verdict != before and verdict in (*LOST, Verdict.NEEDS_REVIEW):
            alarms[check] = said
        elif verdict != before and before in SEEN and verdict not in SEEN:
            lost[check] = said
    return Row(defect, len(asked), seconds, tuple(caught), missed, alarms, lost, ours)


def _is_caught(defect: Defect, check: str, verdict: str) -> bool:
    return verdict in LOST or (defect.leaves_open(check) and verdict == Verdict.NEEDS_REVIEW)


def recall(rows: Collection[Row]) -> tuple[int, int]:
    """Defects that every check named has caught, and all defects."""
    real = [row for row in rows if not row.defect.is_lookalike]
    return sum(1 for row in real if not row.missed and not set(row.ours) & set(row.defect.checks)), len(real)


def precision(rows: Collection[Row]) -> tuple[int, int]:
    """Verdicts that were right to change, and all that changed to the worse."""
    caught = sum(len(row.caught) for row in rows)
    return caught, caught + sum(len(row.alarms) for row in rows)
