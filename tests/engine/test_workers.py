"""Which checks stay together when several workers share a run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.collection import _turn
from fixtures.workers import alone, at_work, scope_of

HOUSE = Path(__file__).parents[2]
CODES = ("1.001193", "2.000815")


def test_a_service_stays_with_one_worker_in_all_groups() -> None:
    assert scope_of("suites/functional/test_1_9_submission.py::test_code[1.001193]", CODES) == "1.001193"
    assert scope_of("suites/emc/test_6_2_events.py::test_once[2.000815]", CODES) == "2.000815"


def test_what_is_asked_once_stays_with_its_group() -> None:
    first = scope_of("suites/layout/test_2_1_menu.py::test_menu", CODES)
    assert first == scope_of("suites/layout/test_2_4_links.py::test_links[home]", CODES) == "suites/layout"


def test_security_has_parts_and_the_second_citizen_stays_in_one() -> None:
    modules = ("4_1_channel", "4_2_headers_and_cookies", "4_6_leaks", "4_7_security_level")
    assert {scope_of(f"suites/security/test_{name}.py::test_x", CODES) for name in modules} == {"suites/security"}
    session, access, markers, parameters, uploads = (
        scope_of(f"suites/security/test_{name}.py::test_x", CODES)
        for name in ("4_3_session", "4_4_access", "4_5_markers", "4_5_parameters", "4_5_uploads")
    )
    assert session == access and len({access, markers, parameters, uploads, "suites/security"}) == 5


def test_performance_comes_last() -> None:
    def item(group: str, service: str | None = None) -> Any:
        spec = SimpleNamespace(params={"service_code": service})
        return SimpleNamespace(path=Path(f"suites/{group}/test_x.py"), **({"callspec": spec} if service else {}))

    items = [item("performance"), item("layout"), item("functional"), item("emc", "2.000815")]
    assert [one.path.parent.name for one in sorted(items, key=_turn)] == ["emc", "functional", "layout", "performance"]


AT_WORK = """
import sys, time
from pathlib import Path
from fixtures.workers import at_work
folder, said = Path(sys.argv[1]), Path(sys.argv[2])
for _ in range(400):
    with at_work(folder):
        said.write_text("works"); time.sleep(0.02); said.write_text("rests")
    if (folder / "enough").exists():
        break
"""


def test_whoever_measures_is_alone_and_the_others_go_on_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".locks").mkdir()
    said = tmp_path / "said"
    environment = {**os.environ, "PYTEST_XDIST_WORKER": "gw1", "PYTEST_XDIST_WORKER_COUNT": "2"}
    other = subprocess.Popen([sys.executable, "-c", AT_WORK, str(tmp_path), str(said)], cwd=HOUSE, env=environment)
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "2")
    try:
        _until(said.exists)
        with at_work(tmp_path, 30):
            for _ in range(3):
                with alone(tmp_path, 30) as why:
                    before = said.stat().st_mtime_ns
                    assert not why and said.read_text() == "rests"
                    time.sleep(0.2)
                    assert said.stat().st_mtime_ns == before, "the other worked meanwhile"
                _until(lambda: said.stat().st_mtime_ns > before)  # noqa: B023 - asked at once
    finally:
        (tmp_path / "enough").touch()
        other.wait(30)


def test_nobody_waits_for_ever_to_be_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".locks").mkdir()
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "2")
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    with at_work(tmp_path), monkeypatch.context() as other:
        other.setenv("PYTEST_XDIST_WORKER", "gw0")
        with alone(tmp_path, 0.3) as why:
            assert "vẫn đang làm việc" in why
    with alone(tmp_path, 0.3) as why:
        assert not why


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came")
