"""Connections: at most so many processes at one host, each with one slot, freed also by death."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from toantrinh.driver import slots
from toantrinh.driver.slots import hold
from toantrinh.journey import equipment
from toantrinh.store import NotObserved, Outcome
from toantrinh.system_model import System

HOST = "dichvucong.example.vn"
HOLDER = "import sys; from pathlib import Path; from toantrinh.driver.slots import hold; hold([sys.argv[1]], int(sys.argv[2]), folder=Path(sys.argv[3])); print('held', flush=True); sys.stdin.read()"


class Holder:
    """Another process that holds a slot until it is ended."""

    def __init__(self, folder: Path, connections: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, HOST, str(connections), str(folder)],
            cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout and self.process.stdout.readline() == "held\n"

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def test_no_more_processes_than_connections_at_one_host(tmp_path: Path) -> None:
    one, two = Holder(tmp_path, 2), Holder(tmp_path, 2)
    try:
        with pytest.raises(NotObserved) as full:
            hold([HOST], 2, folder=tmp_path, wait_s=0.3)
        assert full.value.outcome is Outcome.NOT_TESTED and HOST in full.value.reason
        one.kill()  # however it ends, its slot is free
        hold([HOST], 2, folder=tmp_path, wait_s=5)()
    finally:
        one.kill()
        two.kill()


def test_another_host_has_slots_of_its_own(tmp_path: Path) -> None:
    one = Holder(tmp_path, 1)
    try:
        hold(["another.example.vn"], 1, folder=tmp_path, wait_s=0.3)()
    finally:
        one.kill()


def test_one_process_needs_one_slot_however_many_contexts_it_opens(tmp_path: Path) -> None:
    first = hold([HOST], 1, folder=tmp_path, wait_s=0.3)
    second = hold([HOST], 1, folder=tmp_path, wait_s=0.3)
    first()
    assert HOST in slots._held
    second()
    assert HOST not in slots._held


def test_a_context_holds_its_slot_until_it_is_closed(
    chromium: Browser, system_at: Callable[[str], System], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(slots, "_folder", lambda: tmp_path)
    system = system_at("http://127.0.0.1:9").model_copy(update={"base_url": f"https://{HOST}"})
    context = equipment.context_of(chromium, system)
    assert HOST in slots._held
    context.close()
    assert not slots._held


def test_this_machine_may_be_visited_by_any_number(chromium: Browser, system_at: Callable[[str], System]) -> None:
    context = equipment.context_of(chromium, system_at("http://127.0.0.1:9"))
    assert not slots._held
    context.close()
