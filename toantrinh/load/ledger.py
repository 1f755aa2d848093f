"""Writes down what came of it, says each second how it goes, and pulls the brake: of one generator or of many."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gevent
import locust

from toantrinh.load.brake import Braking
from toantrinh.load.own_pulse import Second
from toantrinh.load.plan import LoadPlan
from toantrinh.load.samples import Came, Sample
from toantrinh.load.sending import DOSSIERS, FILES, SAMPLES

if TYPE_CHECKING:
    from toantrinh.load.desk import Told
STARTER_GONE = "tiến trình đã khởi động nó không còn"
PORTION = 50  # samples that are written at a time, some 0.2 ms


class Ledger:
    """The files of one plan's run in `folder`. Raises OSError where they cannot be written."""

    def __init__(self, plan: LoadPlan, folder: Path) -> None:
        self.samples = 0
        self._dossiers = (folder / DOSSIERS).open("a", encoding="utf-8")  # an earlier list stays
        self._samples, self._files = _Rows(folder / SAMPLES), _Rows(folder / FILES)
        self._braking = Braking(plan.brake) if plan.brake else None
        self._pulse: list[Second] = []
        self._last: dict[str, Told] = {}
        self._count = dict.fromkeys(("ended", "wrong"), 0)

    def dossier(self, code: str) -> None:
        """A dossier now exists: written at once, for somebody has to withdraw it."""
        self._dossiers.write(code.replace("\n", " ") + "\n")
        self._dossiers.flush()

    def take(self, told: Told, who: str = "") -> None:
        """What one generator tells."""
        self._last[who] = told
        for samples in _by_portions(told.samples):
            self._samples.write(samples)
            self.samples += len(samples)
            self._count["ended"] += len(samples)
            self._count["wrong"] += sum(sample.came != Came.RIGHT for sample in samples)
            self._show(samples)
        for files in _by_portions(told.files):
            self._files.write(files)
            # One that was never there is the page's fault, and stops nothing.
            self._show([one for one in files if one.came in (Came.TIMEOUT, Came.BROKEN) or one.status >= 500])
        self._samples.flush()
        self._files.flush()
        if told.counted:
            self._pulse.append(told.second)

    def _show(self, samples: Sequence[Sample]) -> None:
        if self._braking:
            for sample in samples:
                self._braking.see(sample)

    def say(self) -> str:
        """Prints how it goes, all generators together; why to stop: the system suffers, nobody listens; or nothing."""
        last = self._last.values()
        now, waiting = max(told.at for told in last), [one for told in last for one in told.waiting]
        cpu, late = max(told.second.cpu for told in last), max(told.second.late_s for told in last)
        state = {"at": round(now, 1), **self._count, "under_way": len(waiting)}
        try:
            print(json.dumps({**state, "cpu": round(cpu, 2), "late_s": round(late, 4)}), flush=True)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115
            return STARTER_GONE
        self._count = dict.fromkeys(self._count, 0)
        return self._braking.look(now, waiting) if self._braking else ""

    def record(self, why: str) -> dict[str, Any]:
        """What is kept of the generators themselves."""
        last = self._last.values()
        return {
            "why": why,
            "lasted_s": max((told.at for told in last), default=0),
            "sent": sum(told.sent for told in last),
            "samples": self.samples,
            "under_way": sum(len(told.waiting) for told in last),
            "held_by_cap_s": sum(told.held_by_cap_s for told in last),
            "generators": len(last),
            "pulse": [second.model_dump() for second in self._pulse],
            "locust": locust.__version__,
        }

    def close(self) -> None:
        """Ends."""
        self._dossiers.close()
        self._samples.close()
        self._files.close()


def _by_portions(rows: Sequence[Sequence[float]]) -> Iterator[list[Sample]]:
    """Some rows at a time; others have their turn in between, for nobody's answer shall wait for our own writing."""
    for begun in range(0, len(rows), PORTION):
        yield [row if isinstance(row, Sample) else Sample(*row) for row in rows[begun : begun + PORTION]]  # type: ignore[arg-type]
        gevent.sleep(0)


class _Rows:
    """A file of samples, a line each."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", newline="", encoding="ascii")
        self._file.write(",".join(Sample._fields) + "\n")

    def write(self, rows: Sequence[Sample]) -> None:
        self._file.write(
            "".join(
                f"{o:.0f},{p:.0f},{planned:.6f},{began:.6f},{ended:.6f},{came:.0f},{status:.0f},{size:.0f},{held:.0f}\n"
                for o, p, planned, began, ended, came, status, size, held in rows
            )
        )

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self._file.close()
