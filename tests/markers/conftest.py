"""A portal of the test's own, visited with markers in a real browser; and what the checks say of the record."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from fixtures.markers import Markers
from suites.security import test_4_5_markers as suite
from tests.session_security.conftest import portal, verdict_of
from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.observations.markers import MarkerRecord
from toantrinh.observers.markers.marking import observe_markers
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

__all__ = ["CHECKS", "portal", "said_of", "visited"]

CHECKS = {
    "input.markers-escaped": suite.test_what_was_typed_comes_back_as_text,
    "input.markers-escaped-for-officer": suite.test_officers_see_text,
    "input.markers-escaped-in-papers": suite.test_papers_and_notices_show_text,
}
SERVICE = "1.004194"  # with a fee, so with a receipt; nothing to sign


def visited(browser: Browser, address: str, folder: Path, system: str = "demo", search: str = "") -> Markers:
    """The record of a visit with markers, as a run keeps it, after a journey that went straight."""
    loaded = load_system(system, base_url=address)
    service = next(one for one in loaded.services if one.code == SERVICE)
    seen = {StepName.SEARCH: search or "/thu-tuc?tu-khoa=t%E1%BA%A1m+tr%C3%BA", StepName.DETAIL: f"/thu-tuc/{SERVICE}"}
    steps = [
        Step(name=name, reach=Reach.REACHED, address=address + seen.get(name, "/"))
        for name in (StepName.SEARCH, StepName.DETAIL, StepName.FORM, StepName.SUBMIT)
    ]
    journey = Journey(
        service=SERVICE, name=service.name, declared="toàn trình", fee=service.fee, account="citizen", persona="",
        viewport=(1366, 768), steps=tuple(steps),
    )  # fmt: skip
    attachments = Attachments(folder, "scenario/markers", lambda text: text)
    record = observe_markers(browser, loaded, service, attachments, journey)
    return Markers(MarkerRecord.model_validate_json(record.model_dump_json()))


def said_of(record: Markers) -> dict[str, tuple[Verdict, str]]:
    """What each check says of it."""
    return {name: verdict_of(check, record) for name, check in CHECKS.items()}
