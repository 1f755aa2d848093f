"""What a run of load keeps of its samples: the files that citizens wait for, and what stays in the system."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.suites_performance.worlds import errands
from toantrinh.load.plan import Ask, Caps, Crowd, Errand, LoadPlan, Operation
from toantrinh.load.samples import Came, Sample, samples_of
from toantrinh.observers.load_run.figures import files_at_rest
from toantrinh.observers.load_run.observing import Sent, _left_behind
from toantrinh.observers.load_run.offered import offered_in

HOME = Errand(name="look", operations=(Operation(name="home", asks=(Ask(path="/"),)),))


def plan_for(*errands: Errand) -> LoadPlan:
    crowd = Crowd(name="bậc", citizens=20, think_s=1, seconds=10)
    return LoadPlan(base_url="http://a.vn", errands=errands, phases=(crowd,), caps=Caps(citizens=99, rate=999))


def sample(operation: int, came: Came = Came.RIGHT, status: int = 200, wait_s: float = 0.1) -> Sample:
    return Sample(operation, 0, 1, 1, 1 + wait_s, came, status, 1, 0)


def test_who_waits_for_files_asks_for_less() -> None:
    plan = plan_for(HOME)
    pages = samples_of([sample(0)] * 4)
    files = files_at_rest(samples_of([sample(0, wait_s=2.0)] * 2), pages, plan)
    assert files == {"home": pytest.approx(1.0)}, "every other visit fetches files for two seconds"
    without, those = (offered_in(plan, {"home": 0.1}, 0.1, waits)[0] for waits in ({}, files))
    assert those < 0.65 * without


def left(plan: LoadPlan, rows: list[Sample], codes: tuple[str, ...] = ()) -> tuple[str, ...]:
    record: Any = SimpleNamespace(why="")
    sent = Sent(plan, record, samples_of(rows), 1)
    sent.dossiers = tuple(f"hồ sơ {code}" for code in codes)
    return _left_behind([sent])


def test_submissions_of_unknown_outcome_may_have_left_something(tmp_path: Path) -> None:
    plan = plan_for(*errands(9))
    submit = plan.operations.index("submit")
    unknown = [sample(submit, Came.TIMEOUT, 0), sample(submit, Came.STATUS, 504), sample(submit, Came.WRONG_PAGE)]
    refused = [sample(submit, Came.STATUS, 400)]
    said = left(plan, [sample(submit), sample(submit), *unknown, *refused], ("H1",))
    assert said[:2] == ("hồ sơ H1", "1 hồ sơ thử do phép đo tải nộp, không đọc được mã")
    assert said[2:] == ("có thể thêm 3 hồ sơ thử: lượt nộp đã gửi mà không rõ kết quả",)


def test_two_acts_named_submit_make_one_dossier() -> None:
    acts = tuple(Operation(name="submit", asks=(Ask(path=path),)) for path in ("/review", "/send"))
    plan = plan_for(Errand(name="submit", operations=acts, at_most=9))
    assert left(plan, [sample(0)] * 6, ("H1", "H2", "H3")) == ("hồ sơ H1", "hồ sơ H2", "hồ sơ H3")
