"""Load from portals that share nothing with the reference portal: an own log-in, one long form; a page of scripts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cheroot.wsgi import Server
from flask import Flask
from playwright.sync_api import Browser

from tests.load.test_recording_journey import at, wrong_in
from tests.strangers.chim_portal import Nest, make_chim
from tests.strangers.may_portal import Office, make_portal
from toantrinh.load.plan import Handed, LoadPlan, Phase
from toantrinh.load.samples import read_samples
from toantrinh.load.script import plan_of
from toantrinh.load.sending import SAMPLES, send
from toantrinh.observations.load_script import ErrandName, LoadScript, OperationName
from toantrinh.observers.load.recording_journey import record_script
from toantrinh.store import Attachments
from toantrinh.system_model import System

STRANGERS = Path(__file__).parents[1] / "strangers"


@contextmanager
def served(app: Flask, name: str) -> Iterator[System]:
    server = Server(("127.0.0.1", 0), app)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    yield at(f"http://127.0.0.1:{server.bind_addr[1]}", str(STRANGERS / f"{name}.yaml"))
    server.stop()


def recorded(browser: Browser, system: System, folder: Path) -> tuple[LoadScript, Handed]:
    return record_script(browser, system, system.services[0], Attachments(folder, "load/script", str))


def sent(script: LoadScript, handed: Handed, system: System, folder: Path) -> tuple[LoadPlan, list[str]]:
    """The plan, and the codes of the dossiers that it made; nothing that was answered is wrong."""
    plan = plan_of(script, system, (Phase(name="đều", rate=2, seconds=4),), folder=folder, seed=3)
    send(plan, folder, handed=handed)
    assert wrong_in(plan, read_samples(folder / SAMPLES)) == []
    return plan, (folder / "dossiers.txt").read_text(encoding="utf-8").split()


def test_an_own_log_in_and_a_form_with_its_file_are_sent_by_many(chromium: Browser, tmp_path: Path) -> None:
    office = Office()
    with served(make_portal(office), "may") as system:
        script, handed = recorded(chromium, system, tmp_path)
        plan, codes = sent(script, handed, system, tmp_path / "sent")
    [left] = script.left_out
    assert left.operation is OperationName.UPLOAD and "giấy tờ chỉ được gửi cùng" in left.why
    log_in = script.errand(ErrandName.LOG_IN)
    assert log_in is not None and not log_in.account
    assert log_in.operations[1].asks[0].body == "u={{user-name|url}}&p={{password|url}}"
    assert {"user-name": "dan-thu", "password": "Mat-khau-7"}.items() <= handed.values.items()
    assert not [value for value in handed.values.values() if value in script.model_dump_json()]
    assert set(codes) <= set(office.dossiers) and codes and all(office.files[code] for code in codes)
    assert {office.dossiers[code]["khoi"] for code in codes} == {"1"}, "the answers that were taken in the end"
    assert "log-in" in plan.operations


def test_what_a_look_up_shows_must_be_a_status(chromium: Browser, tmp_path: Path) -> None:
    """The page has the same title when it finds nothing."""
    office = Office()
    with served(make_portal(office), "may") as system:
        script, handed = recorded(chromium, system, tmp_path)
        office.dossiers.clear()
        plan = plan_of(script, system, (Phase(name="đều", rate=4, seconds=2),), folder=tmp_path / "sent", seed=3)
        send(plan, tmp_path / "sent", handed=handed)
    wrong = wrong_in(plan, read_samples(tmp_path / "sent" / SAMPLES))
    assert ("look-up", "sai trang", 200) in wrong and {operation for operation, *_ in wrong} == {"look-up"}


def test_a_page_of_scripts_is_sent_as_the_data_that_it_asks_for(chromium: Browser, tmp_path: Path) -> None:
    """Its polling is nothing that a citizen waits for, and no wrong answer of ours is sent again."""
    nest = Nest()
    with served(make_chim(nest), "chim") as system:
        script, handed = recorded(chromium, system, tmp_path)
        refused = len(nest.refused)
        _, codes = sent(script, handed, system, tmp_path / "sent")
    why = {one.operation: one.why for one in script.left_out}
    assert "chỉ hỏi đăng nhập khi bắt đầu nộp" in why[OperationName.LOG_IN] and OperationName.SUBMIT not in why
    submit = script.errand(ErrandName.SUBMIT)
    assert submit is not None and submit.account == "citizen"
    statuses = {status for one in submit.operations for ask in one.asks for status in ask.status}
    assert statuses == {200} and refused == len(nest.refused) and set(codes) <= set(nest.taken) and codes


def test_a_system_without_an_account_is_only_looked_at(chromium: Browser, tmp_path: Path) -> None:
    with served(make_portal(Office()), "may") as system:
        nobody = system.model_copy(update={"accounts": {}})
        script, handed = recorded(chromium, nobody, tmp_path)
    assert script.operations == (OperationName.HOME, OperationName.SEARCH, OperationName.DETAIL)
    assert not script.account and handed == Handed()
    assert "không có tài khoản" in next(one.why for one in script.left_out if one.operation is OperationName.LOG_IN)
