"""The journey that load is made of, recorded at the reference portal in each skin, and sent again by many."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.session_security.conftest import portal
from toantrinh.load.plan import Handed, LoadPlan, Phase
from toantrinh.load.samples import Came, Samples, read_samples
from toantrinh.load.script import plan_of
from toantrinh.load.sending import SAMPLES, send
from toantrinh.observations.load_script import LoadScript, OperationName
from toantrinh.observers.load.handing import handed_for
from toantrinh.observers.load.recording_journey import record_script, service_for_load
from toantrinh.observers.load.rehearsing import TRIES
from toantrinh.store import Attachments
from toantrinh.system_model import System
from toantrinh.systems import load_system

ALL_BUT_LOG_IN = tuple(name for name in OperationName if name is not OperationName.LOG_IN)


def recorded(browser: Browser, system: System, folder: Path) -> tuple[LoadScript, Handed]:
    service = service_for_load(system)
    assert service is not None
    return record_script(browser, system, service, Attachments(folder, "load/script", str))


def wrong_in(plan: LoadPlan, samples: Samples) -> list[tuple[str, str, int]]:
    """(operation, how it came out, status) of each that was not right."""
    rows = zip(*(samples.column(name) for name in ("operation", "came", "status")), strict=True)
    return [(plan.operations[int(a)], Came(int(b)).vietnamese, int(c)) for a, b, c in rows if int(b) != Came.RIGHT]


def at(address: str, name: str) -> System:
    """The portal's system, with so many who submit that a few seconds see one."""
    system = load_system(name, base_url=address)
    shares = system.load.shares.model_copy(update={"look": 4, "look_up": 3, "submit": 3})
    return system.model_copy(update={"load": system.load.model_copy(update={"shares": shares})})


@pytest.mark.parametrize(("skin", "name"), [("modern", "demo"), ("spa", "demo-spa"), ("legacy", "demo-legacy")])
def test_a_recorded_journey_is_right_for_many(chromium: Browser, tmp_path: Path, skin: str, name: str) -> None:
    with portal(tmp_path / "data", "--skin", skin) as address:
        system = at(address, name)
        script, handed = recorded(chromium, system, tmp_path)
        plan = plan_of(script, system, (Phase(name="đều", rate=2, seconds=4),), folder=tmp_path / "sent", seed=3)
        send(plan, tmp_path / "sent", handed=handed)
    samples = read_samples(tmp_path / "sent" / SAMPLES)
    assert script.operations == ALL_BUT_LOG_IN and script.dossier and script.left_behind[0] == f"hồ sơ {script.dossier}"
    assert script.rehearsed == TRIES and len(set(script.left_behind)) == 1 + TRIES, "those of the rehearsal stay, too"
    assert [one.operation for one in script.left_out] == [OperationName.LOG_IN]
    assert "là hệ thống khác nên không được gửi tải" in script.left_out[0].why
    assert wrong_in(plan, samples) == []
    assert {plan.operations[int(number)] for number in samples.column("operation")} == set(ALL_BUT_LOG_IN)
    codes = (tmp_path / "sent" / "dossiers.txt").read_text(encoding="utf-8").split()
    assert codes and script.dossier not in codes and len(set(codes)) == len(codes)


def test_a_script_has_no_secret_and_goes_on_in_another_session(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data") as address:
        system = at(address, "demo")
        script, first = recorded(chromium, system, tmp_path)
        script = LoadScript.model_validate_json(script.model_dump_json())
        again = handed_for(chromium, system, script, Attachments(tmp_path, "load/log-in", str))
        plan = plan_of(script, system, (Phase(name="đều", rate=2, seconds=3),), folder=tmp_path / "sent", seed=3)
        send(plan, tmp_path / "sent", handed=again)
    text = script.model_dump_json()
    cookies = [str(one["value"]) for one in (*first.cookies["citizen"], *again.cookies["citizen"])]
    account = system.accounts["citizen"]
    secrets = [account.username, account.password, "KT26SM"]
    assert not [one for one in (*cookies, *(s.removeprefix("public:") for s in secrets)) if one in text]
    assert again.values == first.values and again.cookies != first.cookies
    assert script.hosts == (address.removeprefix("http://"),)
    assert "127.0.0.1:" not in "".join(one.model_dump_json() for one in script.errands).replace(script.hosts[0], "")
    assert wrong_in(plan, read_samples(tmp_path / "sent" / SAMPLES)) == []


def test_a_system_that_takes_money_elsewhere_is_asked_no_further(chromium: Browser, tmp_path: Path) -> None:
    """A service with a fee: what leads to the gateway is not sent, nor what comes after it."""
    with portal(tmp_path / "data") as address:
        system = load_system("demo", base_url=address)
        paid = next(one for one in system.services if one.fee and one.signature is False)
        script, _ = record_script(chromium, system, paid, Attachments(tmp_path, "load/script", str))
    left = {one.operation: one.why for one in script.left_out}
    assert (
        set(left) == {OperationName.LOG_IN, OperationName.SUBMIT} and "là hệ thống khác" in left[OperationName.SUBMIT]
    )
    submit = next(one for one in script.errands if one.name == "submit")
    assert [one.name for one in submit.operations][-1] == OperationName.UPLOAD and script.dossier
    assert OperationName.LOOK_UP in script.operations


def test_nobody_submits_where_that_is_not_allowed(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data") as address:
        system = load_system("demo", base_url=address)
        none = system.model_copy(update={"load": system.load.model_copy(update={"submissions_at_most": 0})})
        script, handed = recorded(chromium, none, tmp_path)
    looking = (OperationName.HOME, OperationName.SEARCH, OperationName.NEXT_PAGE, OperationName.DETAIL)
    assert script.operations == looking
    assert not script.account and not handed.cookies and not script.left_behind
    why = {one.operation: one.why for one in script.left_out}
    assert "submissions_at_most: 0" in why[OperationName.FORM] and "chưa có hồ sơ" in why[OperationName.LOOK_UP]


def test_the_service_of_load_is_the_one_that_asks_for_least() -> None:
    system = load_system("demo")
    chosen = service_for_load(system)
    assert chosen is not None and chosen.fee == 0 and chosen.signature is False
    named = service_for_load(system, ["1.001193"])
    assert named is not None and named.code == "1.001193"
