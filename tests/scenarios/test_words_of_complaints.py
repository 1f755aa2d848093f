"""What a page newly says of a field is quoted as it reads there."""

from __future__ import annotations

import pytest

from toantrinh.scenarios.complaints import new_part


@pytest.mark.parametrize(
    ("text", "known", "changed", "readable"),
    [
        ("Thư điện tử chưa đúng dạng.", ["Thư điện tử:"], "tử chưa đúng dạng.", "Thư điện tử chưa đúng dạng."),
        ("Vui lòng nhập họ và tên mẹ.", ["Họ và tên mẹ:"], "Vui lòng nhập họ mẹ.", "Vui lòng nhập họ và tên mẹ."),
        ("Số bản sao * Phải là số. Ví dụ 2", ["Số bản sao * Ví dụ 2"], "Phải là số.", "Phải là số."),
        ("Lý do 5/500 Không được trống", ["Lý do 0/500"], "5/500 Không được trống", "Lý do 5/500 Không được trống"),
        ("Ghi rõ số và ngày cấp 12/500 ký tự Quá dài", ["Ghi rõ số và ngày cấp 10/500 ký tự"], "12/500 Quá dài", "12/500 ký tự Quá dài"),
        ("Không hợp lệ", [], "Không hợp lệ", "Không hợp lệ"),
        ("Số điện thoại", ["Số điện thoại"], "", ""),
        ("Số điện thoại", ["Số điện thoại (bắt buộc)"], "", ""),
    ],
)  # fmt: skip
def test_new_words_are_quoted_as_they_read(text: str, known: list[str], changed: str, readable: str) -> None:
    assert new_part(text, known) == (changed, readable)
