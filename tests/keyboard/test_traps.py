"""keyboard.no-trap, WCAG 2.1.2: Tab goes through the page and out of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from suites.accessibility.test_5_3_keyboard import test_no_trap as no_trap
from tests.keyboard.conftest import Judge, html, record_of
from tests.suites_pages.conftest import verdict_of
from toantrinh.observers.keys.keyboard import keyboard_of
from toantrinh.verdicts import Verdict

ROUND = """<div id=o><input id=a aria-label=A><input id=b aria-label=B></div><button>Sau</button><script>
b.addEventListener('keydown', e => { if (e.key === 'Tab' && !e.shiftKey) { e.preventDefault(); a.focus(); } });
a.addEventListener('keydown', e => { if (e.key === 'Tab' && e.shiftKey) { e.preventDefault(); b.focus(); } });</script>"""
STUCK = """<textarea id=soan aria-label=S></textarea><button>Sau</button><script>
soan.addEventListener('keydown', e => { if (e.key === 'Tab') e.preventDefault(); });</script>"""
BY_TIMER = """<input id=giu aria-label=G><button>Sau</button><button>Sau nữa</button><script>
giu.addEventListener('blur', () => setTimeout(() => giu.focus(), 0));</script>"""
FORWARD_ONLY = """<input id=a aria-label=A><input id=b aria-label=B><button>Sau</button><script>
b.addEventListener('keydown', e => { if (e.key === 'Tab' && !e.shiftKey) { e.preventDefault(); a.focus(); } });</script>"""
BACKWARD = """<button>Trước</button><input id=a aria-label=A><button>Sau</button><script>
a.addEventListener('keydown', e => { if (e.key === 'Tab' && e.shiftKey) e.preventDefault(); });</script>"""
EDITOR = (
    STUCK.replace("e.preventDefault();", "e.preventDefault(); if (e.key === 'Escape') soan.blur();")
    .replace("if (e.key === 'Tab') e", "if (e.key === 'Escape') free = 1; if (e.key === 'Tab' && !free) e")
    .replace("<script>", "<script>let free = 0;")
)
MODAL = """<button id=mo>Mở</button><dialog id=d><button>Một</button><button>Hai</button></dialog><script>d.showModal();</script>"""
HELD = """<a href='#1'>Một</a><div role=dialog aria-modal=true aria-label=T id=d style='position:fixed;top:90px;left:90px;background:#fff'>
<a href='#2' id=x>X</a><a href='#3' id=y>Y</a></div><a href='#4'>Bốn</a><script>x.focus();
d.addEventListener('keydown', e => { if (e.key === 'Escape') d.remove();
if (e.key === 'Tab') { e.preventDefault(); (document.activeElement === x ? y : x).focus(); } });
document.addEventListener('focusin', e => { if (d.isConnected && !d.contains(e.target)) x.focus(); });</script>"""
PARTS = "<input type=date aria-label=N><input type=datetime-local aria-label=G><input type=radio name=r aria-label=1><input type=radio name=r aria-label=2><button>Sau</button>"
FRAME = "<iframe title=K srcdoc='<a href=#>1</a><a href=#>2</a>'></iframe><button>Sau</button>"


DIALOG = """<button id=mo aria-haspopup=dialog>Ghi chú</button><div role=dialog aria-modal=true aria-label=G id=d hidden
style='position:fixed;z-index:9;top:200px;left:300px;width:500px;height:200px;background:#fff'><button id=trong>TÊN</button></div>
<script>mo.onclick = () => { d.hidden = false; trong.focus() }; trong.onclick = () => { d.hidden = true; mo.focus() };
d.onkeydown = e => { if (e.key === 'Tab') e.preventDefault(); PHÍM };</script>"""


@pytest.mark.parametrize(
    ("button", "key", "wanted"),
    [("Tôi rõ rồi", "", Verdict.NEEDS_REVIEW), ("Tôi rõ rồi", "if (e.key === 'Escape') trong.click()", Verdict.PASS), ("Đóng", "", Verdict.PASS)],
    ids=["nothing that is known to close it", "Escape closes it", "its button closes it"],
)  # fmt: skip
def test_a_dialog_that_holds_the_keyboard_is_for_a_person(
    judged: Judge, button: str, key: str, wanted: Verdict
) -> None:
    verdict, words = judged(no_trap, html(DIALOG.replace("TÊN", button).replace("PHÍM", key)))
    assert verdict is wanted, words
    assert wanted is Verdict.PASS or "“Ghi chú” mở #d" in words, words


@pytest.mark.parametrize("main", ["<p>Chữ</p><button>B</button>", MODAL, HELD, PARTS, FRAME, EDITOR, ""])
def test_silent_where_tab_leads_out(judged: Judge, main: str) -> None:
    verdict, words = judged(no_trap, html(main))
    assert verdict is Verdict.PASS, words


@pytest.mark.parametrize(
    ("main", "said"),
    [
        (ROUND, ("#b", "Tab quẩn", "button")),
        (STUCK, ("#soan", "Tab quẩn")),
    ],
)
def test_a_round_without_a_way_out_fails(judged: Judge, main: str, said: tuple[str, ...]) -> None:
    verdict, words = judged(no_trap, html(main))
    assert verdict is Verdict.FAIL, words
    assert all(word in words for word in said), words


@pytest.mark.parametrize("after", ["", "<p><a href='#x'>Xa</a></p>" * 20], ids=["near the end", "far from it"])
def test_a_page_that_takes_the_focus_back_is_named(judged: Judge, after: str) -> None:
    verdict, words = judged(no_trap, html(BY_TIMER + after))
    assert verdict in (Verdict.FAIL, Verdict.NEEDS_REVIEW), words
    assert "Tab quẩn" in words and "#giu" in words


def test_a_focus_that_is_fetched_back_late_is_named(judged: Judge) -> None:
    links = "".join(f"<a id=l{n} href='#{n}'>Mục {n}</a> " for n in range(14))
    late = "<script>addEventListener('focusin', () => setTimeout(() => l3.focus(), 80))</script>"
    verdict, words = judged(no_trap, html(f"<p>{links}</p>{late}"))
    assert verdict in (Verdict.FAIL, Verdict.NEEDS_REVIEW), words
    assert "Tab quẩn" in words


def test_a_field_that_holds_shift_tab_alone_is_for_a_person(judged: Judge) -> None:
    assert judged(no_trap, html(BACKWARD))[0] is Verdict.NEEDS_REVIEW


def test_a_round_with_a_way_back_is_for_a_person(judged: Judge) -> None:
    verdict, words = judged(no_trap, html(FORWARD_ONLY))
    assert verdict is Verdict.NEEDS_REVIEW, words


def test_one_trap_on_two_pages_is_one_finding(page: Page) -> None:
    facts = []
    for _ in range(2):
        page.set_content(html(STUCK))
        facts.append(keyboard_of(page))
    verdict, words = verdict_of(no_trap, record_of(*facts))
    assert verdict is Verdict.FAIL
    assert "(Trang chủ, Danh sách thủ tục)" in words


MANY = "".join(f"<p><a href='#x{n}'>Mục {n}</a></p>" for n in range(30))
DATES = "".join(f"<input type=date aria-label=N{n}>" for n in range(4))
NOTED = """<output id=cho></output><script>document.addEventListener('focusin', (e) => {
if (e.target.matches('main a')) cho.value = e.target.textContent; });</script>"""


@pytest.mark.parametrize(
    ("main", "stops"),
    [
        (MANY, 40),
        (MANY + DATES, 44),
        (MANY + NOTED, 40),
        (MANY + FRAME, 42),
        ("<input tabindex=5 aria-label=Đ>" + MANY, 41),
    ],
    ids=["links", "date fields", "a page that answers", "a frame", "an order of its own"],
)
def test_every_stop_of_a_long_page_is_met_in_turn(page: Page, main: str, stops: int) -> None:
    page.set_content(html(main))
    facts = keyboard_of(page)
    names = [stop.name for stop in facts.stops if stop.name.startswith("Mục") and stop.part == "main"]
    assert (facts.ended, len(facts.stops), len({stop.selector for stop in facts.stops})) == ("left", stops, stops)
    assert names == [f"Mục {n}" for n in range(30)]


def test_walks_under_a_strict_policy_and_with_broken_globals(page: Page) -> None:
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=html("<button>B</button>"),
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": "default-src 'none'"},
        ),
    )
    page.add_init_script("JSON.stringify = () => 'x'; Array.prototype.map = () => 5; window.Map = null;")
    page.goto("http://127.0.0.1:9/")
    assert len(keyboard_of(page).stops) == 11


def test_the_frame_of_pages_is_walked_once(page: Page) -> None:
    page.set_content(html("<button>B</button>"))
    first = keyboard_of(page)
    page.set_content(html("<button>C</button><input aria-label=D>"))
    second = keyboard_of(page, {first.around})
    assert (first.whole, second.whole) == (True, False)
    assert [stop.part for stop in second.stops] == ["main", "main"]
