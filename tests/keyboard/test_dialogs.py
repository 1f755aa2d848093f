"""keyboard.focus-into-dialog and keyboard.focus-after-dialog, WCAG 2.4.3."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from suites.accessibility.test_5_3_keyboard import test_focus_after_dialog as after_dialog
from suites.accessibility.test_5_3_keyboard import test_focus_into_dialog as into_dialog
from tests.keyboard.conftest import Judge, html, record_of
from tests.suites_pages.conftest import verdict_of
from toantrinh.observers.keys.keyboard import keyboard_of
from toantrinh.verdicts import Verdict

BOX = "style='position:fixed;z-index:9;top:200px;left:300px;width:500px;height:200px;background:#fff'"
NATIVE = "<button id=mo aria-haspopup=dialog onclick='d.showModal()'>Xem hướng dẫn</button><dialog id=d><button onclick='d.close()'>Đóng</button></dialog>"
MARKED = f"""<button id=mo aria-haspopup=dialog>Ghi chú</button><div role=dialog aria-modal=true aria-label=G id=d hidden {BOX}>
<button id=dong>Đóng</button></div><script>mo.onclick = () => {{ d.hidden = false; VAO }};
dong.onclick = () => {{ d.hidden = true; RA }}; d.onkeydown = e => {{ if (e.key === 'Tab') {{ GIU }} }};</script>"""
BARE = f"""<button id=mo>Xem bản đồ</button><input aria-label=I><div id=d hidden {BOX}><a href='#1'>Một</a></div><script>
mo.onclick = () => {{ d.hidden = false; }};</script>"""
MENU = "<button id=mo aria-expanded=false aria-haspopup=true onclick='m.hidden=!m.hidden'>Menu</button><ul id=m hidden><li><a href='#1'>Một</a></li></ul>"
PANEL = "<button id=mo aria-haspopup=dialog onclick='d.hidden=false'>Bộ lọc</button><div role=dialog aria-label=L id=d hidden><button onclick='d.hidden=true;mo.focus()'>Đóng</button></div>"  # fmt: skip


def made(enter: str, leave: str, hold: str = "e.preventDefault()") -> str:
    return MARKED.replace("VAO", enter).replace("RA", leave).replace("GIU", hold)


@pytest.mark.parametrize("check", [into_dialog, after_dialog])
@pytest.mark.parametrize("main", [NATIVE, made("dong.focus()", "mo.focus()"), PANEL])
def test_silent_where_the_focus_goes_in_and_back(judged: Judge, check, main: str) -> None:  # type: ignore[no-untyped-def]
    verdict, words = judged(check, html(main))
    assert verdict is Verdict.PASS, words


def test_a_menu_is_no_dialog(judged: Judge) -> None:
    assert judged(into_dialog, html(MENU))[0] is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("main", "said"),
    [
        (made("", "mo.focus()"), "tiêu điểm ở lại ngoài"),
        (made("dong.focus()", "mo.focus()", ""), "ra nền"),
    ],
)
def test_focus_that_stays_outside_fails(judged: Judge, main: str, said: str) -> None:
    verdict, words = judged(into_dialog, html(main))
    assert verdict is Verdict.FAIL, words
    assert said in words and "#mo" in words and "#d" in words


def test_an_unmarked_layer_is_for_a_person(judged: Judge) -> None:
    verdict, words = judged(into_dialog, html(BARE))
    assert verdict is Verdict.NEEDS_REVIEW, words


@pytest.mark.parametrize(
    ("leave", "wanted"), [("", Verdict.FAIL), ("sau.focus()", Verdict.NEEDS_REVIEW), ("mo.remove()", Verdict.PASS)]
)
def test_where_the_focus_goes_when_it_closes(judged: Judge, leave: str, wanted: Verdict) -> None:
    verdict, words = judged(after_dialog, html(made("dong.focus()", leave) + "<input id=sau aria-label=S>"))
    assert verdict is wanted, words


def test_harmful_controls_are_never_pressed(page: Page) -> None:
    names = ("Xóa hồ sơ", "Gửi", "Thanh toán", "Đăng xuất", "Ký số")
    buttons = "".join(
        f"<button class=c{i} aria-haspopup=dialog onclick='window.hit=1'>{n}</button>" for i, n in enumerate(names)
    )
    page.set_content(html(buttons + "<form><button aria-haspopup=dialog>Xem</button></form>"))
    facts = keyboard_of(page)
    assert facts.pressed == 0
    assert page.evaluate("() => window.hit") is None
    assert verdict_of(into_dialog, record_of(facts))[0] is Verdict.NOT_APPLICABLE
