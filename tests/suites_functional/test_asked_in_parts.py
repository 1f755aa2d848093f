"""A service that joins several procedures asks for a fact once for all of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from suites.functional.test_1_05_form import test_nothing_is_asked_twice as asked_once
from tests.suites_functional.conftest import running_portal
from tests.suites_functional.second_dossiers import verdict_of
from toantrinh.journey.walk import make_journey
from toantrinh.observations.journey import Journey
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

JOINED = "2.002621"


@pytest.fixture(scope="module")
def joined(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The journey of a joined service at a portal that asks again in one of its parts."""
    folder = tmp_path_factory.mktemp("joined")
    with running_portal(folder / "portal", "--defects", "form.parts-ask-again") as address:
        system = load_system("demo", base_url=address)
        service = next(s for s in system.services if s.code == JOINED)
        return make_journey(chromium, system, service, Attachments(folder, "journey", str))


def relabelled(journey: Journey, label: str) -> Journey:
    """The question that is asked twice, in other words."""
    twice = "Họ và tên trẻ"
    pages = tuple(
        page.model_copy(
            update={
                "fields": tuple(f.model_copy(update={"label": label} if f.label == twice else {}) for f in page.fields)
            }
        )
        for page in journey.form
    )
    return journey.model_copy(update={"form": pages})


def test_a_question_that_each_part_asks_is_caught(joined: Journey) -> None:
    assert verdict_of(asked_once, None, joined) is Verdict.FAIL


def test_the_same_words_about_two_people_are_two_questions(joined: Journey) -> None:
    assert verdict_of(asked_once, None, relabelled(joined, "Họ và tên")) is Verdict.PASS


def test_one_procedure_has_no_parts(joined: Journey) -> None:
    assert verdict_of(asked_once, None, joined.model_copy(update={"name": "Đăng ký khai sinh"})) is Verdict.PASS
