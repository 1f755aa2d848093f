"""Defects that are switched on in the portal are caught by the check that should, on a real journey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.journeys import JourneyRecord
from suites.functional import test_1_01_search as s01
from suites.functional import test_1_03_level as s03
from suites.functional import test_1_04_identity as s04
from suites.functional import test_1_08_payment as s08
from suites.functional import test_1_10_tracking as s10
from suites.functional import test_1_12_result as s12
from tests.suites_functional.conftest import PAID, running_portal
from toantrinh.journey.walk import make_journey
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import StepName
from toantrinh.observers.catalogue import observe_variants
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

CASES = [
    ("status.stuck", [s10.test_status_follows_the_officer]),
    ("result.in-person", [s03.test_declared_equals_measured, s12.test_postal_return_can_be_chosen]),
    ("fee.differs", [s08.test_amount_equals_published_fee]),
    ("search.by-alphabet,login.forgets-the-way", [s01.test_target_among_first, s04.test_returns_to_the_service]),
]


@pytest.mark.parametrize(("defect", "tests"), CASES, ids=[defect for defect, _ in CASES])
def test_a_journey_shows_the_defect(
    defect: str, tests: list[Callable[[JourneyRecord], None]], chromium: Browser, tmp_path: Path
) -> None:
    with running_portal(tmp_path / "portal", "--defects", defect) as address:
        system = load_system("demo", base_url=address)
        service = next(s for s in system.services if s.code == PAID)
        journey = make_journey(chromium, system, service, Attachments(tmp_path / "run", "journey", str))
    for test in tests:
        with pytest.raises(Judgement) as said:
            test(JourneyRecord(journey, True, "observations/x.json"))
        assert said.value.verdict is Verdict.FAIL, said.value.message
    assert journey.reached(StepName.SUBMIT)  # what leads astray on the way is no end of it


def test_a_search_that_is_blind_to_missing_diacritics_is_caught(chromium: Browser, tmp_path: Path) -> None:
    with running_portal(tmp_path / "portal", "--defects", "search.diacritics") as address:
        system = load_system("demo", base_url=address)
        variants = observe_variants(chromium, system, system.services[0], Attachments(tmp_path / "run", "x", str))
    with pytest.raises(Judgement) as said:
        s01.test_without_diacritics(variants)
    assert said.value.verdict is Verdict.FAIL
    s01.test_by_code(variants)
