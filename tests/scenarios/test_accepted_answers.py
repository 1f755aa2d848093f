"""Answers that a journey is known to have had taken are given again, as far as its record shows them."""

from __future__ import annotations

from toantrinh.observations.journey import FieldRecord, FormPage, Journey
from toantrinh.scenarios.trying import accepted_answers


def field(label: str, answer: str, group: str = "", *, prefilled: bool = False) -> FieldRecord:
    return FieldRecord(
        label=label, group=group, role="textbox", type="text", required=True, marked=True, prefilled=prefilled,
        readonly=False, answer=answer,
    )  # fmt: skip


def journey(*pages: tuple[FieldRecord, ...]) -> Journey:
    form = tuple(FormPage(address="", heading="", fields=fields, pressed="") for fields in pages)
    return Journey(
        service="1.1", name="", declared="", fee=None, account="", persona="", viewport=(1, 1), steps=(), form=form
    )


def test_the_last_answer_counts() -> None:
    refused, taken = field("Khối lượng", "Kiểm thử Khối lượng"), field("Khối lượng", "1")
    assert accepted_answers(journey((refused,), (taken,))) == {"Khối lượng": "1"}


def test_what_is_hidden_prefilled_or_not_alone_of_its_name_is_left_out() -> None:
    hidden, captcha = field("Số giấy phép", "•••"), field("Mã bảo mật", "(mã bảo mật)")
    twice = (field("Họ và tên", "A", "Mẹ"), field("Họ và tên", "B", "Cha"))
    assert accepted_answers(journey((hidden, captcha, field("Địa chỉ", "C", prefilled=True), *twice))) == {}


def test_a_refused_answer_is_not_given_again_where_the_last_one_is_hidden() -> None:
    refused, hidden = field("Số giấy phép", "Kiểm thử Số"), field("Số giấy phép", "•••")
    assert accepted_answers(journey((refused,), (hidden,))) == {}
