"""What leads astray on the way costs its own point and is no end of the journey."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.journeys import JourneyRecord
from suites.functional import test_1_01_search as s01
from suites.functional import test_1_04_identity as s04
from tests.suites_functional.conftest import PAID, running_portal
from toantrinh.journey.walk import make_journey
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import StepName
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict


def test_a_list_by_alphabet_and_a_log_in_that_forgets_the_way_keep_nobody_from_submitting(
    chromium: Browser, tmp_path: Path
) -> None:
    with running_portal(tmp_path / "portal", "--defects", "search.by-alphabet,login.forgets-the-way") as address:
        system = load_system("demo", base_url=address)
        service = next(s for s in system.services if s.code == PAID)
        journey = make_journey(chromium, system, service, Attachments(tmp_path / "run", "journey", str))
    for test in (s01.test_target_among_first, s04.test_returns_to_the_service):
        with pytest.raises(Judgement) as said:
            test(JourneyRecord(journey, True, "observations/x.json"))
        assert said.value.verdict is Verdict.FAIL, said.value.message
    assert journey.reached(StepName.SUBMIT)
