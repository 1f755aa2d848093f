"""What scripts and styles add, seen in a real browser; and every state of the flow under axe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import PIN, Application, Portal, Visitor
from .test_papers import PDF

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
NEXT = {"name": "Tiếp tục"}


@pytest.fixture(params=[1366, 360], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def signed_in(chromium: Browser, portal: Portal, who: Visitor, width: int = 1366) -> Page:
    context = chromium.new_context(locale="vi-VN", bypass_csp=True, viewport={"width": width, "height": 800})
    number = who.session.cookies.get("phien", domain="127.0.0.1") or ""
    context.add_cookies([{"name": "phien", "value": number, "url": portal.url}])
    return context.new_page()


@pytest.fixture
def screen(chromium: Browser, portal: Portal, citizen_a: Visitor) -> Iterator[Page]:
    """A page in which citizen A is logged in."""
    page = signed_in(chromium, portal, citizen_a)
    yield page
    page.context.close()


def inspected(page: Page, state: str) -> None:
    """No violation of WCAG A and AA, no sideways scrolling."""
    found = Axe().run(page, options=WCAG).response["violations"]
    assert not found, (state, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{state} scrolls sideways"


def test_every_state_from_search_to_confirmation_is_accessible(
    chromium: Browser, portal: Portal, citizen_a: Visitor, width: int, tmp_path: Path
) -> None:
    page = signed_in(chromium, portal, citizen_a, width)
    for path in ("/", "/thu-tuc", "/thu-tuc?tu-khoa=zzqx", "/thu-tuc/1.001193", "/khong-co", "/bao-ve-du-lieu"):
        page.goto(portal.url + path)
        inspected(page, path)
    if width == 360:
        page.get_by_role("button", name="Menu").click()
        page.get_by_text("Hỗ trợ", exact=True).first.click()
        inspected(page, "menu open")
    page.goto(f"{portal.url}/nop-ho-so/1.001193")
    page.get_by_label("Số điện thoại").fill("12")
    page.get_by_role("button", **NEXT).click()
    expect(page.get_by_role("alert")).to_be_focused()
    inspected(page, "applicant with an error")
    page.get_by_label("Số điện thoại").fill("0912000017")
    page.get_by_role("button", **NEXT).click()
    page.wait_for_url(re.compile("noi-dung$"))
    page.get_by_role("button", **NEXT).click()
    expect(page.get_by_role("alert")).to_be_visible()
    inspected(page, "content with errors")
    page.get_by_label("Họ và tên người được khai sinh").fill("Nguyễn Bé Thử")
    page.get_by_label("Ngày sinh của người được khai sinh").fill("05/09/2026")
    page.get_by_label("Nam", exact=True).check()
    page.get_by_label("Quan hệ của người yêu cầu với trẻ").select_option(label="Mẹ")
    page.get_by_label("Họ và tên mẹ").fill("Nguyễn Thị Thử Nghiệm")
    page.get_by_role("button", **NEXT).click()
    page.wait_for_url(re.compile("giay-to$"))
    wrong = tmp_path / "anh.gif"
    wrong.write_bytes(b"GIF89a")
    page.get_by_label("Tải tệp lên: Giấy chứng sinh").set_input_files(wrong)
    expect(page.locator("#tep-giay-chung-sinh-loi")).to_contain_text("không đúng loại")
    inspected(page, "papers with an error")
    right = tmp_path / "giay.pdf"
    right.write_bytes(PDF)
    page.get_by_label("Tải tệp lên: Giấy chứng sinh").set_input_files(right)
    expect(page.locator("#giay-to-giay-chung-sinh .file-name")).to_contain_text("giay.pdf")
    inspected(page, "papers with a file")
    page.get_by_role("button", **NEXT).click()
    page.wait_for_url(re.compile("le-phi"))
    page.get_by_label("Nhận qua dịch vụ bưu chính công ích").check()
    inspected(page, "fee with postal address")
    page.get_by_role("button", name=re.compile("^Thanh toán")).click()
    page.wait_for_url(re.compile(re.escape(portal.gateway)))
    page.get_by_role("button", name="Thanh toán", exact=True).click()
    page.wait_for_url(re.compile("le-phi"))
    inspected(page, "paid")
    page.get_by_role("button", **NEXT).click()
    page.wait_for_url(re.compile("ky-nop$"))
    page.get_by_role("button", name="Ký số và nộp hồ sơ").click()
    expect(page.get_by_role("alert")).to_be_focused()
    inspected(page, "signing with errors")
    page.get_by_label("Mã PIN ký số").fill(PIN)
    page.get_by_label(re.compile("^Tôi cam đoan")).check()
    page.get_by_role("button", name="Ký số và nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Nộp hồ sơ thành công")).to_be_visible()
    inspected(page, "confirmation")
    address = page.url
    for path in (f"{address}/rut", f"{address}/bien-lai", "/ho-so-cua-toi", "/thong-bao", "/kho-giay-to", "/tai-khoan"):
        page.goto(path if path.startswith("http") else portal.url + path)
        inspected(page, path)
    page.context.close()


def test_every_state_after_handing_in_is_accessible(
    screen: Page, apply: Callable[..., Application], act: Callable[..., None]
) -> None:
    application = apply()
    application.until("nop")
    act(application.id, "tiep-nhan")
    act(application.id, "bo-sung", ly_do="Chụp lại giấy chứng sinh", han="31/12/2099")
    for path in ("", "/bo-sung"):
        screen.goto(application.address + path)
        inspected(screen, f"supplement{path}")
    screen.get_by_role("button", name="Gửi bổ sung").click()
    inspected(screen, "supplement with an error")
    screen.get_by_label(re.compile("^Giải trình")).fill("Bản đã nộp là bản rõ nhất")
    screen.get_by_role("button", name="Gửi bổ sung").click()
    act(application.id, "nop-phi", so_tien="12000", ly_do="Phí cấp thêm bản sao")
    screen.goto(application.address)
    inspected(screen, "fee demanded")
    screen.get_by_role("button", name=re.compile("^Thanh toán")).click()
    screen.get_by_role("button", name="Thanh toán", exact=True).click()
    screen.wait_for_url(application.address)
    act(application.id, "xu-ly", "phe-duyet", "tra-ket-qua")
    for path in (application.address, f"{application.address[: -len(application.id) - 7]}/danh-gia/{application.id}"):
        screen.goto(path)
        inspected(screen, path)
    screen.get_by_role("button", name="Gửi đánh giá").click()
    inspected(screen, "rating with an error")
    screen.get_by_label(re.compile("^5 sao")).check()
    screen.get_by_role("button", name="Gửi đánh giá").click()
    inspected(screen, "rated")


def test_communes_follow_their_province(screen: Page, portal: Portal) -> None:
    screen.goto(f"{portal.url}/tai-khoan")
    screen.get_by_label("Tỉnh, thành phố nơi ở hiện nay").select_option(label="Thành phố Huế")
    communes = screen.get_by_label("Phường, xã, đặc khu nơi ở hiện nay")
    expect(communes.locator("option")).to_have_text(
        ["– Chọn –", "Phường Thuận Hóa", "Phường Phú Xuân", "Phường Hương Thủy", "Xã Phú Lộc"]
    )
    expect(communes).to_have_value("")


def test_what_is_typed_is_saved_without_a_button(
    screen: Page, portal: Portal, apply: Callable[..., Application]
) -> None:
    application = apply()
    application.applicant()
    screen.goto(f"{application.address}/noi-dung")
    screen.get_by_label("Họ và tên người được khai sinh").fill("Tự Động Lưu")
    expect(screen.get_by_text("Đã tự động lưu nháp.")).to_be_visible()
    screen.reload()
    expect(screen.get_by_label("Họ và tên người được khai sinh")).to_have_value("Tự Động Lưu")


def test_nothing_is_said_to_be_saved_when_the_session_has_ended(
    screen: Page, portal: Portal, apply: Callable[..., Application]
) -> None:
    application = apply()
    application.applicant()
    screen.goto(f"{application.address}/noi-dung")
    screen.context.clear_cookies()
    screen.get_by_label("Họ và tên người được khai sinh").fill("Gõ Sau Khi Hết Phiên")
    expect(screen.locator(".saved")).to_contain_text("Phiên làm việc đã hết hạn")
    expect(screen.get_by_text("Đã tự động lưu nháp.")).to_have_count(0)
    screen.get_by_role("button", **NEXT).click()
    expect(screen.get_by_text("Những gì bạn vừa nhập được giữ lại").first).to_be_visible()


def test_two_quick_presses_of_pay_make_one_order(
    screen: Page, portal: Portal, apply: Callable[..., Application]
) -> None:
    application = apply()
    application.until("le-phi")
    screen.goto(f"{application.address}/le-phi")
    screen.get_by_role("button", name=re.compile("^Thanh toán")).dblclick()
    screen.wait_for_url(re.compile(re.escape(portal.gateway)))
    assert len(portal.rows("SELECT 1 FROM payments WHERE dossier_id = ?", application.id)) == 1


def test_the_postal_address_is_asked_only_when_it_is_wanted(screen: Page, apply: Callable[..., Application]) -> None:
    application = apply()
    application.until("le-phi")
    screen.goto(f"{application.address}/le-phi")
    expect(screen.locator("#nguoi_nhan")).to_be_hidden()
    screen.get_by_label("Nhận qua dịch vụ bưu chính công ích").check()
    expect(screen.locator("#nguoi_nhan")).to_be_visible()


def test_the_tag_measures_the_view_once_and_the_page_obeys_its_policy(chromium: Browser, portal: Portal) -> None:
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{portal.url}/thu-tuc/1.001193", wait_until="networkidle")
    label = page.locator("#yhy-append a#btnEMC")
    expect(label).to_have_text("Đã kết nối EMC")
    assert page.evaluate("typeof _govaq") == "object" and not complaints
    context.close()


def test_the_session_warning_is_a_dialog_that_can_be_answered(screen: Page, portal: Portal) -> None:
    screen.clock.install()
    screen.goto(f"{portal.url}/ho-so-cua-toi")
    screen.clock.fast_forward("26:00")
    dialog = screen.get_by_role("dialog", name="Phiên làm việc sắp hết hạn")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button")).to_be_focused()
    dialog.get_by_role("button", name="Tiếp tục phiên làm việc").click()
    expect(dialog).to_have_count(0)
