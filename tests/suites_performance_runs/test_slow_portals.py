"""The performance suite, run as a person runs it, takes points from a slow portal where it is slow and nowhere else.

A few runs stand for the matrix of all defects. Cold loads (3.4) have tests of their own and are left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.defects import REGISTRY
from tests.reference_portal.citizens.conftest import ROOT, running

pytestmark = pytest.mark.quiet
TRIES = 2
WITHIN_S = 240
LOST = ("fail", "partial")


@dataclass(frozen=True)
class Judged:
    """What a run said of the checks of load: verdict and message of each."""

    verdicts: dict[str, str]
    messages: dict[str, str]

    @property
    def lost(self) -> set[str]:
        """The checks that cost points."""
        return {check for check, verdict in self.verdicts.items() if verdict in LOST}

    @property
    def strained(self) -> list[str]:
        """What the suite calls its own fault."""
        return [self.messages[check] for check, verdict in self.verdicts.items() if verdict == "tool-error"]


def judged(defects: str, folder: Path) -> Judged:
    """The suite, run against a portal with these defects."""
    with running(folder / "data", "--captcha-answer", "KT26SM", "--defects", defects) as portal:
        command = [sys.executable, "-m", "pytest", "suites/performance", "--system=demo", f"--base-url={portal.url}"]
        command += [f"--reports-dir={folder}/reports", "-q"]
        command += [
            f"--ignore=suites/performance/{one}.py" for one in ("test_3_4_loading_speed", "test_advice_loading")
        ]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        ended = subprocess.run(
            command, cwd=ROOT, env=kept, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=WITHIN_S
        )
    cards = sorted((folder / "reports").glob("demo/2*/scorecard.json"))
    assert cards, ended.stdout[-2000:] + ended.stderr[-2000:]
    groups = json.loads(cards[-1].read_text(encoding="utf-8"))["groups"]
    checks = [one for group in groups for criterion in group["criteria"] for one in criterion["checks"]]
    of_load = [one for one in checks if one["id"].startswith("load.")]
    return Judged({one["id"]: one["verdict"] for one in of_load}, {one["id"]: one["message"] or "" for one in of_load})


@pytest.mark.parametrize(
    ("defects", "words"),
    [
        ("search.slow,upload.slow,lookalike.one-slow-start,lookalike.slow-report", ("Tìm kiếm", "Tải")),
        ("capacity.lock", ("điểm gãy", "chưa hồi phục")),
    ],
)
@pytest.mark.timeout(2 * TRIES * WITHIN_S)
def test_a_slow_portal_loses_the_points_of_its_defects_and_no_others(
    defects: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    named = {check for name in defects.split(",") for check in REGISTRY[name].checks if check.startswith("load.")}
    seen: list[str] = []
    for number in range(TRIES):
        found = judged(defects, tmp_path / str(number))
        if not found.strained:
            assert found.lost == named, {check: found.messages[check] for check in found.lost ^ named}
            said = " ".join(found.messages[check] for check in named)
            assert all(word in said for word in words), said
            return
        seen += found.strained
    pytest.skip(f"the machine was never calm: {'; '.join(seen)}")
