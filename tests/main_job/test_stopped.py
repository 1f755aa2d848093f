"""A run that is stopped: what was observed is kept, and the same command goes on from there."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from .conftest import BIRTH, DEATH, Judge, Portal


def observations(reports: Path) -> dict[str, int]:
    """Every observation of the system with the time when it was written (ns)."""
    found = [path for path in reports.glob("demo/2*/observations/**/*.json") if path.stem != "browser"]
    return {path.relative_to(reports).as_posix(): path.stat().st_mtime_ns for path in found}


def under_way(reports: Path, observation: str) -> bool:
    """True when the first picture of an observation has been taken."""
    return any(reports.glob(f"demo/2*/evidence/{observation}/*.jpg"))


def answers(port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


def test_ctrl_c_keeps_what_was_observed_and_the_same_command_goes_on(
    judge: Judge, portal: Portal, wait_until: Callable[..., Any]
) -> None:
    options = ["--system=demo", f"--base-url={portal.url}", f"--service={BIRTH}", f"--service={DEATH}", "--criterion=1.12"]
    process = judge.start(*options)
    wait_until(lambda: under_way(judge.reports, f"journey/{DEATH}"))
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the driver of the browser too
    asked = time.monotonic()
    ended = judge.end(process, 60)
    assert time.monotonic() - asked < 20
    assert ended.status == 2, ended.out + ended.err
    assert "Traceback" not in ended.out + ended.err
    assert len([line for line in ended.lines if "Ctrl-C" in line]) == 1
    assert ended.card["run"]["complete"] is False
    kept = observations(judge.reports)
    assert [Path(name).stem for name in kept] == [BIRTH]  # half a journey is none

    again = judge(*options)
    assert again.status == 0, again.out
    assert again.card["run"]["complete"] is True
    now = observations(judge.reports)
    assert {name: now[name] for name in kept} == kept
    assert {Path(name).stem for name in now} == {BIRTH, DEATH}
    assert len([path for path in judge.reports.glob("demo/2*") if path.is_dir()]) == 1


def test_a_killed_run_goes_on_and_nothing_of_it_lingers(
    judge: Judge, system_file: Callable[..., Path], wait_until: Callable[..., Any]
) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    path = system_file(("127.0.0.1:8080", f"127.0.0.1:{port}"))
    options = [f"--system={path}", f"--service={DEATH}", "--criterion=1.1"]
    process = judge.start(*options)
    wait_until(lambda: under_way(judge.reports, "catalogue/list"))
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 3 and answers(port)  # the browser's driver, the browser, the portal
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    wait_until(lambda: not any(member.is_running() for member in family), 15)
    assert not answers(port)
    kept = observations(judge.reports)
    assert any(name.endswith(f"journey/{DEATH}.json") for name in kept)

    again = judge(*options)
    assert again.status == 0, again.out
    now = observations(judge.reports)
    assert {name: now[name] for name in kept} == kept
    assert len(now) > len(kept)
    assert again.card["run"]["complete"] is True
    assert not list(judge.reports.rglob("*.part"))
    assert len([path for path in judge.reports.glob("demo/2*") if path.is_dir()]) == 1
    assert not answers(port)
