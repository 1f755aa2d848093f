"""The matrix as a page of the documentation: one row per defect, the totals, and how often each criterion was tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from portal.defects import REGISTRY
from portal.defects.defect import Defect
from tests.matrix.judging import Row, precision, recall
from toantrinh.criteria import load_catalogue, load_criteria
from toantrinh.criteria_model import CriteriaSet

PAGE = Path(__file__).parents[2] / "docs" / "matrix.md"
CRITERIA = "qd473-2024"
HEAD = """# Defects × checks

Written by `python -m tests.matrix --write`; not to be edited by hand. The reference portal is started with each defect,
alone or with others that name none of its checks, and judged by the real tester. The checks named, and no others, must
change their verdict from the clean portal's. A look-alike is unusual but correct: no check may change its verdict.
"""
TIMED = "timed: not in this matrix"


def set_of_criteria() -> CriteriaSet:
    """The set that the matrix counts by."""
    return load_criteria(CRITERIA, load_catalogue())


def prefix_of(defect: Defect) -> str:
    """The part of a row that the registry alone decides."""
    checks = ", ".join(f"`{check}`" for check in defect.checks) or "none: a look-alike"
    return f"| `{defect.name}` | {defect.title} | {checks} |"


def page_of(rows: Collection[Row], minutes: float, unsteady: Collection[str] = ()) -> str:
    """The whole page. `minutes`: what its runs took; `unsteady`: defects that were as they must be at the second look alone."""
    caught, real = recall(rows)
    right, changed = precision(rows)
    alike = [row for row in rows if row.defect.is_lookalike]
    silent = sum(1 for row in alike if row.holds)
    of = {row.defect: row for row in rows}
    everything = sorted({*REGISTRY.values(), *of}, key=lambda defect: defect.name)
    lines = [
        HEAD,
        "| Measured | |",
        "|---|---|",
        f"| Recall: defects that every check named has caught | {caught} of {real} ({_percent(caught, real)}) |",
        f"| Precision: verdicts that were right to change | {right} of {changed} ({_percent(right, changed)}) |",
        f"| Look-alikes that cost nothing | {silent} of {len(alike)} |",
        f"| As they must be at the second look alone | {', '.join(f'`{one}`' for one in unsteady) or 'none'} |",
        f"| Verdicts compared | {sum(row.asked for row in rows)} |",
        f"| Time of all runs, two at a time on two cores | {minutes:.0f} minutes |",
        "",
        "## Defects",
        "",
        "| Defect | Title | Checks that must catch it | Caught |",
        "|---|---|---|---|",
        *(f"{prefix_of(defect)} {_outcome(of[defect]) if defect in of else TIMED} |" for defect in everything),
        "",
        "## Criteria",
        "",
        "| Criterion | Title | Defects |",
        "|---|---|---|",
        *(f"| {id} | {title} | {count} |" for id, title, count in by_criterion(everything)),
    ]
    return "\n".join(lines) + "\n"


def by_criterion(defects: Iterable[Defect]) -> Iterator[tuple[str, str, int]]:
    """Id, title and the number of defects that its checks must catch, of each criterion."""
    of_check: dict[str, set[str]] = defaultdict(set)
    for defect in defects:
        for check in defect.checks:
            of_check[check].add(defect.name)
    for group in set_of_criteria().groups:
        for criterion in group.criteria:
            named = set[str]().union(*(of_check[share.id] for share in criterion.checks))
            yield criterion.id, criterion.title, len(named)


def _outcome(row: Row) -> str:
    if row.holds:
        return "silent" if row.defect.is_lookalike else "for a person" if row.defect.for_a_person is True else "yes"
    told = [f"{what} {', '.join(f'`{one}`' for one in found)}" for what, found in (
        ("missed by", row.missed), ("false alarm of", row.alarms), ("not measured:", row.ours)
    ) if found]  # fmt: skip
    return "; ".join(told)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
