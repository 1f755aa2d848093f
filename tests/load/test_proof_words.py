"""Words that prove a page: those of its own that stay the same; an answer that says nothing proves nothing."""

from __future__ import annotations

import pytest

from toantrinh.load.proof_words import words_that_prove

SITE = "<title>Cổng Dịch vụ công</title>"


def words(answer: str, *others: str) -> tuple[str, ...]:
    answers = [("/a", answer), *((f"/{number}", other) for number, other in enumerate(others))]
    return words_that_prove(answers)[0]


@pytest.mark.parametrize(
    ("answer", "proof"),
    [
        (f"{SITE}<h1>Tra cứu hồ sơ</h1>", "<h1>Tra cứu hồ sơ"),
        (f'{SITE}<h1 class="to">\n  Hồ sơ 000.00.21.H99-261123-0001</h1>', '<h1 class="to">\n  Hồ sơ'),
        (f"{SITE}<h1>12/2026</h1><h2>Giấy tờ</h2>", "<h2>Giấy tờ"),
        (f'{SITE}<h1 id="h1733">Giấy tờ</h1>', ">Giấy tờ"),
        ('<div><input type="text" name="ho_ten"></div>', '<input type="text" name="ho_ten"'),
        ('{"success": true, "data": {"danhSach": []}}', '"danhSach"'),
        ('[{"maThuTuc": "1.001193", "ten": "Khai sinh"}]', '"maThuTuc"'),
    ],
)
def test_a_page_is_proved_by_what_it_calls_itself(answer: str, proof: str) -> None:
    assert words(answer, f"{SITE}<h1>Trang chủ</h1>") == (proof,)


def test_what_all_pages_say_proves_none_of_them() -> None:
    """The name of the site as its heading: the title tells more."""
    own = "<title>Giấy tờ - Cổng Dịch vụ công</title><h1>Cổng Dịch vụ công</h1>"
    assert words(own, "<title>Lỗi</title><h1>Cổng Dịch vụ công</h1>") == ("<title>Giấy tờ - Cổng Dịch vụ công",)


@pytest.mark.parametrize("answer", ["", "Đã nhận", '{"error": "x", "message": "y"}', "[]", "{", "<h1>12</h1>"])
def test_what_says_nothing_of_itself_proves_nothing(answer: str) -> None:
    assert words(answer) == ()


def test_several_words_of_a_page_prove_it_for_one_may_change() -> None:
    """News and the names of others are headings, too."""
    page = f"{SITE}<h1>Cổng</h1><h2>Hồ sơ mới tiếp nhận của An</h2><h2>Lĩnh vực</h2><h3>Tin</h3><h3>Bão</h3>"
    assert words(page, f"{SITE}<h1>Cổng</h1>") == ("<h2>Hồ sơ mới tiếp nhận của An", "<h2>Lĩnh vực", "<h3>Tin")
