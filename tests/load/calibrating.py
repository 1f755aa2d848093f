"""Starts the calibration server, sends a plan to it, and brings both truths together."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toantrinh.load.plan import Ask, Brake, Caps, Crowd, Errand, LoadPlan, Operation, Phase
from toantrinh.load.samples import Samples, read_samples
from toantrinh.load.sending import SAMPLES, GeneratorRecord, Tick, send

SERVER = Path(__file__).parent / "calibration_server.py"
PAGE = Errand(name="xem", operations=(Operation(name="trang", asks=(Ask(path="/", shows=("Trang đúng",)),)),))


@dataclass(frozen=True)
class Calibrated:
    """What the generator measured, what it says of itself, and how long the server really took for each answer, s."""

    samples: Samples
    record: GeneratorRecord
    truth: list[float]


def plan_for(
    port: int,
    rate: float,
    seconds: float,
    *,
    citizens: int = 400,
    errands: tuple[Errand, ...] = (PAGE,),
    brake: Brake | None = None,
    timeout_s: float = 10,
) -> LoadPlan:
    """One phase against the server on this machine."""
    return LoadPlan(
        base_url=f"http://127.0.0.1:{port}",
        errands=errands,
        phases=(Phase(name="đều", rate=rate, seconds=seconds),),
        caps=Caps(citizens=citizens, rate=100_000),
        brake=brake,
        timeout_s=timeout_s,
    )


def steps_for(port: int, citizens: Sequence[int], seconds: float, think_s: float) -> LoadPlan:
    """One crowd after the other against the server on this machine."""
    return LoadPlan(
        base_url=f"http://127.0.0.1:{port}",
        errands=(PAGE,),
        phases=tuple(Crowd(name=f"{n}", citizens=n, think_s=think_s, seconds=seconds) for n in citizens),
        caps=Caps(citizens=max(citizens), rate=100_000),
        brake=None,
    )


def calibrate(
    kind: str,
    folder: Path,
    plan: Callable[[int], LoadPlan],
    on_tick: Callable[[Tick], None] = lambda tick: None,
) -> Calibrated:
    """Sends the plan for the server's port to a server of this kind."""
    with telling(SERVER, kind) as server:
        record = send(plan(int(server.line())), folder, on_tick)
        truth = server.told()
    return Calibrated(read_samples(folder / SAMPLES), record, truth)


class Telling:
    """A program that tells how long answers took, s, when its standard input closes."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def line(self) -> str:
        """The next line that it prints."""
        assert self._program.stdout is not None
        return self._program.stdout.readline()

    def told(self) -> list[float]:
        """Ends it; seconds of each answer."""
        assert self._program.stdin is not None
        self._program.stdin.close()
        seconds: list[float] = json.loads(self.line())
        return seconds


@contextmanager
def telling(program: Path, *arguments: str) -> Iterator[Telling]:
    """Runs such a program for as long as it is needed."""
    command = [sys.executable, str(program), *arguments]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    try:
        yield Telling(running)
    finally:
        running.kill()
        running.wait()
        running.stdout.close()
