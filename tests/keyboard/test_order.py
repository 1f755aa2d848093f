"""keyboard.focus-order, WCAG 2.4.3: Tab goes as the eye does."""

from __future__ import annotations

import pytest

from suites.accessibility.test_5_3_keyboard import test_focus_order as focus_order
from tests.keyboard.conftest import Judge, html
from toantrinh.verdicts import Verdict

FIELDS = "".join(f"<p><input id=o{n} aria-label={n}></p>" for n in range(3))
COLUMNS = "<div style='columns:2'>" + "".join(f"<p><a href='#{n}'>Cột {n}</a></p>" for n in range(6)) + "</div>"
SIDE = """<div style='display:flex;flex-direction:row-reverse'><section><button>Chính</button></section>
<aside><a href='#k'>Kèm</a></aside></div>"""
IN_ORDER = "".join(f"<p><input tabindex=0 aria-label={n}></p>" for n in range(3))
ALL_POSITIVE = "<!doctype html><title>T</title><main><p><a href='#1' tabindex=1>A</a></p><p><a href='#2' tabindex=2>B</a></p></main>"
ORDERED = "<form style='display:flex;flex-direction:column-reverse'>" + FIELDS + "</form>"
REVERSED_LINKS = "<div style='display:flex;flex-direction:row-reverse'><a href='#1'>Một</a><a href='#2'>Hai</a></div>"
FLOATING = "<div style='position:fixed;bottom:0;right:0'><button>Nổi</button></div><p><button>Trong trang</button></p>"
MENU = "<div style='position:relative'><button>Mở</button><div style='position:absolute;top:-40px;left:90px'><a href='#1'>Mục</a></div></div>"


@pytest.mark.parametrize("main", [FIELDS, COLUMNS, SIDE, IN_ORDER, FLOATING, MENU])
def test_silent_where_tab_follows_the_eye(judged: Judge, main: str) -> None:
    verdict, words = judged(focus_order, html(main))
    assert verdict is Verdict.PASS, words


def test_positive_tabindex_in_order_is_silent(judged: Judge) -> None:
    assert judged(focus_order, ALL_POSITIVE)[0] is Verdict.PASS


def test_positive_tabindex_that_jumps_fails(judged: Judge) -> None:
    verdict, words = judged(focus_order, html(FIELDS.replace("id=o2", "id=o2 tabindex=3")))
    assert verdict is Verdict.FAIL, words
    assert "tabindex=3" in words and "#o2" in words


def test_fields_of_a_form_in_reverse_fail(judged: Judge) -> None:
    verdict, words = judged(focus_order, html(ORDERED))
    assert verdict is Verdict.FAIL, words
    assert "#o1" in words


def test_reversed_links_are_for_a_person(judged: Judge) -> None:
    verdict, words = judged(focus_order, html(REVERSED_LINKS))
    assert verdict is Verdict.NEEDS_REVIEW, words
