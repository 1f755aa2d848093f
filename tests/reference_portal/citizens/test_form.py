"""The electronic form: prefilled, checked, kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Application, Portal, Visitor


def test_what_the_account_knows_is_filled_in(apply: Callable[..., Application]) -> None:
    page = apply().step("nguoi-nop")
    assert page.value("ho_ten") == "Nguyễn Thị Thử Nghiệm" and page.value("so_dinh_danh") == "001190000017"
    assert page.page.get_element_by_id("ho_ten").get("readonly") is not None
    assert page.value("dien_thoai") == "0912000017" and page.value("xa") == "01001"


def test_the_identity_cannot_be_changed_by_sending_another(portal: Portal, apply: Callable[..., Application]) -> None:
    application = apply()
    application.step("nguoi-nop").send({"ho_ten": "Người Khác", "so_dinh_danh": "001088000025"})
    assert "Người Khác" not in portal.rows("SELECT applicant FROM dossiers WHERE id = ?", application.id)[0][0]


def test_empty_answers_are_refused_beside_their_fields_and_the_rest_is_kept(apply: Callable[..., Application]) -> None:
    application = apply()
    application.applicant()
    page = application.step("noi-dung")
    page.send({"ho_ten_tre": "", "ho_ten_me": "Nguyễn Thị Thử Nghiệm", "thao-tac": "tiep-tuc"})
    assert page.error("ho_ten_tre").startswith("Vui lòng nhập họ và tên")
    assert page.error("gioi_tinh_tre").startswith("Vui lòng chọn giới tính")
    assert page.value("ho_ten_me") == "Nguyễn Thị Thử Nghiệm"
    field = page.page.get_element_by_id("ho_ten_tre")
    assert field.get("aria-invalid") == "true" and "ho_ten_tre-loi" in field.get("aria-describedby")
    assert page.page.xpath("//*[@role='alert']//a[@href='#ho_ten_tre']")


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("ngay_sinh_tre", "31/02/2024", "ngày có thật"),
        ("ngay_sinh_tre", "01/01/2999", "tương lai"),
        ("dinh_danh_me", "12345", "chưa đúng định dạng"),
        ("so_ban_sao", "nhiều", "số nguyên"),
        ("so_ban_sao", "11", "không được lớn hơn 10"),
        ("xa_sinh", "99999", "chọn phường, xã, đặc khu nơi sinh trong danh sách"),
    ],
)
def test_malformed_answers_are_refused(apply: Callable[..., Application], key: str, value: str, says: str) -> None:
    application = apply()
    application.applicant()
    page = application.step("noi-dung")
    page.send({**application.CONTENT, key: value, "thao-tac": "tiep-tuc"})
    assert says in page.error(key)


def test_a_date_may_be_typed_without_zeros(portal: Portal, apply: Callable[..., Application]) -> None:
    application = apply()
    application.until("giay-to")
    assert "05/09/2026" in portal.rows("SELECT answers FROM dossiers WHERE id = ?", application.id)[0][0]


def test_the_communes_of_a_province_come_as_data_and_without_scripts(
    apply: Callable[..., Application], visitor: Visitor
) -> None:
    communes = visitor.get("/dia-ban/xa?tinh=02").json()["communes"]
    assert communes[0] == {"code": "02001", "name": "Phường Hoàn Kiếm"}
    assert visitor.get("/dia-ban/xa?tinh=zz").json() == {"communes": []}
    application = apply()
    application.applicant()
    page = application.step("noi-dung")
    page.send({"tinh_sinh": "02", "xa_sinh": "", "thao-tac": "cap-nhat"})
    assert "Phường Hoàn Kiếm" in [one.text for one in page.page.xpath("//select[@id='xa_sinh']/option")]


def test_a_draft_is_kept_without_being_checked_and_found_again(apply: Callable[..., Application]) -> None:
    application = apply()
    application.applicant()
    page = application.step("noi-dung")
    page.send({"ho_ten_tre": "Nguyễn Dở Dang", "ngay_sinh_tre": "?", "thao-tac": "luu-nhap"})
    assert "Đã lưu nháp" in page.words
    page.get("/ho-so-cua-toi?loai=nhap")
    assert page.page.xpath(f"//a[@href='/ho-so/{application.id}']")
    page.get(f"/ho-so/{application.id}")
    assert page.answer.url.endswith("/noi-dung") and page.value("ho_ten_tre") == "Nguyễn Dở Dang"


def test_what_is_typed_is_saved_by_itself(apply: Callable[..., Application]) -> None:
    application = apply()
    application.applicant()
    application.step("noi-dung").send({"ho_ten_tre": "Tự Lưu", "thao-tac": "tu-luu"})
    assert application.visitor.answer.status_code == 204
    assert application.step("noi-dung").value("ho_ten_tre") == "Tự Lưu"


def test_going_back_a_step_shows_what_was_given(apply: Callable[..., Application]) -> None:
    application = apply()
    application.until("giay-to")
    page = application.step("noi-dung")
    assert page.value("ho_ten_tre") == "Nguyễn Bé Thử" and page.value("ngay_sinh_tre") == "05/09/2026"


def test_a_later_step_waits_for_the_earlier_ones(apply: Callable[..., Application]) -> None:
    application = apply()
    page = application.step("ky-nop")
    assert page.answer.url.endswith("/noi-dung") and "Vui lòng hoàn thành bước" in page.words


def test_an_expired_session_loses_nothing_that_was_typed(portal: Portal) -> None:
    visitor = Visitor(portal).log_in("B", "/nop-ho-so/1.001193")
    address = visitor.answer.url.rsplit("/", 1)[0]
    visitor.send({"thao-tac": "tiep-tuc"})
    visitor.get(f"{address}/noi-dung")
    form = dict(visitor.page.xpath("//main//form")[0].form_values())
    visitor.session.cookies.clear()
    visitor.answer = visitor.session.post(
        f"{address}/noi-dung", data={**form, "ho_ten_tre": "Gõ Trước Khi Hết Phiên"}, timeout=10
    )
    assert "được giữ lại" in visitor.words
    visitor.log_in("B", f"/ho-so/{address.rsplit('/', 1)[1]}/noi-dung")
    assert visitor.value("ho_ten_tre") == "Gõ Trước Khi Hết Phiên"


def test_markup_in_an_answer_is_shown_as_text(apply: Callable[..., Application]) -> None:
    application = apply()
    application.applicant()
    page = application.step("noi-dung")
    page.send({**application.CONTENT, "ho_ten_tre": "<img src=x onerror=alert(1)>", "thao-tac": "tiep-tuc"})
    application.papers()
    application.pay()
    page = application.step("ky-nop")
    assert "<img src=x onerror=alert(1)>" in page.words and "<img src=x" not in page.answer.text


def test_an_organisation_can_be_represented(
    portal: Portal, citizen_b: Visitor, apply: Callable[..., Application]
) -> None:
    (service,) = portal.rows("SELECT code FROM services WHERE audience = 'to_chuc' AND level != 'thong_tin'")[0]
    application = apply(service, citizen_b)
    application.step("nguoi-nop").send({"nop_cho": "to-chuc", "thao-tac": "tiep-tuc"})
    assert portal.rows("SELECT organisation_code FROM dossiers WHERE id = ?", application.id) == [("0109999982",)]
