"""`python -m tests.matrix`: every defect of the reference portal against the checks, for real; the figures at the end.

    python -m tests.matrix                        all defects, two portals at a time; what is measured in time last, alone
    python -m tests.matrix --defects a,b --print  some, with the page
    python -m tests.matrix --share 3              one portal in three, others each day: in three days all of them
    python -m tests.matrix --write                writes docs/matrix.md
    python -m tests.matrix --keep DIR             keeps what was judged there, and goes on with what lies there

Exit status: 0 when every defect was caught by its checks and by no others, 1 otherwise, 2 for a wrong option.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from portal.defects import REGISTRY
from portal.defects.defect import Defect
from tests.matrix.judging import Row, precision, recall
from tests.matrix.page import PAGE, page_of
from tests.matrix.plan import is_quiet
from tests.matrix.running import Matrix, line_of
from toantrinh.mistakes import nearest


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    options = _options(arguments)
    try:
        defects = _wanted(options)
    except ValueError as mistake:
        sys.stderr.write(f"tests.matrix: {mistake}\n")
        return 2
    if options.write and (options.defects or options.part == "quiet" or options.share > 1):
        sys.stderr.write("tests.matrix: --write: the page holds all defects. Leave out what narrows the matrix.\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="matrix-") as passing:
        share = (date.today().toordinal() % options.share, options.share)
        matrix = Matrix(options.keep or Path(passing), options.workers, lambda line: print(line, flush=True), share)
        rows = matrix.rows(defects)
    if options.write:
        PAGE.write_text(page_of(rows, matrix.minutes, matrix.unsteady), encoding="utf-8")
    if options.print:
        print(page_of(rows, matrix.minutes, matrix.unsteady))
    return _sum(rows, matrix)


def _sum(rows: Sequence[Row], matrix: Matrix) -> int:
    wrong = [row for row in rows if not row.holds]
    for row in wrong:
        print(line_of(row))
    (caught, real), (right, changed) = recall(rows), precision(rows)
    lost = sum(len(row.lost) for row in rows)
    mine, shares = matrix.share
    print(
        f"matrix{f', share {mine + 1} of {shares}' if shares > 1 else ''}: {len(rows)} defects, {sum(row.asked for row in rows)} verdicts compared; recall {caught}/{real}; "
        f"precision {right}/{changed}; {lost} could not look; {len(matrix.unsteady)} at the second look alone; {matrix.minutes:.1f} min"
    )
    return 1 if wrong else 0


def _wanted(options: argparse.Namespace) -> list[Defect]:
    names = [name for name in options.defects.split(",") if name] or sorted(REGISTRY)
    for name in names:
        if name not in REGISTRY:
            raise ValueError(f"--defects: there is no defect {name!r}. {nearest(name, REGISTRY)}")
    found = [REGISTRY[name] for name in names]
    return [one for one in found if options.part in ("all", "quiet" if is_quiet(one) else "still")]


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__.splitlines()[0])
    parser.add_argument("--defects", default="", metavar="A,B", help="only these defects")
    parser.add_argument("--part", choices=("all", "still", "quiet"), default="all", help="not, or only, what is timed")
    parser.add_argument("--share", type=int, default=1, metavar="N", help="one portal in N, others each day (1: all)")
    parser.add_argument("-n", "--workers", type=int, default=2, metavar="N", help="runs at a time (2)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what was judged there, and go on with it")
    parser.add_argument("--print", action="store_true", help="print the page")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args(arguments)
    if options.share < 1 or options.workers < 1:
        parser.error("--share, --workers: at least 1")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
