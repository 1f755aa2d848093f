"""Sends a plan by Locust: `python -m toantrinh.load.generator PLAN.json --out FOLDER`. A process of its own.

It says each second how it goes (a JSON line), writes every sample as it ends (samples.csv), and at the end why it
ended (generator.json). It stops when its standard input closes, within a second of SIGINT or SIGTERM, and when the
system suffers. Nothing is followed: a redirect is an answer, and what comes after it is a request of the plan.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import signal
import ssl
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
import locust
from gevent import select
from locust import FastHttpUser, task
from locust.env import Environment
from locust.exception import StopUser

from toantrinh.load.arrivals import Arrival, Visitor, arrivals
from toantrinh.load.brake import Braking
from toantrinh.load.own_pulse import BEAT_S, OwnPulse, go_first
from toantrinh.load.plan import Ask, LoadPlan, Phase
from toantrinh.load.samples import Came, Sample
from toantrinh.load.sending import RECORD, SAMPLES

TELL_S = 1.0
LOOK_S = 0.1  # how often it is seen whether it is to stop


class Desk:
    """What all citizens of this process share: who comes next, the clock, what came of it, and why it ended."""

    def __init__(self, plan: LoadPlan, folder: Path, part: int = 0, parts: int = 1) -> None:
        self.plan, self.why = plan, ""
        self.pulse = OwnPulse()
        self.under_way: dict[int, float] = {}
        self.told = self.sent = 0
        self._part, self._parts, self._citizens = part, parts, 0
        self._coming = arrivals(plan, part, parts)
        self._samples: list[Sample] = []
        self._braking = Braking(plan.brake) if plan.brake else None
        self._zero = 0.0
        self._file = (folder / SAMPLES).open("w", newline="", encoding="ascii")
        self._lines = csv.writer(self._file)
        self._lines.writerow(Sample._fields)

    def begin(self) -> None:
        """Starts the clock."""
        self._zero = time.perf_counter()

    def now(self) -> float:
        """Seconds after the start."""
        return time.perf_counter() - self._zero

    def who_next(self) -> Callable[[], Arrival | None]:
        """For one more citizen of this process: tells each time when and as what he comes next; None: never again."""
        if isinstance(self.plan.phases[0], Phase):
            return lambda: None if self.why else next(self._coming, None)
        visitor = Visitor(self.plan, self._citizens * self._parts + self._part)
        self._citizens += 1
        return lambda: None if self.why else visitor.next(self.now())

    def note(self, sample: Sample) -> None:
        """An operation has ended."""
        self._samples.append(sample)
        if self._braking:
            self._braking.see(sample)

    def tell(self) -> None:
        """Writes what has ended since the last time, and says how it goes; looks whether to stop."""
        samples, self._samples = self._samples, []
        self._lines.writerows(
            [*(f"{value:.6f}" if type(value) is float else int(value) for value in one)] for one in samples
        )
        self._file.flush()
        self.told += len(samples)
        now, second = self.now(), self.pulse.second()
        wrong = sum(sample.came != Came.RIGHT for sample in samples)
        state = {"at": round(now, 1), "ended": len(samples), "wrong": wrong, "under_way": len(self.under_way)}
        print(json.dumps({**state, "cpu": round(second.cpu, 2), "late_s": round(second.late_s, 4)}), flush=True)
        if self._braking and not self.why:
            self.why = self._braking.look(now, [now - begun for begun in self.under_way.values()])

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
        """No more samples."""
        self._file.close()


def citizen_of(desk: Desk) -> type[FastHttpUser]:
    """A citizen who serves one arrival after the other."""
    plan = desk.plan
    needles = [[[word.encode() for word in ask.shows] for ask in one.asks] for one in plan.operations]

    class Citizen(FastHttpUser):
        host = plan.base_url
        network_timeout = connection_timeout = plan.timeout_s
        max_retries = 0
        insecure = False
        default_headers = {"User-Agent": plan.agent}  # noqa: RUF012
        ssl_context_factory = staticmethod(lambda: ssl.create_default_context(cafile=plan.ca_file))

        def on_start(self) -> None:
            type(self.client.client).redirect_response_codes = frozenset()
            self.next = desk.who_next()

        @task
        def serve(self) -> None:
            arrival = self.next()
            if arrival is None:
                raise StopUser
            held = (wait := arrival.at - desk.now()) < 0
            while wait > 0:
                gevent.sleep(wait)
                wait = arrival.at - desk.now()
            begun = desk.now()
            if desk.why:
                raise StopUser
            desk.under_way[id(self)] = begun
            came, status, size = self.operate(arrival)
            del desk.under_way[id(self)]
            desk.note(
                Sample(arrival.operation, arrival.phase, arrival.at, begun, desk.now(), came, status, size, int(held))
            )

        def operate(self, arrival: Arrival) -> tuple[Came, int, int]:
            """Does the operation; how it came out, the last status, bytes of all bodies."""
            operation, size = plan.operations[arrival.operation], 0
            for ask, words in zip(operation.asks, needles[arrival.operation], strict=True):
                came, status, length = self.ask(operation.name, ask, words)
                size += length
                if came is not Came.RIGHT:
                    return came, status, size
            return Came.RIGHT, status, size

        def ask(self, name: str, ask: Ask, words: list[bytes]) -> tuple[Came, int, int]:
            """Sends one request."""
            desk.sent += 1
            sent = self.client.request(
                ask.method, ask.path, name=name, data=ask.body or None, headers=ask.headers, catch_response=True
            )
            with sent as answer:
                content = answer.content or b""
                came = _came(answer, ask, words, content)
                if came is Came.RIGHT:
                    answer.success()
                else:
                    answer.failure(came.vietnamese)
            return came, answer.status_code, len(content)

    return Citizen


def _came(answer: Any, ask: Ask, words: list[bytes], content: bytes) -> Came:
    if not answer.status_code:
        return Came.TIMEOUT if isinstance(answer.error, TimeoutError) else Came.BROKEN
    if answer.status_code not in ask.status:
        return Came.STATUS
    return Came.RIGHT if not words or any(word in content for word in words) else Came.WRONG_PAGE


def generate(plan: LoadPlan, folder: Path) -> dict[str, Any]:
    """Sends the whole plan from this process; the record. Writes its files into `folder`."""
    desk = Desk(plan, folder)
    environment = Environment(user_classes=[citizen_of(desk)], host=plan.base_url)
    runner = environment.create_local_runner()
    for number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(number, lambda: _stop(desk, "dừng theo yêu cầu"))
    gevent.spawn(_until_stdin_closes, desk)
    desk.begin()
    gevent.spawn(_beat, desk)
    runner.start(plan.caps.citizens, spawn_rate=plan.caps.citizens, wait=False)
    over, due = plan.seconds + plan.timeout_s + 1, TELL_S
    while not desk.why and desk.now() < over and (desk.now() < plan.seconds or desk.under_way):
        gevent.sleep(LOOK_S)
        if desk.now() >= due:
            desk.tell()
            due += TELL_S
    runner.quit()
    desk.tell()
    desk.close()
    return desk.record()


def _beat(desk: Desk) -> None:
    while True:
        wanted = time.perf_counter() + BEAT_S
        gevent.sleep(BEAT_S)
        desk.pulse.beat(time.perf_counter() - wanted)


def _until_stdin_closes(desk: Desk) -> None:
    while select.select([sys.stdin], [], [])[0]:
        if not os.read(sys.stdin.fileno(), 1):
            _stop(desk, "tiến trình đã khởi động nó không còn")
            return


def _stop(desk: Desk, why: str) -> None:
    desk.why = desk.why or why


def main() -> int:
    """Exit status 0 when the plan was sent whole or stopped in order."""
    parser = argparse.ArgumentParser(prog="python -m toantrinh.load.generator", description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    plan = LoadPlan.model_validate_json(chosen.plan.read_text(encoding="utf-8"))
    go_first()
    record = generate(plan, chosen.out)
    (chosen.out / RECORD).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
