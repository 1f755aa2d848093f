"""The reference portal in a real browser: clean it keeps its sessions in any skin; each defect is found for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.session import SessionRecord
from suites.security import test_4_3_session as suite
from tests.session_security.conftest import portal, verdict_of
from toantrinh.observations.session import SessionFacts, State
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.session.spared import spared_traveller
from toantrinh.observers.session.visit import visit_session
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

CHECKS = {
    "session.id-renewed": suite.test_the_session_id_changes_at_log_in,
    "session.dies-at-log-out": suite.test_the_session_dies_on_the_server,
    "session.back-after-log-out": suite.test_back_shows_nothing_of_the_account,
    "session.forgery-token": suite.test_another_site_changes_nothing,
    "session.identity-flow-held": suite.test_the_identity_flow_holds,
}


def visited(browser: Browser, address: str, folder: Path, system: str = "demo") -> SessionRecord:
    loaded = load_system(system, base_url=address)
    attachments = Attachments(folder, "security/session", lambda text: text)
    with spared_traveller(browser, loaded, attachments, "không đăng nhập được") as who:
        facts = visit_session(who, Prober(loaded, "session"))
    return SessionRecord(SessionFacts.model_validate_json(facts.model_dump_json()))


def said_of(record: SessionRecord) -> dict[str, tuple[Verdict, str]]:
    return {name: verdict_of(check, record) for name, check in CHECKS.items()}


@pytest.mark.parametrize(("skin", "system"), [("modern", "demo"), ("spa", "demo-spa"), ("legacy", "demo-legacy")])
def test_the_clean_portal_keeps_its_sessions(chromium: Browser, tmp_path: Path, skin: str, system: str) -> None:
    with portal(tmp_path / "data", "--skin", skin) as address:
        record = visited(chromium, address, tmp_path, system)
    said = said_of(record)
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said
    assert record.data.exchanges.spent <= 25
    assert all(one.tried.state is State.HELD for one in record.data.flow) and len(record.data.flow) == 5


@pytest.fixture(scope="module")
def loose(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Verdict, str]]]:
    """What the checks say of a portal with the defects of log-in and log-out, which do not touch each other."""
    folder = tmp_path_factory.mktemp("loose")
    defects = "session.same-id,session.pages-stored,logout.client-only"
    with portal(folder / "data", "--defects", defects) as address:
        yield said_of(visited(chromium, address, folder))


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("session.id-renewed", "(công dân B) → HTTP 200"),
        ("session.dies-at-log-out", "(công dân B) → HTTP 200"),
        ("session.back-after-log-out", "lại hiện dữ liệu của người đã thoát"),
    ],
)
def test_each_defect_is_found(loose: dict[str, tuple[Verdict, str]], check: str, words: str) -> None:
    verdict, told = loose[check]
    assert verdict is Verdict.FAIL and words in told


def test_where_the_old_cookie_opens_the_account_anyway_the_state_is_not_accused(
    loose: dict[str, tuple[Verdict, str]],
) -> None:
    verdict, told = loose["session.identity-flow-held"]
    assert verdict is Verdict.NOT_TESTED and "vốn đã vào được" in told


def test_a_loose_identity_flow_and_forged_changes_are_named(chromium: Browser, tmp_path: Path) -> None:
    defects = "identity.state-unchecked,identity.any-return-address,forgery.unchecked"
    with portal(tmp_path / "data", "--defects", defects) as address:
        said = said_of(visited(chromium, address, tmp_path))
    verdict, told = said.pop("session.identity-flow-held")
    assert verdict is Verdict.FAIL
    assert "state sai bị từ chối: vẫn đăng nhập được" in told and "toantrinh.invalid" in told
    verdict, told = said.pop("session.forgery-token")
    assert verdict is Verdict.FAIL and "(công dân B, bị trang web lạ lợi dụng) → HTTP 303" in told
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}
