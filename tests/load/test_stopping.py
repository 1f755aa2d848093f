"""What stops the load: a system that suffers, the person who started it, the caps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.load.calibrating import PAGE, SERVER, calibrate, plan_for
from toantrinh.load.brake import Braking
from toantrinh.load.measures import measure
from toantrinh.load.plan import Ask, Brake, Errand, Operation
from toantrinh.load.samples import Came, Sample
from toantrinh.load.sending import PLAN, GeneratorFailed, Tick, send

WRONG = Errand(name="xem", operations=(Operation(name="trang", asks=(Ask(path="/", shows=("Trang khác",)),)),))
BRAKE = Brake(error_share=0.2, slow_s=1, window_s=2, fewest=10)


def sample(ended: float, came: Came = Came.RIGHT, seconds: float = 0.1) -> Sample:
    return Sample(0, 0, ended - seconds, ended - seconds, ended, came, 200, 0, 0)


def braking(*samples: Sample) -> Braking:
    made = Braking(BRAKE)
    for one in samples:
        made.see(one)
    return made


def test_errors_stop_it() -> None:
    seen = [sample(1.0, Came.STATUS if number % 3 else Came.RIGHT) for number in range(12)]
    assert "67% trong 12 lượt" in braking(*seen).look(1.5, [])


def test_slow_answers_stop_it() -> None:
    assert "chờ hơn 1,5 giây" in braking(*(sample(1.0, seconds=1.5) for _ in range(12))).look(1.5, [])


def test_no_answer_at_all_stops_it() -> None:
    assert "chờ hơn 3,0 giây" in braking().look(3.0, [3.0] * 12)


def test_a_few_errors_do_not_stop_it() -> None:
    """Two of twelve are below the share; nine wrong ones are too few to say; old ones are forgotten."""
    assert not braking(*(sample(1.0, Came.STATUS if n < 2 else Came.RIGHT) for n in range(12))).look(1.5, [])
    assert not braking(*(sample(1.0, Came.STATUS) for _ in range(9))).look(1.5, [])
    assert not braking(*(sample(1.0, Came.STATUS) for _ in range(30))).look(3.5, [])


def test_one_slow_operation_among_quick_ones_does_not_stop_it() -> None:
    assert not braking(*(sample(1.0) for _ in range(12))).look(1.5, [9.0, 9.0])


def test_wrong_pages_are_errors_and_the_load_ends_early(tmp_path: Path) -> None:
    tried = calibrate("constant", tmp_path, partial(plan_for, rate=50, seconds=60, errands=(WRONG,), brake=BRAKE))
    assert "không nhận được đúng trang" in tried.record.why and tried.record.lasted_s < 5
    assert set(measure(tried.samples).errors) == {Came.WRONG_PAGE}


def test_a_system_that_answers_nothing_any_more_stops_it(tmp_path: Path) -> None:
    tried = calibrate("capacity:1", tmp_path, partial(plan_for, rate=50, seconds=60, brake=BRAKE))
    assert "một nửa số lượt" in tried.record.why and tried.record.lasted_s < 5
    assert tried.record.under_way > 10


def test_no_more_are_under_way_than_the_cap(tmp_path: Path) -> None:
    ticks: list[Tick] = []
    calibrate("capacity:5", tmp_path, partial(plan_for, rate=50, seconds=2, citizens=3, timeout_s=2), ticks.append)
    assert ticks and max(tick.under_way for tick in ticks) <= 3


def test_a_person_stops_it(tmp_path: Path) -> None:
    def enough(tick: Tick) -> None:
        raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        calibrate("constant", tmp_path, partial(plan_for, rate=50, seconds=600), enough)
    assert time.monotonic() - started < 60  # of 600


def test_a_generator_whose_starter_is_gone_ends(tmp_path: Path) -> None:
    """Killed without a chance to say goodbye, the starter leaves a pipe that closes."""
    server = subprocess.Popen([sys.executable, str(SERVER), "constant"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdout is not None and server.stdin is not None
    (tmp_path / PLAN).write_text(plan_for(int(server.stdout.readline()), 20, 600).model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "toantrinh.load.generator", str(tmp_path / PLAN), "--out", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as generator:
        assert generator.stdout is not None and generator.stdin is not None
        generator.stdin.write(b"{}\n")
        generator.stdin.flush()
        generator.stdout.readline()
        generator.stdin.close()
        assert generator.wait(30) == 0
    server.stdin.close()
    server.wait(10)
    assert "không còn" in (tmp_path / "generator.json").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_generator_that_dies_is_our_own_fault(tmp_path: Path) -> None:
    def kill(tick: Tick) -> None:
        found = subprocess.run(["pgrep", "-f", str(tmp_path / PLAN)], capture_output=True, text=True, check=True)
        for number in found.stdout.split():
            os.kill(int(number), signal.SIGKILL)

    with pytest.raises(GeneratorFailed, match="dừng với mã"):
        calibrate("constant", tmp_path, partial(plan_for, rate=50, seconds=600), kill)


def test_a_host_that_does_not_listen_is_a_broken_connection(tmp_path: Path) -> None:
    from toantrinh.load.samples import read_samples

    plan = plan_for(9, 20, 1, errands=(PAGE,))
    send(plan, tmp_path)
    assert set(measure(read_samples(tmp_path / "samples.csv")).errors) == {Came.BROKEN}
