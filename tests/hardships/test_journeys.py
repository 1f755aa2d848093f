"""Whole journeys under hardship: a portal that logs us out, speaks another language, or asks what nobody can answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cheroot.wsgi import Server
from flask import Flask, Response, redirect, request, session
from playwright.sync_api import Browser

from tests.strangers.may_portal import Office, make_portal
from toantrinh.journey.language import is_vietnamese
from toantrinh.journey.walk import make_journey
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.systems import load_system

from .hard_portal import Talk, page, running

FILE = Path(__file__).parents[1] / "strangers" / "may.yaml"


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), app)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.bind_addr[1]}"
    server.stop()


@pytest.fixture
def travel(chromium: Browser, tmp_path: Path) -> Callable[[str], Journey]:
    def go(address: str) -> Journey:
        system = load_system(str(FILE), base_url=address)
        return make_journey(chromium, system, system.services[0], Attachments(tmp_path, "x", str))

    return go


def test_logged_out_in_the_middle_it_logs_in_once_more_and_says_so(travel: Callable[[str], Journey]) -> None:
    office, outs = Office(), []
    app = make_portal(office)

    @app.before_request
    def log_out() -> None:
        if request.path == "/khai" and request.method == "POST" and not outs:
            outs.append(request.path)
            session.clear()

    with serving(app) as address:
        journey = travel(address)
    assert outs and journey.submit is not None, journey.stopped_at()
    assert len(office.dossiers) == 1
    said = [note for step in journey.steps for note in step.notes]
    assert "bị đăng xuất khi đang nộp hồ sơ: đăng nhập lại một lần" in said
    assert said.count("bị đăng xuất khi đang nộp hồ sơ: đăng nhập lại một lần") == 1


def test_logged_out_again_and_again_it_stops(travel: Callable[[str], Journey]) -> None:
    app = make_portal(Office())

    @app.before_request
    def log_out() -> None:
        if request.path == "/khai" and request.method == "POST":
            session.clear()

    with serving(app) as address:
        journey = travel(address)
    assert journey.submit is None
    ended = [step for step in journey.steps if "bị đăng xuất 2 lần khi đang nộp hồ sơ" in step.why]
    assert [step.reach for step in ended] == [Reach.UNANSWERED]


def test_a_portal_that_greets_in_english_is_switched_to_vietnamese(travel: Callable[[str], Journey]) -> None:
    app = make_portal(Office())

    @app.before_request
    def greet() -> str | Response | None:
        if request.args.get("lang") == "vi":
            session["tieng"] = "vi"
            return redirect("/")  # type: ignore[return-value]
        if request.path == "/" and session.get("tieng") != "vi":
            return (
                "<html lang=en><title>Public Service Portal</title><main><h1>Public Service Portal of the Province</h1>"
                "<p>Search for public services, apply for them, and follow your applications from home at any time.</p>"
                "<a href='/?lang=vi'>Tiếng Việt</a></main></html>"
            )
        return None

    with serving(app) as address:
        journey = travel(address)
    assert journey.submit is not None, journey.stopped_at()
    assert any("ngôn ngữ khác" in note for note in journey.step(StepName.HOME).notes)


@pytest.mark.parametrize(
    ("text", "vietnamese"),
    [
        (
            "Cổng dịch vụ công trực tuyến: tra cứu thủ tục hành chính, nộp hồ sơ và theo dõi kết quả giải quyết tại nhà, mọi lúc.",
            True,
        ),
        (
            "Search for public services, apply for them, and follow your applications from home at any time you want to.",
            False,
        ),
        (
            "Services publics en ligne: recherchez une procédure, déposez un dossier, suivez-le à tout moment dès chez vous.",
            False,
        ),
        ("Home", True),
    ],
)
def test_the_language_is_known_by_its_letters(text: str, vietnamese: bool) -> None:
    assert is_vietnamese(text) is vietnamese


def test_a_question_that_nobody_can_answer_is_for_a_person(travel: Callable[[str], Journey]) -> None:
    app = make_portal(Office())

    @app.before_request
    def refuse() -> str | None:
        if request.path == "/khai" and request.method == "POST":
            fields = "<tr><td>Mã liên thông nội bộ kiểm lâm (*)</td><td><input name=m pattern='[QZ]{3}#[0-9]{7}' required></td></tr>"
            return (
                "<html lang=vi><title>Tờ khai</title><main><h1>Tờ khai nguồn gốc gỗ</h1><div class='alert-error'>Mã liên thông nội bộ không đúng.</div>"
                f"<form method=post><table>{fields}</table><button>Gửi hồ sơ</button></form></main></html>"
            )
        return None

    with serving(app) as address:
        journey = travel(address)
    assert journey.submit is None
    stopped = [step for step in journey.steps if step.reach is not Reach.REACHED and step.why]
    assert stopped and stopped[-1].reach is Reach.UNANSWERED, stopped


def test_a_portal_that_changes_between_two_visits_ends_with_a_reason(travel: Callable[[str], Journey]) -> None:
    office, visits = Office(), []
    app = make_portal(office)

    @app.before_request
    def changed() -> str | None:
        visits.append(request.path)
        if len(visits) > 3 and request.path not in ("/", "/tim"):
            return "<html lang=vi><title>Mới</title><main><h1>Giao diện mới</h1><p>Cổng đã đổi giao diện, mời xem lại từ đầu nhé bà con.</p><a href=/>Về trang chủ</a></main></html>"
        return None

    with serving(app) as address:
        journey = travel(address)
    assert journey.submit is None and journey.stopped_at()
    assert all(step.reach is not Reach.TOOL_ERROR for step in journey.steps)


def test_a_portal_that_closes_every_connection_is_an_observation_with_its_reason(
    travel: Callable[[str], Journey],
) -> None:
    with running({"/": lambda talk: None}) as portal, pytest.raises(NotObserved) as missed:
        travel(portal.address)
    assert missed.value.outcome is Outcome.NETWORK and "đóng kết nối" in missed.value.reason


def test_an_error_page_of_the_home_is_no_network_fault(travel: Callable[[str], Journey]) -> None:
    def broken(talk: Talk) -> None:
        talk.answer(page("<h2>500 Internal Server Error</h2>"), 500)

    with running({"/": broken}) as portal:
        journey = travel(portal.address)
    assert journey.step(StepName.HOME).reach is Reach.REFUSED
    assert portal.asked["GET /"] == 2 and journey.step(StepName.HOME).notes
