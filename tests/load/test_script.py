"""From a script to a plan: shares, caps, hosts and documents; and what it would send, in words."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from toantrinh.load.plan import Ask, Asset, Crowd, Errand, FormPart, LoadPlan, Operation, Phase
from toantrinh.load.script import LOG_INS_AT_MOST, NothingToSend, dry_run_words, plan_of
from toantrinh.observations.load_script import Document, LoadScript
from toantrinh.system_model import System
from toantrinh.systems import load_system

HOME = "http://127.0.0.1:8080"
PHASES = (Phase(name="đều", rate=2, seconds=40),)
FILES = (FormPart(name="tep", file=Path("a.pdf"), file_name="a.pdf"),)
LOOK = Errand(
    name="look",
    operations=(
        Operation(name="home", asks=(Ask(path="/"),), assets=(Asset(path="/a.css"), Asset(path="http://khac.vn/b.js"))),
        Operation(name="search", asks=(Ask(path="/tim?q=x"),)),
    ),
)
SUBMIT = Errand(
    name="submit",
    account="citizen",
    operations=(
        Operation(name="upload", asks=(Ask(path="/{{v1}}/tep", method="POST", parts=FILES, headers={"origin": HOME}),)),
    ),
)


def script(*errands: Errand, **more: Any) -> LoadScript:
    told = {
        "home": HOME,
        "service": "1.000656",
        "errands": errands or (LOOK, SUBMIT),
        "hosts": ("127.0.0.1:8080",),
        "documents": (Document(name="a.pdf", content=base64.b64encode(b"%PDF").decode()),),
        "agent": "Mozilla/5.0",
    }
    return LoadScript.model_validate(told | more)


def planned(folder: Path, *errands: Errand, system: System | None = None, **more: Any) -> LoadPlan:
    return plan_of(script(*errands), system or load_system("demo"), PHASES, **{"folder": folder, "seed": 7} | more)


def test_a_plan_keeps_to_the_terms_of_the_systems_file(tmp_path: Path) -> None:
    plan, terms = planned(tmp_path), load_system("demo").load
    look, submit = plan.errands
    assert (look.share, submit.share, submit.at_most) == (80, 5, terms.submissions_at_most // 2)
    assert submit.one_by_one and not look.one_by_one and look.at_most is None
    assert (plan.caps.citizens, plan.caps.rate) == (terms.citizens_at_most, terms.requests_per_second_at_most)
    assert plan.brake is not None and plan.brake.slow_s == terms.brake.slow_s
    assert (plan.hosts, plan.first_visits, plan.seed, plan.agent) == (("127.0.0.1:8080",), 0.5, 7, "Mozilla/5.0")


def test_documents_are_written_beside_the_plan(tmp_path: Path) -> None:
    [part] = planned(tmp_path).errands[1].operations[0].asks[0].parts
    assert part.file is not None and part.file.is_absolute() and part.file.read_bytes() == b"%PDF"


def test_files_of_other_hosts_are_left_out_and_pages_of_them_refused(tmp_path: Path) -> None:
    assert [one.path for one in planned(tmp_path).errands[0].operations[0].assets] == ["/a.css"]
    away = LOOK.model_copy(update={"operations": (Operation(name="home", asks=(Ask(path="http://khac.vn/"),)),)})
    with pytest.raises(NothingToSend, match="không bao gồm"):
        planned(tmp_path, away)


def test_people_think_between_acts_less_in_a_short_plan(tmp_path: Path) -> None:
    long, crowds = planned(tmp_path), (Crowd(name="bậc", citizens=3, think_s=5, seconds=3),)
    assert [one.think_s for one in long.errands[0].operations] == [0, 2]
    steps = plan_of(script(), load_system("demo"), crowds, folder=tmp_path, seed=1)
    assert steps.errands[0].operations[1].think_s == load_system("demo").load.think_s
    assert planned(tmp_path, think_s=0.5).errands[0].operations[1].think_s == 0.5


def test_nothing_is_submitted_where_nothing_may_be(tmp_path: Path) -> None:
    none = load_system("demo").load.model_copy(update={"submissions_at_most": 0})
    system = load_system("demo").model_copy(update={"load": none})
    assert [one.name for one in planned(tmp_path, system=system).errands] == ["look"]
    assert [one.name for one in planned(tmp_path, submissions=0).errands] == ["look"]
    with pytest.raises(NothingToSend):
        planned(tmp_path, SUBMIT)


def test_one_account_logs_in_a_few_times_one_after_the_other(tmp_path: Path) -> None:
    log_in = Errand(name="log-in", operations=(Operation(name="log-in", asks=(Ask(path="/vao", method="POST"),)),))
    last = planned(tmp_path, LOOK, log_in).errands[-1]
    assert (last.name, last.one_by_one, last.at_most) == ("log-in", True, LOG_INS_AT_MOST)
    beside = planned(tmp_path, LOOK, log_in, submissions=0)
    assert [one.name for one in beside.errands] == ["look"], "none beside a browser that loads pages"


def test_a_system_that_has_moved_on_this_machine_is_asked_where_it_is(tmp_path: Path) -> None:
    plan = planned(tmp_path, system=load_system("demo", base_url="http://127.0.0.1:9191"))
    assert plan.hosts == ("127.0.0.1:9191",) and plan.base_url == "http://127.0.0.1:9191"
    assert plan.errands[1].operations[0].asks[0].headers["origin"] == "http://127.0.0.1:9191"


def test_a_dry_run_says_what_would_be_sent(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    lines = dry_run_words(plan, load_system("demo"))
    told = "\n".join(lines)
    assert "127.0.0.1:8080" in lines[0]
    assert f"{plan.caps.citizens} người dân cùng lúc và {plan.caps.rate:g} yêu cầu mỗi giây" in lines[1]
    assert "“đều”: 40 giây, 2 người đến mỗi giây" in told and "GET /tim?q=x" in told
    assert (
        f"nhiều nhất {plan.errands[1].at_most} lần, phiên của “citizen”" in told
        and "POST /{{v1}}/tep (kèm a.pdf)" in told
    )
    assert "“look”: 94% số người" in told and "trang chủ, 1 tệp tĩnh" in told


def test_what_was_submitted_to_try_it_out_counts(tmp_path: Path) -> None:
    most = load_system("demo").load.submissions_at_most
    for given, left in ((None, most // 2), (most, most), (most * 7 // 10, most * 7 // 10)):
        plan = plan_of(script(rehearsed=2), load_system("demo"), PHASES, folder=tmp_path, seed=1, submissions=given)
        assert plan.errands[1].at_most == left * (most - 2) // most
