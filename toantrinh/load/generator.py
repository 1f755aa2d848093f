"""Sends a plan by Locust: `python -m toantrinh.load.generator PLAN.json --out FOLDER`. A process of its own.

It says each second how it goes (a JSON line), writes every sample as it ends (samples.csv), and at the end why it
ended (generator.json). It stops when its standard input closes, within a second of SIGINT or SIGTERM, and when the
system suffers. Nothing is followed: a redirect is an answer, and what comes after it is a request of the plan.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import gevent
from gevent import select
from locust.env import Environment

from toantrinh.load.citizen import citizen_of
from toantrinh.load.desk import Desk
from toantrinh.load.own_pulse import BEAT_S, go_first
from toantrinh.load.plan import LoadPlan
from toantrinh.load.sending import RECORD

TELL_S = 1.0
LOOK_S = 0.1  # how often it is seen whether it is to stop


def generate(plan: LoadPlan, folder: Path) -> dict[str, Any]:
    """Sends the whole plan from this process; the record. Writes its files into `folder`."""
    desk = Desk(plan, folder)
    environment = Environment(user_classes=[citizen_of(desk)], host=plan.base_url)
    runner = environment.create_local_runner()
    for number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(number, lambda: _stop(desk, "dừng theo yêu cầu"))
    gevent.spawn(_until_stdin_closes, desk)
    runner.start(plan.caps.citizens, spawn_rate=plan.caps.citizens, wait=False)
    while desk.present < plan.caps.citizens and not desk.why:  # all are there before the first is due
        gevent.sleep(LOOK_S)
    desk.begin()
    gevent.spawn(_beat, desk)
    over, due = plan.seconds + plan.longest_s + 1, TELL_S
    while not desk.why and desk.now() < over and (desk.now() < plan.seconds or desk.errands):
        gevent.sleep(LOOK_S)
        if desk.now() >= due:
            desk.tell()
            due += TELL_S
    desk.tell()  # before all citizens are sent home, which is work, too, and no measure of anything
    runner.quit()
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
