"""The lexicon: what portals say, folded, and what is never pressed for want of better."""

from __future__ import annotations

import unicodedata

import pytest

from toantrinh.driver.lexicon import fold, load_lexicon


def test_folding_drops_case_diacritics_and_punctuation() -> None:
    assert fold("  Nộp  Hồ-sơ (trực tuyến)! ") == "nop ho so truc tuyen"
    assert fold("ĐỒNG Ý") == "dong y"


def test_both_unicode_forms_fold_alike() -> None:
    word = "Tra cứu tình trạng hồ sơ"
    assert fold(unicodedata.normalize("NFC", word)) == fold(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("apply", "Nộp hồ sơ trực tuyến"),
        ("apply", "NỘP TRỰC TUYẾN »"),
        ("continue", "Bước tiếp theo"),
        ("submit-dossier", "Lưu và nộp hồ sơ"),
        ("pay", "Thanh toán 50.000 đồng"),
        ("look-up", "Tra cứu tình trạng hồ sơ"),
        ("log-in-national", "Đăng nhập bằng VNeID"),
        ("officer-issue", "Ký và trả kết quả"),
    ],
)
def test_synonyms_name_their_intent(intent: str, text: str) -> None:
    assert load_lexicon()[intent].nearness(text) >= 50


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("continue", "Lưu nháp và tiếp tục sau"),
        ("continue", "Hủy và quay lại"),
        ("pay", "Hủy thanh toán"),
        ("sign", "Đăng ký tài khoản"),
        ("apply", "Hướng dẫn nộp hồ sơ"),
        ("officer-receive", "Từ chối tiếp nhận"),
        ("consent", "Không đồng ý"),
        ("submit-dossier", "Lưu nháp"),
    ],
)
def test_look_alikes_are_never_taken_for_the_intent(intent: str, text: str) -> None:
    assert load_lexicon()[intent].nearness(text) == 0


def test_words_of_the_system_file_come_first() -> None:
    lexicon = load_lexicon({"continue": ["Đi tới"]})
    assert lexicon["continue"].nearness("Đi tới") == 100
    assert load_lexicon()["continue"].nearness("Đi tới") == 0
