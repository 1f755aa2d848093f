"""A run's load sent for real to the calibration server: what is recorded agrees with what the server says it did."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fixtures.load import Load
from suites.performance import test_3_1_mean_response as t31
from suites.performance import test_3_3_concurrent as t33
from tests.load.calibrating import SERVER
from tests.suites_performance.worlds import system_of, verdict_of
from toantrinh.load.plan import Ask, Errand, LoadPlan, Operation
from toantrinh.load.samples import read_samples
from toantrinh.load.sending import Tick, send
from toantrinh.observations.load_run import LoadRun, StageName
from toantrinh.observations.load_script import LoadScript
from toantrinh.observers.load_run.observing import observe_load
from toantrinh.observers.load_run.plans import plans_of, submissions
from toantrinh.store import Attachments, Outcome, Store
from toantrinh.system_model import System
from toantrinh.verdicts import Verdict

LOOK = Errand(
    name="look",
    operations=tuple(
        Operation(name=name, asks=(Ask(path=f"/{name}", shows=("Trang đúng",)),)) for name in ("home", "search")
    ),
)


@contextmanager
def serving(kind: str) -> Iterator[System]:
    """The calibration server, as a system that few citizens come to."""
    server = subprocess.Popen([sys.executable, str(SERVER), kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None and server.stdout is not None
    try:
        port = int(server.stdout.readline())
        system = system_of(citizens_at_most=20, think_s=1.0, arrivals_per_second=5)
        targets = system.targets.model_copy(update={"concurrent_citizens": 20})
        yield system.model_copy(update={"base_url": f"http://127.0.0.1:{port}", "targets": targets})
    finally:
        server.kill()
        server.wait()
        server.stdin.close()
        server.stdout.close()


def script_for(system: System) -> LoadScript:
    host = system.base_url.partition("://")[2]
    return LoadScript(home=system.base_url, service="1.000656", errands=(LOOK,), hosts=(host,))


def shortened(plan: LoadPlan) -> LoadPlan:
    """The same stages, each in a third of its time."""
    phases = tuple(phase.model_copy(update={"seconds": phase.seconds / 3}) for phase in plan.phases)
    return plan.model_copy(update={"phases": phases})


def sent(store: Store, system: System, folder: Path, ticks: list[str]) -> Load:
    """Made through the store, as the fixture does it."""
    normal, steps = (shortened(plan) for plan in plans_of(script_for(system), system, folder, 1))

    def how(attachments: Attachments) -> LoadRun:
        return observe_load(
            normal,
            steps,
            attachments,
            send,
            folder / "sent",
            titles=str,
            required=20,
            allowed=20,
            think_s=system.load.think_s,
            on_step=ticks.append,
        )

    observed = store.observe("load/run", LoadRun, how)
    assert observed.outcome is Outcome.OBSERVED and observed.data, observed.reason
    return Load(observed.data, system, "observations/load/run.json")


def test_what_was_sent_is_told_and_read_again(tmp_path: Path) -> None:
    store, said = Store(tmp_path / "run"), list[str]()
    with serving("constant") as system:
        load = sent(store, system, tmp_path / "files", said)
    run = load.data
    normal = run.stage(StageName.NORMAL)
    assert [one.operation for one in normal.operations] == ["home", "search"]
    assert normal.operations[0].count == round(5 * normal.seconds) and not normal.together.errors
    assert [step.citizens for step in run.steps] == [5, 10, 15, 20]
    assert sum(stage.together.count for stage in run.normal.stages) <= run.requests
    assert any("tải thường và đỉnh" in line for line in said) and any("tăng bậc" in line for line in said)
    for sending in (run.normal, run.crowds):
        assert sending is not None
        samples = read_samples(tmp_path / "run" / sending.samples)
        assert len(samples) == sending.requests  # each operation is one request here
        assert json.loads((tmp_path / "run" / sending.plan).read_text(encoding="utf-8"))["base_url"] == system.base_url
        assert sum(tick.answers for tick in sending.ticks) == len(samples)
    first = verdict_of(t31.test_mean_is_within_the_limit, load)
    again = Load(store.read("load/run", LoadRun).data, system)  # type: ignore[union-attr, arg-type]
    assert verdict_of(t31.test_mean_is_within_the_limit, again) == first
    assert first[0] in (Verdict.PASS, Verdict.TOOL_ERROR), first


def test_a_capacity_below_what_citizens_ask_for_is_a_knee(tmp_path: Path) -> None:
    with serving("capacity:8") as system:
        load = sent(Store(tmp_path / "run"), system, tmp_path / "files", [])
    assert load.data.knee is not None and 6 < load.data.knee.most_per_second < 9
    verdict, words = verdict_of(t33.test_knee_lies_beyond, load)
    if verdict is not Verdict.TOOL_ERROR:  # where this machine was too busy to say
        assert verdict is Verdict.FAIL and "điểm gãy" in words, words


def test_a_person_who_stops_it_leaves_no_record_but_what_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fixtures.load import _keep_stopped, _submitted
    from toantrinh.left_behind import left_behind

    store = Store(tmp_path / "run")
    submits = LOOK.model_copy(update={"operations": (LOOK.operations[0].model_copy(update={"name": "submit"}),)})

    def stop(step: str) -> None:
        raise KeyboardInterrupt

    with serving("constant") as system:
        script = script_for(system).model_copy(update={"errands": (submits,)})
        plans = plans_of(script, system, tmp_path / "files", 1, 5)

        def dossier_then_stop(plan, folder, tell):  # type: ignore[no-untyped-def]
            folder.mkdir(parents=True)
            (folder / "dossiers.txt").write_text("H99-1\nH99-2\n", encoding="utf-8")
            tell(Tick(at=1, ended=1, wrong=0, under_way=0, cpu=0, late_s=0))

        def how(attachments: Attachments) -> LoadRun:
            return observe_load(
                *plans,
                attachments,
                dossier_then_stop,
                tmp_path / "sent",
                titles=str,
                required=20,
                allowed=20,
                think_s=1,
                on_step=stop,
                on_dossiers=lambda made: _keep_stopped(store, script, made),
            )

        with pytest.raises(KeyboardInterrupt):
            store.observe("load/run", LoadRun, how)
    assert store.read("load/run", LoadRun) is None
    assert _submitted(store) == 2 and sum(submissions(system, 2)) == 8
    assert [one.what for one in left_behind(store)] == ["hồ sơ H99-1", "hồ sơ H99-2"]
