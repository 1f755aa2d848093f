"""Runs the whole matrix: the clean portal once per way of starting it, each defect alone, what is measured in time last."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from portal.defects.defect import Defect
from tests.matrix.judging import Row, row_of
from tests.matrix.plan import QUIET, asked_of, cost_of, is_quiet, kinds_of, near_of, on_pages, seconds_of
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
            together = pool.submit(self._together, [one for one in still if one.is_lookalike])
            real = [one for one in still if not one.is_lookalike]
            longest_first = sorted(real, key=lambda one: -seconds_of(self._asked[one], reads, cost))
            rows = {row.defect: row for row in pool.map(self._row, longest_first)}
            rows |= {row.defect: row for row in together.result()}
            rows |= {row.defect: row for row in pool.map(self._row, [one for one in still if one not in rows])}
        rows |= {row.defect: row for row in self._timed([one for one in defects if is_quiet(one)])}
        return [rows[defect] for defect in defects]

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

    def _row(self, defect: Defect) -> Row:
        """What shows on the pages alone is not looked for in an application, which takes most of the time."""
        if self._shows_on_pages(defect):
            clean = self._cleans[PAGES]
            asked = asked_of(defect, self._pages) & clean.verdicts.keys()
            row = self._judged(defect, PAGES, asked, clean)
            if not row.missed:
                return self._told(row)
        return self._told(self._judged(defect, setup_of(defect), self._asked[defect], self._cleans[setup_of(defect)]))

    def _together(self, alike: Collection[Defect]) -> list[Row]:
        """Look-alikes of one setup in one portal: where nothing changes, each of them costs nothing. None of those where
        something did: they are tried alone."""
        rows: list[Row] = []
        for setup in dict.fromkeys(setup_of(one) for one in alike):
            group = [one for one in alike if setup_of(one) == setup]
            asked = frozenset[str]().union(*(self._asked[one] for one in group))
            names, clean = ",".join(one.name for one in group), self._cleans[setup].verdicts
            found = self._kept(f"look-alikes@{setup.name}", setup, names, asked)
            told = [
                row_of(one, self._asked[one], clean, found.verdicts, found.messages, found.seconds) for one in group
            ]
            if all(row.holds for row in told):
                rows += [self._told(row) for row in told]
        return rows

    def _timed(self, defects: Collection[Defect]) -> list[Row]:
        """One at a time, alone."""
        if not defects:
            return []
        checks = frozenset[str]().union(*(self._asked[defect] for defect in defects))
        clean = self._kept("clean-quiet", Setup(), "", checks)
        return [self._told(self._judged(defect, Setup(), self._asked[defect], clean)) for defect in defects]

    def _judged(self, defect: Defect, setup: Setup, asked: Collection[str], clean: Judged) -> Row:
        found = self._kept(f"{defect.name}@{setup.name}", setup, defect.name, asked)
        return row_of(defect, asked, clean.verdicts, found.verdicts, found.messages, found.seconds)

    def _told(self, row: Row) -> Row:
        self.say(line_of(row))
        return row

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
