"""Lookup of a dossier by code and security code."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image

from .conftest import Site, Visitor


def looked_up(visitor: Visitor, code: str, answer: str = "SAOMAI") -> str:
    visitor.get("/tra-cuu")
    visitor.post("/tra-cuu", ma_ho_so=code, ma_bao_mat=answer, thu_thach=visitor.field("thu_thach"))
    return visitor.words


def test_lookup_shows_status_history_and_unit(site: Site) -> None:
    _, code = site.dossier()
    words = looked_up(site.visitor(), code)
    assert code in words and "Mới đăng ký" in words and "Ủy ban nhân dân phường Sao Mai" in words


def test_lookup_follows_the_officer(site: Site) -> None:
    number, code = site.dossier()
    visitor = site.visitor()
    looked_up(visitor, code)
    officer = site.officer()
    officer.get(f"/can-bo/ho-so/{number}")
    officer.post(f"/can-bo/ho-so/{number}/tiep-nhan")
    visitor.get("/tra-cuu/ket-qua")
    assert "Được tiếp nhận" in visitor.words


def test_lookup_hides_personal_data_and_notes(site: Site) -> None:
    _, code = site.dossier()
    words = looked_up(site.visitor(), code)
    for secret in ("Nguyễn Thị Thử Nghiệm", "001190000017", "Đã Khuất", "0912", "thu.nghiem@"):
        assert secret not in words


def test_spaces_small_letters_and_long_hyphens_do_not_matter(site: Site) -> None:
    _, code = site.dossier()
    assert "Mới đăng ký" in looked_up(site.visitor(), f" {code.lower().replace('-', '–')} ", "sao mai")


def test_an_unknown_code_gets_a_clear_answer(site: Site) -> None:
    visitor = site.visitor()
    assert "Không tìm thấy hồ sơ có mã 000.00.00.H99-200101-0001" in looked_up(visitor, "000.00.00.H99-200101-0001")
    assert "không đúng dạng" in looked_up(visitor, "12345")
    assert "Nhập mã hồ sơ" in looked_up(visitor, "")


def test_a_wrong_security_code_shows_nothing(site: Site) -> None:
    _, code = site.dossier()
    assert "Mã bảo mật không đúng" in looked_up(site.visitor(), code, "SAI")


def test_a_security_code_is_good_for_one_use(site: Site) -> None:
    _, code = site.dossier()
    visitor = site.visitor()
    visitor.get("/tra-cuu")
    challenge = visitor.field("thu_thach")
    for expected in ("Kết quả tra cứu hồ sơ", "đã dùng rồi"):
        visitor.post("/tra-cuu", ma_ho_so=code, ma_bao_mat="SAOMAI", thu_thach=challenge)
        assert expected in visitor.words


def test_a_wrong_try_uses_the_challenge_up(site: Site) -> None:
    _, code = site.dossier()
    visitor = site.visitor()
    visitor.get("/tra-cuu")
    challenge = visitor.field("thu_thach")
    visitor.post("/tra-cuu", ma_ho_so=code, ma_bao_mat="SAI", thu_thach=challenge)
    visitor.post("/tra-cuu", ma_ho_so=code, ma_bao_mat="SAOMAI", thu_thach=challenge)
    assert "Mã bảo mật không đúng" in visitor.words


def test_without_a_fixed_answer_the_picture_or_the_question_must_be_answered(open_site: Callable[..., Site]) -> None:
    site = open_site()
    _, code = site.dossier()
    visitor = site.visitor()
    assert "Mã bảo mật không đúng" in looked_up(visitor, code, "SAOMAI")
    for place in (1, 2):
        visitor.get("/tra-cuu")
        with visitor.client.session_transaction() as session:
            challenge = session["captcha"][-1]
        visitor.post("/tra-cuu", ma_ho_so=code, ma_bao_mat=challenge[place], thu_thach=challenge[0])
        assert "Mới đăng ký" in visitor.words


def test_the_picture_is_a_png_for_this_browser_alone(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/tra-cuu")
    address = f"/tra-cuu/ma-bao-mat/{visitor.field('thu_thach')}.png"
    image = Image.open(io.BytesIO(visitor.client.get(address).data))
    assert (image.format, image.size) == ("PNG", (220, 72))
    assert site.visitor().client.get(address).status_code == 404


def test_the_result_page_is_only_for_who_asked(site: Site) -> None:
    stranger = site.visitor()
    stranger.get("/tra-cuu/ket-qua")
    assert "Mã bảo mật" in stranger.words
