"""The eyes: names, roles, required marks, pairs and messages as a person would read them, on mark-up of many hands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from toantrinh.driver.eyes import KEPT, Control, View, look
from toantrinh.driver.hands import NOTES
from toantrinh.driver.lexicon import load_lexicon


def seen(page: Page, body: str) -> View:
    page.set_content(
        f"<!doctype html><html lang=vi><head><title>Trang</title><meta name='keyword' content='x'></head><body>{body}</body></html>"
    )
    return look(page)


def only(view: View, role: str) -> Control:
    [control] = [c for c in view.controls if c.role == role]
    return control


def test_a_label_names_its_field(page: Page) -> None:
    view = seen(page, "<label for=a>Họ và tên <span>*</span></label><input id=a required>")
    field = only(view, "textbox")
    assert (field.label, field.name_source, field.required, field.marked) == ("Họ và tên", "label", True, True)


def test_a_label_that_is_tied_to_nothing_still_names_the_field_beside_it(page: Page) -> None:
    view = seen(page, "<table><tr><td>Số CMND (*)</td><td><input name=CongDan_soCmnd></td></tr></table>")
    field = only(view, "textbox")
    assert field.name.startswith("Số CMND") and field.name_source == "nearby" and field.marked


def test_hidden_look_alikes_are_not_seen(page: Page) -> None:
    view = seen(
        page,
        "<input style='display:none' aria-label='Từ khóa'><input type=hidden name=q><input aria-label='Từ khóa' id=real>",
    )
    assert [c.id for c in view.fields] == ["real"]


def test_a_hidden_file_input_behind_a_styled_button_is_seen(page: Page) -> None:
    view = seen(
        page,
        "<label class=btn>Chọn tệp<input type=file style='opacity:0;width:1px;height:1px;position:absolute'></label>",
    )
    assert only(view, "file").name == "Chọn tệp"


def test_a_radio_drawn_by_its_label_is_seen(page: Page) -> None:
    body = "<fieldset><legend>Giới tính *</legend><input type=radio name=g id=n style='position:absolute;opacity:0;width:1px;height:1px'><label for=n>Nữ</label></fieldset>"
    radio = only(seen(page, body), "radio")
    assert (radio.label, radio.group, radio.marked) == ("Nữ", "Giới tính *", True)


def test_buttons_without_type_and_links_as_buttons_are_named_by_what_they_show(page: Page) -> None:
    view = seen(
        page,
        "<form><button><svg></svg> Tiếp tục</button></form><a role=button href='#x'>Nộp hồ sơ</a><input type=submit value='Gửi'>",
    )
    assert [(c.role, c.name) for c in view.controls] == [
        ("button", "Tiếp tục"),
        ("button", "Nộp hồ sơ"),
        ("button", "Gửi"),
    ]
    assert view.controls[0].submits


def test_open_shadow_roots_are_looked_into(page: Page) -> None:
    page.set_content("<div id=host></div>")
    page.evaluate(
        "document.getElementById('host').attachShadow({mode:'open'}).innerHTML = '<button>Nộp trực tuyến</button>'"
    )
    assert only(look(page), "button").name == "Nộp trực tuyến"


def test_fields_of_frames_are_seen_and_can_be_reached(page: Page) -> None:
    view = seen(page, '<iframe srcdoc="<label for=p>Số thẻ</label><input id=p>"></iframe>')
    page.wait_for_load_state()
    view = look(page)
    frames = [c for c in view.controls if c.name == "Số thẻ"]
    assert not frames or view.element(frames[0]).get_attribute("id") == "p"


def test_pairs_are_read_from_lists_tables_columns_and_headings(page: Page) -> None:
    body = """<dl><dt>Mã thủ tục:</dt><dd>1.001193</dd></dl>
    <table><tr><th>Lĩnh vực</th><td>Hộ tịch</td></tr></table>
    <table><tr><th>Hình thức nộp</th><th>Phí, lệ phí</th></tr><tr><td>Trực tuyến</td><td>8.000 đồng</td></tr></table>
    <h2>Căn cứ pháp lý</h2><p>Luật Hộ tịch</p><h2>Khác</h2><p>x</p><p><b>Số quyết định:</b> 12/QĐ</p>"""
    pairs = {pair.label: pair.value for pair in seen(page, body).pairs}
    assert pairs["Mã thủ tục"] == "1.001193" and pairs["Lĩnh vực"] == "Hộ tịch" and pairs["Phí, lệ phí"] == "8.000 đồng"
    assert pairs["Căn cứ pháp lý"] == "Luật Hộ tịch" and pairs["Số quyết định"].endswith("12/QĐ")


def test_the_main_part_comes_before_header_and_footer(page: Page) -> None:
    view = seen(page, "<header><a href='/a'>Tra cứu</a></header><main><button>Tra cứu</button></main>")
    best = view.best(load_lexicon()["look-up"])
    assert best is not None and best.role == "button"


def test_messages_are_read_once_with_their_kind(page: Page) -> None:
    view = seen(
        page,
        "<div role=alert>Mật khẩu chưa đúng</div><p class='form-error'>Mật khẩu chưa đúng</p><p class=overflow>x</p>",
    )
    assert [(m.kind, m.text) for m in view.messages] == [("alert", "Mật khẩu chưa đúng")]


def test_a_disabled_button_is_not_chosen(page: Page) -> None:
    view = seen(page, "<main><button disabled>Tiếp tục</button><button>Quay lại</button></main>")
    assert view.best(load_lexicon()["continue"]) is None


def test_a_page_that_has_broken_its_own_json_is_still_seen(page: Page) -> None:
    page.set_content("<button>Tiếp tục</button>")
    for broken in ("() => 'x'", "() => { throw 1 }", "() => undefined"):
        page.evaluate(f"() => {{ JSON.stringify = {broken}; }}")
        assert only(look(page), "button").name == "Tiếp tục"


def test_what_is_said_beside_a_field_belongs_to_that_field_alone(page: Page) -> None:
    body = """<form><div class=row><div class=cell><label for=a>Từ ngày</label><input id=a></div>
    <div class=cell><label for=b>Số tháng</label><input id=b class=is-invalid><small class=form-text>Nhiều nhất 24 tháng</small>
    <div class=invalid-feedback>Số tháng phải là số nguyên</div></div></div></form>"""
    first, second = seen(page, body).fields
    assert (first.description, first.error, first.invalid) == ("", "", False)
    assert (second.description, second.error, second.invalid) == (
        "Nhiều nhất 24 tháng",
        "Số tháng phải là số nguyên",
        True,
    )


def test_a_red_mark_of_a_required_field_is_no_complaint(page: Page) -> None:
    view = seen(
        page,
        "<form><div class=form-group><label for=a>Họ tên <span class=text-danger>(*)</span></label><input id=a></div></form>",
    )
    assert not view.fields[0].invalid


def test_traps_for_robots_are_not_seen(page: Page) -> None:
    body = """<form><div style='position:absolute;left:-9999px'><label>Trang web <input name=website></label></div>
    <div style='height:0;overflow:hidden'><input name=url aria-label='Địa chỉ web'></div><label>Họ tên <input name=ten></label></form>"""
    assert [c.field for c in seen(page, body).fields] == ["ten"]


def test_boxes_and_buttons_are_named_by_what_stands_behind_them(page: Page) -> None:
    body = "<table><tr><td>Giới tính (*)</td><td><input type=radio name=g value=1> Nam <input type=radio name=g value=2> Nữ</td></tr></table>"
    first, second = seen(page, body).fields
    assert (first.label, second.label, first.group, first.marked) == ("Nam", "Nữ", "Giới tính (*)", True)


def test_what_can_be_pressed_is_seen_whatever_it_is_made_of(page: Page) -> None:
    body = """<main><div class=nut style='cursor:pointer'>Nộp trực tuyến</div><span onclick='x()'>Xem chi tiết</span><a onclick='y()'>Tiếp theo</a>
    <button class='btn-close'></button><button><i class='fa fa-search'></i></button><p>Chỉ là chữ</p></main>"""
    assert [(c.role, c.label) for c in seen(page, body).controls] == [
        ("button", "Nộp trực tuyến"),
        ("button", "Xem chi tiết"),
        ("button", "Tiếp theo"),
        ("button", "Đóng"),
        ("button", "Tìm kiếm"),
    ]


def test_a_layer_in_front_of_the_page_is_a_dialog_whatever_it_is_made_of(page: Page) -> None:
    body = """<main><h1>Trang</h1><p>Nội dung đủ dài để là một trang thật sự đứng phía sau lớp phủ.</p><button>Tiếp tục</button></main>
    <div class='lop-phu' style='position:fixed;inset:0;background:#0008;z-index:1000'><div style='margin:80px auto;width:400px;background:#fff'><p>Thông báo nghỉ lễ</p><button>Đóng</button></div></div>"""
    view = seen(page, body)
    assert {c.label: c.landmark for c in view.controls} == {"Tiếp tục": "main", "Đóng": "dialog"}
    assert view.front.startswith("Thông báo nghỉ lễ")


def test_an_application_that_fills_the_window_is_no_dialog(page: Page) -> None:
    body = "<div id=app style='position:fixed;inset:0;z-index:1;overflow:auto'><div class=content><h1>Trang</h1><button>Tiếp tục</button></div></div>"
    assert [c.landmark for c in seen(page, body).controls] == [""]


def test_every_second_row_is_no_foot_of_the_page(page: Page) -> None:
    rows = "".join(
        f"<tr class={'trLe' if n % 2 else 'trChan'}><td><a href=/tt/{n}>Thủ tục số {n}</a></td></tr>" for n in range(8)
    )
    view = seen(
        page,
        f"<div style='height:900px'></div><table>{rows}</table><div class=chan-trang><a href=/lien-he>Liên hệ</a></div>",
    )
    assert {c.name: c.landmark for c in view.controls if c.landmark} == {"Liên hệ": "footer"}


@pytest.mark.parametrize("kept", [True, False], ids=["kept ready", "sent with the look"])
def test_a_look_sees_the_same_wherever_the_survey_comes_from(page: Page, kept: bool) -> None:
    if kept:
        page.add_init_script(KEPT)
    page.goto("data:text/html;charset=utf-8,<main><h1>Tờ khai</h1><label>Họ và tên <input></label></main>")
    assert page.evaluate("() => Symbol.for('toantrinh.look') in window") is kept
    view = look(page)
    assert view.heading == "Tờ khai" and [c.label for c in view.fields] == ["Họ và tên"]
    assert view.element(view.fields[0]).evaluate("element => element.tagName") == "INPUT"


def test_what_is_kept_in_a_document_may_be_put_there_twice(page: Page) -> None:
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.add_init_script(NOTES + KEPT)
    page.goto("data:text/html;charset=utf-8,<main><button>Gửi</button></main>")
    notes = page.evaluate_handle("window[Symbol.for('toantrinh.notes')]")
    page.add_script_tag(content=NOTES + KEPT)
    assert not broken
    assert page.evaluate("notes => window[Symbol.for('toantrinh.notes')] === notes", notes)
    assert [c.label for c in look(page).controls] == ["Gửi"]
