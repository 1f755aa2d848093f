"""A single-page portal that was never seen before is driven from search to code with a system file of seven lines."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cheroot.wsgi import Server
from playwright.sync_api import Browser

from tests.strangers.chim_portal import Nest, make_chim
from toantrinh.journey.walk import make_journey
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.store import Attachments
from toantrinh.systems import load_system

FILE = Path(__file__).with_name("chim.yaml")


@pytest.fixture(scope="module")
def nest() -> Nest:
    return Nest()


@pytest.fixture(scope="module")
def journey(nest: Nest, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    server = Server(("127.0.0.1", 0), make_chim(nest))
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    system = load_system(str(FILE), base_url=f"http://127.0.0.1:{server.bind_addr[1]}")
    yield make_journey(chromium, system, system.services[0], Attachments(tmp_path_factory.mktemp("run"), "x", str))
    server.stop()


def test_the_application_arrives_with_its_answers_and_its_file(journey: Journey, nest: Nest) -> None:
    assert journey.submit is not None, journey.stopped_at()
    taken = nest.taken[journey.submit.code]
    assert taken["name"] == journey.persona and taken["phone"].startswith("0") and taken["ward"].startswith("Phường Én")
    assert taken["amount"].isdigit() and taken["file"].endswith(".pdf") and len(taken["day"]) == 10


def test_nothing_was_sent_twice_or_left_behind(journey: Journey, nest: Nest) -> None:
    assert len(nest.taken) == 1 and journey.unanswered == ()


def test_what_was_there_was_reached(journey: Journey) -> None:
    lost = [(step.name, step.why) for step in journey.steps if step.reach is not Reach.REACHED]
    for name in (StepName.SEARCH, StepName.DETAIL, StepName.LOG_IN, StepName.FORM, StepName.PAPERS, StepName.SUBMIT):
        assert journey.reached(name), lost
    assert journey.search is not None and journey.search.rank == 1


def test_the_file_is_short() -> None:
    assert len([line for line in FILE.read_text(encoding="utf-8").splitlines() if line.strip()]) <= 25
