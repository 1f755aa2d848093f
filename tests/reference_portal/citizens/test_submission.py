"""Handing in: one code per dossier, signed where it must be, measured once."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from portal.papers import signature

from .conftest import PIN, Application, Portal, Visitor

CODE = re.compile(r"\d{3}\.\d{2}\.\d{2}\.H\d{2}-\d{6}-\d{4}")


@pytest.fixture
def ready(apply: Callable[..., Application]) -> Application:
    """An application that only has to be handed in."""
    application = apply()
    application.until("ky-nop")
    return application


def dossier(portal: Portal, application: Application) -> tuple[int, str | None]:
    return portal.rows("SELECT status, code FROM dossiers WHERE id = ?", application.id)[0]


def test_handing_in_gives_a_code_in_the_legal_form_and_the_promised_day(portal: Portal, ready: Application) -> None:
    ready.submit()
    page = ready.visitor
    assert "Nộp hồ sơ thành công" in page.words
    code = page.page.get_element_by_id("ma-ho-so").text_content().strip()
    assert CODE.fullmatch(code) and dossier(portal, ready) == (1, code)
    assert re.search(r"Ngày hẹn trả kết quả: \d\d/\d\d/\d{4}", page.words)


def test_the_receipt_is_a_pdf_that_stays_the_same(ready: Application) -> None:
    ready.submit()
    first = ready.visitor.get(f"{ready.address}/bien-nhan")
    assert first.headers["Content-Type"] == "application/pdf" and first.content.startswith(b"%PDF-")
    assert ready.visitor.get(f"{ready.address}/bien-nhan").content == first.content


def test_the_confirmation_survives_a_reload_and_is_measured_once(ready: Application) -> None:
    ready.submit()
    event = "_govaq.push(['trackDVC', \"1.001193\", '1', ''])"
    assert event in ready.visitor.answer.text
    ready.visitor.get(ready.address)
    assert "Nộp hồ sơ thành công" in ready.visitor.words and event not in ready.visitor.answer.text


def test_pressing_twice_at_once_makes_one_dossier(portal: Portal, ready: Application) -> None:
    page = ready.step("ky-nop")
    form = dict(page.page.xpath("//main//form")[0].form_values()) | {"ma_pin": PIN, "cam_doan": "co", "thao-tac": "nop"}
    cookies = {"phien": page.session.cookies.get("phien", domain="127.0.0.1") or ""}

    def press(_: int) -> str:
        return requests.post(f"{ready.address}/ky-nop", data=form, cookies=cookies, timeout=30).url

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, range(4))) == {ready.address}
    assert len(portal.rows("SELECT 1 FROM signatures WHERE dossier_id = ?", ready.id)) == 1
    assert len(portal.rows("SELECT 1 FROM dossier_events WHERE dossier_id = ?", ready.id)) == 1
    assert len(portal.rows("SELECT 1 FROM dossier_files WHERE dossier_id = ? AND origin = 'eform'", ready.id)) == 1


def test_many_handed_in_at_once_get_different_codes_without_gaps(
    portal: Portal, apply: Callable[..., Application]
) -> None:
    applications = [apply() for _ in range(6)]
    for application in applications:
        application.until("ky-nop")
    forms = []
    for application in applications:
        page = application.step("ky-nop")
        forms.append(dict(page.page.xpath("//main//form")[0].form_values()) | {"ma_pin": PIN, "cam_doan": "co"})
    cookies = {"phien": applications[0].visitor.session.cookies.get("phien", domain="127.0.0.1") or ""}

    def hand_in(number: int) -> int:
        address = f"{applications[number].address}/ky-nop"
        return requests.post(address, data=forms[number], cookies=cookies, timeout=30).status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(hand_in, range(6))) == {200}
    codes = sorted(str(dossier(portal, application)[1]) for application in applications)
    numbers = [int(code.rsplit("-", 1)[1]) for code in codes]
    assert numbers == list(range(numbers[0], numbers[0] + 6))


@pytest.mark.parametrize(
    ("values", "field"),
    [({"ma_pin": PIN}, "cam_doan"), ({"cam_doan": "co"}, "ma_pin"), ({"cam_doan": "co", "ma_pin": "000000"}, "ma_pin")],
)
def test_without_pin_or_declaration_nothing_is_handed_in(
    portal: Portal, ready: Application, values: dict[str, str], field: str
) -> None:
    page = ready.step("ky-nop")
    page.send({"thao-tac": "nop", **values})
    assert page.error(field) and dossier(portal, ready) == (0, None)
    assert "trackDVC" not in page.answer.text
    portal.change("DELETE FROM login_failures")


def test_wrong_pins_in_a_row_are_braked(portal: Portal, ready: Application) -> None:
    page = ready.step("ky-nop")
    for _ in range(5):
        page.send({"cam_doan": "co", "ma_pin": "111111", "thao-tac": "nop"})
    page.send({"cam_doan": "co", "ma_pin": PIN, "thao-tac": "nop"})
    assert "nhập sai 5 lần" in page.error("ma_pin") and dossier(portal, ready) == (0, None)
    portal.change("DELETE FROM login_failures")


def test_the_signed_form_verifies(portal: Portal, ready: Application) -> None:
    ready.submit()
    content = ready.visitor.get(f"{ready.address}/to-khai").content
    report = signature.verify(content, signature.keys(portal.data))
    assert report.valid and "Nguyễn Thị Thử Nghiệm" in report.signatures[0].signer


def test_a_handed_in_dossier_cannot_be_changed(portal: Portal, ready: Application) -> None:
    ready.submit()
    page = ready.visitor
    page.post(f"{ready.address}/noi-dung", {"ho_ten_tre": "Đổi Tên", "thao-tac": "tiep-tuc"})
    assert page.answer.url == ready.address
    page.post(f"{ready.address}/xoa", {})
    assert "không xóa được" in page.words
    assert "Đổi Tên" not in portal.rows("SELECT answers FROM dossiers WHERE id = ?", ready.id)[0][0]


def test_a_draft_can_be_discarded(portal: Portal, apply: Callable[..., Application]) -> None:
    application = apply()
    application.step("nguoi-nop").post(f"{application.address}/xoa", {})
    assert "Đã xóa bản nháp" in application.visitor.words
    assert not portal.rows("SELECT 1 FROM dossiers WHERE id = ?", application.id)


def test_the_result_can_be_asked_for_by_post(portal: Portal, apply: Callable[..., Application]) -> None:
    application = apply()
    application.until("le-phi")
    application.pay()
    page = application.step("le-phi")
    page.send({"nhan_ket_qua": "postal", "dia_chi_nhan": "", "thao-tac": "tiep-tuc"})
    assert page.error("dia_chi_nhan")
    page.send({"nhan_ket_qua": "postal", "dia_chi_nhan": "Số 9 đường Bưu Điện", "thao-tac": "tiep-tuc"})
    assert page.answer.url.endswith("/ky-nop") and "Số 9 đường Bưu Điện, Phường Sao Mai" in page.words


def test_no_personal_data_stands_in_titles_and_addresses(ready: Application, citizen_a: Visitor) -> None:
    ready.submit()
    for address in (ready.address, "/ho-so-cua-toi", "/tai-khoan", "/kho-giay-to"):
        citizen_a.get(address)
        title = citizen_a.page.xpath("string(//title)")
        assert not re.search(r"Nguyễn|001190000017|H99-", title + citizen_a.answer.url)
