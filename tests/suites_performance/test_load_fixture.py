"""What the fixture of load does around the sending: the record, a dry run, what an earlier start left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures import load as room
from tests.suites_performance.test_load_is_sent import script_for, serving, shortened
from toantrinh.judgement import Judgement
from toantrinh.left_behind import left_behind
from toantrinh.load.plan import Handed
from toantrinh.observations.load_script import LoadScript
from toantrinh.observers.load_run.plans import plans_of
from toantrinh.store import Outcome, Store
from toantrinh.system_model import System
from toantrinh.verdicts import Verdict


class Told:
    """Stands in for the terminal's line."""

    @contextmanager
    def about(self, subject: str) -> Iterator[None]:
        yield

    def step(self, name: str) -> None:
        pass


def run_of(system: System, **options: Any) -> Any:
    known = {"seed": 1, "soak": None, "load_dry_run": False, "load_ui": None, "load_master": None, "load_workers": 1}
    stash = {room.HANDED: Handed()}
    asked = SimpleNamespace(stash=stash, getoption=lambda name: {**known, **options}[name])
    return SimpleNamespace(system=system, options=asked, services=["1.000656"], refused={}, sessions={})


def sent(store: Store, run: Any) -> Any:
    store.observe(room.SCRIPT_KEY, LoadScript, lambda attachments: script_for(run.system))
    return room._sent(run, store, None, Told(), "")  # type: ignore[arg-type]


def test_load_is_sent_and_only_the_record_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = lambda *asked: tuple(shortened(plan) for plan in plans_of(*asked))  # noqa: E731
    monkeypatch.setattr(room, "plans_of", short)
    store = Store(tmp_path / "run")
    killed = tmp_path / "run" / ".locks" / "load-sent" / "normal"
    killed.mkdir(parents=True)
    (killed / "dossiers.txt").write_text("H99-7\n", encoding="utf-8")
    with serving("constant") as system:
        observed = sent(store, run_of(system))
    assert observed.outcome is Outcome.OBSERVED, observed.reason
    assert not killed.parent.exists()
    assert [one.what for one in left_behind(store)] == ["hồ sơ H99-7"], "an earlier start was killed"


def test_a_dry_run_tells_and_sends_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "run")
    with serving("constant") as system, pytest.raises(Judgement) as ended:
        sent(store, run_of(system, load_dry_run=True))
    assert ended.value.verdict is Verdict.NOT_TESTED and "load-dry-run.txt" in ended.value.message
    told = (tmp_path / "run" / "load-dry-run.txt").read_text(encoding="utf-8")
    assert "tải thường" in told and "GET /home" in told and "20 người" in told
    assert store.read(room.RUN_KEY, room.LoadRun) is None
