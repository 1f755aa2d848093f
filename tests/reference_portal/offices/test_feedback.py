"""Feedback: tracking code, answer, nothing twice."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from portal.records import Feedback

from .conftest import Site, Visitor

MESSAGE = {
    "ho_ten": "Lê Văn Góp Ý",
    "lien_he": "gop.y@congdan.example",
    "linh_vuc": "Góp ý về dịch vụ công",
    "noi_dung": "Đề nghị cho chọn giờ hẹn nhận kết quả.",
}


def sent(visitor: Visitor) -> str:
    visitor.get("/phan-anh-kien-nghi")
    visitor.post("/phan-anh-kien-nghi", lan_gui=visitor.field("lan_gui"), **MESSAGE)
    found = re.search(r"PAKN-[A-Z2-7]{4}-[A-Z2-7]{4}", visitor.words)
    assert found is not None, visitor.words
    return found[0]


def asked(site: Site, code: str) -> str:
    visitor = site.visitor()
    visitor.get("/phan-anh-kien-nghi")
    visitor.post("/phan-anh-kien-nghi/tra-cuu", ma_phan_anh=code)
    return visitor.words


def test_a_message_gets_a_tracking_code_and_its_answer_is_found_by_it(site: Site) -> None:
    code = sent(site.visitor())
    assert "Đang xử lý" in asked(site, code)
    officer = site.officer()
    officer.get(f"/can-bo/phan-anh/{code}")
    officer.post(f"/can-bo/phan-anh/{code}", tra_loi="Cổng sẽ bổ sung chức năng này.")
    words = asked(site, code.lower().replace("-", " "))
    assert "Đã trả lời" in words and "Cổng sẽ bổ sung chức năng này." in words
    assert "Lê Văn Góp Ý" not in words and "gop.y@" not in words


def test_the_same_form_sent_twice_makes_one_message(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/phan-anh-kien-nghi")
    form = visitor.field("lan_gui")
    for _ in range(2):
        visitor.post("/phan-anh-kien-nghi", lan_gui=form, **{**MESSAGE, "ho_ten": "Người Bấm Hai Lần"})
    with site.database.transaction() as rows:
        query = select(func.count()).select_from(Feedback).where(Feedback.name == "Người Bấm Hai Lần")
        assert rows.scalar(query) == 1


def test_what_is_missing_is_said_and_the_rest_is_kept(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/phan-anh-kien-nghi")
    visitor.post("/phan-anh-kien-nghi", **{**MESSAGE, "noi_dung": "", "lien_he": "không phải"})
    assert visitor.status == 422
    assert "Nhập nội dung" in visitor.words and "chưa đúng" in visitor.words
    assert visitor.field("ho_ten") == "Lê Văn Góp Ý"


def test_an_unknown_tracking_code_gets_a_clear_answer(site: Site) -> None:
    assert "Không tìm thấy phản ánh có mã PAKN-AAAA-AAAA" in asked(site, "PAKN-AAAA-AAAA")


def test_officers_see_who_waits_for_an_answer(site: Site) -> None:
    code = sent(site.visitor())
    officer = site.officer("canbo.tiepnhan")
    officer.get("/can-bo/phan-anh")
    assert officer.status == 200 and code in officer.words and "Chờ trả lời" in officer.words
