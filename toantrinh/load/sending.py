"""Has a plan sent by a generator of its own process, and sees that it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from pydantic import BaseModel, ConfigDict

from toantrinh.load.own_pulse import Second, why_strained
from toantrinh.load.plan import Handed, LoadPlan

STOP_S = 2  # after this the generator is killed
BEGIN_S = 30  # until its first second is over, at the most
PLAN, SAMPLES, RECORD, LOG = "plan.json", "samples.csv", "generator.json", "generator.log"
FILES = "files.csv"  # samples of the files of a page, all together: load, and no operation's time
DOSSIERS = "dossiers.txt"  # codes of the dossiers that the load has made, a line each, as they came
NOTHING = Handed()


class GeneratorRecord(BaseModel):
    """What the generator says of itself.

    `why`: why it ended before the plan did; `under_way`: requests that were not answered then; `held_by_cap_s`: how
    long all requests together waited, s, because no more may be sent a second, which is no part of any time.
    """

    model_config = ConfigDict(frozen=True)

    why: str
    lasted_s: float
    sent: int
    samples: int
    under_way: int
    held_by_cap_s: float = 0
    generators: int = 1
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


def send(
    plan: LoadPlan,
    folder: Path,
    on_tick: Callable[[Tick], None] = lambda tick: None,
    handed: Handed = NOTHING,
    ui_port: int | None = None,
    master: str = "",
    workers: int = 1,
) -> GeneratorRecord:
    """Sends the plan and returns when all is answered, or stopped. Samples are in `folder`, line by line.

    `handed`: secrets and cookies, told by word of mouth; `ui_port`: where Locust's own page is served to this machine
    meanwhile; `master`: HOST:PORT of this machine to which so many `workers` come, who send it instead
    (suites/performance/locustfile.py) and get all of `handed` over the network. A KeyboardInterrupt stops the generator
    within STOP_S seconds and passes through; so does what `on_tick` raises. Raises GeneratorFailed.
    """
    more = ["--ui-port", str(ui_port)] if ui_port is not None else []
    if master:
        more += ["--master", master, "--workers", str(workers)]
    with _generator(plan, folder, handed, more) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                on_tick(Tick.model_validate_json(line))
            process.wait()
        finally:
            _end(process)
    return _record_of(process, folder)


@dataclass
class Beside:
    """Load that goes on beside something else: `ticks` so far, and at the end what the generator says of itself."""

    ticks: list[Tick] = field(default_factory=list)
    record: GeneratorRecord | None = None


@contextmanager
def sent_beside(plan: LoadPlan, folder: Path, handed: Handed = NOTHING) -> Iterator[Beside]:
    """Sends the plan while something else is done; stops it at its end. Begins when the first second was sent.

    Raises GeneratorFailed, at the end too, when the generator failed meanwhile. A plan that ends by itself earlier has
    its record then as well: `record.lasted_s` says how long it went.
    """
    beside, first = Beside(), Event()

    def listen(process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            beside.ticks.append(Tick.model_validate_json(line))
            first.set()
        first.set()

    with _generator(plan, folder, handed, []) as process:
        listener = Thread(target=listen, args=(process,), daemon=True)
        listener.start()
        try:
            if not first.wait(BEGIN_S) or (not beside.ticks and process.wait(BEGIN_S)):
                _stop(process)
                raise GeneratorFailed(_said(process, folder))
            yield beside
        finally:
            _stop(process)
            listener.join()
            _end(process)
    beside.record = _record_of(process, folder)


@contextmanager
def _generator(plan: LoadPlan, folder: Path, handed: Handed, more: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """The process, which has been told all. Raises GeneratorFailed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECORD).unlink(missing_ok=True)
        (folder / PLAN).write_text(plan.model_dump_json(indent=1), encoding="utf-8")
        said = (folder / LOG).open("wb")
    except OSError as error:
        raise GeneratorFailed(f"không ghi được {error.filename}: {error.strerror}") from None
    command = [sys.executable, "-m", "toantrinh.load.generator", str(folder / PLAN), "--out", str(folder), *more]
    with said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it has ended already, and its log says why
        process.stdin.write(handed.model_dump_json().encode() + b"\n")
        process.stdin.flush()
    yield process


def _record_of(process: subprocess.Popen[bytes], folder: Path) -> GeneratorRecord:
    if process.returncode or not (folder / RECORD).exists():
        raise GeneratorFailed(_said(process, folder))
    return GeneratorRecord.model_validate_json((folder / RECORD).read_text(encoding="utf-8"))


def _said(process: subprocess.Popen[bytes], folder: Path) -> str:
    """What the generator said last."""
    with suppress(OSError):
        lines = (folder / LOG).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return f"bộ phát tải dừng với mã {process.returncode}: {lines[-1][-500:] if lines else 'không nói gì'}"
    return f"bộ phát tải dừng với mã {process.returncode}"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks it to stop, and does not wait for long."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_S)
    if process.poll() is None:
        process.kill()
        process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stops it when it has not ended, and closes its pipes."""
    _stop(process)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
