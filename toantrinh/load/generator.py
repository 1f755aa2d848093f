"""Sends a plan by Locust: `python -m toantrinh.load.generator PLAN.json --out FOLDER`. A process of its own.

The first line of its standard input is a `Handed` as JSON: what is never written down. It says each second how it goes
(a JSON line), writes every sample (samples.csv; files of pages in files.csv) and every dossier (dossiers.txt), and at
the end why it ended (generator.json). It stops when its standard input closes, within a second of SIGINT or SIGTERM,
and when the system suffers. Nothing is followed: a redirect is an answer, and what comes after it is a request of the
plan. What is wrong with the plan or with this machine ends it with status 3, and one line that says what.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from gevent import select
from locust.env import Environment
from locust.stats import stats_history
from pydantic import ValidationError

from toantrinh.load.citizen import citizen_of
from toantrinh.load.cluster import Citizen, lead
from toantrinh.load.desk import Desk, beat
from toantrinh.load.ledger import STARTER_GONE, Ledger
from toantrinh.load.own_pulse import go_first, open_many
from toantrinh.load.plan import Handed, LoadPlan
from toantrinh.load.sending import RECORD

TELL_S = 1.0
LOOK_S = 0.1  # how often it is seen whether it is to stop
COME_S = 120.0  # until all workers are there
LONGEST_LINE = 16 * 1024 * 1024


class OwnFault(Exception):
    """What is wrong with the plan or with this machine, in one line."""


def generate(plan: LoadPlan, handed: Handed, folder: Path, ui_port: int | None = None) -> dict[str, Any]:
    """Sends the whole plan from this process; the record. Writes its files into `folder`.

    `ui_port`: where Locust's own page is served to this machine meanwhile. Raises OwnFault, OSError.
    """
    ledger = Ledger(plan, folder)
    desk = Desk(plan, handed, ledger.dossier)
    environment = Environment(user_classes=[citizen_of(desk)], host=plan.base_url)
    runner = environment.create_local_runner()
    if ui_port is not None:
        _serve_page(environment, ui_port)
        events: Any = environment.events
        events.test_stop.add_listener(lambda **_: desk.stop("dừng từ trang của Locust"))
    until_told(desk.stop)
    runner.start(plan.caps.citizens, spawn_rate=plan.caps.citizens, wait=False)
    while desk.present < plan.caps.citizens and not desk.why:  # all are there before the first is due
        gevent.sleep(LOOK_S)
    desk.begin()
    gevent.spawn(beat, desk)
    due = TELL_S
    while not desk.is_over:
        gevent.sleep(LOOK_S)
        if desk.now() >= due:
            ledger.take(desk.tell())
            if why := ledger.say():
                desk.stop(why)
            due += TELL_S
    why, fault = desk.why, desk.fault
    ledger.take(desk.tell())  # before all citizens are sent home, which is work, too, and no measure of anything
    ledger.say()
    record = ledger.record(why)
    runner.quit()
    ledger.close()
    if fault:
        raise OwnFault(fault)
    return record


def generate_by_many(
    plan: LoadPlan, handed: Handed, folder: Path, master: str, workers: int, ui_port: int | None = None
) -> dict[str, Any]:
    """Has the plan sent by so many workers who come to `master`, this machine's HOST:PORT; the record.

    A worker: `locust -f suites/performance/locustfile.py --worker --master-host=… --master-port=…`. Raises OwnFault,
    OSError.
    """
    ledger = Ledger(plan, folder)
    host, _, port = master.rpartition(":")
    environment = Environment(user_classes=[Citizen], host=plan.base_url)
    runner = environment.create_master_runner(host or "*", int(port))
    if ui_port is not None:
        _serve_page(environment, ui_port)
    crew = lead(environment, plan, handed, ledger, workers, COME_S, until_told)
    record = ledger.record(crew.why)
    runner.greenlet.kill(block=False)
    ledger.close()
    if crew.fault:
        raise OwnFault(crew.fault)
    return record


def _serve_page(environment: Environment, port: int) -> None:
    """Locust's own page, for this machine alone."""
    sys.argv = sys.argv[:1]  # it would read ours as its own options
    environment.create_web_ui("127.0.0.1", port)
    gevent.spawn(stats_history, environment.runner)


def until_told(stop: Callable[[str], None]) -> None:
    """Stops when a signal says so, and when whoever started this process is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(number, lambda: stop("dừng theo yêu cầu"))

    def wait() -> None:
        while select.select([sys.stdin], [], [])[0]:
            if not os.read(sys.stdin.fileno(), 65536):
                return stop(STARTER_GONE)

    gevent.spawn(wait)


def told_by_mouth() -> Handed:
    """The first line of the standard input. Raises OwnFault, whose message has nothing of it."""
    line = sys.stdin.buffer.readline(LONGEST_LINE)
    if not line:
        raise OwnFault(STARTER_GONE)
    try:
        return Handed.model_validate_json(line)
    except ValidationError:
        raise OwnFault("dòng đầu của đầu vào chuẩn không phải là JSON của Handed") from None


def main() -> int:
    """Exit status 0 when the plan was sent whole or stopped in order; 3 when something is wrong here."""
    parser = argparse.ArgumentParser(prog="python -m toantrinh.load.generator", description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--ui-port", type=int, help="serve Locust's own page to this machine")
    parser.add_argument("--master", help="HOST:PORT of this machine, where workers come to send it instead")
    parser.add_argument("--workers", type=int, default=1, help="how many of them are waited for")
    chosen = parser.parse_args()
    try:
        plan = LoadPlan.model_validate_json(chosen.plan.read_text(encoding="utf-8"))
        handed = told_by_mouth()
        go_first()
        open_many()
        if chosen.master:
            record = generate_by_many(plan, handed, chosen.out, chosen.master, chosen.workers, chosen.ui_port)
        else:
            record = generate(plan, handed, chosen.out, chosen.ui_port)
        (chosen.out / RECORD).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    except OwnFault as fault:
        return _ended_by(str(fault))
    except OSError as error:
        return _ended_by(f"không đọc hoặc ghi được {error.filename or chosen.out}: {error.strerror or error}")
    except ValidationError as error:
        return _ended_by(f"{chosen.plan} không phải là kế hoạch tải ({error.error_count()} lỗi)")
    return 0


def _ended_by(fault: str) -> int:
    """Says it as the last line, and ends at once, whatever else is still going on."""
    print(fault, file=sys.stderr, flush=True)
    sys.stdout.flush()
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main())
