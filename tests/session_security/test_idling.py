"""A session that is left alone: what its end, its staying, and no answer are taken for."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Browser

from fixtures import idle
from fixtures.idle import IdleSession
from fixtures.session import SessionRecord
from suites.security import test_4_3_session as suite
from tests.prober.conftest import Probe, Serve, probe, serve
from tests.prober.scripted import Said
from tests.session_security.conftest import portal, verdict_of
from toantrinh.observations.http_answers import HeldCookie
from toantrinh.observations.session import IdleFacts, State
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.session.idling import ONE_ONLY, Aside, ask_aside, due_s, put_aside, quiet_service
from toantrinh.observers.session.witness import Witness
from toantrinh.store import Attachments
from toantrinh.system_model import Sessions
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

__all__ = ["probe", "serve"]

OWN = "<h1>Hồ sơ của tôi</h1><p>Nguyễn Thị Thử Nghiệm, 001190000017</p>"
LOG_IN = "<h1>Đăng nhập</h1><form><input type=password name=mk></form>"


def verdict(facts: IdleFacts, minutes: float = 0.1) -> tuple[Verdict, str]:
    return verdict_of(suite.test_an_idle_session_ends, IdleSession(minutes, SessionRecord(facts)))


@pytest.mark.parametrize(
    ("said", "alone", "expected"),
    [
        (Said(302, "", (("Location", "/dang-nhap"),)), True, Verdict.PASS),
        (Said(200, LOG_IN), True, Verdict.PASS),  # an answer is no proof of a session
        (Said(200, OWN), True, Verdict.FAIL),
        (Said(200, LOG_IN), False, Verdict.NEEDS_REVIEW),
        (Said(act="drop"), True, Verdict.NOT_TESTED),
    ],
)
def test_what_the_account_s_page_shows_decides(
    serve: Serve, probe: Probe, tmp_path: Path, said: Said, alone: bool, expected: Verdict
) -> None:
    server = serve(lambda heard: said)
    witness = Witness(f"{server.address}/ho-so-cua-toi", ("001190000017",), {})
    role = Role("citizen_a", "công dân A")
    aside = Aside(probe(server), "citizen", role, witness, time.monotonic() - 600, alone=alone)
    waited: list[float] = []
    facts = ask_aside(aside, 0.1, Attachments(tmp_path, "bo-khong", lambda text: text), waited.append)
    outcome, told = verdict(facts)
    assert outcome is expected and not waited
    if expected is Verdict.FAIL:
        assert "(công dân A) → HTTP 200" in told and "curl -sS" in told and "bỏ không 600 giây" in told


def test_only_what_is_left_of_the_limit_is_waited_for(serve: Serve, probe: Probe, tmp_path: Path) -> None:
    server = serve(lambda heard: Said(200, LOG_IN))
    witness = Witness(f"{server.address}/", ("001190000017",), {})
    aside = Aside(probe(server), "citizen", Role("citizen_a", "A"), witness, time.monotonic() - 50, alone=True)
    waited: list[float] = []
    ask_aside(aside, 1, Attachments(tmp_path, "bo-khong", lambda text: text), waited.append)
    assert due_s(1) == 72 and 20 < waited[0] <= 22


def test_a_session_that_could_not_be_had_is_open(serve: Serve, probe: Probe, tmp_path: Path) -> None:
    aside = Aside(probe(serve(lambda heard: Said(200, OWN))), why=ONE_ONLY)
    facts = ask_aside(aside, 1, Attachments(tmp_path, "bo-khong", lambda text: text), lambda seconds: None)
    assert facts.tried.state is State.OPEN
    assert verdict(facts)[0] is Verdict.NOT_TESTED and ONE_ONLY in verdict(facts)[1]


def test_a_limit_that_is_not_stated_or_too_long_is_named() -> None:
    outcome, told = verdict_of(suite.test_an_idle_session_ends, IdleSession(None))
    assert outcome is Verdict.NOT_TESTED and "session: {idle_minutes: 15}" in told
    held: dict[str, Any] = {"domain": "cong.example", "host_only": True, "path": "/", "secure": True}
    held |= {"http_only": True, "same_site": "Lax", "opaque": True, "officer": False, "changed": ()}
    cookies = (HeldCookie(name="phien", lifetime_s=None, **held), HeldCookie(name="nho", lifetime_s=7200, **held))
    outcome, told = verdict_of(suite.test_an_idle_session_ends, IdleSession(45, left_s=2700, cookies=cookies))
    assert outcome is Verdict.NEEDS_REVIEW
    assert "45 phút" in told and "phien: đến khi đóng trình duyệt, nho: 120 phút" in told


@pytest.mark.parametrize(
    ("minutes", "expected"), [(None, Verdict.NOT_TESTED), (30.0, Verdict.PASS), (31.0, Verdict.FAIL)]
)
def test_a_long_limit_is_advice(minutes: float | None, expected: Verdict) -> None:
    system = SimpleNamespace(session=Sessions(idle_minutes=minutes))
    assert verdict_of(suite.test_the_idle_limit_is_short, system)[0] is expected


def test_the_account_is_not_the_one_that_is_logged_out() -> None:
    demo = load_system("demo")
    service, alone = quiet_service(demo)
    assert service is not None and service.account == "citizen" and alone
    only = demo.model_copy(update={"accounts": {"citizen": demo.accounts["citizen"]}})
    service, alone = quiet_service(only)
    assert service is not None and service.account == "citizen" and not alone


def test_the_session_is_put_aside_first_and_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = Path("suites/security/test_a.py"), Path("suites/emc/test_b.py")

    def item(check: str, path: Path) -> Any:
        made = pytest.Function.__new__(pytest.Function)
        made.path, made.fixturenames = path, []  # type: ignore[attr-defined]
        made.get_closest_marker = lambda name: SimpleNamespace(args=(check,))  # type: ignore[assignment,method-assign]
        return made

    items = [item("a", there), item("b", here), item(idle.CHECK, here), item("c", here), item("d", there)]
    run = SimpleNamespace(system=SimpleNamespace(session=Sessions(idle_minutes=1)))
    monkeypatch.setattr(idle, "run_of", lambda config: run)
    idle.pytest_collection_modifyitems(cast(Any, None), items)
    assert [idle.check_of(one) for one in items] == ["a", "b", "c", idle.CHECK, "d"]
    assert [one.fixturenames for one in items] == [[], ["session_aside"], [], [], []]


@pytest.mark.parametrize(
    ("skin", "system", "idle_s", "defect", "expected"),
    [
        ("spa", "demo-spa", 12, "", Verdict.PASS),  # its pages poll while they are open
        ("modern", "demo", 2, "session.never-ends", Verdict.FAIL),
        ("modern", "demo", 2, "session.ends-in-browser", Verdict.FAIL),
    ],
)
def test_a_session_of_the_portal(
    chromium: Browser, tmp_path: Path, skin: str, system: str, idle_s: float, defect: str, expected: Verdict
) -> None:
    def pause(seconds: float) -> None:
        time.sleep(seconds)  # a limit of time can only be waited for

    options = ["--skin", skin, "--idle", f"{idle_s}s", *(["--defects", defect] if defect else [])]
    with portal(tmp_path / "data", *options) as address:
        loaded = load_system(system, base_url=address)
        attachments = Attachments(tmp_path, "bo-khong", lambda text: text)
        aside = put_aside(chromium, loaded, Prober(loaded, "session"), attachments)
        facts = ask_aside(aside, idle_s / 60, attachments, pause)
    outcome, told = verdict(facts)
    assert outcome is expected, told
    assert facts.exchanges.spent <= 4
