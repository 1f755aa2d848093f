"""Parameters that say where to go afterwards: only where the browser would go counts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest

from tests.parameters.conftest import FOUND, MISSING, Ask, rerouted, value_of
from tests.prober.scripted import Heard, Said
from toantrinh.observers.parameters.points import Request
from toantrinh.observers.parameters.redirects import STRANGER
from toantrinh.observers.parameters.where_to import host_of
from toantrinh.observers.prober.role import Role
from toantrinh.verdicts import Verdict

LOG_IN = "/dang-nhap?tiep=/ho-so"
BASE = "https://dvc.tinh.example/dang-nhap"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://la.example/", "la.example"),
        ("//la.example", "la.example"),
        ("///la.example/a", "la.example"),
        ("/\\la.example", "la.example"),
        ("\\\\la.example", "la.example"),
        ("https:\\\\la.example", "la.example"),
        ("http:la.example", "la.example"),
        ("https:la.example", "dvc.tinh.example"),
        ("https://dvc.tinh.example@la.example/", "la.example"),
        ("https://la.example:8443?a", "la.example"),
        ("/\t/la.example", "la.example"),
        (" \x01//la.example", "la.example"),
        ("/ho-so?tiep=//la.example", "dvc.tinh.example"),
        ("ho-so", "dvc.tinh.example"),
        ("?a=https://la.example", "dvc.tinh.example"),
        ("/%2f%2fla.example", "dvc.tinh.example"),
        ("https://dvc.tinh.example/#@la.example", "dvc.tinh.example"),
        ("javascript:alert(1)", ""),
        ("HTTPS://LA.Example/", "la.example"),
    ],
)
def test_an_address_leads_where_a_browser_goes(address: str, host: str) -> None:
    assert host_of(address, BASE) == host


def sends(to: Callable[[str], str]) -> Callable[[Heard], Said]:
    """A log-in page that leads on to what `to` makes of its parameter."""
    return lambda heard: Said(302, headers=(("Location", to(value_of(heard, "tiep"))),))


@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("unchecked", lambda value: value),
        ("only-paths", lambda value: value if value.startswith("/") else "/"),
        ("no-two-slashes", lambda value: value if value[:1] == "/" and value[1:2] != "/" else "/"),
        ("own-name-first", lambda value: value if value.startswith(("/", "https://127.0.0.1")) and value[1:2] not in "/\\" else "/"),
        ("decoded-late", lambda value: unquote(value) if value[:1] == "%" else "/"),
        ("added", lambda value: f"https://{STRANGER}" if value else "/"),
    ],
)  # fmt: skip
def test_a_way_out_fails_however_it_is_written(ask: Ask, name: str, to: Callable[[str], str]) -> None:
    verdict, words = rerouted(ask(sends(to), LOG_IN)[0])
    assert verdict is Verdict.FAIL and STRANGER in words and "tham số “tiep” của GET /dang-nhap" in words
    assert "(khách chưa đăng nhập) → HTTP 302" in words and "curl" in words


@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("own-home", lambda value: "/"),
        ("own-path-only", lambda value: value if value.startswith("/ho") else "/"),
        ("log-in-that-remembers", lambda value: f"/vao?tiep={value.replace('/', '%2F')}"),
        ("identity", lambda value: f"https://dinhdanh.example/vao?ve={value}"),
    ],
)
def test_a_way_that_stays_at_home_is_silent(ask: Ask, name: str, to: Callable[[str], str]) -> None:
    assert rerouted(ask(sends(to), LOG_IN)[0])[0] is Verdict.PASS


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        ('<meta http-equiv="refresh" content="0;url={}">', Verdict.FAIL),
        ("<META content='0; URL={}' HTTP-EQUIV=refresh>", Verdict.FAIL),
        ('<p>Bạn đang rời khỏi Cổng</p><meta http-equiv="refresh" content="10;url={}">', Verdict.NEEDS_REVIEW),
        ('<script>location.replace("{}");</script>', Verdict.NEEDS_REVIEW),
        ('<p>Bạn đang rời khỏi Cổng để tới <a href="{}" rel="noopener">{}</a></p>', Verdict.PASS),
        ('<!-- <meta http-equiv="refresh" content="0;url={}"> -->', Verdict.PASS),
        ('<noscript><meta http-equiv="refresh" content="0;url={}"></noscript>', Verdict.PASS),
        ('<input type=hidden name=tiep value="{}"><p>{}</p>', Verdict.PASS),
        ('<form method=post action="/vao"><input type=hidden name=tiep value="{}"></form>', Verdict.NEEDS_REVIEW),
        ("<FORM action='/vao?tiep={}' METHOD='POST'><input type=password name=p></FORM>", Verdict.NEEDS_REVIEW),
        ('<form method=post action="/vao"><input name=tiep value="/"></form><p>{}</p>', Verdict.PASS),
        ('<form action="/tim"><input type=hidden name=tu-trang value="{}"></form>', Verdict.PASS),
        ('<form method=post action="/gop-y"><input type=text name=y value="{}"></form>', Verdict.PASS),
        ('<!-- <form method=post action="/vao?tiep={}"></form> -->', Verdict.PASS),
        ('<script>var tiep = "{}";</script>', Verdict.PASS),
        ('<meta http-equiv="refresh" content="0;url=/"><p>{}</p>', Verdict.PASS),
    ],
)
def test_only_what_the_browser_would_follow_counts(ask: Ask, page: str, verdict: Verdict) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, FOUND + page.replace("{}", value_of(heard, "tiep")))

    assert rerouted(ask(answer, LOG_IN)[0])[0] is verdict


def test_what_is_used_after_log_in_alone_is_named(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        back = quote(value_of(heard, "tiep"), safe="")
        return Said(
            200, f"<title>Đăng nhập</title><form method=post action='/vao?tiep={back}'><input type=password></form>"
        )

    verdict, words = rerouted(ask(answer, LOG_IN)[0])
    assert verdict is Verdict.NEEDS_REVIEW and "chỉ dùng sau khi đăng nhập" in words and "tham số “tiep”" in words


def test_one_who_has_logged_in_is_asked_too(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        if heard.headers.get("X-Who") == "a":
            return Said(302, headers=(("Location", value_of(heard, "tiep")),))
        return Said(200, "<h1>Đăng nhập</h1>")

    citizen = Role("citizen_a", "công dân A", headers={"X-Who": "a"})
    verdict, words = rerouted(ask(answer, LOG_IN, citizen=citizen)[0])
    assert verdict is Verdict.FAIL and "công dân A" in words


def test_what_the_log_in_page_is_told_is_learned_from_a_walled_page(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        if heard.headers.get("X-Who") == "a":
            return Said(200, FOUND)
        if heard.path.startswith("/ho-so"):
            return Said(302, headers=(("Location", "/vao?ReturnUrl=%2Fho-so"),))
        return Said(302, headers=(("Location", value_of(heard, "ReturnUrl")),))

    citizen = Role("citizen_a", "công dân A", headers={"X-Who": "a"})
    verdict, words = rerouted(ask(answer, heard=[Request("/ho-so?so=5", private=True)], citizen=citizen)[0])
    assert verdict is Verdict.FAIL and "tham số “ReturnUrl” của GET /vao" in words


def test_the_stranger_is_never_followed_and_nobody_asked_twice_as_much(ask: Ask) -> None:
    record, server = ask(sends(lambda value: value), LOG_IN)
    assert len(server.paths) == 2 and not any(one.ended.unasked for one in record.exchanges.exchanges)


def test_what_the_log_in_protocol_prescribes_is_another_checks_matter(ask: Ask) -> None:
    link = "/oauth/authorize?client_id=cong&response_type=ma&redirect_uri=%2Fve"
    record, _ = ask(lambda heard: Said(302, headers=(("Location", value_of(heard, "redirect_uri")),)), link)
    assert rerouted(record)[0] is Verdict.NOT_APPLICABLE


def test_without_an_answer_the_check_stays_open(ask: Ask) -> None:
    verdict, _ = rerouted(ask(lambda heard: Said(act="silence"), LOG_IN, patience_s=0.3)[0])
    assert verdict is Verdict.NOT_TESTED


def test_a_page_that_is_not_there_is_silent(ask: Ask) -> None:
    assert rerouted(ask(lambda heard: MISSING, LOG_IN)[0])[0] is Verdict.PASS
