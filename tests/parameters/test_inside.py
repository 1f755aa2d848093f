"""What only citizens see: asked as the citizen that the system knows, or left open by name."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask, jsonify, request
from playwright.sync_api import Browser

from tests.parameters.conftest import FOUND, Ask, quoted, value_of
from tests.parameters.test_quotes import JSON, SURFACED
from tests.prober.scripted import Heard, Said
from tests.scenarios.conftest import served
from toantrinh.observers.parameters.asking import Asking
from toantrinh.observers.parameters.hearing import Ears, is_credential, kept_by_scripts
from toantrinh.observers.parameters.points import Request
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

TOKEN = "tok-aaaaaaaa-1111"
OWN = Request("/api/ho-so/tim?tu-khoa=khai+sinh", private=True)


@pytest.mark.parametrize(
    "wall",
    [
        Said(401, '{"error":"unauthorized"}', JSON),
        Said(403, "<h1>Từ chối</h1>"),
        Said(302, headers=(("Location", "/dang-nhap?tiep=%2Fapi"),)),
        Said(200, "<h1>Đăng nhập</h1><form method=post><input name=p type='password'></form>"),
    ],
    ids=["401", "403", "redirect", "log-in page"],
)
def test_walls_before_everything_of_the_citizen_leave_the_check_open(ask: Ask, wall: Said) -> None:
    def answer(heard: Heard) -> Said:
        return wall if heard.path.startswith("/api") else Said(200, FOUND)

    record, _ = ask(answer, "/tim?tu-khoa=khai+sinh", heard=[OWN], citizen=Role("citizen_a", "công dân A"))
    verdict, words = quoted(record)
    assert verdict is Verdict.NOT_TESTED and "sau đăng nhập" in words and f"HTTP {wall.status}" in words


def test_one_page_of_the_citizen_that_opens_is_enough(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        return Said(401, "") if heard.path.startswith("/api") else Said(200, FOUND)

    own = [OWN, Request("/ho-so?tu-khoa=khai+sinh", private=True)]
    assert quoted(ask(answer, heard=own, citizen=Role("citizen_a", "công dân A"))[0])[0] is Verdict.PASS


def test_the_citizen_of_a_single_page_application_is_asked_with_what_its_scripts_send(
    ask: Ask, chromium: Browser
) -> None:
    app = Flask("spa")

    @app.get("/")
    def home() -> str:
        return f"""<!doctype html><title>Cổng</title><script>localStorage.token = '{TOKEN}';
            fetch('/api/toi', {{headers: {{'X-Access-Token': localStorage.token, 'X-CSRF-Token': 'z'}}}})</script>"""

    @app.get("/api/toi")
    def me() -> object:
        return jsonify(so=request.headers.get("X-Access-Token"))

    with served(app) as base:
        context = chromium.new_context()
        ears = Ears(context, base)
        page = context.new_page()
        with page.expect_response("**/api/toi"):
            page.goto(base)
        citizen = ears.role_as_of_now("citizen_a", context)
        state = context.storage_state()
        context.close()
    assert ears.trusted == {urlsplit(base).netloc} and kept_by_scripts(state)
    assert citizen.headers == {"x-access-token": TOKEN}

    def answer(heard: Heard) -> Said:
        if heard.path.startswith("/api") and heard.headers.get("X-Access-Token") != TOKEN:
            return Said(401, "{}", JSON)
        odd = heard.path.startswith("/api") and "'" in value_of(heard, "tu-khoa")
        return Said(500 if odd else 200, SURFACED["Oracle"] if odd else FOUND)

    record, _ = ask(answer, heard=[OWN], citizen=citizen)
    verdict, words = quoted(record)
    assert verdict is Verdict.FAIL and "công dân A" in words
    assert TOKEN not in record.data.model_dump_json() and TOKEN not in words


def test_a_credential_goes_to_no_other_server() -> None:
    system = load_system("demo", base_url="http://127.0.0.1:9")
    citizen = Role("citizen_a", "công dân A", headers={"Authorization": f"Bearer {TOKEN}"})
    asking = Asking(Prober(system, "input"), citizen)
    assert asking.role(Request("http://127.0.0.1:9/a", private=True)).headers
    assert not asking.role(Request("http://127.0.0.1:8/a", private=True)).headers
    assert asking.role(Request("http://127.0.0.1:9/a")).key == "nobody"


def test_headers_that_show_who_asks_are_known() -> None:
    shown = ("Authorization", "x-access-token", "X-Auth", "token", "x-session-id", "X-User-Token", "apikey", "x-jwt")
    others = ("x-csrf-token", "X-Requested-With", "x-author", "accept", "x-request-id", "x-authority", "x-tokens-left")
    assert all(is_credential(name) for name in shown) and not any(is_credential(name) for name in others)


def test_a_session_in_cookies_alone_needs_no_browser() -> None:
    cookies = [{"name": "s", "value": "1"}]
    size = [{"origin": "http://a", "localStorage": [{"name": "co-chu", "value": "lon"}]}]
    token = [{"origin": "http://a", "localStorage": [{"name": "a", "value": "eyJhbGciOi.x.y"}]}]
    assert not kept_by_scripts({"cookies": cookies, "origins": size})
    assert kept_by_scripts({"cookies": cookies, "origins": token}) and kept_by_scripts({"cookies": [], "origins": []})
