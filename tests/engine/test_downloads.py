"""Downloaded files are judged by what they hold, never by what they are called; amounts as people write them."""

from __future__ import annotations

import pytest

from toantrinh.documents import make_document
from toantrinh.downloads import is_sound, kind_of
from toantrinh.journey.money import amounts_in


@pytest.mark.parametrize("kind", ["pdf", "docx", "jpg", "png"])
def test_real_documents_are_known_and_sound(kind: str) -> None:
    document = make_document(kind, "Tờ khai")
    assert kind_of(document) == kind and is_sound(document)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><title>404</title>", "html"),
        ("Không có tệp".encode(), "text"),
        (b"PK\x03\x04 broken", "unknown"),
        (bytes(range(256)) * 4, "unknown"),
    ],
)
def test_what_is_no_document_is_not_sound(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind and not is_sound(content)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_half_a_document_is_not_sound(kind: str) -> None:
    document = make_document(kind, "Tờ khai")
    assert not is_sound(document[: len(document) // 2])


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Lệ phí: 50.000 đồng", [50000]),
        ("Tổng: 1.250.000đ", [1250000]),
        ("8,000 VND mỗi bản", [8000]),
        ("0 đồng (miễn lệ phí)", [0]),
        ("200000 VNĐ và 7.000 ₫", [200000, 7000]),
        ("03 ngày làm việc; mã 1.001193; đăng ký 2026", []),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amounts: list[int]) -> None:
    assert amounts_in(text) == amounts
