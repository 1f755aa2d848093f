"""Fields, boxes, lists and files: answered by keys where they take them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.by_keyboard.conftest import Opened, named
from toantrinh.driver.answers import Answerer
from toantrinh.driver.calendars import fill_date
from toantrinh.driver.dropdowns import choose_drawn
from toantrinh.driver.eyes import Control
from toantrinh.driver.hands import File
from toantrinh.observations.by_keyboard import Blocked, Blocking
from toantrinh.persona import make_persona

Open = Callable[..., Opened]
HIDDEN = ".an { position: absolute; opacity: 0; width: 16px; height: 16px } .mat { display: none }"
FILE = File("giay.pdf", "application/pdf", b"%PDF-1.4")
LIST = """
  const box = document.getElementById('hop'), list = document.getElementById('ds'), options = [...list.children];
  let at = -1;
  const show = (open) => { list.hidden = !open; box.setAttribute('aria-expanded', open); };
  const mark = (to) => { at = Math.max(0, Math.min(options.length - 1, to)); box.setAttribute('aria-activedescendant', options[at].id); };
  const take = (one) => { box.textContent = one.textContent; show(false); };
  box.onclick = () => show(list.hidden);
  for (const one of options) one.onclick = () => take(one);
"""
LIST_KEYS = """
  box.onkeydown = (event) => {
    if (event.key === 'ArrowDown') { if (list.hidden) show(true); else mark(at + 1); }
    else if (event.key === 'ArrowUp') mark(at - 1);
    else if (event.key === 'Enter' && !list.hidden) take(options[at]);
    else if (event.key === 'Escape') show(false);
  };
