"""One plan sent by many machines, with Locust's own master and workers.

The master hands each worker the plan, its part of it, and what was handed over: that goes over the network as it is, so
the network between them has to be one's own. Workers tell each second what came of it. A worker that hears nothing of
the master for SILENT_S seconds stops by itself, and a master that hears nothing of a worker stops them all.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
import locust
from locust import FastHttpUser, task

from toantrinh.load.asking import files_of, know_files
from toantrinh.load.citizen import citizen_of
from toantrinh.load.desk import Desk, Told, beat
from toantrinh.load.ledger import Ledger
from toantrinh.load.own_pulse import go_first, open_many
from toantrinh.load.plan import Handed, LoadPlan

TELL_S, LOOK_S = 1.0, 0.1
SILENT_S = 4.0
GONE_S = 2.0  # without a sign of the master: he, or his list of workers, is gone
READY_S = 30.0  # until a worker that was handed the plan is ready for it
LAST_WORDS_S = 1.0


class Citizen(FastHttpUser):
    """Who stands for the citizens where there is no plan yet: a master has none of its own."""

    host = "http://127.0.0.1:9"

    @task
    def serve(self) -> None:
        """Asks for nothing."""
        gevent.sleep(1)


class Crew:
    """The master's side: the workers of one plan, and what they tell."""

    def __init__(self, environment: Any, plan: LoadPlan, handed: Handed, ledger: Ledger) -> None:
        self.plan, self.ledger, self.why, self.fault = plan, ledger, "", ""
        self._runner, self._handed = environment.runner, handed
        self._ready: set[str] = set()
        self._last: dict[str, Told] = {}
        self._parts: list[str] = []
        self._heard: dict[str, float] = {}
        self._begun: float | None = None
        for name, listener in (("ready", self._is_ready), ("told", self._tells), ("dossier", self._made)):
            self._runner.custom_messages.pop(name, None)
            self._runner.register_message(name, listener)

    @property
    def present(self) -> int:
        """Workers who wait for work."""
        return len(self._runner.clients.ready)

    def hand_out(self) -> None:
        """Gives each worker who is there its part, and waits until all have understood."""
        self._parts = [client.id for client in self._runner.clients.ready]
        for part, worker in enumerate(self._parts):
            told = {
                "plan": self.plan.model_dump_json(),
                "handed": self._handed.model_dump_json(),
                "files": files_of(self.plan),
                "authorities": self.plan.ca_file.read_bytes() if self.plan.ca_file else b"",
                "part": part,
                "parts": len(self._parts),
            }
            self._runner.send_message("plan", told, worker)
        until = time.monotonic() + READY_S
        while not self._ready.issuperset(self._parts) and time.monotonic() < until and not self.why:
            gevent.sleep(LOOK_S)
        if not self._ready.issuperset(self._parts):
            self.fail(f"mới có {len(self._ready)}/{len(self._parts)} máy phát tải nhận được kế hoạch")

    def begin(self) -> None:
        """All citizens are there: the clocks start."""
        self._begun = time.monotonic()
        self._heard = dict.fromkeys(self._parts, self._begun)
        self._send("begin")

    def watch(self) -> None:
        """Sees the plan through: says each second how it goes, stops all where the system suffers or a worker fails."""
        due = TELL_S
        while not self._is_over():
            gevent.sleep(LOOK_S)
            if self._now() >= due:
                due += TELL_S
                self._send("go-on")
                if self._last and (why := self.ledger.say()):
                    self.stop(why)
                silent = [worker for worker in self._parts if not self._is_done(worker) and self._is_silent(worker)]
                if silent:
                    self.fail(f"{len(silent)} máy phát tải không còn trả lời")
        self._send("halt", self.why)
        until = time.monotonic() + LAST_WORDS_S
        while not all(self._is_done(worker) for worker in self._parts) and time.monotonic() < until:
            gevent.sleep(LOOK_S / 2)
        if self._last:
            self.ledger.say()

    def release(self) -> None:
        """Lets the workers go, who wait for the next plan."""
        for worker in self._parts:
            self._runner.send_message("stop", None, worker)
        gevent.sleep(3 * LOOK_S)

    def stop(self, why: str) -> None:
        """All is to end; the first reason counts."""
        self.why = self.why or why

    def fail(self, fault: str) -> None:
        """Something is wrong with us: all ends, and no figure counts."""
        self.fault = self.fault or fault
        self.stop(fault)

    def _now(self) -> float:
        return time.monotonic() - self._begun if self._begun is not None else 0.0

    def _is_over(self) -> bool:
        whole = self.plan.seconds + self.plan.longest_s + 2
        done = bool(self._last) and all(self._is_done(worker) for worker in self._parts)
        return bool(self.why) or self._now() > whole or done

    def _is_done(self, worker: str) -> bool:
        return worker in self._last and self._last[worker].over

    def _is_silent(self, worker: str) -> bool:
        return time.monotonic() - self._heard[worker] > SILENT_S

    def _send(self, name: str, data: Any = None) -> None:
        for worker in self._parts:
            self._runner.send_message(name, data, worker)

    def _is_ready(self, msg: Any, **_: Any) -> None:
        self._ready.add(msg.node_id)

    def _tells(self, msg: Any, **_: Any) -> None:
        if msg.node_id not in self._parts:
            return
        self._heard[msg.node_id] = time.monotonic()
        told = Told.model_validate(msg.data)
        self.ledger.take(told, msg.node_id)
        self._last[msg.node_id] = told  # only now: after the last words nobody waits any more
        if told.fault:
            self.fail(told.fault)
        elif told.why:
            self.stop(told.why)

    def _made(self, msg: Any, **_: Any) -> None:
        self.ledger.dossier(str(msg.data))


