"""Has a plan sent by a generator of its own process, and sees that it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from toantrinh.load.own_pulse import Second, why_strained
from toantrinh.load.plan import LoadPlan

STOP_S = 2  # after this the generator is killed
PLAN, SAMPLES, RECORD = "plan.json", "samples.csv", "generator.json"


class GeneratorRecord(BaseModel):
    """What the generator says of itself.

    `why`: why it ended before the plan did; `under_way`: operations that were not answered then.
    """

    model_config = ConfigDict(frozen=True)

    why: str
    lasted_s: float
    sent: int
    samples: int
    under_way: int
    pulse: tuple[Second, ...]
    locust: str

    @property
    def why_not_trusted(self) -> str:
        """Why its figures must not be held against a system: it could not keep up itself. Empty when it could."""
        return why_strained(list(self.pulse))


class Tick(BaseModel):
    """How it goes, each second. `at`: seconds after the start; `late_s`, `cpu`: of the generator itself."""

    model_config = ConfigDict(frozen=True)

    at: float
    ended: int
    wrong: int
    under_way: int
    cpu: float
    late_s: float


class GeneratorFailed(RuntimeError):
    """The generator could not do its work: our own fault. The message ends with what it said last."""


def send(plan: LoadPlan, folder: Path, on_tick: Callable[[Tick], None] = lambda tick: None) -> GeneratorRecord:
    """Sends the plan and returns when all is answered, or stopped. Samples are in `folder`, line by line.

    A KeyboardInterrupt stops the generator within STOP_S seconds and passes through; so does what `on_tick` raises.
    Raises GeneratorFailed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PLAN).write_text(plan.model_dump_json(indent=1), encoding="utf-8")
    command = [sys.executable, "-m", "toantrinh.load.generator", str(folder / PLAN), "--out", str(folder)]
    with (folder / "generator.log").open("w+b") as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
        assert process.stdout is not None and process.stdin is not None
        try:
            for line in process.stdout:
                on_tick(Tick.model_validate_json(line))
            process.wait()
        finally:
            _end(process)
        said.seek(0)
        last = said.read()[-500:].decode(errors="replace").strip()
    if process.returncode or not (folder / RECORD).exists():
        raise GeneratorFailed(f"bộ phát tải dừng với mã {process.returncode}: {last}")
    return GeneratorRecord.model_validate(json.loads((folder / RECORD).read_text(encoding="utf-8")))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks it to stop, and does not wait for long."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_S)
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
