"""A portal that was never seen before is driven from search to code with a system file of seven lines."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cheroot.wsgi import Server
from playwright.sync_api import Browser

from tests.strangers.may_portal import Office, make_portal
from toantrinh.journey.walk import make_journey
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.store import Attachments
from toantrinh.system_model import System
from toantrinh.systems import load_system


@pytest.fixture(scope="module")
def office() -> Office:
    return Office()


@pytest.fixture(scope="module")
def system(office: Office) -> Iterator[System]:
    server = Server(("127.0.0.1", 0), make_portal(office))
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    address = f"http://127.0.0.1:{server.bind_addr[1]}"
    yield load_system(str(Path(__file__).with_name("may.yaml")), base_url=address)
    server.stop()


@pytest.fixture(scope="module")
def journey(system: System, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    return make_journey(chromium, system, system.services[0], Attachments(tmp_path_factory.mktemp("run"), "x", str))


def test_a_form_behind_a_log_in_without_an_account_was_not_tried(
    system: System, chromium: Browser, tmp_path: Path
) -> None:
    nobody = system.model_copy(update={"accounts": {}})
    journey = make_journey(chromium, nobody, nobody.services[0], Attachments(tmp_path, "x", str))
    assert journey.step(StepName.LOG_IN).reach is Reach.NOT_TRIED
    assert journey.step(StepName.FORM).reach is Reach.NOT_TRIED and "Đăng nhập" in journey.step(StepName.FORM).why


def test_the_dossier_arrives_with_its_answers_and_its_file(journey: Journey, office: Office) -> None:
    assert journey.submit is not None, journey.stopped_at()
    dossier = office.dossiers[journey.submit.code]
    assert dossier["ten"] == journey.persona and dossier["khoi"] == "1" and len(dossier["cmt"]) == 12
    assert office.files[journey.submit.code] > 500


def test_what_was_there_was_reached_and_what_was_not_is_said(journey: Journey) -> None:
    reached = {step.name for step in journey.steps if step.reach is Reach.REACHED}
    lost = [(step.name, step.why) for step in journey.steps if step.reach is not Reach.REACHED]
    assert reached >= {StepName.HOME, StepName.SEARCH, StepName.DETAIL, StepName.LOG_IN, StepName.FORM, StepName.SUBMIT, StepName.LOOK_UP}, lost
    assert journey.step(StepName.SIGN).reach is Reach.NOT_NEEDED
    assert journey.step(StepName.OFFICER).reach is Reach.NOT_TRIED


def test_the_status_is_read_where_it_stands(journey: Journey) -> None:
    assert [seen.status for seen in journey.statuses][:1] == ["Mới đăng ký"]


def test_the_file_is_short() -> None:
    lines = [line for line in Path(__file__).with_name("may.yaml").read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 25
