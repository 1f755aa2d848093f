"""Loads single pages as a citizen would, and says what was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.loading.slow_server import Answer, Server, served
from toantrinh.journey.equipment import PLAIN
from toantrinh.observations.loading import LoadingPage, Profile
from toantrinh.observers.loading.one_load import Loaded, Place, load_cold
from toantrinh.observers.loading.rounds import FIRST_QUIET_S
from toantrinh.systems import load_system

QUICK = Profile(name="máy này", latency_ms=0, down_kbps=1_000_000, up_kbps=1_000_000, cpu_slower=1)

Load = Callable[..., Loaded]


@pytest.fixture
def serve() -> Iterator[Callable[[Mapping[str, Answer]], Server]]:
    """Serves answers by path until the test ends."""
    with ExitStack() as stack:
        yield lambda answers: stack.enter_context(served(answers))


@pytest.fixture
def load(chromium: Browser) -> Load:
    """Loads one page of a server once."""

    def once(server: Server, path: str = "/", profile: Profile = QUICK, page: LoadingPage = LoadingPage.HOME) -> Loaded:
        system = load_system("demo", base_url=server.address)
        place = Place(page, server.address + path)
        return load_cold(chromium, system, place, 1, profile=profile, equipment=PLAIN, quiet_s=FIRST_QUIET_S)

    return once
