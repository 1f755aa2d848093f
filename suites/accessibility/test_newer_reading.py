"""What WCAG 2.1 adds for those who listen or speak instead of looking and typing; advice, without points."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from fixtures.checks import check
from fixtures.reading import ReadingRecord
from suites.accessibility.reading import Finding, bare, judge_readings
from toantrinh.observations.reading import FieldFacts, ReadingFacts

SHORT_LABEL = 6  # words; longer ones are the text of a card rather than the label of a control
NOT_THE_LABEL = re.compile(r"\b(bat buoc|required|khong bat buoc|optional)\b")
WRITTEN = ("text", "tel", "email")
CONTACTS = {"tel": "tel", "email": "email"}


@check("reader.label-in-name")
def test_names_contain_the_words_that_are_seen(reading: ReadingRecord) -> None:
    """2.5.3: Tên tiếp cận của nút, liên kết, ô chứa chữ nhìn thấy trên nó."""
    judge_readings(reading, names_at_fault, expected="tên tiếp cận chứa chữ nhìn thấy")


def names_at_fault(page: ReadingFacts) -> list[Finding]:
    """Controls that cannot be called by the words on them. Of a whole card only a part is its label: for a person."""
    return [
        Finding(
            "tên tiếp cận khác chữ nhìn thấy",
            one.element,
            f"{one.shown[:50]}” đọc là “{one.name[:50]}",
            sure=len(one.shown.split()) <= SHORT_LABEL and bare(one.shown) not in bare(one.name),
        )
        for one in page.misnamed
    ]


@check("reader.field-purpose")
def test_fields_declare_their_purpose(reading: ReadingRecord) -> None:
    """1.3.5: Ô hỏi họ tên, điện thoại, thư điện tử, địa chỉ của người dùng có autocomplete đúng."""
    judge_readings(
        reading,
        purposes_at_fault,
        expected="autocomplete đúng với điều được hỏi",
        subject=lambda page: any(purpose_of(one) for one in page.fields),
        nothing="không trang nào đã xem hỏi họ tên, điện thoại, thư điện tử hay địa chỉ",
    )


def purposes_at_fault(page: ReadingFacts) -> list[Finding]:
    """Fields for the user's own data that do not say so. Whose name or address is asked for may not be sure."""
    found = []
    for one in page.fields:
        purpose, declared = purpose_of(one), one.autocomplete.lower().split()
        if not purpose or any(token.startswith(purpose.split("-")[0]) or token == "username" for token in declared):
            continue
        said = (one.name or one.beside)[:60]
        cause = f"không khai báo mục đích (autocomplete={purpose})"
        found.append(Finding(cause, one.element, said, sure=purpose in CONTACTS.values() and bool(one.name)))
    return found


def purpose_of(field: FieldFacts) -> str:
    """What of the user's own a field asks for, as a value of autocomplete; empty for any other field."""
    if field.search or field.kind not in WRITTEN:
        return ""
    said = " ".join(NOT_THE_LABEL.sub(" ", bare(field.name or field.beside)).split())
    return next((purpose for purpose, words in _purposes().items() if said in words), "")


@cache
def _purposes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "purposes.yaml").read_text(encoding="utf-8"))
    return found
