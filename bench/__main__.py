"""Prints a table of figures: `python -m bench [--only journey,collect] [--repeat 5]`. Nothing is asserted."""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bench import figures, load, pages, repeats

PARTS: dict[str, Callable[[str], Mapping[str, float | str]]] = {
    "collect": figures.collect,
    "setup": figures.second_call,
    "journey": figures.journey,
    "process": figures.one_process,
    "services": figures.all_services,
    "functional": figures.functional,
    "security": figures.security,
    "probe": figures.probe,
    "pages": pages.measure,
    "load": load.measure_load,
    "repeats": repeats.measure,
}
LONG = ("repeats",)  # only when it is named: it takes an hour
TARGETS: dict[str, float | str] = {
    "one journey, s": 8,
    "eight journeys, two workers, s": 45,
    "functional suite, two workers, s": 120,
    "security suite, one service, s": 40,
    "probe of an unknown portal, s": 20,
    "pytest --collect-only, s": 1.5,
    "run.py, second call, s": 2,
    "Python side, one process, MB": 300,
    "Python side, two workers, MB": 300,
    **pages.TARGETS,
    **load.TARGETS,
    "comparisons with an alarm": 0,
    "replay of a run, s": 5,
}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each (3; of repeats: the runs to compare)")
    parser.add_argument("--pages", type=int, default=40, help="pages: at most so many of them (40)")
    parser.add_argument("--tools", help="pages: where npm has put pa11y and lighthouse; else those on PATH")
    chosen = parser.parse_args()
    names = chosen.only.split(",") if chosen.only else [name for name in PARTS if name not in LONG]
    if unknown := set(names) - set(PARTS):
        parser.error(f"--only: there is no {', '.join(sorted(unknown))}; known: {', '.join(PARTS)}")
    parts = PARTS | {
        "pages": partial(pages.measure, most=chosen.pages, tools=chosen.tools),
        "repeats": partial(repeats.measure, times=chosen.repeat),
    }
    seen: dict[str, list[float | str]] = defaultdict(list)
    before = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    with tempfile.TemporaryDirectory() as folder, figures.running_portal(Path(folder)) as address:
        for name in names:
            for _ in range(1 if name in LONG else chosen.repeat):
                for figure, value in parts[name](address).items():
                    seen[figure].append(value)
    after = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    load_words = f"load average {before:.1f} at the start, {after:.1f} at the end"
    print(f"{os.cpu_count()} processors, {load_words}, {chosen.repeat} runs each\n")
    width = max(map(len, seen))
    print(f"{'figure':{width}} {'median':>8} {'least':>8} {'most':>8} {'target':>8}")
    for figure, values in seen.items():
        target = str(TARGETS.get(figure, ""))
        if numbers := [value for value in values if not isinstance(value, str)]:
            row = (statistics.median(numbers), min(numbers), max(numbers))
            print(f"{figure:{width}} {row[0]:8.2f} {row[1]:8.2f} {row[2]:8.2f} {target:>8}")
        else:
            print(f"{figure:{width}} {values[-1]}")


if __name__ == "__main__":
    main()
