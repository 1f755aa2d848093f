"""Scorecards made of a few results, for tests that need no run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toantrinh.criteria import load_catalogue, load_criteria
from toantrinh.decisions.fingerprint import fingerprint
from toantrinh.scorecard import RunFacts, Scorecard, SystemFacts, build_scorecard
from toantrinh.verdicts import CheckResult

RUN = RunFacts(
    id="2026-11-22T2000", started="2026-11-22T20:00:00+07:00", finished="2026-11-22T20:01:00+07:00",
    base_url="http://127.0.0.1:1", browser="chromium", command="pytest", seed=1, complete=True,
)  # fmt: skip
SYSTEM = SystemFacts(id="thu", name="Cổng thử", kind="province", platform="generic")


def card_of(results: Sequence[CheckResult], *, system: SystemFacts = SYSTEM, **run: Any) -> Scorecard:
    """The scorecard that follows; `run`: facts of the run that are others."""
    catalogue = load_catalogue()
    facts = RUN.model_copy(update=run)
    return build_scorecard(facts, system, load_criteria("qd473-2024", catalogue), catalogue, results, [])


def printed(results: Sequence[CheckResult]) -> list[CheckResult]:
    """Results as a run leaves them, with their fingerprints."""
    return [result.model_copy(update={"fingerprint": fingerprint(result)}) for result in results]
