"""An account whose password is refused is not tried again; what the record says of that is a fact, not a wording."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Route

from fixtures import journeys
from tests.scenarios.conftest import served, stranger
from tests.scenarios.small_pages import visiting
from tests.strangers.may_portal import Office, make_portal
from toantrinh.journey.identity import AccountRefused, log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.walk import make_journey
from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.store import Attachments, Store
from toantrinh.system_model import Captcha, System

OF_THE_PORTAL = "trang báo: số giấy tờ không được chấp nhận"


def journey_of(system: System, **facts: Any) -> Journey:
    service = system.services[0]
    step = Step(name=StepName.LOG_IN, reach=Reach.NOT_TRIED, why=OF_THE_PORTAL)
    return Journey(
        service=service.code,
        name=service.name,
        declared=service.declared,
        fee=service.fee,
        account=service.account,
        persona="",
        viewport=(1366, 768),
        steps=(step,),
        **facts,
    )


def test_a_refused_password_is_in_the_record(chromium: Browser, tmp_path: Path) -> None:
    with served(make_portal(Office())) as address:
        system, service = stranger(address)
        wrong = system.accounts["citizen"].model_copy(update={"password": "public:Mat-khau-khac-8"})
        system = system.model_copy(update={"accounts": {"citizen": wrong}})
        journey = make_journey(chromium, system, service, Attachments(tmp_path, "x", str))
    assert journey.log_in_refused == journey.step(StepName.LOG_IN).why != ""
    assert "Sai tên hoặc mật khẩu" in journey.log_in_refused


@pytest.mark.parametrize(
    ("facts", "refused"),
    [({"log_in_refused": "“PIN” sai"}, {"citizen": "“PIN” sai"}), ({}, {})],
    ids=["refused", "words of the portal alone"],
)
def test_only_a_refusal_keeps_the_account_from_the_other_services(
    facts: dict[str, str], refused: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    system, service = stranger("http://127.0.0.1:1")
    monkeypatch.setattr(journeys, "make_journey", lambda *given, **more: journey_of(system, **facts))
    monkeypatch.setattr(journeys, "read_before", lambda *given: None)
    run = cast(Any, SimpleNamespace(system=system, refused={}, sessions={}))
    browser = cast(Any, lambda: None)
    browser.equipment = None
    progress = cast(Any, SimpleNamespace(about=lambda subject: contextlib.nullcontext(), step=None))
    observed = journeys.make(run, Store(tmp_path, str), browser, progress, service.code)
    assert observed.data is not None, observed.reason
    assert run.refused == refused


def test_a_record_of_before_is_read() -> None:
    old = journey_of(stranger("http://127.0.0.1:1")[0]).model_dump(mode="json")
    del old["log_in_refused"]
    assert Journey.model_validate(old).log_in_refused == ""


DOOR = """<main><h1>Đăng nhập</h1>{said}<form method=post action=/vao><label>Tên đăng nhập <input name=a></label>
<label>Mật khẩu <input type=password name=b></label>{captcha}<button>Đăng nhập</button></form></main>"""
CAPTCHA = "<label>Mã bảo mật <input name=c></label><img src=/captcha.png alt='mã bảo mật'>"


def log_in_at(chromium: Browser, said: str, captcha: str, folder: Path) -> tuple[StepEnded, dict[str, object]]:
    """How the log-in ends at a door that is shown again, saying this; and the facts that are kept of it."""
    pages = {"GET /vao": DOOR.format(said="", captcha=captcha)}
    with visiting(chromium, pages, folder) as who:
        body = DOOR.format(said=f"<div role=alert>{said}</div>", captcha=captcha)
        html = f"<!doctype html><html lang=vi><meta charset=utf-8>{body}</html>"
        who.system = who.system.model_copy(update={"captcha": Captcha(answer="public:KT26SM")})
        view = who.go("/vao")
        who.hands.page.route("**/vao", lambda route: route.fulfill(body=html, content_type="text/html"))
        with pytest.raises(StepEnded) as end:
            log_in(who, view)
        return end.value, who.facts


@pytest.mark.parametrize(
    ("said", "captcha", "of_the_account"),
    [
        ("Mã bảo mật không đúng", CAPTCHA, False),
        ("Captcha is not correct", CAPTCHA, False),
        ("Mật khẩu không đúng", CAPTCHA, True),
        ("Tài khoản, mật khẩu hoặc mã bảo mật không đúng", CAPTCHA, True),
        ("Có lỗi xảy ra", CAPTCHA, True),
        ("Sai tên hoặc mật khẩu", "", True),
    ],
)
def test_a_refused_captcha_is_no_refused_account(
    said: str, captcha: str, of_the_account: bool, chromium: Browser, tmp_path: Path
) -> None:
    end, facts = log_in_at(chromium, said, captcha, tmp_path)
    assert isinstance(end, AccountRefused) is of_the_account, end.why
    assert ("log_in_refused" in facts) is of_the_account
    assert end.reach is Reach.NOT_TRIED and said in end.why


DEAF = "<script>let deaf = {deaf}; document.forms[0].addEventListener('{event}', (e) => {{ if (deaf-- > 0) e.preventDefault(); }});</script>"


@pytest.mark.parametrize(("event", "deaf", "comes_in"), [("submit", 0, True), ("click", 1, True), ("submit", 9, False)])
def test_what_nobody_received_was_not_refused(
    event: str, deaf: int, comes_in: bool, chromium: Browser, tmp_path: Path
) -> None:
    sent: list[str] = []
    home = "<main><h1>Trang cá nhân</h1><p>Xin chào Nguyễn Văn An</p><a href=/thoat>Đăng xuất</a></main>"
    door = DOOR.format(said="", captcha="") + DEAF.format(event=event, deaf=deaf)
    with visiting(chromium, {"GET /vao": door}, tmp_path) as who:
        view = who.go("/vao")
        page = f"<!doctype html><html lang=vi><meta charset=utf-8>{home}</html>"

        def receive(route: Route) -> None:
            sent.append(route.request.method)
            route.fulfill(body=page, content_type="text/html")

        who.hands.page.route("**/vao", receive)
        if comes_in:
            log_in(who, view)
            notes = " ".join(who.hands.watch.notes)
            assert sent == ["POST"] and ("gửi lại bằng Enter" in notes) is (deaf == 1)
            return
        with pytest.raises(StepEnded) as end:
            log_in(who, view)
    assert not isinstance(end.value, AccountRefused) and "log_in_refused" not in who.facts
    assert "không gửi gì" in end.value.why and sent == [] and end.value.reach is Reach.NOT_TRIED
