"""Markers in what a request carries: reflected raw they are found, and a system that bans, circles or says yes to all is
never accused."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.markers.test_writing import travelled
from tests.prober.scripted import Heard, Said, scripted
from tests.short_limits import shorten
from toantrinh.driver import pace
from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.observations.markers import How, Kind, Sighting
from toantrinh.observers.markers.looking import Lookout
from toantrinh.observers.markers.marker import Name
from toantrinh.observers.markers.parameters import queries_of, query_of
from toantrinh.observers.markers.questions import MOST_ASKED, MOST_BLOCKS, Questions
from toantrinh.observers.markers.trap import Trap
from toantrinh.observers.markers.writing import Places
from toantrinh.store import Attachments

NAME = Name("k3zz9q")
HOME = (
    "<!doctype html><html lang=vi><title>Cổng dịch vụ công</title><main><h1>Trang chủ</h1>"
    "<p>Tra cứu, nộp hồ sơ trực tuyến, phản ánh kiến nghị, đánh giá mức độ hài lòng của người dân.</p>{}</main></html>"
)


def journey(*addresses: str) -> Journey:
    steps = [Step(name=StepName.SEARCH, reach=Reach.REACHED, address=addresses[0] if addresses else "")]
    steps += [Step(name=StepName.DETAIL, reach=Reach.REACHED, address=one) for one in addresses[1:]]
    return Journey(
        service="1", name="Thủ tục", declared="toàn trình", fee=0, account="citizen", persona="", viewport=(1, 1),
        steps=tuple(steps),
    )  # fmt: skip


def asked(
    browser: Browser, folder: Path, answer: Callable[[Heard], Said], *paths: str
) -> tuple[tuple[Sighting, ...], str, Questions]:
    """What was seen, what was said of what could not be asked, and the questions."""
    with scripted(answer) as server, travelled(browser, server.address, folder) as who:
        trap = Trap(NAME, "citizen_b", Kind.PAGE)
        trap.set_in(who.hands.watch.context)
        who.new_context = trap.setting(who.new_context)
        lookout = Lookout(trap, Attachments(folder, "markers", lambda text: text), who.at_home)
        questions = Questions(who, lookout, Places())
        why = questions.ask(journey(*(server.address + path for path in paths or ("/tim?q=khai+sinh",))), [])
        return lookout.sightings(), why, questions


def reflecting(write: Callable[[str], str]) -> Callable[[Heard], Said]:
    def answer(heard: Heard) -> Said:
        words = parse_qs(urlsplit(heard.path).query, keep_blank_values=True).get("q", [""])[0]
        return Said(200, HOME.format(write(words) if words else ""))

    return answer


@pytest.mark.parametrize(
    "write",
    [
        lambda words: f"<p>Kết quả cho {words}</p>",
        lambda words: f"<script>var q = '{words.replace('<', '')}';</script>",
        lambda words: f'<script>var q = "{words.replace("<", "")}";</script>',
        lambda words: f'<a href="{html.escape(words)}">Quay lại</a>',
        lambda words: f"<input value='{html.escape(words, quote=False)}'>",
    ],
)
def test_search_words_that_come_back_raw_are_found(
    chromium: Browser, tmp_path: Path, write: Callable[[str], str]
) -> None:
    seen, why, questions = asked(chromium, tmp_path, reflecting(write))
    assert [(one.how, questions.places.known[one.number].label) for one in seen] == [(How.RAN, "tham số q")] and not why
    assert seen[0].role == "citizen_b" and "/tim?q=" in seen[0].address


@pytest.mark.parametrize(
    "write",
    [
        lambda words: f"<p>Kết quả cho {html.escape(words)}</p><!-- {words.replace('>', '')} -->",
        lambda words: f'<input value="{html.escape(words)}"><textarea>{html.escape(words)}</textarea>',
        lambda words: "<script>var q = " + json.dumps(words).replace("<", "\\u003c") + ";</script>",
        lambda words: f'<a href="/tim?q={html.escape(words)}">Trang sau</a>',
        lambda words: f'<a href="/tim#javascript:{html.escape(words)}">Trang sau</a>',
        lambda words: f"<template>{words}</template>",
    ],
)
def test_search_words_that_come_back_rightly_are_not(
    chromium: Browser, tmp_path: Path, write: Callable[[str], str]
) -> None:
    seen, why, _ = asked(chromium, tmp_path, reflecting(write))
    assert not seen and not why


def test_the_path_of_a_missing_page_and_the_browsers_name_that_come_back_raw_are_found(
    chromium: Browser, tmp_path: Path
) -> None:
    def answer(heard: Heard) -> Said:
        if heard.path != "/":
            return Said(404, HOME.format(f"<p>Không có trang {unquote(heard.path)}</p>"))
        return Said(200, HOME.format(f"<p>{heard.headers['User-Agent']}</p>"))

    seen, _, questions = asked(chromium, tmp_path, answer)
    assert {questions.places.known[one.number].what for one in seen} >= {"path", "header"}
    assert {one.role for one in seen if questions.places.known[one.number].what != "parameter"} == {"nobody"}


DOOR = "<form method=post><label>Tên đăng nhập <input name=ten value='{}'></label><label>Mật khẩu <input type=password name=mk></label><button>Đăng nhập</button></form>"


@pytest.mark.parametrize(("quote", "how"), [(False, [How.RAN, How.RAN]), (True, [])])
def test_a_user_name_that_a_door_refuses_and_shows_again(
    chromium: Browser, tmp_path: Path, quote: bool, how: list[How]
) -> None:
    def answer(heard: Heard) -> Said:
        if heard.path in ("/dang-nhap", "/can-bo"):
            name = parse_qs(heard.body.decode()).get("ten", [""])[0]
            return Said(200, HOME.format(DOOR.format(html.escape(name) if quote else name)))
        return Said(200, HOME.format("<a href=/dang-nhap>Đăng nhập</a>"))

    seen, why, questions = asked(chromium, tmp_path, answer)
    assert [one.how for one in seen] == how and not why
    assert [one.what for one in questions.places.known.values()].count("user-name") == 2


def test_several_parameters_that_are_refused_together_are_asked_one_by_one(chromium: Browser, tmp_path: Path) -> None:
    def answer(heard: Heard) -> Said:
        query = parse_qs(urlsplit(heard.path).query)
        if not query.get("trang", ["1"])[0].isdigit():
            return Said(400, HOME.format("<p>Yêu cầu không hợp lệ</p>"))
        return Said(200, HOME.format(f"<p>Kết quả cho {query.get('q', [''])[0]}</p>"))

    seen, _, questions = asked(chromium, tmp_path, answer, "/tim?q=khai+sinh&trang=2")
    assert [(one.how, questions.places.known[one.number].label) for one in seen] == [(How.RAN, "tham số q")]


def test_a_system_that_bans_in_the_middle_is_left_alone_and_not_accused(chromium: Browser, tmp_path: Path) -> None:
    def answer(heard: Heard) -> Said:
        if NAME.word in heard.path:
            return Said(403, "<title>Request Rejected</title><p>The requested URL was rejected. Support ID: 77</p>")
        return Said(200, HOME.format(""))

    paths = tuple(f"/{page}?q=khai+sinh" for page in "abcdef")
    seen, why, questions = asked(chromium, tmp_path, answer, *paths)
    assert not seen and "bị chặn" in why and questions.asked == MOST_BLOCKS


@pytest.mark.parametrize(
    "said",
    [
        Said(200, HOME.format("<p>Có tất cả</p>")),
        Said(302, "", (("Location", "/vong?q=1"),)),
        Said(500, HOME.format("<p>Lỗi hệ thống</p>")),
        Said(200, "", act="drop"),
    ],
    ids=["yes to all", "circle", "error", "drop"],
)
def test_answers_to_everything_alike_are_never_a_finding(
    chromium: Browser, tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "FIRST_PAUSE_S", 0.02)

    def answer(heard: Heard) -> Said:
        return said if "?" in heard.path else Said(200, HOME.format(""))

    seen, why, questions = asked(chromium, tmp_path, answer)
    assert not seen and questions.asked <= MOST_ASKED
    assert bool(why) == (said.status == 302 or said.act == "drop"), why


def test_an_endless_body_ends_by_its_name(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shorten(monkeypatch, page_s=1.5)

    def answer(heard: Heard) -> Said:
        return Said(200, "", act="flood") if NAME.word in heard.path else Said(200, HOME.format(""))

    seen, why, questions = asked(chromium, tmp_path, answer, "/a?q=x", "/b?q=x", "/c?q=x")
    assert not seen and why and questions.asked == 2


def test_which_addresses_are_asked() -> None:
    base = "https://dichvucong.example"
    found = queries_of(
        journey(
            f"{base}/tim?q=khai+sinh&trang=1",
            f"{base}/tim?trang=2&q=khac",
            f"{base}/dang-xuat?tiep=/",
            f"{base}/nop-ho-so?thu-tuc=1",
            f"{base}/danh-gia/gui?sao=5",
            f"{base}/ho-so?action=cancel&ma=1",
            f"{base}/callback?code=1&state=2",
            f"{base}/#/thu-tuc?tu-khoa=kết+hôn",
            f"{base}/ho-so/12?tab=giay-to",
            f"{base}/trang-chu",
            "https://vneid.example/tim?q=1",
        ),
        [f"{base}/nghe?x=y"],
        lambda address: address.startswith(base),
    )
    assert [one.path for one in found] == [f"{base}/#/thu-tuc", f"{base}/nghe", f"{base}/tim", f"{base}/ho-so/12"]
    assert found[2].names == ("q", "trang")


def test_a_value_is_put_in_the_place_of_another_and_encoded() -> None:
    query = query_of("https://a.example/#/tim?q=a+b&trang=2")
    assert query is not None
    assert query.with_values({"q": "<x y='1'>"}) == "https://a.example/#/tim?q=%3Cx%20y%3D%271%27%3E&trang=2"
    assert query_of("https://a.example/tim") is None
