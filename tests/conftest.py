"""One real browser for the tester's own tests, and how two workers (`-n 2`) share them: a room to a worker."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.main_job_started import Judge, own_environment
from toantrinh.browsers import find_browser, launch

FIGURE = "figure"  # the property of a test's report that says what was measured


def pytest_configure() -> None:
    """The processes that a test starts are no workers of this pytest."""
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_XDIST_TESTRUNUID"):
        os.environ.pop(name, None)


# The longest rooms, as the summary of a whole run names them: begun first, so that no worker waits for one at the end.
LONGEST = (
    "main_job", "faults", "suites_functional", "hardships", "strangers", "load", "suites_pages", "uploads", "tour", "hostile", "trespass", "markers",
    "by_keyboard", "session_security", "leaks", "parameters",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long rooms first; within a room all stays in its order."""
    order = {room: place for place, room in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("/")[0], len(order)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A room (a folder of tests) stays with one worker, in its order: its portals and records are made once."""
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class ByRoom(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid.partition("/")[0]

    config.option.loadscopereorder = False
    return ByRoom(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have measured, and where the time went: the rooms that took longest, s of one worker."""
    took: dict[str, float] = defaultdict(float)
    figures: dict[str, None] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                took[report.nodeid.partition("/")[0]] += report.duration
                figures |= {str(value): None for name, value in report.user_properties if name == FIGURE}
    for figure in figures:
        terminalreporter.write_line(figure)
    if len(took) > 1:
        longest = sorted(took.items(), key=lambda row: -row[1])[:12]
        terminalreporter.write_line("rooms: " + ", ".join(f"{room} {seconds:.0f} s" for room, seconds in longest))


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Keeps a figure, one line, for the end of the whole run, whichever worker has measured it."""
    return lambda figure: record_property(FIGURE, figure)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the processes: nothing of the outer pytest, compiled files in a place of their own."""
    return own_environment(tmp_path_factory.mktemp("compiled"))


@pytest.fixture
def judge(environment: dict[str, str], tmp_path: Path) -> Iterator[Judge]:
    """Starts the main job with results in the test's own folder."""
    judge = Judge(environment, tmp_path / "reports")
    yield judge
    judge.clear()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one Playwright of this process: a second would find the first one's event loop running."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium that speaks to this machine alone."""
    choice = find_browser(own_executable=playwright.chromium.executable_path)
    browser = launch(playwright, choice, allowed_hosts=("127.0.0.1", "localhost"))
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page in a context of its own."""
    context = chromium.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    yield context.new_page()
    context.close()
