"""The reference portal: its slow defects are found on the pages that have them, and what only looks slow is not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.loading import Loading
from suites.performance import test_3_4_loading_speed as p34
from tests.suites_performance.test_loading_checks import verdict
from toantrinh.observations.loading import LoadingPage
from toantrinh.observers.loading import one_load
from toantrinh.observers.loading.form_place import at_form
from toantrinh.observers.loading.one_load import Place
from toantrinh.observers.loading.rounds import ROUNDS, observe_loading
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

HOUSE = Path(__file__).parents[2]
HOME, SEARCH, DETAIL, FORM = LoadingPage
NOT_LOADED = {DETAIL: "Chi tiết thủ tục: không tải trong phép thử này", FORM: "Biểu mẫu: không tải trong phép thử này"}


@contextmanager
def portal(data: Path, *options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "portal", "--port", "0", "--data", str(data), "--captcha-answer", "KT26SM"]
    command += ["--until-stdin-closes", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOUSE)
    assert process.stdout is not None and process.stdin is not None
    with ThreadPoolExecutor(1) as reader:
        line = reader.submit(process.stdout.readline).result(timeout=120)
    yield json.loads(line)["portal"]
    process.stdin.close()
    process.wait(20)


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else this machine does now: the defects are far larger."""
    monkeypatch.setattr(one_load.Neighbours, "share", lambda self: 0.0)


def test_defects_are_found_where_they_are(chromium: Browser, tmp_path: Path) -> None:
    defects = "search.slow,script.blocking"
    with portal(tmp_path / "data", "--defects", defects) as address:
        system = load_system("demo", base_url=address)
        attachments = Attachments(tmp_path, "loading/quiet", lambda text: text)
        with at_form(chromium, system, system.services[0], attachments) as way:
            assert way.form is not None and "?" in way.results
        places = [Place(HOME, f"{address}/"), Place(SEARCH, way.results)]
        record = observe_loading(chromium, system, places, NOT_LOADED, attachments)

    first = verdict(p34.test_first_content, Loading(record, system))
    tasks = verdict(p34.test_no_long_task, Loading(record, system))
    assert first[0] is Verdict.FAIL and "Kết quả tìm kiếm" in first[1] and "Trang chủ" not in first[1]
    assert tasks[0] is Verdict.FAIL and "Trang chủ" in tasks[1] and "Kết quả tìm kiếm" not in tasks[1]


def test_what_only_looks_slow_loses_nothing(chromium: Browser, tmp_path: Path) -> None:
    alike = "lookalike.late-animation,lookalike.one-slow-start,lookalike.slow-report"
    with portal(tmp_path / "data", "--defects", alike) as address:
        system = load_system("demo", base_url=address)
        attachments = Attachments(tmp_path, "loading/quiet", lambda text: text)
        left: list[str] = []
        with at_form(chromium, system, system.services[0], attachments, on_left=left.append) as way:
            assert way.form is not None and not way.why
            places = [Place(HOME, f"{address}/"), way.form]
            record = observe_loading(chromium, system, places, NOT_LOADED, attachments)

    assert [len(record.of(page).loads) >= ROUNDS for page in LoadingPage] == [True, False, False, True]
    assert not left
    for check in (p34.test_first_content, p34.test_largest_content, p34.test_fully_displayed, p34.test_no_long_task):
        assert verdict(check, Loading(record, system))[0] is Verdict.NOT_TESTED  # two pages were left out


def test_the_form_is_not_opened_where_nobody_may_submit(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with portal(tmp_path / "data") as address:
        system = load_system("demo", base_url=address)
        monkeypatch.setattr(type(system), "why_not", lambda self, action, today=None: "không có văn bản")
        attachments = Attachments(tmp_path, "loading/quiet", lambda text: text)
        with at_form(chromium, system, system.services[0], attachments) as way:
            assert way.form is None and way.why == "không có văn bản" and "?" in way.results
