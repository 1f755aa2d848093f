"""`toantrinh diff`: two runs of a system, and whether a pipeline should stop; `toantrinh badge`: one of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from toantrinh.bundle.contents import Unreadable, contents_of, whole
from toantrinh.changes.comparing import CHARGES, Change, Comparison, compare
from toantrinh.changes.telling import told
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.reports.badge import badge
from toantrinh.scorecard import FILE_NAME, read_scorecard, validate_scorecard
from toantrinh.scorecard_model import GradeBound, ResultRow, Scorecard
from toantrinh.store import disk_mistake, write_whole

LARGEST = 64 * 1024 * 1024  # bytes of a scorecard


def diff(chosen: argparse.Namespace) -> int:
    """Prints or writes the comparison; 1 when `--fail-on` says so, else 0. Raises UserMistake."""
    before, after = card_at(chosen.before), card_at(chosen.after)
    if before.system.id != after.system.id:
        raise UserMistake(
            f"these are runs of two systems: {before.system.id!r} and {after.system.id!r}.", "diff",
            "Name two runs of one system.",
        )  # fmt: skip
    wanted = chosen.fail_on and _limit(chosen.fail_on, after)
    comparison = compare(before, after)
    _give(told(comparison, chosen.format) + "\n", chosen.out)
    return int(bool(wanted) and fails(comparison, chosen.fail_on))


def badge_of(chosen: argparse.Namespace) -> int:
    """Prints or writes the badge of a run. Raises UserMistake."""
    _give(badge(card_at(chosen.run)), chosen.out)
    return 0


def _give(text: str, out: Path | None) -> None:
    if out is None:
        print(text, end="")
        return
    try:
        write_whole(out, text.encode())
    except OSError as error:
        raise disk_mistake(out, error) from None


def card_at(place: Path) -> Scorecard:
    """The scorecard of a run's folder, of a bundle, or in a file by itself. Raises UserMistake."""
    if place.is_file() and place.suffix == ".zip":
        with contents_of(place) as contents:
            try:
                return read_scorecard(whole(contents, FILE_NAME, LARGEST), f"{shown(place)}: {FILE_NAME}")
            except Unreadable as why:
                raise UserMistake(f"{FILE_NAME} in it: {why}.", shown(place)) from None
    file = place / FILE_NAME if place.is_dir() else place
    if not file.is_file():
        raise UserMistake(
            "there is no run here.", shown(place), "Name the folder of a run, its .zip, or a scorecard.json."
        )
    return validate_scorecard(file)


def fails(comparison: Comparison, limit: str) -> bool:
    """True when the newer run goes beyond what a pipeline bears: `new`, `any` or `grade:B`."""
    if limit == "new":
        return any(not _is_excused(one.after) for one in comparison.of(*CHARGES))
    if limit == "any":
        kinds = (*CHARGES, Change.SAME, Change.BETTER, Change.DECIDED)
        return any(not _is_excused(one.after) for one in comparison.of(*kinds))
    grades = [one.grade for one in _best_first(comparison.after)]
    return grades.index(comparison.after.grade.low) > grades.index(limit.partition(":")[2].upper())


def _is_excused(row: ResultRow | None) -> bool:
    return row is not None and row.excused


def _limit(limit: str, card: Scorecard) -> str:
    grades = [one.grade for one in _best_first(card)]
    kind, _, grade = limit.partition(":")
    if limit in ("new", "any") or (kind == "grade" and grade.upper() in grades):
        return limit
    raise UserMistake(f"--fail-on={limit} means nothing.", "diff", f"Say new, any, or grade:{'|'.join(grades)}.")


def _best_first(card: Scorecard) -> list[GradeBound]:
    return sorted(card.criteria_set.grades, key=lambda one: -one.lower)
