"""The code of a dossier is read wherever a confirmation says it, in whatever form a vendor gives it."""

from __future__ import annotations

import pytest

from tests.journey.test_rating_and_lists import shown, who
from toantrinh.journey import confirmation
from toantrinh.journey.traveller import Traveller

__all__ = ["who"]
DONE = "<h1>Nộp hồ sơ thành công</h1>"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (DONE + "<p>Mã hồ sơ của bạn: <strong>HS20261123000001</strong></p>", "HS20261123000001"),
        (DONE + "<p>Mã số hồ sơ của Quý khách là 2026/BTP-00017.</p>", "2026/BTP-00017"),
        (DONE + "<p>Mã hồ sơ 000.00.00.H99-261123-0001</p>", "000.00.00.H99-261123-0001"),
        (DONE + "<p>Mã hồ sơ được gửi ngày 23/11/2026 qua tin nhắn</p>", ""),  # a date is none
        (DONE + "<p>Mã hồ sơ TTHC: 1.000656</p>", ""),  # nor the code of a procedure
        ("<h1>Tra cứu</h1><p>Nhập mã hồ sơ của bạn, ví dụ HS20261123000001</p>", ""),  # an example confirms nothing
    ],
)
def test_the_code_of_a_confirmation(who: Traveller, body: str, code: str) -> None:
    assert confirmation.code_in(who, shown(who, body)) == code
