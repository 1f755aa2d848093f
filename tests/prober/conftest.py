"""Probers with small limits for scripted servers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.prober.scripted import Heard, Said, Scripted, scripted
from toantrinh.driver import pace
from toantrinh.observers.prober.budget import Budget, Limit, Limits
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.wire import Bounds
from toantrinh.systems import load_system

Serve = Callable[[Callable[[Heard], Said]], Scripted]
Probe = Callable[..., Prober]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts scripted servers for one test."""
    with ExitStack() as stack:
        yield lambda answer: stack.enter_context(scripted(answer))


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> Probe:
    """A prober of `leak` for a server that reads little and, if asked for, has a small budget or little patience."""
    monkeypatch.setattr(pace, "FIRST_PAUSE_S", 0.02)

    def make(server: Scripted, *, requests: int = 50, run: int = 50, patience_s: float = 30.0) -> Prober:
        system = load_system("demo", base_url=server.address)
        budget = Budget(None, Limits(run, {"leak": Limit("Lộ thông tin", requests)}))
        return Prober(system, "leak", budget, bounds=Bounds(64 * 1024, patience_s, patience_s))

    return make
