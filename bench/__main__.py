"""Prints a table of figures: `python -m bench [--only journey,collect] [--repeat 5]`. Nothing is asserted."""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path

from bench import figures

PARTS = {
    "collect": figures.collect,
    "setup": figures.second_call,
    "journey": figures.journey,
    "process": figures.one_process,
    "services": figures.all_services,
    "functional": figures.functional,
    "probe": figures.probe,
}
TARGETS = {
    "one journey, s": 8,
    "eight journeys, two workers, s": 45,
    "functional suite, two workers, s": 120,
    "probe of an unknown portal, s": 20,
    "pytest --collect-only, s": 1.5,
    "run.py, second call, s": 2,
    "Python side, one process, MB": 300,
    "Python side, two workers, MB": 300,
}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each (3)")
    chosen = parser.parse_args()
    names = chosen.only.split(",") if chosen.only else list(PARTS)
    if unknown := set(names) - set(PARTS):
        parser.error(f"--only: there is no {', '.join(sorted(unknown))}; known: {', '.join(PARTS)}")
    seen: dict[str, list[float]] = defaultdict(list)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    with tempfile.TemporaryDirectory() as folder, figures.running_portal(Path(folder)) as address:
        for name in names:
            for _ in range(chosen.repeat):
                for figure, value in PARTS[name](address).items():
                    seen[figure].append(value)
    after = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    load_words = f"load average {load:.1f} at the start, {after:.1f} at the end"
    print(f"{os.cpu_count()} processors, {load_words}, {chosen.repeat} runs each\n")
    print(f"{'figure':34} {'median':>8} {'least':>8} {'most':>8} {'target':>8}")
    for figure, values in seen.items():
        target = f"{TARGETS[figure]:g}" if figure in TARGETS else ""
        print(f"{figure:34} {statistics.median(values):8.2f} {min(values):8.2f} {max(values):8.2f} {target:>8}")


if __name__ == "__main__":
    main()
