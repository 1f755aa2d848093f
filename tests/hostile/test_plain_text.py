"""What a system says may be read in a terminal, and commands nothing there."""

from __future__ import annotations

import unicodedata

from toantrinh.mistakes import UserMistake
from toantrinh.plain_text import plain
from toantrinh.verdicts import CheckResult, Evidence, Verdict


def test_what_commands_a_terminal_is_shown_as_a_sign() -> None:
    assert plain("Hộ\x1b]0;x\x07 tịch\x1b[31m\x9b2J\x00\x7f\r") == "Hộ␛]0;x␇ tịch␛[31m\ufffd2J␀␡␍"


def test_what_turns_the_order_of_letters_is_shown_as_a_sign() -> None:
    assert plain("to-khai\u202efdp.exe\u2066") == "to-khai\ufffdfdp.exe\ufffd"


def test_vietnamese_in_both_forms_and_line_feeds_stay() -> None:
    said = "Thủ tục đăng ký khai sinh – “Đạt”\n\tphí 8.000đ\u00a0" + unicodedata.normalize("NFD", "Nguyễn")
    assert plain(said) == said


def test_verdicts_and_mistakes_are_plain() -> None:
    said = "tiêu đề \x1b[2J\u202e"
    result = CheckResult(
        check="x", verdict=Verdict.FAIL, message=said, expected=said, seen=said, where=said,
        evidence=(Evidence(path="a", title=said),),
    )  # fmt: skip
    shown = [result.message, result.expected, result.seen, result.where, result.evidence[0].title]
    assert {*shown, str(UserMistake(said))} == {"tiêu đề ␛[2J\ufffd"}