"""
DRAWN = (
    "<span id='nhan'>Tỉnh, thành phố</span><div id='hop' role='combobox' tabindex='0' aria-haspopup='listbox' "
    "aria-expanded='false' aria-controls='ds' aria-labelledby='nhan' style='width:200px;border:1px solid'>Chọn tỉnh</div>"
    "<ul id='ds' role='listbox' hidden>"
    + "".join(f"<li role='option' id='o{n}'>{name}</li>" for n, name in enumerate(("Cao Bằng", "Hà Giang", "Sơn La")))
    + "</ul>"
)


def why(blocked: list[Blocked]) -> list[tuple[Blocking, bool]]:
    return [(one.why, one.sure) for one in blocked]


def answerer(wish: str) -> Answerer:
    return Answerer(make_persona(1), {"Tỉnh, thành phố": wish})


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ("<label>Đồng ý <input type='checkbox' id='o'></label>", []),
        ("<input type='checkbox' id='o' class='an'><label for='o'>Đồng ý</label>", []),
        ("<input type='checkbox' id='o' class='mat'><label for='o'>Đồng ý</label>", [(Blocking.NOT_REACHED, True)]),
        (
            "<input type='checkbox' id='o' class='mat'><label for='o' tabindex='0' role='checkbox' "
            "onkeydown='if (event.key === \" \") this.click()'>Đồng ý</label>",
            [],
        ),
    ],
    ids=["plain", "hidden from sight alone", "not rendered", "not rendered, its label takes keys"],
)
def test_a_box_is_ticked(open_page: Open, content: str, lost: list[tuple[Blocking, bool]]) -> None:
    hands, view = open_page(content, style=HIDDEN)
    hands.tick(view, named(view, "Đồng ý"))
    assert hands.page.is_checked("#o")
    assert why(hands.blocked) == lost


@pytest.mark.parametrize("name", ["Một", "Hai", "Ba"])
def test_a_choice_is_come_to_by_the_arrow_keys(open_page: Open, name: str) -> None:
    group = "".join(
        f"<label><input type='radio' name='chon' value='{one}'>{one}</label>" for one in ("Một", "Hai", "Ba")
    )
    hands, view = open_page(f"<input aria-label='Trước'>{group}<input aria-label='Sau'>")
    hands.fill(view, named(view, "Sau"), "x")
    hands.tick(view, named(view, name))
    assert hands.page.is_checked(f"[value={name}]")
    assert not hands.blocked


def test_fields_are_filled_and_a_native_list_is_stepped_through(open_page: Open) -> None:
    options = "".join(f"<option value='{n}'>Xã {n}</option>" for n in range(9))
    fields = (
        "<label>Họ tên <input id='ten' value='cũ'></label><label>Ngày sinh <input id='ngay' type='date'></label>"
        "<label>Số tiền <input id='tien' oninput=\"this.value = this.value.replace(/\\D/g, '').replace(/\\B(?=(\\d{3})+$)/g, '.')\">"
        f"</label><label>Nội dung <textarea id='nd'></textarea></label><label>Xã <select id='xa'>{options}</select></label>"
    )
    hands, view = open_page(fields, script="let lan = 0; xa.onchange = () => { xa.dataset.lan = lan += 1; }")
    hands.choose(view, named(view, "Xã"), "7")
    for label, value in (
        ("Số tiền", "1200000"),
        ("Họ tên", "Nguyễn Thị Bình"),
        ("Ngày sinh", "1990-07-25"),
        ("Nội dung", "Một\nhai"),
    ):
        hands.fill(view, named(view, label), value)
    kept = [hands.page.input_value(f"#{one}") for one in ("ten", "ngay", "tien", "nd", "xa")]
    assert kept == ["Nguyễn Thị Bình", "1990-07-25", "1.200.000", "Một\nhai", "7"]
    assert hands.page.get_attribute("#xa", "data-lan") == "1"  # dropped down: what depends on it is asked for once
    assert not hands.blocked


def test_a_field_that_only_the_mouse_comes_to_is_named(open_page: Open) -> None:
    hands, view = open_page("<label>Họ tên <input id='ten' tabindex='-1'></label>")
    hands.fill(view, named(view, "Họ tên"), "Bình")
    assert hands.page.input_value("#ten") == "Bình"
    assert why(hands.blocked) == [(Blocking.NOT_REACHED, True)]


def test_a_field_that_takes_no_typing_is_not_sure(open_page: Open) -> None:
    hands, view = open_page(
        "<label>Mã PIN <input id='pin' onkeydown='return false' onbeforeinput='return false'></label>"
    )
    hands.fill(view, named(view, "Mã PIN"), "246810")
    assert why(hands.blocked) == [(Blocking.NO_REACTION, False)]


@pytest.mark.parametrize("wish", ["Cao Bằng", "Sơn La"])
def test_a_drawn_list_with_the_keys_of_a_combobox_is_used(open_page: Open, wish: str) -> None:
    hands, view = open_page(DRAWN, script=LIST + LIST_KEYS)
    chosen = choose_drawn(hands, view, named(view, "Tỉnh"), answerer(wish))
    assert chosen and chosen[0] == wish and hands.page.inner_text("#hop") == wish
    assert not hands.blocked


def test_a_drawn_list_that_marks_its_option_by_a_class_is_used(open_page: Open) -> None:
    """As kits do whose `aria-activedescendant` names an option of a hidden list of their own."""
    marks = (
        "mark = (to) => { at = Math.max(0, Math.min(options.length - 1, to)); box.setAttribute('aria-activedescendant', 'khac');"
        " options.forEach((one, n) => one.classList.toggle('kit-option-active', n === at)); };"
    )
    script = (LIST + LIST_KEYS).replace("const mark = ", "let mark = ") + marks
    hands, view = open_page(DRAWN + "<p id='khac' hidden>x</p>", script=script)
    chosen = choose_drawn(hands, view, named(view, "Tỉnh"), answerer("Hà Giang"))
    assert chosen and hands.page.inner_text("#hop") == "Hà Giang"
    assert not hands.blocked


def test_a_drawn_list_for_the_mouse_alone_is_named(open_page: Open) -> None:
    hands, view = open_page(DRAWN, script=LIST)
    chosen = choose_drawn(hands, view, named(view, "Tỉnh"), answerer("Hà Giang"))
    assert chosen and hands.page.inner_text("#hop") == "Hà Giang"
    assert (Blocking.NO_REACTION, True) in why(hands.blocked)
    assert {one.selector for one in hands.blocked} == {"#hop"}


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ("<label>Giấy tờ <input type='file' id='t'></label>", []),
        ("<input type='file' id='t' class='an' aria-label='Giấy tờ'>", []),
        (
            "<p>Giấy tờ</p><input type='file' id='t' class='mat' aria-label='Giấy tờ'>"
            "<button type='button' onclick='t.click()'>Chọn tệp</button>",
            [],
        ),
        (
            "<p>Giấy tờ</p><input type='file' id='t' class='mat' aria-label='Giấy tờ'>"
            "<label for='t' class='nut'>Chọn tệp</label>",
            [(Blocking.NOT_REACHED, True)],
        ),
    ],
    ids=["plain", "hidden from sight alone", "behind a button", "behind a label that Tab passes by"],
)
def test_a_file_is_given(open_page: Open, content: str, lost: list[tuple[Blocking, bool]]) -> None:
    hands, view = open_page(content, style=HIDDEN)
    place = next(one for one in view.controls if one.role == "file")
    hands.attach(view, place, [FILE])
    assert hands.page.evaluate("t.files.length") == 1
    assert why(hands.blocked) == lost


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ("<button type='button' onclick='choose()'>Chọn tệp đính kèm</button>", []),
        ("<div class='nut' onclick='choose()'>Chọn tệp đính kèm</div>", [(Blocking.NOT_REACHED, True)]),
    ],
)
def test_a_choice_of_files_that_is_made_upon_the_press(
    open_page: Open, content: str, lost: list[tuple[Blocking, bool]]
) -> None:
    script = "function choose() { const one = document.createElement('input'); one.type = 'file'; one.onchange = done; one.click(); }"
    hands, view = open_page(content, script=script)
    button: Control = named(view, "Chọn tệp")
    hands.attach(view, button, [FILE])
    assert "Đã làm" in hands.settle().text
    assert why(hands.blocked) == lost


def test_a_date_is_typed_where_its_field_takes_typing(open_page: Open) -> None:
    hands, view = open_page("<label>Ngày cấp <input class='datepicker' placeholder='dd/mm/yyyy' id='ngay'></label>")
    assert fill_date(hands, view, named(view, "Ngày cấp"), "05/11/2024") == "05/11/2024"
    assert not hands.blocked


def test_a_calendar_that_only_the_mouse_opens_is_named(open_page: Open) -> None:
    days = "".join(
        f"<td onclick='ngay.value = `${{this.textContent.padStart(2, 0)}}/11/2024`'>{n}</td>" for n in range(1, 31)
    )
    calendar = f"<div id='lich' hidden><b>Tháng 11 năm 2024</b><table><tr>{days}</tr></table></div>"
    field = "<label>Ngày cấp <input readonly class='datepicker' id='ngay' onclick='lich.hidden = false'></label>"
    hands, view = open_page(field + calendar)
    assert fill_date(hands, view, named(view, "Ngày cấp"), "05/11/2024") == "05/11/2024"
    assert why(hands.blocked) == [(Blocking.NO_REACTION, True)]
    assert hands.blocked[0].selector == "#ngay"
