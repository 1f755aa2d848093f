"""A plugin of a judged run (`-p tests.matrix.notes --notes-to=FILE`): which observations each check reads, and its verdict.

What an observer asks for on its way belongs to nobody; what a fixture of the session has read belongs to all that use it.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Generator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from fixtures.checks import check_of
from fixtures.looking import Looking
from fixtures.run import run_of
from fixtures.verdicts import RESULTS
from toantrinh.store import Store, read_json

NOTES = pytest.StashKey["Notes"]()


class Notes:
    """Who has read what, in this process. `checks`: keys of observations by check."""

    def __init__(self) -> None:
        self.checks: dict[str, set[str]] = defaultdict(set)
        self._shared: dict[str, set[str]] = defaultdict(set)  # by fixture of the session
        self._readers: list[set[str]] = []
        self._inside = 0

    def heard(self, key: str) -> None:
        """An observation was read."""
        if self._readers and not self._inside:
            self._readers[-1].add(key)

    def inside(self, work: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Does the work of an observer, which reads for itself."""
        self._inside += 1
        try:
            return work(*args, **options)
        finally:
            self._inside -= 1

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, Any, Any]:
        if fixturedef.scope == "function":
            return (yield)
        self._readers.append(self._shared[fixturedef.argname])
        try:
            return (yield)
        finally:
            self._readers.pop()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        own: set[str] = set()
        self._readers.append(own)
        try:
            return (yield)
        finally:
            self._readers.pop()
            names = getattr(item, "fixturenames", ())
            if check := check_of(item):
                self.checks[check] |= own.union(*(self._shared[name] for name in names if name in self._shared))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--notes-to", type=Path, help="where the notes of this run are left (JSON)")


def pytest_configure(config: pytest.Config) -> None:
    notes = config.stash[NOTES] = Notes()
    config.pluginmanager.register(notes, "matrix-notes")
    _listen(notes)


def _listen(notes: Notes) -> None:
    observe, read, while_open = Store.observe, Store.read, Looking.while_open

    @wraps(observe)
    def observed(self: Store, key: str, model: type[Any], how: Callable[..., Any]) -> Any:
        notes.heard(key)
        return observe(self, key, model, lambda attachments: notes.inside(how, attachments))

    @wraps(read)
    def found(self: Store, key: str, model: type[Any]) -> Any:
        known = read(self, key, model)
        if known is not None:
            notes.heard(key)
        return known

    @wraps(while_open)
    def looked(self: Looking, *args: Any) -> None:
        notes.inside(while_open, self, *args)

    Store.observe, Store.read = observed, found  # type: ignore[method-assign, assignment]
    Looking.while_open = looked  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    target: Path | None = session.config.getoption("notes_to")
    if target is None:
        return
    read = {check: sorted(keys) for check, keys in sorted(session.config.stash[NOTES].checks.items())}
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        Path(f"{target}.{worker}").write_text(json.dumps(read), encoding="utf-8")
        return
    results = session.config.stash.get(RESULTS, {})
    said = [
        {"check": one.check, "verdict": str(one.verdict), "message": one.message, "seen": one.seen}
        for one in results.values()
    ]
    run = run_of(session.config)
    kept = [read_json(path) for path in run.store.observations()] if run and run.store else []
    took = {one["key"]: one["duration_ms"] for one in kept}
    told = {"read": _of_all(target, read), "said": said, "took_ms": took}
    target.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def _of_all(target: Path, read: dict[str, list[str]]) -> dict[str, list[str]]:
    """What this process has read, and its workers, who leave theirs beside the notes."""
    for path in sorted(target.parent.glob(f"{target.name}.gw*")):
        for check, keys in read_json(path).items():
            read[check] = sorted({*read.get(check, ()), *keys})
    return read
