"""What others take of this machine, told from what the measurement takes itself."""

from __future__ import annotations

import os
import socket
import time

import pytest

from toantrinh.observers.loading import own_machine
from toantrinh.observers.loading.own_machine import Neighbours, processes_of
from toantrinh.systems import load_system


@pytest.mark.parametrize(
    ("busy", "idle", "ours", "others"),
    [(1.0, 1.0, 1.0, 0.0), (2.0, 0.0, 0.5, 0.75), (0.1, 1.9, 0.3, 0.0), (0.0, 0.0, 0.0, 0.0)],
    ids=["all ours", "mostly others", "coarse clocks", "no time at all"],
)
def test_the_share_of_others(
    monkeypatch: pytest.MonkeyPatch, busy: float, idle: float, ours: float, others: float
) -> None:
    monkeypatch.setattr(own_machine, "_all_s", lambda: (100.0, 100.0))
    monkeypatch.setattr(Neighbours, "_own_s", lambda self: {1: 5.0})
    neighbours = Neighbours()
    monkeypatch.setattr(own_machine, "_all_s", lambda: (100.0 + busy, 100.0 + idle))
    monkeypatch.setattr(Neighbours, "_own_s", lambda self: {1: 5.0, 2: ours})  # 2 was born meanwhile

    assert neighbours.share() == pytest.approx(others)


def test_own_work_is_not_the_others() -> None:
    neighbours = Neighbours()
    begun, used = time.perf_counter(), time.process_time()
    while time.process_time() - used < 0.3:
        pass
    lasted = time.perf_counter() - begun

    own_share = 0.3 / (lasted * (os.cpu_count() or 1))
    assert neighbours.share() <= 1 - own_share + 0.15  # clocks of the system tick in hundredths


def test_the_process_that_answers_is_found_by_its_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        system = load_system("demo", base_url=f"http://127.0.0.1:{server.getsockname()[1]}")

        assert os.getpid() in processes_of(system)
