"""A run is killed (signal 9) at twenty random moments and goes on each time: the end is that of one left in peace."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.main_job_started import DEATH, Ended, Judge, Portal, running_portal
from toantrinh.runs import read_mark
from toantrinh.store import read_json

KILLS, LIVES = 20, 5  # in so many runs, each cut off several times before it may end
OPTIONS = ("--system=demo", f"--service={DEATH}", "--criterion=1.2", "--criterion=1.9")
SEED = 7


@pytest.fixture(scope="module")
def portal(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with running_portal(environment, tmp_path_factory.mktemp("portal")) as portal:
        yield portal


def verdicts(ended: Ended) -> dict[str, Any]:
    """Points, and of each check and service the verdict: what must not depend on how often a run was cut off."""
    card = ended.card
    return {"score": card["score"], "groups": [group["low"] for group in card["groups"]], **{
        f"{check} {service}": verdict for (check, service), verdict in ended.verdicts().items()
    }}  # fmt: skip


def whole(folder: Path) -> dict[str, str]:
    """The observations that lie in a run's folder; each is complete, or this raises ValueError."""
    return {path.relative_to(folder).as_posix(): str(read_json(path)["made"]) for path in observed(folder)}


def observed(folder: Path) -> list[Path]:
    return sorted((folder / "observations").rglob("*.json"))


def killed_after(judge: Judge, seconds: float, *options: str) -> subprocess.Popen[str]:
    """Starts the main job and kills it, hard, after so long; the job, which may have ended before."""
    process = judge.start(*options)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    return process


@pytest.mark.timeout(1800)  # some twenty-five starts of the main job
def test_nothing_is_lost_and_the_end_is_that_of_a_run_left_in_peace(
    judge: Judge, portal: Portal, tell: Callable[[str], None]
) -> None:
    options = (*OPTIONS, f"--base-url={portal.url}")
    begun = time.monotonic()
    undisturbed = judge(*options)
    lasts = time.monotonic() - begun
    assert undisturbed.status == 0, undisturbed.out
    expected = verdicts(undisturbed)
    assert sum(verdict == "pass" for verdict in expected.values()) > 5

    chance, moments = random.Random(SEED), []
    while len(moments) < KILLS:
        folder: Path | None = None
        kept: dict[str, str] = {}
        for _ in range(LIVES):
            moment = chance.uniform(0.05, 0.95) * lasts
            process = killed_after(judge, moment, *options, *(("--resume",) if kept else ()))
            if process.returncode != -signal.SIGKILL:
                break  # what was left took less time than that
            moments.append(round(moment / lasts, 2))
            now = newest(judge.reports, but=undisturbed.folder)
            if now is None:
                continue
            folder = folder or now
            assert now == folder, f"not the same run goes on; of the first there is {list(folder.iterdir())}"
            there = whole(folder)
            assert kept.items() <= there.items()  # nothing that was observed is lost, or made twice
            kept = there
        ended = judge(*options)
        assert verdicts(ended) == expected, ended.out
        assert folder is None or kept.items() <= whole(folder).items()
        assert not list(judge.reports.rglob("*.part"))
        assert json.loads((ended.folder / "run.json").read_text(encoding="utf-8"))["complete"] is True
        judge.reports = judge.reports.parent / f"reports-{len(moments)}"
    at = ", ".join(map(str, sorted(moments)))
    tell(f"killed: {len(moments)} times, at {at} of a run of {lasts:.0f} s; nothing lost, made twice or half-written")


def newest(reports: Path, but: Path) -> Path | None:
    """The newest run; a folder in which not even its mark was written yet is none, and is not gone on with."""
    folders = [path for path in reports.glob("demo/2*") if read_mark(path) is not None and path != but]
    return max(folders, default=None)
