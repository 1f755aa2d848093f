"""Forms that were never seen before: filled in their order, cascades included, by what a person can see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import View
from toantrinh.journey import form, papers
from toantrinh.journey.application import forward_controls
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import FieldRecord, StepName
from toantrinh.store import Attachments
from toantrinh.systems import load_system


@pytest.fixture
def who(chromium: Browser, tmp_path: Path) -> Iterator[Traveller]:
    system = load_system("demo", base_url="http://127.0.0.1:1")
    with travelling(chromium, system, system.services[0], Attachments(tmp_path, "x", str)) as traveller:
        yield traveller


def shown(who: Traveller, body: str) -> View:
    who.hands.page.set_content(
        f"<!doctype html><html lang=vi><body><main><form id=don>{body}</form></main></body></html>"
    )
    return who.hands.settle()


def filled(who: Traveller, body: str) -> dict[str, FieldRecord]:
    _, records, unanswered = form.fill_page(
        who, shown(who, body), Answerer(who.persona, {"Giống cây": "Bưởi Thanh Trà"})
    )
    return {record.label: record for record in records} | {
        f"? {label}": record for label in unanswered for record in records[:1]
    }


def value(who: Traveller, selector: str) -> str:
    return who.hands.page.eval_on_selector(selector, "field => field.value")  # type: ignore[no-any-return]


def test_a_cascade_that_loads_on_demand_is_followed(who: Traveller) -> None:
    records = filled(
        who,
        """<label for=t>Tỉnh *</label><select id=t onchange="setTimeout(() => { x.innerHTML = '<option value=\\'\\'>Chọn xã</option><option value=5>Xã Phú Lộc</option>'; x.disabled = false; }, 15)">
        <option value=''>Chọn tỉnh</option><option value=46>Thành phố Huế</option></select>
        <label for=x>Xã *</label><select id=x disabled><option value=''>Chọn xã</option></select>""",
    )
    assert records["Tỉnh"].answer == "Thành phố Huế" and value(who, "#x") in ("5", "")
    assert value(who, "#t") == "46"


def test_what_the_account_filled_in_is_left_alone(who: Traveller) -> None:
    records = filled(
        who,
        "<label for=a>Họ và tên</label><input id=a readonly value='Nguyễn Thị A'>"
        "<label for=b>Số điện thoại *</label><input id=b value='0912345678'>",
    )
    assert records["Họ và tên"].prefilled and records["Họ và tên"].readonly
    assert records["Số điện thoại"].prefilled and value(who, "#b") == "0912345678"


def test_labels_that_are_tied_to_nothing_are_read_beside_the_field(who: Traveller) -> None:
    filled(who, "<table><tr><td>Số CCCD (*)</td><td><input id=CongDan_soCmnd></td></tr></table>")
    assert value(who, "#CongDan_soCmnd") == who.persona.cccd


def test_only_what_must_be_agreed_to_is_ticked(who: Traveller) -> None:
    filled(
        who,
        "<label><input type=checkbox id=cd required> Tôi cam đoan lời khai là đúng *</label>"
        "<label><input type=checkbox id=qc> Nhận tin quảng cáo</label>",
    )
    ticked = who.hands.page.evaluate("[cd.checked, qc.checked]")
    assert ticked == [True, False]


def test_a_group_of_radio_buttons_gets_one_answer(who: Traveller) -> None:
    records = filled(
        who,
        "<fieldset><legend>Giới tính *</legend><label><input type=radio name=g value=1> Nam</label>"
        "<label><input type=radio name=g value=0> Nữ</label></fieldset>",
    )
    assert [record.answer.lower() for record in records.values()] == [who.persona.gender]


def test_an_odd_question_is_answered_from_the_system_file(who: Traveller) -> None:
    filled(who, "<label for=g>Giống cây *</label><input id=g>")
    assert value(who, "#g") == "Bưởi Thanh Trà"


def test_the_search_box_of_the_site_is_no_field_of_the_form(who: Traveller) -> None:
    who.hands.page.set_content(
        "<header><form role=search><input id=q aria-label='Từ khóa'></form></header><main><p>Trang</p></main>"
    )
    assert form.form_fields(who.hands.settle()) == []


@pytest.mark.parametrize(
    ("body", "pressed", "step"),
    [
        ("<button>Lưu nháp</button><button>Hủy bỏ</button><button>Tiếp tục</button>", "Tiếp tục", StepName.FORM),
        ("<button>Quay lại</button><button>Bước tiếp theo</button>", "Bước tiếp theo", StepName.FORM),
        ("<button>Nộp hồ sơ</button><button>Lưu tạm</button>", "Nộp hồ sơ", StepName.SUBMIT),
        ("<button>Thanh toán 8.000 đồng</button><button>Tiếp tục</button>", "Thanh toán 8.000 đồng", StepName.PAY),
        ("<a href=/x>Tiếp tục đọc hướng dẫn nộp hồ sơ của Cổng</a><input type=submit value='Lưu và nộp hồ sơ'>", "Lưu và nộp hồ sơ", StepName.SUBMIT),
    ],
)  # fmt: skip
def test_what_leads_on_is_pressed(who: Traveller, body: str, pressed: str, step: StepName) -> None:
    found = forward_controls(who, shown(who, body))
    assert (found[0][1].label, found[0][0]) == (pressed, step)


def test_nothing_is_pressed_for_want_of_better(who: Traveller) -> None:
    assert (
        forward_controls(who, shown(who, "<button>Lưu nháp</button><button>Hủy</button><button>Xóa hồ sơ</button>"))
        == []
    )


def test_every_place_gets_a_document_of_a_kind_that_it_takes(who: Traveller) -> None:
    view = shown(
        who,
        """<div><h3>Giấy chứng sinh *</h3><p>Tệp PNG, tối đa 2 MB</p><input type=file id=a accept=.png onchange="this.nextSibling.textContent = this.files[0].name"><span></span></div>
        <div><h3>Tờ khai</h3><label class=b>Chọn tệp<input type=file id=b style='opacity:0;position:absolute;width:1px' onchange="n.textContent = this.files[0].name"></label><span id=n></span></div>""",
    )
    _, places = papers.attach_all(who, view)
    assert [(p.attached.rsplit(".", 1)[-1], p.shown_after, p.required) for p in places] == [
        ("png", True, True),
        ("pdf", True, False),
    ]
    assert who.hands.page.evaluate("[a.files[0].type, b.files[0].type]") == ["image/png", "application/pdf"]


APPLICATION = "<form id=don><label>Họ và tên <input id=ten></label><label>Địa chỉ <input id=dc></label>{button}</form>"
BESIDE = {
    "search": "<form><label>Từ khóa <input id=khac></label><button>Tìm kiếm</button></form>",
    "newsletter": "<form><label>Thư điện tử <input id=khac type=email required></label><button>Đăng ký</button></form>",
    "subscription": "<form><label>Điện thoại <input id=khac></label><button>Đăng ký nhận bản tin</button></form>",
    "subscription of many fields": "<form><label>Điện thoại <input id=khac></label><label>Nơi ở <input></label>"
    "<label>Nghề <input></label><button>Đăng ký nhận bản tin</button></form>",
    "another": "<form><label>Họ và tên <input id=khac></label><button>Chia sẻ</button></form>",
}
PARTS = {
    "without a button": "<form><label>Số điện thoại <input id=khac></label></form>",
    "saved by itself": "<form><label>Số điện thoại <input id=khac></label><button>Lưu thông tin</button></form>",
    "of no form": "<label>Số điện thoại <input id=khac></label>",
    "of many fields": "<form><label>Số điện thoại <input id=khac></label><label>Nơi cấp <input></label>"
    "<label>Quê quán <input></label><button>Ghi nhận</button></form>",
    "whose person is looked up": "<form><label>Số điện thoại <input id=khac></label><label>Nơi cấp <input></label>"
    "<label>Quê quán <input></label><button>Tra cứu thông tin công dân</button></form>",
}


def after_filling(who: Traveller, body: str) -> tuple[str, str]:
    """What then stands in the application's own field, and in that beside it."""
    who.hands.page.set_content(f"<!doctype html><html lang=vi><body><main>{body}</main></body></html>")
    form.fill_page(who, who.hands.settle(), Answerer(who.persona, {}))
    return value(who, "#ten"), value(who, "#khac")


