"""Defects of who may see and change what, switched on in the portal: what is said of them, and how to see it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from fixtures.trespass import Trespasses
from portal.defects.access import DEFECTS
from suites.security import test_4_4_access as suite
from tests.leaks.conftest import verdict_of
from tests.session_security.conftest import portal
from toantrinh.journey.walk import make_journey
from toantrinh.observations.trespass import TrespassRecord
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.trespass.trespassing import observe_trespass
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

FREE = "1.000656"
CHECKS: dict[str, Callable[[Any], None]] = {
    "access.other-citizen-reads-nothing": suite.test_another_citizen_reads_nothing,
    "access.other-citizen-changes-nothing": suite.test_another_citizen_changes_nothing,
    "access.anonymous-sees-nothing": suite.test_a_visitor_sees_nothing,
    "access.files-closed": suite.test_files_are_the_owners_alone,
    "access.data-answers-closed": suite.test_data_answers_are_closed,
    "access.identifiers-unguessable": suite.test_identifiers_cannot_be_guessed,
    "access.officer-pages-closed": suite.test_officers_pages_are_closed,
    "access.lookup-minimum": suite.test_the_lookup_shows_the_minimum,
    "access.captcha-once": suite.test_a_captcha_answer_works_once,
}
NAMED = {defect.name: set(defect.checks) for defect in DEFECTS}
TOGETHER = ("access.slip-by-number", "access.officer-pages", "lookup.personal-data", "lookup.captcha-again")


def test_defects_are_caught_by_their_checks_alone(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data", "--defects", ",".join(TOGETHER)) as address:
        record = asked(chromium, tmp_path, address, "demo")
    said = {check: verdict_of(test, record) for check, test in CHECKS.items()}
    failed = {check for check, (verdict, _) in said.items() if verdict is Verdict.FAIL}
    expected = set().union(*(NAMED[defect] for defect in TOGETHER)) - {"access.data-answers-closed"}
    assert said.pop("access.data-answers-closed")[0] is Verdict.NOT_APPLICABLE  # this skin asks for no data
    told = "\n".join(f"{check}: {verdict.value} {words}" for check, (verdict, words) in said.items())
    assert failed == expected, f"{told}\n{record.data.changes_why} {record.data.neighbours}"
    assert {verdict for check, (verdict, _) in said.items() if check not in failed} <= {Verdict.PASS}, said
    assert not record.data.left_behind
    assert all("curl" in told for check, (_, told) in said.items() if check in failed - {"access.lookup-minimum"})


def asked(browser: Browser, folder: Path, address: str, name: str) -> Trespasses:
    """One journey, and everything asked about it in another's name."""
    system = load_system(name, base_url=address)
    service = next(one for one in system.services if one.code == FREE)
    sessions: dict[str, Any] = {}

    def attachments(key: str) -> Attachments:
        return Attachments(folder, key, lambda text: text)

    journey = make_journey(browser, system, service, attachments("journey"), sessions=sessions)
    prober = Prober(system, "access")
    record = observe_trespass(
        browser, system, service, attachments("trespass"), journey, prober, sessions=sessions, journeys=[journey]
    )
    return Trespasses(TrespassRecord.model_validate_json(record.model_dump_json()))
