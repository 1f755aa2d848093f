"""After log-out a page that is the citizen's alone is closed, open, or neither can be told; an error is no answer."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from flask import Flask, Response, make_response, redirect, request
from playwright.sync_api import Browser

from suites.functional import test_1_04_identity as s04
from tests.scenarios.conftest import served, stranger
from tests.suites_functional.mistakes import door_record, log_in_scenario
from toantrinh.judgement import Judgement
from toantrinh.observations.mistakes import LogInScenario
from toantrinh.verdicts import Verdict

P, F, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
PAGE = "<!doctype html><html lang=vi><meta charset=utf-8><title>Cổng</title><header>{}</header><main>{}</main></html>"
IN, OUT = "<a href=/thoat>Đăng xuất</a>", "<a href=/vao>Đăng nhập</a>"
LIST = "<h1>Hồ sơ của tôi</h1><p>Hồ sơ đang giải quyết: 2 hồ sơ. Hồ sơ đã có kết quả: 5 hồ sơ, xem ở kho giấy tờ.</p>"
FORM = "<h1>Đăng nhập</h1><form method=post><label>Tên đăng nhập <input name=u></label>"
FORM += "<label>Mật khẩu <input name=p type=password></label><button>Đăng nhập</button></form>"
LEFT = "da-thoat"
Answer = tuple[str, int]

own: Answer = (PAGE.format(IN, LIST), 200)
without_log_out: Answer = (PAGE.format("", LIST), 200)
greeting: Answer = (PAGE.format("", f"{LIST}<p>Tài khoản: dan-thu</p>"), 200)
log_in: Answer = (PAGE.format("", FORM), 200)
wall: Answer = (PAGE.format(OUT, "<h1>Hồ sơ của tôi</h1><p>Vui lòng đăng nhập để tiếp tục.</p>"), 200)
home: Answer = (PAGE.format(OUT, "<h1>Cổng dịch vụ công</h1><p>Mời tra cứu thủ tục và nộp hồ sơ.</p>"), 200)
news: Answer = (PAGE.format("", "<h1>Tin tức</h1><p>Ngày mai cổng mở thêm mười dịch vụ cho người dân.</p>"), 200)
forbidden: Answer = (PAGE.format("", "<h1>Không có quyền</h1><p>Trang này dành cho chủ tài khoản.</p>"), 403)
firewall: Answer = (PAGE.format("", "<p>The requested URL was rejected. Your support ID is: 77</p>"), 403)
broken: Answer = (PAGE.format("", "<h1>Lỗi</h1><p>Có lỗi xảy ra.</p>"), 500)
blank: Answer = ("<!doctype html><html lang=vi><title>Cổng</title></html>", 200)


def portal(after: Answer, stranger_sees: Answer, former: Answer, *, keeps_cookie: bool) -> Flask:
    """`after`: the own page after log-out; `former`: with the former cookie; `stranger_sees`: without any cookie."""
    app = Flask(__name__)
    alive: set[str] = set()

    @app.get("/")
    def start() -> str:
        number = request.cookies.get("sid")
        return PAGE.format(IN if number in alive else OUT, "<h1>Cổng dịch vụ công</h1><a href=/ho-so>Hồ sơ của tôi</a>")

    @app.route("/vao", methods=["GET", "POST"])
    def door() -> Response:
        if request.method == "POST" and (request.form["u"], request.form["p"]) == ("dan-thu", "Mat-khau-7"):
            answer = make_response(redirect("/"))
            number = secrets.token_hex()
            alive.add(number)
            answer.set_cookie("sid", number)
            return answer
        wrong = "<p class=error>Sai tên hoặc mật khẩu</p>" if request.method == "POST" else ""
        return make_response(PAGE.format("", wrong + FORM))

    @app.get("/thoat")
    def leave() -> Response:
        alive.discard(request.cookies.get("sid", ""))
        answer = make_response(redirect("/"))
        if not keeps_cookie:
            answer.set_cookie("sid", LEFT)
        return answer

    @app.get("/ho-so")
    def dossiers() -> Answer:
        number = request.cookies.get("sid")
        if number in alive:
            shown = greeting[0].replace("<header></header>", f"<header>{IN}</header>")
            return (shown if after is greeting else own[0]), 200
        if number is None:
            return stranger_sees
        return after if keeps_cookie or number == LEFT else former

    return app


def door_of(
    chromium: Browser,
    folder: Path,
    after: Answer,
    stranger_sees: Answer = log_in,
    former: Answer = log_in,
    keeps_cookie: bool = False,
) -> LogInScenario:
    with served(portal(after, stranger_sees, former, keeps_cookie=keeps_cookie)) as address:
        return log_in_scenario(chromium, stranger(address)[0], folder)


def verdict_of(data: LogInScenario) -> Verdict:
    try:
        s04.test_log_out_ends_the_session(door_record(data))
    except Judgement as said:
        return said.verdict
    return P


CASES: dict[str, tuple[Answer, Verdict]] = {
    "log-in page": (log_in, P),
    "wall under the same heading": (wall, P),
    "403 of its own": (forbidden, P),
    "home page with a way to log in": (home, P),
    "error page": (broken, OPEN),
    "blank page": (blank, OPEN),
    "firewall": (firewall, OPEN),
    "another page that tells nothing": (news, REVIEW),
    "still open, log-out in sight": (own, F),
    "still open, the person's name in sight": (greeting, F),
}


@pytest.mark.parametrize(("after", "expected"), CASES.values(), ids=list(CASES))
def test_own_page_after_log_out(after: Answer, expected: Verdict, chromium: Browser, tmp_path: Path) -> None:
    data = door_of(chromium, tmp_path, after)
    assert verdict_of(data) is expected, data.log_out


@pytest.mark.parametrize(("stranger_sees", "expected"), [(log_in, F), (without_log_out, REVIEW)], ids=["own", "public"])
def test_the_same_words_are_open_when_a_stranger_does_not_get_them(
    stranger_sees: Answer, expected: Verdict, chromium: Browser, tmp_path: Path
) -> None:
    data = door_of(chromium, tmp_path, without_log_out, stranger_sees, keeps_cookie=True)
    assert verdict_of(data) is expected, data.log_out


@pytest.mark.parametrize(("former", "expected"), [(own, F), (broken, REVIEW), (news, REVIEW), (wall, P)])
def test_former_cookies(former: Answer, expected: Verdict, chromium: Browser, tmp_path: Path) -> None:
    data = door_of(chromium, tmp_path, log_in, former=former)
    assert verdict_of(data) is expected, data.log_out
