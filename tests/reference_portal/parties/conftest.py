"""What the tests of the outside parties share: settings, the running portal, a browser."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from portal.settings import Settings

ROOT = Path(__file__).parents[3]


@dataclass
class Started:
    """One `python -m portal`: its process and the line it said when it was ready."""

    process: subprocess.Popen[str]
    said: dict[str, str]

    def stop(self) -> float:
        """Ask it to stop; how long (s) that took."""
        begun = time.monotonic()
        self.process.terminate()
        self.process.wait(10)
        return time.monotonic() - begun


def _start(*options: str) -> Started:
    command = [sys.executable, "-m", "portal", "--port", "0", *options]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stderr
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return Started(process, json.loads(line))


@pytest.fixture
def start_portal() -> Iterator[Callable[..., Started]]:
    """Starts a portal on free ports with the options given; what still runs at the end of the test is stopped."""
    started: list[Started] = []

    def start(*options: str) -> Started:
        started.append(_start(*options))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.stop()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """A portal that runs for the whole session."""
    started = _start("--data", str(tmp_path_factory.mktemp("portal")))
    yield started
    started.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of parties that are called without a server."""
    return Settings.load(
        tmp_path,
        portal_url="http://127.0.0.1:8080",
        identity_url="http://127.0.0.1:8081",
        gateway_url="http://127.0.0.1:8082",
        collector_url="http://127.0.0.1:8083",
    )


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """A real Chromium that speaks to this machine alone."""
    return chromium
