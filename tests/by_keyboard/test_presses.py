"""Buttons and links: what takes keys stays silent, what takes the mouse alone is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.by_keyboard.conftest import Opened, named
from toantrinh.observations.by_keyboard import Blocking

Open = Callable[..., Opened]
KEYS = 'onkeydown=\'if (event.key === "Enter" || event.key === " ") done()\''
LOST = {
    "a div with onclick": ("<div id='x' onclick='done()'>Tiếp tục</div>", Blocking.NOT_REACHED),
    "a link without an address": ("<a id='x' onclick='done()'>Tiếp tục</a>", Blocking.NOT_REACHED),
    "a button that Tab passes by": ("<button id='x' tabindex='-1' onclick='done()'>Tiếp tục</button>", Blocking.NOT_REACHED),
    "a stop that takes no keys": (
        "<div id='x' role='button' tabindex='0' onclick='done()'>Tiếp tục</div>",
        Blocking.NO_REACTION,
    ),
    "a button for the mouse alone": (
        "<button type='button' id='x' onmousedown='done()'>Tiếp tục</button>",
        Blocking.NO_REACTION,
    ),
}  # fmt: skip
USED = {
    "a button": "<button type='button' onclick='done()'>Tiếp tục</button>",
    "a drawn button with keys": f"<div role='button' tabindex='0' onclick='done()' {KEYS}>Tiếp tục</div>",
    "a drawn button with the space key alone": "<div role='button' tabindex='0' onclick='done()' "
    "onkeydown='if (event.key === \" \") done()'>Tiếp tục</div>",
    "a link that looks like a button": "<a class='button' href='#' onclick='done(); return false'>Tiếp tục</a>",
    "a summary": "<details><summary>Tiếp tục</summary>Đã mở ra đây</details><p onclick='done()'></p>",
    "a row with one link in it": "<div onclick='done()' style='cursor:pointer'><a href='#x' onclick='done()'>Tiếp tục</a></div>",
    "words in a button": "<button type='button' onclick='done()'><span class='nhan'>Tiếp tục</span></button>",
    "a tab beside the one that Tab comes to": "<div role='tablist'><button role='tab' id='t1' aria-selected='true' "
    "onkeydown='if (event.key === \"ArrowRight\") t2.focus()'>Một</button><button role='tab' id='t2' tabindex='-1' "
    "aria-selected='false' onclick='done()'>Tiếp tục</button></div>",
    "a button whose effect takes its time": "<button type='button' onclick='setTimeout(done, 400)'>Tiếp tục</button>",
}  # fmt: skip


@pytest.mark.parametrize("what", LOST)
def test_what_only_the_mouse_can_do_is_named_and_done(open_page: Open, what: str) -> None:
    content, why = LOST[what]
    hands, view = open_page(content)
    after = hands.press(view, named(view, "Tiếp tục"))
    assert "Đã làm" in after.text
    [one] = hands.blocked
    assert (one.why, one.sure, one.selector, one.label) == (why, True, "#x", "Tiếp tục")
    assert 'id="x"' in one.markup


@pytest.mark.parametrize("what", USED)
def test_what_takes_keys_is_used_by_them(open_page: Open, what: str) -> None:
    hands, view = open_page(USED[what])
    after = hands.press(view, named(view, "Tiếp tục"))
    assert "Đã" in after.text
    assert not hands.blocked


SILENT = {
    "nothing happens by the mouse either": ("<div class='nut' onclick='void 0'>Tiếp tục</div>", ""),
    "only hovering shows something": (
        "<div class='nut' onclick='void 0' onmouseenter='done()'>Tiếp tục</div>",
        "",
    ),
    "only the clock goes on": (
        "<div class='nut' onclick='void 0'>Tiếp tục</div><p id='gio'>Bây giờ là 0 giây</p>",
        "let n = 0; setInterval(() => { gio.textContent = `Bây giờ là ${n += 1} giây`; }, 50);",
    ),
}


@pytest.mark.parametrize("what", SILENT)
def test_what_the_mouse_cannot_do_either_is_no_fault_of_the_keys(open_page: Open, what: str) -> None:
    content, script = SILENT[what]
    hands, view = open_page(content, script=script)
    hands.press(view, named(view, "Tiếp tục"))
    assert not hands.blocked


def test_another_link_to_the_same_place_will_do(open_page: Open) -> None:
    card = "<div class='the' style='cursor:pointer' onclick=\"location.hash = 'khai-sinh'\">Khai sinh mở thẻ</div>"
    hands, view = open_page(card + "<a href='#khai-sinh'>Khai sinh</a>")
    with hands.page.expect_event("framenavigated"):
        hands.press(view, named(view, "Khai sinh mở thẻ"))
    assert hands.page.url.endswith("#khai-sinh")


def test_enter_in_the_field_sends_a_search_whose_button_is_a_picture(open_page: Open) -> None:
    search = (
        "<form role='search' onsubmit='done(); return false'><input aria-label='Tìm thủ tục' name='q'>"
        "<span class='kinh-lup' style='cursor:pointer' onclick='done()'>Tìm kiếm</span></form>"
    )
    hands, view = open_page(search)
    hands.fill(view, named(view, "Tìm thủ tục"), "khai sinh")
    button = next(one for one in view.controls if one.widget == "pressable")
    after = hands.press(view, button)
    assert "Đã làm" in after.text and not hands.blocked


def test_a_focus_that_the_page_takes_away_is_brought_back(open_page: Open) -> None:
    page = "<button type='button' id='x' onclick='done()'>Tiếp tục</button><button id='y' type='button'>Khác</button>"
    hands, view = open_page(
        page, script="x.addEventListener('focus', () => setTimeout(() => y.focus(), 1), {once: true})"
    )
    after = hands.press(view, named(view, "Tiếp tục"))
    assert "Đã làm" in after.text and not hands.blocked


def test_a_stop_that_tab_cannot_come_to_because_of_a_trap_is_not_sure(open_page: Open) -> None:
    page = "<input id='bay' aria-label='Bẫy'><button type='button' onclick='done()'>Tiếp tục</button>"
    trap = (
        "addEventListener('keydown', (event) => { if (event.key === 'Tab') { event.preventDefault(); bay.focus(); } })"
    )
    hands, view = open_page(page, script=trap)
    after = hands.press(view, named(view, "Tiếp tục"))
    assert "Đã làm" in after.text
    assert [(one.why, one.sure) for one in hands.blocked] == [(Blocking.NOT_REACHED, False)]


def test_an_announcement_is_closed_by_keys(open_page: Open) -> None:
    notice = (
        "<div role='dialog' aria-modal='true' class='modal' style='position:fixed;inset:0;background:#fff;z-index:9'>"
        "<p>Thông báo: hệ thống nâng cấp vào cuối tuần.</p><{tag} id='dong' onclick='this.parentElement.remove()'"
        " style='cursor:pointer'>Đóng</{tag}></div>"
    )
    hands, view = open_page(notice.replace("{tag}", "button"))
    assert not view.front and not hands.blocked
    hands, view = open_page(notice.replace("{tag}", "span"))
    assert not view.front
    assert [(one.selector, one.why) for one in hands.blocked] == [("#dong", Blocking.NOT_REACHED)]


DEAF = "<div id='x' role='button' tabindex='0' {more}>Tiếp tục</div>"
BY_ITSELF = "addEventListener('mousedown', () => { tin.textContent = 'Tin mới về'; });"


@pytest.mark.parametrize(
    ("more", "script", "sure"),
    [
        ("", BY_ITSELF, False),
        ("onclick='tin.hidden = true'", "", False),
        ("onclick=\"this.textContent = 'Đã tiếp tục'\"", BY_ITSELF, True),
        ("onclick='location.hash = 1'", BY_ITSELF, True),
        ("onclick=\"tin.textContent = 'Mở'\" aria-controls='tin'", "", True),
        ("onclick=\"fetch('http://127.0.0.1:1/').catch(() => 0).then(() => { tin.textContent = 'Mở'; })\"", "", True),
    ],
    ids=["a toast", "elsewhere on the page", "of its own", "a way of the script", "what it controls", "a request"],
)
def test_only_what_is_surely_the_mouses_doing_makes_a_silent_key_sure(
    open_page: Open, more: str, script: str, sure: bool
) -> None:
    hands, _ = open_page(DEAF.replace("{more}", more), script=script)
    hands.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<div id=tin>Tin cũ</div>')")
    view = hands.settle()
    hands.press(view, named(view, "Tiếp tục"))
    assert [(one.why, one.sure) for one in hands.blocked] == [(Blocking.NO_REACTION, sure)]
