"""keyboard.focus-visible, WCAG 2.4.7: pictures with and without focus differ."""

from __future__ import annotations

import io
import itertools
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from suites.accessibility.test_5_3_keyboard import test_focus_visible as focus_visible
from tests.keyboard.conftest import Judge, html, record_of
from tests.suites_pages.conftest import verdict_of
from toantrinh.observers.keys.focus_looks import LEAST_PIXELS, _lasting
from toantrinh.observers.keys.keyboard import keyboard_of
from toantrinh.observers.pictures.crops import COLOUR
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

NONE = ".im:focus { outline: none }"
BLINK = """<style>@keyframes nhay { 50% { background: #000 } } .im { animation: nhay .2s infinite step-end }</style>
<button class=im>Nhấp nháy</button>"""
TICKING = (  # with each frame, and so between two pictures, however busy the machine is
    "<button class=im><span id=g>0</span></button><script>(function tick() {"
    "g.textContent = performance.now().toFixed(1).padStart(12, '0'); requestAnimationFrame(tick); })();</script>"
)
GRADUAL = "<style>.t { outline: none; transition: background 2s } .t:focus { background: #036 }</style><button class=t>Dần</button>"
LABEL = """<style>.o { position: absolute; opacity: 0; width: 1px; height: 1px } .o:focus + label { outline: 3px solid #036 }</style>
<input type=checkbox class=o id=o><label for=o>Ô vẽ lại</label>"""
FAR = "<style>.x:focus { outline: none } .x:focus ~ i { background: #000 } i { display: block; margin-top: 200px; height: 20px }</style><a class=x href='#1'>X</a><i></i>"
LATE = """<style>.k { outline: none }</style><button class=k>K</button><script>
document.querySelector('.k').addEventListener('focus', e => setTimeout(() => { e.target.style.background = '#036'; }, 100));
document.querySelector('.k').addEventListener('blur', e => { e.target.style.background = ''; });</script>"""
BETWEEN = "<input aria-label=Trước>"
CHANGED_ON_LEAVING = """<a class=im id=l href='#1'>A</a> <i id=kq>Chưa nhập</i><script>
document.querySelector('[aria-label=Trước]').addEventListener('blur', () => { KIND });</script>"""
CARET = "<input class=im aria-label=C style='border:1px solid'>"


@pytest.mark.parametrize(
    "main", ["<a href='#1'>A</a><button>B</button><select aria-label=S></select>", GRADUAL, LABEL, FAR, LATE, CARET]
)
def test_silent_where_the_focus_is_seen(judged: Judge, main: str) -> None:
    verdict, words = judged(focus_visible, html(main, style=NONE))
    assert verdict is Verdict.PASS, words


@pytest.mark.parametrize(
    ("main", "style", "said"),
    [
        ("<a class=im id=l href='#1'>A</a>", NONE, "#l"),
        ("<div tabindex=0 id=v class=im role=button>V</div>", NONE, "#v"),
        ("<input id=c class=im aria-label=C>", NONE + ".im { border: 1px solid; caret-color: transparent }", "#c"),
    ],
)
def test_no_change_at_all_fails(judged: Judge, main: str, style: str, said: str) -> None:
    verdict, words = judged(focus_visible, html(main, style=style))
    assert verdict is Verdict.FAIL, words
    assert said in words
    assert "1 loại phần tử" in words


@pytest.mark.parametrize("main", [BLINK, TICKING])
def test_what_moves_by_itself_is_no_focus(judged: Judge, main: str) -> None:
    verdict, words = judged(focus_visible, html(main, style=NONE))
    assert verdict in (Verdict.FAIL, Verdict.NEEDS_REVIEW), words
    assert "im" in words


def face(hour: str, *, ring: bool = False) -> Image.Image:
    """A button that says what time it is, as it is pictured."""
    picture = Image.new("RGB", (160, 60), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((60, 20), hour, fill="black", font_size=20)
    if ring:
        pen.rectangle((4, 4, 156, 56), outline="black", width=2)
    return picture


@pytest.mark.parametrize(("ring", "seen"), [(False, False), (True, True)])
def test_a_clock_that_turns_between_two_pictures_is_no_focus(ring: bool, seen: bool) -> None:
    first, without, later = face("10:59", ring=ring), face("11:00"), face("11:00")
    taken = itertools.cycle([png(face("11:00", ring=ring)), png(face("11:00"))])
    keys: Any = SimpleNamespace(ask=lambda *_: True, picture=lambda clip: next(taken))
    changed, _ = _lasting(keys, 1, first, without, later)
    assert (changed >= LEAST_PIXELS) is seen


@pytest.mark.parametrize(("ring", "seen"), [(False, False), (True, True)])
def test_two_faces_that_take_turns_are_no_focus(ring: bool, seen: bool) -> None:
    """By chance each is pictured twice as if it went with the focus; the third time it does not."""
    open_eye, closed_eye = face("o o"), face("- -")
    ringed = (face("o o", ring=True), face("- -", ring=True)) if ring else (open_eye, closed_eye)
    taken = iter([png(ringed[0]), png(closed_eye), png(ringed[1]), png(open_eye), png(ringed[0]), png(closed_eye)])
    keys: Any = SimpleNamespace(ask=lambda *_: True, picture=lambda clip: next(taken))
    changed, _ = _lasting(keys, 1, ringed[0], closed_eye, closed_eye)
    assert (changed >= LEAST_PIXELS) is seen


def png(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


@pytest.mark.parametrize(
    "kind",
    [
        "kq.textContent = 'Bạn phải nhập ô này'",
        "kq.style.background = '#000'",
        "kq.insertAdjacentHTML('beforebegin', '<b>Bạn phải nhập ô này</b>')",
        "setTimeout(() => { kq.hidden = true; }, 30)",
    ],
)
def test_what_another_field_changes_beside_is_no_focus(judged: Judge, kind: str) -> None:
    main = BETWEEN + CHANGED_ON_LEAVING.replace("KIND", kind)
    verdict, words = judged(focus_visible, html(main, style=NONE))
    assert verdict in (Verdict.FAIL, Verdict.NEEDS_REVIEW), words
    assert "im" in words


def test_what_lies_under_a_layer_is_for_a_person(judged: Judge) -> None:
    layer = "<div style='position:fixed;inset:0;background:#eee'></div>"
    verdict, words = judged(focus_visible, html("<button>Dưới</button>" + layer, header=""))
    assert verdict is Verdict.NEEDS_REVIEW, words


def test_a_faint_change_is_for_a_person(judged: Judge) -> None:
    style = NONE + ".im { background: #fff; border: 0 } .im:focus { background: #fafafa }"
    verdict, words = judged(focus_visible, html("<button class=im>Mờ</button>", style=style))
    assert verdict is Verdict.NEEDS_REVIEW, words


def test_the_element_is_pictured_and_outlined(page: Page, tmp_path: Path) -> None:
    page.set_content(html("<a class=im id=l href='#1'>A</a>", style=NONE))
    facts = keyboard_of(page, attachments=Attachments(tmp_path, "keyboard/home", str))
    (look,) = [look for look in facts.looks if look.picture]
    with Image.open(tmp_path / look.picture) as picture:
        assert COLOUR in {picture.getpixel((x, y)) for x in range(picture.width) for y in range(picture.height)}
    record = record_of(facts)
    assert verdict_of(focus_visible, record)[0] is Verdict.FAIL
    assert record.evidence[0].path == look.picture
