"""Runs the whole matrix: the clean portal once per way of starting it, each defect alone, what is measured in time last."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from portal.defects.defect import Defect
from tests.matrix.judging import Row, row_of
from tests.matrix.plan import QUIET, asked_of, cost_of, is_quiet, kinds_of, near_of, on_pages, together
from tests.matrix.runs import Judged, Setup, judged, setup_of
from toantrinh.criteria import load_catalogue
from toantrinh.verdicts import Verdict

PAGES = Setup(service="")
Say = Callable[[str], None]


@dataclass
class Matrix:
    """`folder`: where what was judged is kept, so that a matrix that was cut off goes on; `workers`: runs at a time."""

    folder: Path
    workers: int
    say: Say
    _asked: dict[Defect, frozenset[str]] = field(default_factory=dict)
    _cleans: dict[Setup, Judged] = field(default_factory=dict)
    _pages: dict[str, frozenset[str]] = field(default_factory=dict)  # checks that judge pages, and what they read there

    def rows(self, defects: Collection[Defect]) -> list[Row]:
        """All defects, judged, in their order."""
        first = self._cleans[Setup()] = self._clean_of_all()
        reads, cost = kinds_of(first), cost_of(first)
        self._asked = {defect: asked_of(defect, reads) for defect in defects}
        self._pages = on_pages(reads)
        still = [one for one in defects if not is_quiet(one)]
        with ThreadPoolExecutor(self.workers) as pool:
            self._cleans |= dict(pool.map(self._clean, self._setups(still).items()))
            on_pages_first = {one: PAGES for one in still if self._shows_on_pages(one)}
            rows = self._all(pool, on_pages_first, lambda one: asked_of(one, self._pages), reads, cost)
            missed = {one for one, row in rows.items() if row.missed}
            rest = {one: setup_of(one) for one in still if one not in rows or one in missed}
            rows |= self._all(pool, rest, lambda one: self._asked[one], reads, cost)
        rows |= {row.defect: row for row in self._timed([one for one in defects if is_quiet(one)])}
        for defect in defects:
            self.say(line_of(rows[defect]))
        return [rows[defect] for defect in defects]

    def _all(
        self,
        pool: ThreadPoolExecutor,
        setups: Mapping[Defect, Setup],
        asked: Callable[[Defect], frozenset[str]],
        reads: Mapping[str, frozenset[str]],
        cost: Mapping[str, float],
    ) -> dict[Defect, Row]:
        """Several defects in one portal, as long as each has checks of its own; `setups`: where each is looked for."""
        groups: list[tuple[Setup, list[Defect]]] = []
        for setup in sorted(set(setups.values()), key=lambda one: one.name):
            wanted = {one: asked(one) & self._cleans[setup].verdicts.keys() for one in setups if setups[one] == setup}
            groups += [(setup, group) for group in together(wanted, reads, cost)]

        def run(job: tuple[Setup, list[Defect]]) -> list[Row]:
            setup, group = job
            return self._group(setup, {one: asked(one) & self._cleans[setup].verdicts.keys() for one in group})

        return {row.defect: row for rows in pool.map(run, groups) for row in rows}

    def _clean_of_all(self) -> Judged:
        """The clean portal, judged by every check that is not measured in time, by all workers together."""
        checks = [check.id for check in load_catalogue().checks if not check.id.startswith(QUIET)]
        return self._kept("clean", Setup(), "", checks, workers=self.workers)

    def _setups(self, defects: Iterable[Defect]) -> dict[Setup, frozenset[str]]:
        """The other ways of starting the portal, with what is asked there."""
        wanted: dict[Setup, frozenset[str]] = {}
        for defect in defects:
            setup = setup_of(defect)
            wanted[setup] = wanted.get(setup, frozenset()) | self._asked[defect]
            if self._shows_on_pages(defect):
                wanted[PAGES] = frozenset(self._pages)
        wanted.pop(Setup(), None)
        return wanted

    def _clean(self, wanted: tuple[Setup, Collection[str]]) -> tuple[Setup, Judged]:
        setup, checks = wanted
        return setup, self._kept(f"clean-{setup.name}", setup, "", checks)

    def _shows_on_pages(self, defect: Defect) -> bool:
        """True when all its checks judge pages, too: there it is looked for first."""
        near = set(near_of(defect))
        return setup_of(defect) == Setup() and not defect.is_lookalike and near <= self._pages.keys()

    def _group(self, setup: Setup, asked: Mapping[Defect, frozenset[str]]) -> list[Row]:
        """Defects in one portal. Where a check that none of them names changes, the half of them are tried again, until
        it is known whose fault it is; what was missed here is tried alone."""
        names = [one.name for one in asked]
        found = self._kept(name_of(names, setup), setup, ",".join(names), frozenset[str]().union(*asked.values()))
        clean = self._cleans[setup].verdicts
        rows = []
        for defect, checks in asked.items():
            others = frozenset[str]().union(*(near_of(one) for one in asked if one is not defect))
            rows.append(
                row_of(defect, checks - others, clean, found.verdicts, found.messages, found.seconds / len(asked))
            )
        if len(rows) == 1:
            return rows
        if any(row.alarms or row.lost or row.ours for row in rows):
            half = len(names) // 2
            self.say(f"apart, for something else has changed: {', '.join(names)}{_changed(rows)}")
            changed = frozenset[str]().union(*({*row.alarms, *row.lost} for row in rows))
            wanted = [(one, checks | changed) for one, checks in asked.items()]  # whoever it was is asked for it, too
            halves = dict(wanted[:half]), dict(wanted[half:])
            return [row for some in halves for row in self._group(setup, some)]
        self.say(
            f"{sum(row.holds for row in rows)} of {len(rows)} as they must be, {found.seconds:.0f} s: {', '.join(names)}"
        )
        return [self._group(setup, {row.defect: asked[row.defect]})[0] if row.missed else row for row in rows]

    def _timed(self, defects: Collection[Defect]) -> list[Row]:
        """One at a time, alone."""
        if not defects:
            return []
        checks = frozenset[str]().union(*(self._asked[defect] for defect in defects))
        clean = self._kept("clean-quiet", Setup(), "", checks)
        return [self._judged(defect, Setup(), self._asked[defect], clean) for defect in defects]

    def _judged(self, defect: Defect, setup: Setup, asked: Collection[str], clean: Judged) -> Row:
        found = self._kept(f"{defect.name}@{setup.name}", setup, defect.name, asked)
        return row_of(defect, asked, clean.verdicts, found.verdicts, found.messages, found.seconds)

    def _kept(self, name: str, setup: Setup, defects: str, checks: Collection[str], workers: int = 0) -> Judged:
        """The run of this name, made now or read; made once more where our own fault came between."""
        place = self.folder / f"{name}.json"
        known = Judged.kept(place)
        if known is not None:
            return known
        started, runs = time.monotonic(), self.folder / "runs" / name
        found = judged(setup, defects, checks, runs, workers)
        if Verdict.TOOL_ERROR in found.verdicts.values() or not found.verdicts:
            self.say(f"{name}: once more, for our own fault came between\n{found.log if not found.verdicts else ''}")
            found = judged(setup, defects, checks, runs, workers)
        found.keep(place)
        if not defects:
            self.say(f"{name}: {len(found.verdicts)} checks of the clean portal, {time.monotonic() - started:.0f} s")
        return found


def name_of(names: Collection[str], setup: Setup) -> str:
    """The name under which a run with these defects is kept."""
    said = ",".join(names)
    return f"{said if len(names) == 1 else hashlib.sha256(said.encode()).hexdigest()[:12]}@{setup.name}"


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
