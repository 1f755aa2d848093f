"""Pages loaded while load goes on: what is sent, what ends it, and what the record says of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.loading.slow_server import Answer, Serve, Server, page
from toantrinh.load.plan import Ask, Brake, Caps, Errand, Handed, LoadPlan, Operation, Phase
from toantrinh.load.script import NothingToSend
from toantrinh.observations.load_script import ErrandName, LoadScript
from toantrinh.observations.loading import LoadingRecord
from toantrinh.observers.loading.beside import MOST_S, loads_beside, plan_beside
from toantrinh.observers.loading.profile import default_profile
from toantrinh.store import NotObserved, Outcome
from toantrinh.systems import load_system

LONGEST_S = 20.0
EMPTY = LoadingRecord(profile=default_profile(), browser="chromium 1", viewport=(1366, 768), seed=1, pages=())


def plan_for(server: Server, seconds: float = MOST_S) -> LoadPlan:
    look = Errand(name="look", operations=(Operation(name="home", asks=(Ask(path="/", shows=("Thủ tục",)),)),))
    return LoadPlan(
        base_url=server.address, errands=(look,), phases=(Phase(name="tải thường", rate=20, seconds=seconds),),
        caps=Caps(citizens=50, rate=100), brake=Brake(window_s=1, fewest=5),
    )  # fmt: skip


def until(condition: Callable[[], bool]) -> LoadingRecord:
    """What stands in for loads of pages: it lasts until something has happened."""
    end = time.monotonic() + LONGEST_S
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)
    return EMPTY


def test_load_goes_on_while_pages_are_loaded_and_stops_then(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/": page("")})
    system = load_system("demo", base_url=server.address)

    got = loads_beside(
        plan_for(server), system, Handed(), tmp_path, lambda still: until(lambda: still() and len(server.asked) > 25)
    )

    assert len(server.asked) < 20 * MOST_S / 2
    assert "20 người đến mỗi giây, không nộp hồ sơ" in got.beside and "bộ xử lý của máy này" in got.beside
    assert "trước khi tải xong" not in got.why_not_trusted


def test_load_that_the_brake_stopped_is_said(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/": Answer("<h1>Lỗi</h1>", status=500)})
    system = load_system("demo", base_url=server.address)

    got = loads_beside(plan_for(server), system, Handed(), tmp_path, lambda still: until(lambda: not still()))

    assert got.why_not_trusted


def test_a_generator_that_fails_is_our_own_fault(tmp_path: Path) -> None:
    system = load_system("demo", base_url="http://127.0.0.1:9")
    folder = tmp_path / "taken"
    folder.write_text("no folder")

    with pytest.raises(NotObserved) as end:
        loads_beside(
            plan_for(Server("http://127.0.0.1:9", {})), system, Handed(), folder, lambda still: EMPTY
        )  # fmt: skip

    assert end.value.outcome is Outcome.TOOL_ERROR


def test_nothing_is_submitted_beside(tmp_path: Path) -> None:
    def errand(name: ErrandName) -> Errand:
        return Errand(name=name, operations=(Operation(name="home", asks=(Ask(path="/"),)),))

    home = "http://127.0.0.1:8080"
    script = LoadScript(
        home=home, service="1.001193", hosts=("127.0.0.1:8080",),
        errands=(errand(ErrandName.LOOK), errand(ErrandName.LOOK_UP), errand(ErrandName.SUBMIT)),
    )  # fmt: skip
    system = load_system("demo", base_url=home)

    plan = plan_beside(script, system, tmp_path, 1)

    assert [one.name for one in plan.errands if one.name in (ErrandName.LOOK, ErrandName.SUBMIT)] == [ErrandName.LOOK]
    with pytest.raises(NothingToSend):
        plan_beside(script.model_copy(update={"errands": script.errands[2:]}), system, tmp_path, 1)
