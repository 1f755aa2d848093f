"""The main job as a person starts it: a process of its own, a real browser, a real portal, a folder of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toantrinh.systems import load_system

HOUSE = Path(__file__).parents[1]
BIRTH, DEATH = "1.001193", "1.000656"  # with fee, signature and three documents; free and without signature


@dataclass(frozen=True)
class Portal:
    """A running portal: its address, its data folder, and its origins by role, the outside parties' among them."""

    url: str
    data: Path
    origins: dict[str, str] = field(default_factory=dict)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the portal's database says."""
        with contextlib.closing(sqlite3.connect(self.data / "portal.sqlite3", timeout=20)) as database:
            return database.execute(query, values).fetchall()


@dataclass(frozen=True)
class Ended:
    """How a run ended: exit status, both outputs, and the place of its results."""

    status: int
    out: str
    err: str
    reports: Path
    system: str = "demo"

    @property
    def folder(self) -> Path:
        """The folder of the newest run."""
        return (self.reports / self.system / "latest").resolve()

    @property
    def card(self) -> dict[str, Any]:
        """Its scorecard."""
        return json.loads((self.folder / "scorecard.json").read_text(encoding="utf-8"))

    @property
    def lines(self) -> list[str]:
        """Everything that was said, without empty lines."""
        return [line for line in (self.out + self.err).splitlines() if line.strip()]

    def verdicts(self) -> dict[tuple[str, str | None], str]:
        """The verdict of every check and service."""
        criteria = [criterion for group in self.card["groups"] for criterion in group["criteria"]]
        checks = [*(check for criterion in criteria for check in criterion["checks"]), *self.card["advice"]]
        return {(check["id"], row["service"]): row["verdict"] for check in checks for row in check["results"]}


def own_environment(compiled: Path) -> dict[str, str]:
    """The environment of the processes: nothing of the outer pytest, compiled files in a place of their own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHONDONT"))}
    return {**kept, "COLUMNS": "120", "PYTHONPYCACHEPREFIX": str(compiled)}


def heeds_ctrl_c() -> None:
    """A shell starts what runs in its background deaf to Ctrl-C, and so would be all that is started there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Judge:
    """Starts the main job in a process (group) of its own."""

    def __init__(self, environment: dict[str, str], reports: Path) -> None:
        self.environment, self.reports = environment, reports
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *options: str, **environment: str) -> subprocess.Popen[str]:
        """The main job, going on."""
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", f"--reports-dir={self.reports}", *options],
            cwd=HOUSE, env={**self.environment, **environment}, text=True, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            preexec_fn=heeds_ctrl_c,
        )  # fmt: skip
        self.started.append(process)
        return process

    def __call__(self, *options: str, **environment: str) -> Ended:
        """The main job, ended."""
        return self.end(self.start(*options, **environment))

    def end(self, process: subprocess.Popen[str], within_s: float = 900) -> Ended:
        """Waits for a started job."""
        out, err = process.communicate(timeout=within_s)
        return Ended(process.returncode, out, err, self.reports)

    def clear(self) -> None:
        """Ends what is still going on."""
        for process in self.started:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


@contextlib.contextmanager
def running_portal(environment: dict[str, str], data: Path, system: str = "demo") -> Iterator[Portal]:
    """The portal of a system on free ports, ended with the block."""
    start = load_system(system).start
    assert start is not None
    command = [part.format(python=sys.executable, port=0, data=data) for part in start.command]
    process = subprocess.Popen(
        command, cwd=HOUSE, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None and process.stdin is not None
    try:
        ready = json.loads(process.stdout.readline())
        origins = {role: said for role, said in ready.items() if str(said).startswith("http")}
        yield Portal(ready["portal"], data, origins)
    finally:
        process.stdin.close()
        process.wait(15)
        process.stdout.close()


def until(condition: Callable[[], Any], within_s: float = 60) -> Any:
    """What the condition gives as soon as it gives something."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"it did not come to pass within {within_s} s")
