"""A log-in by a person is kept for them alone, asked whether it lives, and journeys go on from it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.probing.conftest import HOUSE
from tests.strangers.may_portal import CODE, NAME, Office
from toantrinh import sessions
from toantrinh.journey import saved_session
from toantrinh.journey.by_hand import person_logs_in
from toantrinh.journey.saved_session import living
from toantrinh.journey.walk import make_journey
from toantrinh.mistakes import UserMistake
from toantrinh.observations.journey import Reach, StepName
from toantrinh.probing import commands
from toantrinh.probing.commands import log_in_and_keep
from toantrinh.store import Attachments
from toantrinh.system_model import System
from toantrinh.systems import load_system

SERVICE = f'services:\n  - {{code: "{CODE}", name: {NAME}, keyword: nguồn gốc gỗ, declared: một phần, fee: 0}}\n'


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    yield tmp_path / "state"
    saved_session._ASKED.clear()


@pytest.fixture
def system(may: tuple[str, Office], tmp_path: Path) -> System:
    path = tmp_path / "may.yaml"
    path.write_text(f"name: Mây\nbase_url: {may[0]}\npace: {{pause_ms: 0}}\naccounts: {{citizen: {{session: true}}}}\n{SERVICE}", encoding="utf-8")
    return load_system(str(path))


class Somebody:
    """The person before the window: acts when told that it is open."""

    def __init__(self, browser: Browser, name: str = "dan-thu", password: str = "Mat-khau-7") -> None:
        self._browser, self._facts, self.told = browser, (name, password), []  # type: ignore[var-annotated]

    def __call__(self, words: str) -> None:
        self.told.append(words)
        if len(self.told) == 1:
            page = self._browser.contexts[-1].pages[-1]
            page.fill("[name=u]", self._facts[0])
            page.fill("[name=p]", self._facts[1])
            page.click("input[type=submit]")


def test_the_log_in_is_recognised_and_kept_for_its_owner_alone(chromium: Browser, system: System, state_folder: Path) -> None:
    session = person_logs_in(chromium, system, "citizen", wait_s=20, tell=Somebody(chromium))
    path = sessions.keep(system, session)
    assert state_folder in path.parents and sessions.kept(system, "citizen") == session
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)} == {0o700}
    assert "Mat-khau-7" not in path.read_text(encoding="utf-8") and "state" not in repr(session)


def test_a_journey_goes_on_from_the_session_and_says_so(chromium: Browser, system: System, tmp_path: Path) -> None:
    sessions.keep(system, person_logs_in(chromium, system, "citizen", wait_s=20, tell=Somebody(chromium)))
    assert living(chromium, system, "citizen").session
    journey = make_journey(chromium, system, system.services[0], Attachments(tmp_path, "x", str))
    assert journey.reached(StepName.SUBMIT), journey.stopped_at()
    log_in = journey.step(StepName.LOG_IN)
    assert log_in.reach is Reach.NOT_TRIED and "phiên" in log_in.why and "Đăng nhập" not in journey.stopped_at()


def test_without_a_session_what_is_behind_the_log_in_is_not_tried(chromium: Browser, system: System, tmp_path: Path) -> None:
    journey = make_journey(chromium, system, system.services[0], Attachments(tmp_path, "x", str))
    log_in = journey.step(StepName.LOG_IN)
    assert log_in.reach is Reach.NOT_TRIED and "toantrinh login may --account citizen" in log_in.why
    assert journey.step(StepName.SUBMIT).reach is Reach.NOT_TRIED


def test_a_session_that_has_ended_is_said_in_one_line(chromium: Browser, system: System, tmp_path: Path) -> None:
    session = person_logs_in(chromium, system, "citizen", wait_s=20, tell=Somebody(chromium))
    ended = json.loads(json.dumps(dict(session.state)))
    for cookie in ended["cookies"]:
        cookie["value"] = "het-hieu-luc"
    sessions.keep(system, sessions.Session(system.id, "citizen", session.origin, "2026-11-20T08:00+07:00", ended))
    stored = living(chromium, system, "citizen")
    assert stored.session is None and "2026-11-20T08:00" in stored.why and "toantrinh login" in stored.why
    journey = make_journey(chromium, system, system.services[0], Attachments(tmp_path, "x", str))
    assert journey.step(StepName.LOG_IN).why == stored.why


def test_a_session_of_another_address_or_open_to_others_is_not_used(chromium: Browser, system: System) -> None:
    session = person_logs_in(chromium, system, "citizen", wait_s=20, tell=Somebody(chromium))
    path = sessions.keep(system, session)
    assert sessions.kept(load_system("demo"), "citizen") is None
    assert sessions.kept(system.model_copy(update={"base_url": "http://127.0.0.1:9"}), "citizen") is None
    if os.name == "posix":
        path.chmod(0o644)
        assert sessions.kept(system, "citizen") is None


def test_its_cookies_are_secrets(chromium: Browser, system: System) -> None:
    session = person_logs_in(chromium, system, "citizen", wait_s=20, tell=Somebody(chromium))
    sessions.keep(system, session)
    assert {cookie["value"] for cookie in session.state["cookies"]} == set(sessions.secrets_of(system))


def test_nobody_logging_in_ends_with_a_line(chromium: Browser, system: System) -> None:
    with pytest.raises(UserMistake, match="nobody logged in within 2 s"):
        person_logs_in(chromium, system, "citizen", wait_s=2, tell=lambda words: None)
    with pytest.raises(UserMistake, match="nobody logged in"):
        person_logs_in(chromium, system, "citizen", wait_s=2, tell=Somebody(chromium, password="sai"))


def test_a_closed_window_ends_with_a_line(chromium: Browser, system: System) -> None:
    with pytest.raises(UserMistake, match="window was closed"):
        person_logs_in(chromium, system, "citizen", wait_s=20, tell=lambda words: chromium.contexts[-1].pages[-1].close())


def test_the_command_keeps_forgets_and_needs_a_screen(
    chromium: Browser, system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "person_logs_in", lambda *a, **k: person_logs_in(*a, **{**k, "tell": Somebody(chromium)}))
    assert log_in_and_keep(chromium, system, "citizen", wait_s=20) == 0
    assert "Đã lưu phiên" in capsys.readouterr().out and sessions.kept(system, "citizen")
    assert sessions.forget(system, "citizen") and not sessions.forget(system, "citizen")


def test_without_a_screen_the_command_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from toantrinh.command_line import main

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert main(["login", "demo"]) == 2 and "there is no screen" in capsys.readouterr().err
    assert main(["login", "demo", "--account", "citizn"]) == 2 and "Did you mean citizen" in capsys.readouterr().err


@pytest.mark.parametrize(("account", "said"), [("{session: false}", "username: this key is missing"), ("{password: env:B}", "username: this key is missing"), ("{username: abc, session: true}", "username: expected a reference")])
def test_an_account_is_lent_or_a_person_logs_in(account: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"name: A\nbase_url: http://127.0.0.1:1\naccounts:\n  citizen: {account}\n", encoding="utf-8")
    with pytest.raises(UserMistake, match=said):
        load_system(str(path))


def test_a_run_says_in_one_line_that_a_session_has_ended(chromium: Browser, system: System, tmp_path: Path) -> None:
    session = person_logs_in(chromium, system, "citizen", wait_s=20, tell=Somebody(chromium))
    ended = {"cookies": [{**cookie, "value": "het-hieu-luc"} for cookie in session.state["cookies"]], "origins": []}
    path = sessions.keep(system, sessions.Session(system.id, "citizen", session.origin, "2026-11-20T08:00+07:00", ended))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", f"--system={tmp_path / 'may.yaml'}", f"--reports-dir={tmp_path / 'reports'}", "--criterion=1.4"],
        cwd=HOUSE, capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("  phiên của")]
    assert lines == ["  phiên của “citizen” lưu lúc 2026-11-20T08:00+07:00 không còn hiệu lực: chạy lại toantrinh login may --account citizen"], done.stdout
    assert path.exists() and done.returncode in (0, 2), done.stdout  # nothing could be judged
