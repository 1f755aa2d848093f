"""One run of the main job through the proxy, and what it is compared with."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.cases import EVERY, Case, Scene
from tests.faults.fault_proxy import before
from tests.main_job_started import DEATH, HOUSE, Ended, Judge, running_portal, until

WITHIN_S = 580
UNDISTURBED = Case("undisturbed", "nothing fails", lambda scene: lambda asked: None, same=True, checks=EVERY)


@dataclass(frozen=True)
class Outcome:
    """How a run ended, after how long, which pages met the fault; of every check that was asked for its verdict and
    what is said of it (both empty where there is no scorecard); `again`: the same command, given once more."""

    case: Case
    ended: Ended
    seconds: float
    met: Counter[str]
    verdicts: dict[str, str]
    messages: dict[str, str]
    again: Ended | None = None


def verdicts(ended: Ended) -> dict[str, str]:
    """The verdict of every check that was asked for; nothing where there is no scorecard."""
    if not (ended.folder / "scorecard.json").is_file():
        return {}
    return {check: verdict for (check, _), verdict in ended.verdicts().items()}


def messages(ended: Ended) -> dict[str, str]:
    """What is said of every check."""
    if not (ended.folder / "scorecard.json").is_file():
        return {}
    card: dict[str, Any] = json.loads((ended.folder / "scorecard.json").read_text(encoding="utf-8"))
    rows = [c for group in card["groups"] for criterion in group["criteria"] for c in criterion["checks"]]
    return {check["id"]: row["message"] for check in rows for row in check["results"]}


def run(case: Case, environment: dict[str, str], folder: Path) -> Outcome:
    """Runs the main job for one service against a portal of its own, behind the proxy with this fault."""
    judge = Judge(environment, folder / "reports")
    system = folder / "demo.yaml"
    text = (HOUSE / "systems" / "demo.yaml").read_text(encoding="utf-8")
    if case.hosts:
        text += "\nhosts: [" + ", ".join(case.hosts) + "]\n"
    system.parent.mkdir(parents=True, exist_ok=True)
    system.write_text(text, encoding="utf-8")
    with running_portal(environment, folder / "portal") as portal:
        scene = Scene(portal, lambda: until(lambda: judge.started and judge.started[-1].pid))
        with before(portal.origins, case.plan(scene)) as proxy:
            options = [
                f"--system={system}", f"--base-url={proxy.url}", f"--service={DEATH}", "-p", "tests.faults.patience",
                *(f"--check={one}" for one in case.checks),
            ]  # fmt: skip
            begun = time.monotonic()
            try:
                ended = judge.end(judge.start(*options), WITHIN_S)
                seconds, met = time.monotonic() - begun, Counter(proxy.met)
                found, said = verdicts(ended), messages(ended)  # before there is a newer run
                again = judge.end(judge.start(*options), WITHIN_S) if case.again else None
            finally:
                judge.clear()
    return Outcome(case, ended, seconds, met, found, said, again)
