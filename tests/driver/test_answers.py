"""Answers to questions never seen: the persona's facts, valid forms, and silence where nothing is known."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from toantrinh.driver.answers import Answerer, choose, fact_asked, is_empty_option
from toantrinh.driver.eyes import Control
from toantrinh.persona import make_persona

PERSON = make_persona(7)
TODAY = datetime.date(2026, 11, 21)
BLANK: dict[str, Any] = {
    "index": 0, "frame": 0, "tag": "input", "role": "textbox", "type": "text", "name": "", "name_source": "label", "id": "",
    "field": "", "value": "", "checked": False, "required": True, "marked": True, "readonly": False, "enabled": True,
    "options": (), "multiple": False, "accept": "", "autocomplete": "", "inputmode": "", "pattern": "", "maxlength": 0,
    "minimum": "", "maximum": "", "placeholder": "", "description": "", "invalid": False, "error": "", "group": "",
    "row": "", "landmark": "main", "form": 0, "href": "", "download": False, "opens_tab": False, "submits": False,
    "box": (0, 0, 100, 20),
}  # fmt: skip


def field(name: str, **facts: Any) -> Control:
    return Control(**{**BLANK, "name": name, **facts})


def answer(control: Control, attempt: int = 0, **given: str) -> str | None:
    return Answerer(PERSON, given, TODAY).text(control, attempt)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Họ và tên *", PERSON.full_name),
        ("Họ, chữ đệm, tên người yêu cầu", PERSON.full_name),
        ("Số CCCD/CMND", PERSON.cccd),
        ("SỐ ĐỊNH DANH CÁ NHÂN:", PERSON.cccd),
        ("Ngày, tháng, năm sinh", PERSON.birth_date),
        ("Số điện thoại liên hệ", PERSON.phone),
        ("Thư điện tử (email)", PERSON.email),
        ("Số nhà, đường", PERSON.address),
        ("Dân tộc", PERSON.ethnicity),
        ("Quốc tịch", PERSON.nationality),
        ("Họ và tên người được khai sinh", "Nguyễn Bé Thử Nghiệm"),
        ("Ngày sinh của trẻ", "11/11/2026"),
        ("Số bản sao cần cấp", "1"),
    ],
)
def test_a_label_asks_for_a_fact(label: str, value: str) -> None:
    assert answer(field(label)) == value


@pytest.mark.parametrize(
    ("label", "asked"),
    [("Mức lương đề nghị", "money"), ("Giá trị hợp đồng", "money"), ("Mức độ khuyết tật", None), ("Mức độ dịch vụ", None)],
)
def test_a_degree_is_no_amount_of_money(label: str, asked: str | None) -> None:
    assert fact_asked(label) == asked


def test_what_the_system_file_answers_comes_first() -> None:
    assert answer(field("Mã số vùng trồng *"), **{"Mã số vùng trồng": "VN-01"}) == "VN-01"


def test_a_captcha_is_never_guessed() -> None:
    assert answer(field("Mã bảo mật")) is None


def test_an_unknown_question_is_answered_as_test_data_within_its_length() -> None:
    assert answer(field("Biển số cũ", maxlength=12)) == "Kiểm thử Biể"


@pytest.mark.parametrize(
    ("facts", "form"),
    [
        ({"type": "date"}, r"\d{4}-\d{2}-\d{2}"),
        ({"type": "number", "minimum": "3", "maximum": "9"}, r"3"),
        ({"type": "email"}, r"[^@]+@[^@]+"),
        ({"type": "tel"}, r"0\d{9}"),
        ({"inputmode": "numeric", "description": "Từ 2 đến 5 bản"}, r"2"),
        ({"pattern": "[0-9]{12}"}, r"\d{12}"),
        ({"description": "Gồm 10 chữ số"}, r"\d{10}"),
        ({"placeholder": "dd/mm/yyyy"}, r"\d{2}/\d{2}/\d{4}"),
    ],
)
def test_types_patterns_and_hints_are_kept(facts: dict[str, Any], form: str) -> None:
    assert re.fullmatch(form, answer(field("Thông tin khác", **facts)) or "")


def test_a_refused_answer_is_mended_by_what_the_message_says() -> None:
    refused = field("Kết quả đo", invalid=True, error="Kết quả đo phải là một số nguyên.")
    assert answer(refused, attempt=1) == "1"


def test_what_is_refused_twice_and_not_needed_is_left_empty() -> None:
    odd = field("Mã tham chiếu", required=False, marked=False, invalid=True, error="Mã không có trong hệ thống.")
    assert answer(odd, attempt=2) == ""


def test_a_drop_down_is_never_left_at_its_invitation() -> None:
    options = (("", "-- Chọn --", True), ("0", "Chọn tỉnh", True), ("46", "Thành phố Huế", True))
    control = field("Nơi cấp", tag="select", role="combobox", options=options)
    assert Answerer(PERSON, {}, TODAY).option(control) == "46"
    assert is_empty_option("", "Tất cả") and not is_empty_option("46", "Thành phố Huế")


def test_the_nearest_option_is_chosen() -> None:
    options = [("1", "Tỉnh Huế cũ"), ("2", "Thành phố Huế"), ("3", "Hà Nội")]
    assert choose("Thành phố Huế", options) == "2"
    assert choose("hà nội", options) == "3"
    assert choose("Cà Mau", options) is None


def test_the_persona_keeps_to_its_gender() -> None:
    group = [
        field("Nam", role="radio", group="Giới tính", id="a"),
        field("Nữ", role="radio", group="Giới tính", id="b"),
    ]
    assert Answerer(PERSON, {}, TODAY).radio(group).label.lower() == PERSON.gender


def test_a_value_of_either_allowed_length_is_left_alone() -> None:
    said = "Số điện thoại phải bắt đầu bằng 0 và có 10 hoặc 11 chữ số."
    assert answer(field("Số điện thoại", invalid=True, error=said), attempt=1) == PERSON.phone


def test_a_label_that_begins_with_the_commune_asks_for_it() -> None:
    assert fact_asked("Phường, xã, đặc khu nơi thường trú mới") == "commune"
    assert fact_asked("Số nhà, đường, thôn nơi thường trú") == "address"
