"""What officers can do, and who else cannot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.clock import now
from portal.records import Dossier, DossierFile
from portal.storage import keep
from portal.wording import day

from .conftest import PASSWORD, Site


def test_an_officer_takes_a_dossier_from_registered_to_returned(site: Site) -> None:
    number, _ = site.dossier()
    officer = site.officer()
    page = f"/can-bo/ho-so/{number}"
    officer.get(page)
    for action, status in (("tiep-nhan", 2), ("xu-ly", 4), ("phe-duyet", 9), ("tra-ket-qua", 10)):
        officer.post(f"{page}/{action}")
        assert site.status_of(number) == status, officer.words
    assert "Đã trả kết quả" in officer.words
    assert len(site.notices_about(number)) == 4
    with site.database.transaction() as rows:
        dossier = rows.get_one(Dossier, number)
        assert [file.origin for file in dossier.files] == ["result"]
        assert [signature.kind for signature in dossier.signatures] == ["agency"]
        assert {event.officer for event in dossier.events[1:]} == {"Phạm Văn Lãnh Đạo"}


def test_only_what_the_status_allows_is_offered(site: Site) -> None:
    number, _ = site.dossier()
    officer = site.officer()
    officer.get(f"/can-bo/ho-so/{number}")
    assert "Tiếp nhận" in officer.words and "Từ chối tiếp nhận" in officer.words
    assert "Phê duyệt" not in officer.words and "Ký và trả kết quả" not in officer.words
    officer.post(f"/can-bo/ho-so/{number}/phe-duyet")
    assert site.status_of(number) == 1
    assert "Không thực hiện được" in officer.words


def test_a_receiving_officer_cannot_approve(site: Site) -> None:
    number, _ = site.dossier()
    officer = site.officer("canbo.tiepnhan")
    officer.get(f"/can-bo/ho-so/{number}")
    officer.post(f"/can-bo/ho-so/{number}/tiep-nhan")
    officer.post(f"/can-bo/ho-so/{number}/xu-ly")
    assert "Phê duyệt" not in officer.words
    officer.post(f"/can-bo/ho-so/{number}/phe-duyet")
    assert site.status_of(number) == 4


def test_a_request_for_more_papers_needs_its_content_and_a_day_to_come(site: Site) -> None:
    number, _ = site.dossier()
    officer = site.officer()
    page = f"/can-bo/ho-so/{number}/bo-sung"
    officer.get(page)
    officer.post(page, ly_do="", han="01/01/2020")
    assert officer.status == 422
    assert "Vui lòng nhập nội dung cần bổ sung" in officer.words and "sau ngày hôm nay" in officer.words
    due = day(now().date() + timedelta(days=5))
    officer.post(page, ly_do="Giấy báo tử bị mờ", giay_to="giay-bao-tu", han=due)
    assert site.status_of(number) == 5
    with site.database.transaction() as rows:
        request = rows.get_one(Dossier, number).supplements[0]
        assert (request.items, day(request.due_on)) == (["giay-bao-tu"], due)


def test_a_demanded_fee_needs_an_amount_and_a_reason(site: Site) -> None:
    number, _ = site.dossier()
    officer = site.officer()
    page = f"/can-bo/ho-so/{number}/nop-phi"
    officer.get(page)
    officer.post(page, so_tien="năm nghìn", ly_do="Theo nghị quyết")
    assert officer.status == 422 and site.status_of(number) == 1
    officer.post(page, so_tien="50000", ly_do="Theo nghị quyết")
    assert site.status_of(number) == 6


@pytest.mark.parametrize(("action", "status"), [("tu-choi", 3), ("dung-xu-ly", 8)])
def test_refusing_and_stopping_need_a_reason_that_reaches_the_citizen(site: Site, action: str, status: int) -> None:
    number, _ = site.dossier()
    officer = site.officer()
    officer.get(f"/can-bo/ho-so/{number}")
    if action == "dung-xu-ly":
        officer.post(f"/can-bo/ho-so/{number}/tiep-nhan")
    officer.post(f"/can-bo/ho-so/{number}/{action}", ly_do=" ")
    assert officer.status == 422
    officer.post(f"/can-bo/ho-so/{number}/{action}", ly_do="Không thuộc thẩm quyền")
    assert site.status_of(number) == status
    assert site.notices_about(number)


def test_an_officer_of_another_agency_finds_nothing(site: Site) -> None:
    number, code = site.dossier("1.000656")
    other = site.officer("canbo.congan")
    other.get(f"/can-bo/ho-so/{number}")
    assert other.status == 404
    other.get("/can-bo")
    other.post(f"/can-bo/ho-so/{number}/tiep-nhan")
    assert other.status == 404 and site.status_of(number) == 1
    other.get(f"/can-bo?trang-thai=0&tu-khoa={code}")
    assert "Không có hồ sơ nào" in other.words


def test_an_officer_of_the_agency_itself_finds_the_dossier(site: Site) -> None:
    number, code = site.dossier("1.004194")
    officer = site.officer("canbo.congan")
    officer.get(f"/can-bo?tu-khoa={code.lower()}")
    assert "1 hồ sơ" in officer.words and f"/can-bo/ho-so/{number}" in officer.text
    officer.get(f"/can-bo/ho-so/{number}")
    assert officer.status == 200 and f"Hồ sơ {code}" in officer.words


def test_visitors_and_citizens_get_no_officer_page(site: Site) -> None:
    number, _ = site.dossier()
    visitor = site.visitor()
    visitor.get(f"/can-bo/ho-so/{number}")
    assert "Đăng nhập cán bộ" in visitor.words and "Đã Khuất" not in visitor.words
    citizen = site.visitor()
    citizen.get("/tra-cuu")
    with citizen.client.session_transaction() as session:
        session["citizen_id"] = 1
    citizen.get("/can-bo")
    assert citizen.status == 404


def test_papers_come_as_downloads_and_only_from_their_own_dossier(site: Site) -> None:
    number, _ = site.dossier()
    other, _ = site.dossier()
    kept = keep(site.settings.uploads, b"%PDF-1.7 paper")
    with site.database.transaction() as rows:
        paper = DossierFile(
            dossier_id=number, document_key="giay-bao-tu", origin="upload", name="giấy báo tử.pdf",
            media_type="application/pdf", size=kept.size, sha256=kept.sha256, path=kept.path,
        )  # fmt: skip
        rows.add(paper)
        rows.flush()
        file = paper.id
    officer = site.officer()
    officer.get(f"/can-bo/ho-so/{number}/tep/{file}")
    assert officer.last is not None
    assert officer.last.headers["Content-Disposition"].startswith("attachment")
    assert officer.last.headers["X-Content-Type-Options"] == "nosniff"
    officer.get(f"/can-bo/ho-so/{other}/tep/{file}")
    assert officer.status == 404


def test_a_wrong_password_is_refused_with_a_message_that_names_no_account(site: Site) -> None:
    visitor = site.visitor()
    for name in ("canbo.lanhdao", "khong.co.ai"):
        visitor.get("/can-bo/dang-nhap")
        visitor.post("/can-bo/dang-nhap", ten_dang_nhap=name, mat_khau="sai")
        assert visitor.status == 422
        assert "Tên đăng nhập hoặc mật khẩu không đúng." in visitor.words


def test_repeated_wrong_passwords_make_the_account_wait(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/can-bo/dang-nhap")
    for _ in range(5):
        visitor.post("/can-bo/dang-nhap", ten_dang_nhap="canbo.dongxanh", mat_khau="sai")
    visitor.post("/can-bo/dang-nhap", ten_dang_nhap="canbo.dongxanh", mat_khau=PASSWORD)
    assert visitor.status == 429 and "thử lại sau" in visitor.words


def test_log_out_ends_the_session_on_the_server(site: Site) -> None:
    officer = site.officer()
    cookie = officer.client.get_cookie("phien")
    assert cookie is not None
    officer.get("/can-bo")
    officer.post("/can-bo/dang-xuat")
    thief = site.visitor()
    thief.client.set_cookie("phien", cookie.value)
    thief.get("/can-bo")
    assert "Đăng nhập cán bộ" in thief.words


def test_logging_in_leaves_nothing_of_the_session_before(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/can-bo/dang-nhap")
    with visitor.client.session_transaction() as session:
        session["citizen_id"] = 1
    before = visitor.client.get_cookie("phien")
    visitor.post("/can-bo/dang-nhap", ten_dang_nhap="canbo.lanhdao", mat_khau=PASSWORD)
    after = visitor.client.get_cookie("phien")
    assert before is not None and after is not None and before.value != after.value
    with visitor.client.session_transaction() as session:
        assert "citizen_id" not in session and session["officer"] == "canbo.lanhdao"


def test_the_queue_filters_by_status_and_service_and_pages(site: Site) -> None:
    officer = site.officer()
    for _ in range(21):
        site.dossier("2.001159")
    officer.get("/can-bo?trang-thai=1&thu-tuc=2.001159")
    assert "trang 1 trên 2" in officer.words
    assert "Đổi giấy phép lái xe" not in officer.text.split("<tbody>")[1]
    officer.get("/can-bo?trang-thai=1&thu-tuc=2.001159&trang=2")
    assert "trang 2 trên 2" in officer.words


def test_what_a_citizen_wrote_is_shown_as_text(site: Site) -> None:
    number, _ = site.dossier()
    with site.database.transaction() as rows:
        rows.get_one(Dossier, number).answers = {"ho_ten_nguoi_mat": "<script>alert(1)</script>"}
    officer = site.officer()
    officer.get(f"/can-bo/ho-so/{number}")
    assert "<script>alert" not in officer.text and "&lt;script&gt;alert(1)" in officer.text
