"""Every defect of sessions and log-ins is caught by the check that it names: here what only a journey shows."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from fixtures.pages import JourneysRecord
from portal.defects.session import DEFECTS
from suites.security import test_4_3_session as suite
from tests.session_security.conftest import portal, verdict_of
from toantrinh.journey.walk import make_journey
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

FREE = "1.000656"
ELSEWHERE = {
    "test_portal.py": {
        "logout.client-only", "session.same-id", "session.pages-stored", "identity.state-unchecked",
        "identity.any-return-address", "forgery.unchecked",
    },
    "test_guessing.py": {"passwords.unlimited", "passwords.tells-who"},
    "test_idling.py": {"session.never-ends", "session.ends-in-browser"},
}  # fmt: skip
HERE = "session.number-in-address"


def test_a_personal_number_in_an_address_is_found(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data", "--defects", HERE) as address:
        system = load_system("demo", base_url=address)
        service = next(one for one in system.services if one.code == FREE)
        attachments = Attachments(tmp_path, "journey", lambda text: text)
        journey = make_journey(chromium, system, service, attachments)
    record = JourneysRecord(system, [journey])
    verdict, told = verdict_of(suite.test_nothing_secret_in_an_address, record)
    assert journey.stopped_at() == ""
    assert verdict is Verdict.FAIL and "“cccd”" in told and "/nguoi-nop" in told


def test_every_defect_of_sessions_is_tried() -> None:
    assert {one.name for one in DEFECTS} == {HERE}.union(*ELSEWHERE.values())
    for file, names in ELSEWHERE.items():
        source = (Path(__file__).parent / file).read_text(encoding="utf-8")
        assert not [name for name in names if name not in source], file


def test_only_what_nobody_can_be_sure_of_is_for_a_person() -> None:
    assert [one.name for one in DEFECTS if one.for_a_person] == ["passwords.unlimited"]
