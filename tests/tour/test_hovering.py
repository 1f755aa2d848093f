"""keyboard.hover-dismissable, WCAG 1.4.13: what comes with the pointer can be dismissed, and the pointer may go onto it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from suites.accessibility.test_newer_hover import test_content_on_hover_can_be_dismissed as dismissable
from tests.suites_pages.conftest import verdict_of
from tests.tour.conftest import record
from toantrinh.observations.journey import Reach
from toantrinh.observations.tour import MissedState, Tour
from toantrinh.observers.touring.hovering import hovers_of
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

P, F, NA = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE
OPEN, REVIEW = Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
MENU = """<style>nav ul { list-style: none } nav li { position: relative; width: 160px } nav li ul { display: none; position: absolute;
top: TOP; left: 0; width: 240px; background: #fff; margin: 0 } nav li:hover ul { display: block }</style>
<nav><ul><li id=x><a href=/1>Thủ tục</a><ul id=con><li><a href=/2>Khai sinh</a></li><li><a href=/3>Kết hôn</a></li></ul></li></ul></nav>
<p>Người dân nộp hồ sơ trên mạng và nhận kết quả tại nhà.</p><p>Cơ quan trả kết quả đúng hẹn.</p>"""
ESCAPES = """<style>nav li.tat:hover ul { display: none }</style><script>
document.addEventListener('keydown', (e) => { if (e.key === 'Escape') document.getElementById('x').classList.add('tat') });
document.getElementById('x').addEventListener('mouseleave', (e) => e.currentTarget.classList.remove('tat'));</script>"""
TIP = """<style>#goi { display: none; position: absolute; top: PLACE; left: 20px; width: 300px; background: #ff9 } #x:hover + #goi { display: block }</style>
<p>Số định danh <button id=x aria-describedby=goi>?</button><span id=goi role=tooltip>Mười hai chữ số ở mặt trước thẻ căn cước</span></p>"""
BELOW = "<p style='margin-top:60px'>Ghi như trong thẻ căn cước công dân.</p>"


def judged(page: Page, folder: Path, body: str) -> tuple[Verdict, str]:
    page.set_content(f"<!doctype html><html lang=vi><title>T</title><body style='margin:20px'>{body}</body></html>")
    seen = hovers_of(page, Attachments(folder, "tour", str), "re-chuot")
    verdict, words = verdict_of(dismissable, record(Tour(name="tour", hovers=seen)))
    assert all(bool(one.shot) is not one.dismissed for one in seen)
    return verdict, words


def test_a_menu_over_the_text_that_escape_does_not_close_fails(page: Page, tmp_path: Path) -> None:
    verdict, words = judged(page, tmp_path, MENU.replace("TOP", "1.2em"))
    assert verdict is F and "“Thủ tục” không tắt được bằng Esc (#con)" in words and "#x" in words, words


def test_what_goes_away_under_the_pointer_is_for_a_person(page: Page, tmp_path: Path) -> None:
    verdict, words = judged(page, tmp_path, MENU.replace("TOP", "4em") + ESCAPES)
    assert verdict is REVIEW and "mất khi rê chuột vào" in words, words


def test_a_hint_over_nothing_need_not_be_dismissed_for_sure(page: Page, tmp_path: Path) -> None:
    verdict, words = judged(page, tmp_path, TIP.replace("PLACE", "600px") + BELOW)
    assert verdict is REVIEW and "Mười hai chữ số" in words, words


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (MENU.replace("TOP", "1.2em") + ESCAPES, P),
        ("<button id=x title='Mười hai chữ số'>Số định danh</button><abbr title='Ủy ban nhân dân'>UBND</abbr>", NA),
        (f"<button aria-haspopup=true aria-expanded=false>Thực đơn</button><p hidden>Ẩn</p>{BELOW}", NA),
        ("<style>#x:hover { background: #ff9; text-decoration: underline }</style><nav><ul><li><a id=x href=/1>Một</a></ul></nav>", NA),
    ],
    ids=["Escape closes it, the pointer may go onto it", "the browser's own hint", "only a press opens it", "only its colour changes"],
)  # fmt: skip
def test_silent_where_nothing_is_in_the_way(page: Page, tmp_path: Path, body: str, wanted: Verdict) -> None:
    verdict, words = judged(page, tmp_path, body)
    assert verdict is wanted, words


SLIDES = """<style>nav li { display: inline-block; padding: 8px } .anh { display: none; height: 80px } .anh.mo { display: block }</style>
<nav><ul><li class=dropdown><a href=/a>Giới thiệu</a></li><li class=dropdown><a href=/b>Thủ tục</a></li>
<li class=dropdown><a href=/c>Hỏi đáp</a></li></ul></nav><div><div class='anh mo'><p>Tin thứ nhất</p></div><div class=anh><p>Tin thứ hai</p></div>
<div class=anh><p>Tin thứ ba</p></div></div><script>let i = 0; const S = document.querySelectorAll('.anh');
const next = () => { S[i].classList.remove('mo'); i = (i + 1) % 3; S[i].classList.add('mo') }; WHEN</script>"""


@pytest.mark.parametrize(
    "when",
    ["setInterval(next, 1500)", "setInterval(next, 400)", "document.querySelector('li').onmouseenter = () => next()"],
    ids=["every so often", "all the time", "as the pointer came, and stayed"],
)
def test_what_does_not_come_and_go_with_the_pointer_accuses_nobody(page: Page, tmp_path: Path, when: str) -> None:
    verdict, words = judged(page, tmp_path, SLIDES.replace("WHEN", when))
    assert verdict in (REVIEW, NA, P), words


def test_what_did_not_come_again_with_the_pointer_is_for_a_person(page: Page, tmp_path: Path) -> None:
    once = "document.querySelector('li').addEventListener('mouseenter', next, { once: true })"
    page.set_content(f"<!doctype html><title>T</title><body>{SLIDES.replace('WHEN', once)}")
    (one,) = hovers_of(page, Attachments(tmp_path, "tour", str), "re-chuot")
    assert (one.covers, one.dismissed, one.hoverable) == (True, False, None)
    verdict, words = verdict_of(dismissable, record(Tour(name="tour", hovers=(one,))))
    assert verdict is REVIEW and "“Giới thiệu”" in words, words


@pytest.mark.parametrize(("reach", "wanted"), [(Reach.TOOL_ERROR, Verdict.TOOL_ERROR), (Reach.BLOCKED, OPEN)])
def test_a_page_on_which_no_pointer_could_rest_leaves_it_open(reach: Reach, wanted: Verdict) -> None:
    lost = MissedState(name="Trang thủ tục: rê chuột", why="hết giờ", reach=reach, look="hovers")
    verdict, words = verdict_of(dismissable, record(Tour(name="tour", hovers=(), missed=(lost,))))
    assert verdict is wanted and "Trang thủ tục: rê chuột (hết giờ)" in words


def test_where_no_pointer_rested_nothing_is_tested() -> None:
    assert verdict_of(dismissable, record(Tour(name="tour")))[0] is OPEN
