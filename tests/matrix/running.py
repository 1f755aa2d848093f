"""Runs the whole matrix: the clean portal once per way of starting it, each defect alone, what is measured in time last."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal.defects.defect import Defect
from tests.matrix.judging import Row, row_of
from tests.matrix.plan import (
    APPLYING,
    LOGGED_IN,
    QUIET,
    asked_of,
    is_quiet,
    kinds_of,
    near_of,
    on_pages,
    seconds_of,
    timed_of,
    together,
    touched_by,
)
from tests.matrix.runs import Judged, Setup, judged, setup_of
from toantrinh.criteria import load_catalogue
from toantrinh.verdicts import Verdict

PAGES = Setup(service="")
TRIED = 3  # checks by which it is found out who changed more of them
MOST_AGAIN = 5  # defects that are not as they must be and are tried once more; more than that is no accident
Say = Callable[[str], None]
Group = tuple[Setup, list[Defect]]  # what one portal has at a time, and how it is started


@dataclass
class Matrix:
    """`folder`: where what was judged is kept, so that a matrix that was cut off goes on; `workers`: runs at a time;
    `share`: which of how many shares of the portals is started, (0, 1) for all."""

    folder: Path
    workers: int
    say: Say
    share: tuple[int, int] = (0, 1)
    ran: dict[str, float] = field(default_factory=dict)  # s of all workers by run, those of before among them
    unsteady: list[str] = field(default_factory=list)  # defects that were as they must be at the second look alone
    _cleans: dict[Setup, Judged] = field(default_factory=dict)
    _reads: dict[str, frozenset[str]] = field(default_factory=dict)  # kinds of observations by check
    _pages: dict[str, frozenset[str]] = field(default_factory=dict)  # checks that judge pages, and what they read there

    def rows(self, defects: Collection[Defect]) -> list[Row]:
        """All defects of the share, judged, in their order."""
        first = self._cleans[Setup()] = self._clean_of_all()
        self._reads = kinds_of(first)
        self._pages = on_pages(self._reads)
        still = [one for one in defects if not is_quiet(one)]
        setups = {one: PAGES if self._shows_on_pages(one) else setup_of(one) for one in still}
        mine, shares = self.share
        groups = self._groups(setups)[mine::shares]
        with ThreadPoolExecutor(self.workers) as pool:
            self._cleans |= dict(pool.map(self._clean, self._setups([one for _, some in groups for one in some]).items()))
            rows = self._all(pool, groups)
            elsewhere = {one: setup_of(one) for one, row in rows.items() if row.missed and self._shows_on_pages(one)}
            rows |= self._all(pool, self._groups(elsewhere))
            wrong = [(row, (setups | elsewhere)[one]) for one, row in rows.items() if not row.holds]
            rows |= {row.defect: row for row in pool.map(self._once_more, wrong if len(wrong) <= MOST_AGAIN else ())}
        rows |= {row.defect: row for row in self._timed([one for one in defects if is_quiet(one)])}
        judged = [rows[defect] for defect in defects if defect in rows]
        for row in judged:
            self.say(line_of(row))
        return judged

    def _groups(self, setups: Mapping[Defect, Setup]) -> list[Group]:
        """Several defects in one portal, as long as each has checks of its own; `setups`: where each is looked for. What
        takes longest comes first, wherever it is."""
        groups: list[Group] = []
        for setup in sorted(set(setups.values()), key=lambda one: one.name):
            mine = [one for one in setups if setups[one] == setup]
            groups += [(setup, group) for group in together(mine, self._reads_at(setup))]

        def dear(group: Group) -> int:
            near = {check for one in group[1] for check in near_of(one)}
            return seconds_of(near, self._reads_at(group[0]))

        return sorted(groups, key=dear, reverse=True)

    def _all(self, pool: ThreadPoolExecutor, groups: Sequence[Group]) -> dict[Defect, Row]:
        return {row.defect: row for rows in pool.map(lambda one: self._group(*one), groups) for row in rows}

    def _reads_at(self, setup: Setup) -> dict[str, frozenset[str]]:
        """The kinds of observations by check, of the checks that are asked there."""
        return self._pages if setup == PAGES else self._reads

    def _clean_of_all(self) -> Judged:
        """The clean portal, judged by every check that is not measured in time, by all workers together."""
        checks = [check.id for check in load_catalogue().checks if not check.id.startswith(QUIET)]
        return self._kept("clean", Setup(), "", checks, workers=self.workers)

    def _setups(self, defects: Iterable[Defect]) -> dict[Setup, frozenset[str]]:
        """The other ways of starting the portal, with what is asked there."""
        there: dict[Setup, list[Defect]] = {}
        for defect in defects:
            there.setdefault(setup_of(defect), []).append(defect)
        wanted = {setup: asked_of(some, self._reads) for setup, some in there.items() if setup != Setup()}
        if any(self._shows_on_pages(one) for one in there.get(Setup(), ())):
            wanted[PAGES] = frozenset(self._pages)
        return wanted

    def _clean(self, wanted: tuple[Setup, Collection[str]]) -> tuple[Setup, Judged]:
        setup, checks = wanted
        return setup, self._kept(f"clean-{setup.name}", setup, "", checks)

    def _shows_on_pages(self, defect: Defect) -> bool:
        """True when all its checks judge pages, too: there it is looked for first."""
        near = set(near_of(defect))
        public = near <= self._pages.keys() - LOGGED_IN and defect.name not in APPLYING
        return setup_of(defect) == Setup() and not defect.is_lookalike and public

    def _group(self, setup: Setup, group: Sequence[Defect], more: frozenset[str] = frozenset()) -> list[Row]:
        """Defects in one portal. What was missed there is tried without the others; whose fault it is when a check changes
        that none of them names is found by halves. `more`: checks to ask besides."""
        near = frozenset[str]().union(
            *(near_of(one) for one in group)
        )  # asked in any case: unknown to the clean, missed
        checks = near | ((asked_of(group, self._reads_at(setup)) | more) & self._cleans[setup].verdicts.keys())
        found = self._of(setup, group, checks)
        rows = self._rows_of(setup, dict.fromkeys(group, checks), found)
        if len(rows) == 1:
            return rows
        held = sum(row.holds for row in rows)
        names = ", ".join(one.name for one in group)
        self.say(f"{held} of {len(rows)} as they must be, {found.seconds:.0f} s: {names}{_changed(rows)}")
        changed = frozenset[str]().union(*(_else(row) for row in rows))
        tried = frozenset(sorted(changed, key=lambda one: (seconds_of({one}, self._reads), one))[:TRIED])
        guilty = self._whose(setup, group, tried) if tried else []
        if changed and not guilty:  # only several of them together do it
            half = len(group) // 2
            return [row for some in (group[:half], group[half:]) for row in self._group(setup, some)]
        alone = {row.defect for row in rows if set(near_of(row.defect)) & set(row.ours)} | {*guilty}
        hidden = {row.defect for row in rows if row.missed} - alone
        if len(hidden) == len(rows):
            alone, hidden = hidden, set()
        done = [row for one in group if one in alone for row in self._group(setup, [one], changed)]
        if hidden:  # the others may have kept them from being seen
            done += self._group(setup, [one for one in group if one in hidden])
        rest = [one for one in group if one not in alone | hidden]
        if rest and changed != tried:
            return done + self._group(setup, rest)
        return done + [_innocent(row) for row in rows if row.defect in rest]

    def _whose(self, setup: Setup, group: Sequence[Defect], checks: frozenset[str]) -> list[Defect]:
        """Which of these defects change one of these checks by themselves."""
        guilty: list[Defect] = []
        for some in (group[: len(group) // 2], group[len(group) // 2 :]):
            here = dict.fromkeys(some, checks)
            if any(_else(row) for row in self._rows_of(setup, here, self._of(setup, here, checks, "whose-"))):
                guilty += some if len(some) == 1 else self._whose(setup, some, checks)
        return guilty

    def _once_more(self, seen: tuple[Row, Setup]) -> Row:
        """The second look that the tester takes at a fail by itself, and that these runs go without: what is not as it must
        be is judged again, alone. The row as it was, or, when all is right now, as it is; it is named as unsteady."""
        row, setup = seen
        checks = frozenset({*near_of(row.defect), *row.alarms, *row.ours})
        found = self._of(setup, [row.defect], checks, "again-")
        again = self._rows_of(setup, {row.defect: checks}, found)[0]
        if not again.holds:
            return row
        self.say(f"unsteady: {line_of(row)}")
        self.unsteady.append(row.defect.name)
        return replace(row, caught=again.caught, missed={}, alarms={}, ours={})

    def _of(self, setup: Setup, group: Iterable[Defect], checks: frozenset[str], what: str = "") -> Judged:
        names = ",".join(one.name for one in group)
        said = hashlib.sha256(f"{names} {' '.join(sorted(checks))}".encode()).hexdigest()[:12]
        return self._kept(f"{what}{said}@{setup.name}", setup, names, checks)

    def _rows_of(self, setup: Setup, asked: Mapping[Defect, frozenset[str]], found: Judged) -> list[Row]:
        """A row for each; a check that another of them names says nothing of it."""
        clean, rows = self._cleans[setup].verdicts, []
        for defect, checks in asked.items():
            others = frozenset[str]().union(*(touched_by(one) for one in asked if one is not defect)) - {
                *near_of(defect)
            }
            seconds = found.seconds / len(asked)
            rows.append(row_of(defect, checks - others, clean, found.verdicts, found.messages, seconds))
        return rows

    def _timed(self, defects: Collection[Defect]) -> list[Row]:
        """One at a time, alone."""
        if not defects:
            return []
        asked = {defect: timed_of(defect) for defect in defects}
        clean = self._kept("clean-quiet", Setup(), "", frozenset[str]().union(*asked.values()), alone=True)
        return [self._judged(defect, Setup(), checks, clean) for defect, checks in asked.items()]

    def _judged(self, defect: Defect, setup: Setup, asked: Collection[str], clean: Judged) -> Row:
        found = self._kept(f"{defect.name}@{setup.name}", setup, defect.name, asked, alone=True)
        return row_of(defect, asked, clean.verdicts, found.verdicts, found.messages, found.seconds)

    @property
    def minutes(self) -> float:
        """What the runs took, so many at a time; those count, too, that were made before this matrix was cut off."""
        return sum(self.ran.values()) / self.workers / 60

    def _kept(
        self, name: str, setup: Setup, defects: str, checks: Collection[str], workers: int = 0, alone: bool = False
    ) -> Judged:
        """The run of this name, made now or read; made once more where our own fault came between."""
        place = self.folder / f"{name}.json"
        found = Judged.kept(place) or self._made(place, setup, defects, checks, workers)
        self.ran[name] = found.seconds * (self.workers if workers or alone else 1)
        return found

    def _made(self, place: Path, setup: Setup, defects: str, checks: Collection[str], workers: int) -> Judged:
        name = place.stem
        started, runs = time.monotonic(), self.folder / "runs" / name
        found = judged(setup, defects, checks, runs, workers)
        if Verdict.TOOL_ERROR in found.verdicts.values() or not found.verdicts:
            self.say(f"{name}: once more, for our own fault came between\n{found.log if not found.verdicts else ''}")
            found = judged(setup, defects, checks, runs, workers)
        found.keep(place)
        if not defects:
            self.say(f"{name}: {len(found.verdicts)} checks of the clean portal, {time.monotonic() - started:.0f} s")
        return found


def _innocent(row: Row) -> Row:
    """What others in the same portal changed is no matter of this one."""
    near = touched_by(row.defect)
    alarms, lost = ({check: said for check, said in found.items() if check in near} for found in (row.alarms, row.lost))
    return replace(row, alarms=alarms, lost=lost, ours={})


def _else(row: Row) -> set[str]:
    """What changed besides the checks that the defect is known to touch."""
    return {*row.alarms, *row.ours} - set(near_of(row.defect)) | row.lost.keys() - touched_by(row.defect)


def _changed(rows: Iterable[Row]) -> str:
    told = {
        f"\n    {check}: {said}"
        for row in rows
        for found in (row.alarms, row.lost, row.ours)
        for check, said in found.items()
    }
    return "".join(sorted(told))


def line_of(row: Row) -> str:
    """One defect in one line, and a line for each thing that is not as it must be."""
    if row.defect.is_lookalike:
        said = "silent" if row.holds else "NOT SILENT"
    else:
        said = "caught" if row.holds else "MISSED" if row.missed else "NOT AS IT MUST BE"
    lines = [f"{row.defect.name:<36} {said:<8} {', '.join(row.caught)} ({row.asked} checks, {row.seconds:.0f} s)"]
    for what, found in (("missed", row.missed), ("false alarm", row.alarms), ("ours", row.ours)):
        lines += [f"    {what}: {check}: {told}" for check, told in found.items()]
    if row.lost:
        lines.append(f"    could not look: {', '.join(row.lost)}")
    return "\n".join(lines)
