"""What all citizens of one generator share."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import locust
from gevent.event import Event

from toantrinh.load.arrivals import Arrival, Visitor, arrivals
from toantrinh.load.brake import Braking
from toantrinh.load.own_pulse import OwnPulse
from toantrinh.load.plan import LoadPlan, Phase
from toantrinh.load.samples import Came, Sample
from toantrinh.load.sending import SAMPLES


class Desk:
    """What all citizens of this process share: who comes next, the clock, what came of it, and why it ended."""

    def __init__(self, plan: LoadPlan, folder: Path, part: int = 0, parts: int = 1) -> None:
        self.plan, self.why = plan, ""
        self.pulse, self.opened = OwnPulse(), Event()
        self.under_way: dict[int, float] = {}
        self.told = self.sent = self.errands = 0
        self._part, self._parts, self._citizens = part, parts, 0
        self._coming = arrivals(plan, part, parts)
        self._samples: list[Sample] = []
        self._braking = Braking(plan.brake) if plan.brake else None
        self._zero = 0.0
        self._file = (folder / SAMPLES).open("w", newline="", encoding="ascii")
        self._lines = csv.writer(self._file)
        self._lines.writerow(Sample._fields)

    def begin(self) -> None:
        """Starts the clock, and lets the citizens in."""
        self.pulse, self._zero = OwnPulse(), time.perf_counter()
        self.opened.set()

    def now(self) -> float:
        """Seconds after the start."""
        return time.perf_counter() - self._zero

    @property
    def present(self) -> int:
        """Citizens who stand at the door, or are in."""
        return self._citizens

    def who_next(self) -> Callable[[], Arrival | None]:
        """For one more citizen of this process: tells each time when and as what he comes next; None: never again."""
        number = self._citizens
        self._citizens += 1
        if isinstance(self.plan.phases[0], Phase):
            return lambda: None if self.why else next(self._coming, None)
        visitor = Visitor(self.plan, number * self._parts + self._part)
        return lambda: None if self.why else visitor.next(self.now())

    @contextmanager
    def errand(self) -> Iterator[None]:
        """While a citizen is on an errand, thinking included."""
        self.errands += 1
        try:
            yield
        finally:
            self.errands -= 1

    def note(self, sample: Sample) -> None:
        """An operation has ended."""
        self._samples.append(sample)
        if self._braking:
            self._braking.see(sample)

    def tell(self) -> None:
        """Writes what has ended since the last time, and says how it goes; looks whether to stop."""
        samples = self._write()
        now, second = self.now(), self.pulse.second()
        wrong = sum(sample.came != Came.RIGHT for sample in samples)
        state = {"at": round(now, 1), "ended": len(samples), "wrong": wrong, "under_way": len(self.under_way)}
        print(json.dumps({**state, "cpu": round(second.cpu, 2), "late_s": round(second.late_s, 4)}), flush=True)
        if self._braking and not self.why:
            self.why = self._braking.look(now, [now - begun for begun in self.under_way.values()])

    def _write(self) -> list[Sample]:
        samples, self._samples = self._samples, []
        self._lines.writerows(
            [*(f"{value:.6f}" if type(value) is float else int(value) for value in one)] for one in samples
        )
        self._file.flush()
        self.told += len(samples)
        return samples

    def record(self) -> dict[str, Any]:
        """What is kept of the generator itself."""
        return {
            "why": self.why,
            "lasted_s": self.now(),
            "sent": self.sent,
            "samples": self.told,
            "under_way": len(self.under_way),
            "pulse": [second.model_dump() for second in self.pulse.seconds],
            "locust": locust.__version__,
        }

    def close(self) -> None:
        """Writes what ended since, and ends."""
        self._write()
        self._file.close()