class Hand:
    """A worker's side: does its part of whatever plan the master hands it, one after the other."""

    def __init__(self, environment: Any) -> None:
        self._environment, self._runner = environment, environment.runner
        self._desk: Desk | None = None
        self._heard = 0.0
        for name, listener in (
            ("plan", self._take), ("begin", self._begin), ("go-on", self._go_on), ("halt", self._halt),
        ):  # fmt: skip
            self._runner.register_message(name, listener)
        go_first()
        open_many()
        gevent.spawn(self._offer)

    def _offer(self) -> None:
        """Comes to the master that stands where the last one stood, when that one has gone with its plan."""
        while True:
            gevent.sleep(TELL_S / 2)
            idle = self._desk is None or (self._desk.opened.is_set() and self._desk.is_over)
            if idle and time.time() - (self._runner.last_heartbeat_timestamp or time.time()) > GONE_S:
                self._runner.send_message("client_ready", locust.__version__)

    def _take(self, msg: Any, **_: Any) -> None:
        plan = LoadPlan.model_validate_json(msg.data["plan"])
        know_files(msg.data["files"])
        if msg.data["authorities"]:
            with tempfile.NamedTemporaryFile(delete=False, suffix=".pem") as file:
                file.write(msg.data["authorities"])
            plan = plan.model_copy(update={"ca_file": Path(file.name)})
        handed = Handed.model_validate_json(msg.data["handed"])
        part, parts = msg.data["part"], msg.data["parts"]
        self._desk = Desk(plan, handed, self._made, part, parts)
        self._environment.user_classes[:] = [citizen_of(self._desk)]
        self._runner.send_message("ready")

    def _made(self, code: str) -> None:
        self._runner.send_message("dossier", code)

    def _begin(self, **_: Any) -> None:
        assert self._desk is not None
        self._heard = time.monotonic()
        self._desk.begin()
        gevent.spawn(beat, self._desk)
        gevent.spawn(self._tell, self._desk)

    def _go_on(self, **_: Any) -> None:
        self._heard = time.monotonic()

    def _halt(self, msg: Any, **_: Any) -> None:
        if self._desk is not None:
            self._desk.stop(msg.data or "dừng theo yêu cầu")

    def _tell(self, desk: Desk) -> None:
        due = TELL_S
        while not desk.is_over:
            gevent.sleep(LOOK_S)
            if time.monotonic() - self._heard > SILENT_S:
                desk.stop("máy điều khiển không còn")
            if desk.now() >= due:
                due += TELL_S
                self._runner.send_message("told", desk.tell().model_dump())
        self._runner.send_message("told", desk.tell().model_copy(update={"over": True}).model_dump())
        desk.closed.set()  # all go home, whether the master says so or is gone
        if desk.why:
            print(desk.why, file=sys.stderr, flush=True)


def lead(
    environment: Any, plan: LoadPlan, handed: Handed, ledger: Ledger, workers: int, wait_s: float,
    until_told: Callable[[Callable[[str], None]], None],
) -> Crew:  # fmt: skip
    """Waits for so many workers, at most `wait_s`, has the plan sent by them, and lets them go."""
    crew = Crew(environment, plan, handed, ledger)
    until_told(crew.stop)
    until = time.monotonic() + wait_s
    while crew.present < workers and not crew.why:
        gevent.sleep(LOOK_S)
        if time.monotonic() > until:
            crew.fail(f"mới có {crew.present}/{workers} máy phát tải sau {wait_s:.0f} giây")
    if not crew.why:
        crew.hand_out()
    if not crew.why:
        environment.runner.start(plan.caps.citizens, spawn_rate=plan.caps.citizens)
        crew.begin()
        crew.watch()
    crew.release()
    return crew
