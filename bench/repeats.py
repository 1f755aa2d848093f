"""The same system judged again and again: how often does the answer change, and how long does a replay take?

Every pair of runs is a comparison of a system with itself. An alarm is a check that fails in the one and not in the
other; a change is any other verdict that differs.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.figures import ENVIRONMENT, HOUSE

CHARGES = ("fail", "partial")
Verdicts = dict[tuple[str, str | None], str]


def measure(address: str, times: int = 10, options: tuple[str, ...] = ()) -> Mapping[str, float | str]:
    """Judges the portal `times` times, all of it or what `options` ask; and the last record once more."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [_verdicts(_judged(address, Path(folder), *options)) for _ in range(times)]
        last = (Path(folder) / "demo" / "latest").resolve()
        began = time.perf_counter()
        _pytest(Path(folder), f"--replay={last}")
        replay = time.perf_counter() - began
    pairs = list(itertools.combinations(runs, 2))
    alarms, changes = Counter[str](), Counter[str]()
    alarmed = 0
    for one, other in pairs:
        differing = {key for key in one | other if one.get(key) != other.get(key)}
        charged = {key for key in differing if (one.get(key) in CHARGES) != (other.get(key) in CHARGES)}
        alarms.update(map(_named, charged))
        changes.update(map(_named, differing - charged))
        alarmed += bool(charged)
    return {
        "runs of an unchanged system": float(times),
        "comparisons of two runs": float(len(pairs)),
        "comparisons with an alarm": float(alarmed),
        "verdicts compared in each": float(len(runs[0])),
        "checks that alarmed": _told(alarms),
        "checks that changed otherwise": _told(changes),
        "replay of a run, s": replay,
    }


def _told(found: Counter[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in found.most_common()) or "none"


def _named(key: tuple[str, str | None]) -> str:
    return " ".join(filter(None, key))


def _judged(address: str, folder: Path, *options: str) -> Path:
    _pytest(folder, "--system=demo", f"--base-url={address}", "--fresh", "-n", "2", *options)
    return folder / "demo" / "latest" / "scorecard.json"


def _pytest(folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "pytest", f"--reports-dir={folder}", "-q", *options]
    ended = subprocess.run(command, cwd=HOUSE, env=ENVIRONMENT, capture_output=True, text=True)
    if ended.returncode not in (0, 1):
        raise SystemExit(f"the measured command failed ({ended.returncode}):\n{ended.stdout[-2000:]}")


def _verdicts(card: Path) -> Verdicts:
    said = json.loads(card.read_text(encoding="utf-8"))
    checks = [check for group in said["groups"] for criterion in group["criteria"] for check in criterion["checks"]]
    return {(check["id"], row["service"]): row["verdict"] for check in checks for row in check["results"]}