@pytest.mark.parametrize("button", ["<button>Tiếp tục</button>", "<button type=button>Gửi</button>"])
@pytest.mark.parametrize("beside", BESIDE.values(), ids=list(BESIDE))
def test_another_form_beside_the_application_stays_untouched(who: Traveller, beside: str, button: str) -> None:
    own, other = after_filling(who, beside + APPLICATION.format(button=button))
    assert own == who.persona.full_name and other == ""


@pytest.mark.parametrize("beside", PARTS.values(), ids=list(PARTS))
def test_parts_of_one_application_are_all_filled(who: Traveller, beside: str) -> None:
    own, other = after_filling(who, beside + APPLICATION.format(button="<button>Tiếp tục</button>"))
    assert own == who.persona.full_name and other == who.persona.phone


def test_the_button_of_a_newsletter_leads_nowhere(who: Traveller) -> None:
    who.hands.page.set_content(
        f"<main><h1>Kiểm tra hồ sơ</h1>{BESIDE['newsletter']}<form><button>Nộp hồ sơ</button></form></main>"
    )
    view = who.hands.settle()
    assert [c.label for _, c in forward_controls(who, view)] == ["Nộp hồ sơ"] and form.form_fields(view) == []


def test_what_stands_there_already_is_not_written_again(who: Traveller) -> None:
    body = """<label>Giống cây <input id=g value="Bưởi Thanh Trà" oninput="n.textContent += 'x'"></label>
    <label>Vùng trồng <select id=v onchange="n.textContent += 'x'"><option value=''>Chọn</option><option value=1 selected>Thủy Biều</option></select></label>
    <label>Giống chim <input id=c value="Sẻ" oninput="n.textContent += 'y'"></label><p id=n></p>"""
    answers = {"Giống cây": "Bưởi Thanh Trà", "Vùng trồng": "Thủy Biều", "Giống chim": "Yến"}
    _, records, _ = form.fill_page(who, shown(who, body), Answerer(who.persona, answers))
    assert who.hands.page.inner_text("#n") == "y"
    assert [record.answer for record in records] == ["Bưởi Thanh Trà", "Thủy Biều", "Yến"]
