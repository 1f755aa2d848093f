"""Rough applications at portals that share nothing with the reference portal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from suites.functional import test_1_05_form as s05
from suites.functional import test_1_06_papers as s06
from tests.scenarios.conftest import served, stranger
from tests.scenarios.hill_portal import CODE, NAME, Hill, make_hill_portal
from tests.strangers.may_portal import Office, make_portal
from tests.suites_functional.mistakes import record, rough_application
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import Outcome, Place, RoughApplication
from toantrinh.verdicts import Verdict


@pytest.fixture(scope="module")
def hill() -> Hill:
    return Hill()


@pytest.fixture(scope="module")
def at_hill(hill: Hill, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoughApplication]:
    with served(make_hill_portal(hill)) as address:
        system, service = stranger(address, code=CODE, name=NAME)
        yield rough_application(chromium, system, service, "/tt", tmp_path_factory.mktemp("hill"))


@pytest.fixture(scope="module")
def office() -> Office:
    return Office()


@pytest.fixture(scope="module")
def at_may(office: Office, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoughApplication]:
    with served(make_portal(office)) as address:
        system, service = stranger(address, answers={"Khối lượng, m3": "12"})
        yield rough_application(chromium, system, service, "/tt?ma=3.000175", tmp_path_factory.mktemp("may"))


def verdict_of(test: Any, data: RoughApplication) -> Verdict:
    try:
        test(record(data))
    except Judgement as said:
        return said.verdict
    return Verdict.PASS


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (s05.test_empty_fields_are_refused, Verdict.PASS),
        (s05.test_malformed_input_is_refused, Verdict.PASS),
        (s05.test_refusal_keeps_the_other_answers, Verdict.PASS),
        (s05.test_communes_follow_the_province, Verdict.NOT_APPLICABLE),
        (s05.test_back_loses_nothing, Verdict.NOT_APPLICABLE),
        (s05.test_expired_session_loses_nothing, Verdict.NOT_TESTED),
        (s06.test_wrong_type_is_refused, Verdict.PASS),
        (s06.test_empty_file_is_refused, Verdict.PASS),
        (s06.test_oversize_file_is_refused, Verdict.PASS),
        (s06.test_upload_is_shown_replaceable_removable, Verdict.PASS),
    ],
)
def test_what_the_browser_refuses_is_refused(test: Any, expected: Verdict, at_hill: RoughApplication) -> None:
    assert verdict_of(test, at_hill) is expected, at_hill


def test_a_form_that_checks_itself_takes_no_dossier_in(at_hill: RoughApplication, hill: Hill) -> None:
    assert hill.dossiers == [] and at_hill.left_behind == ()


def test_a_form_that_checks_little_is_seen_through(at_may: RoughApplication) -> None:
    accepted = {a.label for t in at_may.answers for a in t.answers if a.outcome is Outcome.ACCEPTED}
    assert {"Số CMND/CCCD", "Điện thoại"} <= accepted
    assert verdict_of(s05.test_malformed_input_is_refused, at_may) in (Verdict.FAIL, Verdict.PARTIAL)


def test_a_message_on_top_is_not_beside_the_field(at_may: RoughApplication) -> None:
    empties = [a for t in at_may.answers for a in t.answers if a.kind == "empty" and a.outcome is Outcome.REFUSED]
    assert empties and all(a.place in (Place.NAMED, Place.GENERAL) for a in empties)


def test_what_was_handed_in_against_our_will_is_named(at_may: RoughApplication, office: Office) -> None:
    assert [f"hồ sơ {number}" for number in office.dossiers] == list(at_may.left_behind)


def test_the_lost_session_is_noticed_before_anything_is_sent(at_may: RoughApplication) -> None:
    assert at_may.expired.reach is Reach.REACHED, at_may.expired
    assert verdict_of(s05.test_expired_session_loses_nothing, at_may) is Verdict.FAIL
