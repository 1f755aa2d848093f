"""The controls of the single-page face: drop-downs by keyboard and mouse, calendar, uploads, lists, drafts, toasts."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, Route, expect

from ..citizens.conftest import Portal
from ..citizens.test_papers import PDF
from . import application as way

PROVINCE = "Tỉnh, thành phố nơi ở hiện nay"
WARD = "Phường, xã, đặc khu nơi ở hiện nay"


def active(page: Page, of: Locator) -> Locator:
    """The entry of the open list that the keyboard stands on."""
    return page.locator(f"[id='{of.get_attribute('aria-activedescendant')}']")


def test_a_drop_down_is_worked_by_keyboard_alone(screen: Page, spa: Portal) -> None:
    way.begin(screen, spa)
    way.onward(screen, "Nội dung")
    box = screen.get_by_role("combobox", name="Quan hệ của người yêu cầu với trẻ")
    expect(box).to_have_attribute("aria-required", "true")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(active(screen, box)).to_have_text("Mẹ")
    box.press("ArrowDown")
    expect(active(screen, box)).to_have_text("Cha")
    box.press("End")
    expect(active(screen, box)).to_have_text("Người thân thích khác")
    box.press("o")
    expect(active(screen, box)).to_have_text("Ông hoặc bà")
    box.press("Enter")
    expect(box).to_have_text("Ông hoặc bà")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    box.press("Enter")
    expect(active(screen, box)).to_have_text("Ông hoặc bà")
    box.press("Home")
    box.press("Escape")
    expect(box).to_have_text("Ông hoặc bà")
    expect(screen.get_by_role("option")).to_have_count(0)


def test_a_long_list_is_filtered_without_diacritics_and_drawn_bit_by_bit(screen: Page, spa: Portal) -> None:
    way.begin(screen, spa)
    box = screen.get_by_role("combobox", name=PROVINCE)
    box.click()
    entries = screen.get_by_role("option")
    expect(entries).to_have_count(20)
    expect(screen.get_by_role("option", name="Tỉnh An Giang")).to_have_count(0)
    screen.get_by_role("listbox").evaluate("list => { list.scrollTop = list.scrollHeight; }")
    expect(screen.get_by_role("option", name="Tỉnh An Giang")).to_have_count(1)
    search = screen.get_by_role("textbox", name="Lọc danh sách")
    expect(search).to_be_focused()
    search.fill("hue")
    expect(entries).to_have_text(["Thành phố Huế"])
    search.fill("zzz")
    expect(screen.get_by_text("Không có mục phù hợp")).to_be_visible()
    search.fill("da nang")
    search.press("Enter")
    expect(box).to_have_text("Thành phố Đà Nẵng")


def test_communes_are_fetched_when_their_list_is_opened_and_follow_the_province(screen: Page, spa: Portal) -> None:
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url) if "/dia-ban/xa" in request.url else None)
    way.begin(screen, spa)
    way.pick(screen, PROVINCE, way.HUE)
    ward = screen.get_by_role("combobox", name=WARD)
    expect(ward).to_have_text("– Chọn –")
    assert asked == []
    ward.click()
    expect(screen.get_by_role("option")).to_have_text(
        ["Phường Thuận Hóa", "Phường Phú Xuân", "Phường Hương Thủy", "Xã Phú Lộc"]
    )
    screen.get_by_role("option", name=way.COMMUNE).click()
    ward.click()
    screen.keyboard.press("Escape")
    assert len(asked) == 1
    way.onward(screen, "Nội dung")
    screen.get_by_role("link", name="Quay lại").click()
    way.heading(screen, "Người nộp")
    expect(screen.get_by_role("combobox", name=WARD)).to_have_text(way.COMMUNE)


def test_an_empty_drop_down_is_refused_in_words_and_the_message_leads_to_it(screen: Page, spa: Portal) -> None:
    way.begin(screen, spa)
    way.onward(screen, "Nội dung")
    screen.get_by_role("button", name="Tiếp tục").click()
    summary = screen.get_by_role("alert").first
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Vui lòng chọn quan hệ của người yêu cầu với trẻ.").click()
    box = screen.get_by_role("combobox", name="Quan hệ của người yêu cầu với trẻ")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description("Vui lòng chọn quan hệ của người yêu cầu với trẻ.")


def test_a_day_is_typed_or_picked_in_the_calendar_by_keyboard(screen: Page, spa: Portal) -> None:
    way.begin(screen, spa)
    way.onward(screen, "Nội dung")
    field = screen.get_by_role("textbox", name="Ngày sinh của người được khai sinh")
    field.fill("5/9/2026")
    field.blur()
    expect(field).to_have_value("05/09/2026")
    screen.get_by_role("button", name=re.compile("^Chọn ngày trên lịch")).first.click()
    calendar = screen.get_by_role("dialog", name=re.compile("^Chọn ngày"))
    expect(calendar.get_by_role("heading")).to_have_text("Tháng 9/2026")
    expect(calendar.get_by_role("gridcell", name="5 tháng 9 năm 2026", exact=True)).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "PageUp", "Enter"):
        screen.keyboard.press(key)
    expect(calendar).to_have_count(0)
    expect(field).to_have_value("13/08/2026")


def test_a_file_goes_up_at_once_with_progress_and_a_wrong_one_is_refused_beside_it(
    screen: Page, spa: Portal, tmp_path: Path
) -> None:
    dossier = way.begin(screen, spa)
    way.onward(screen, "Nội dung")
    way.content(screen)
    block = screen.get_by_role("region", name="Giấy chứng sinh")
    button = block.get_by_role("button", name=re.compile("^Tải tệp lên ?: Giấy chứng sinh Chọn tệp$"))
    expect(button).to_be_visible()
    wrong, right = tmp_path / "sai.pdf", tmp_path / "dung.pdf"
    wrong.write_text("không phải PDF")
    right.write_bytes(PDF)
    block.locator("input[type=file]").set_input_files(wrong)
    expect(block.locator(".field-error")).to_be_visible()
    expect(screen.locator(".toast")).to_have_count(1)
    held: list[Route] = []
    screen.route("**/giay-to", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    with screen.expect_request(lambda request: request.method == "POST"):
        block.locator("input[type=file]").set_input_files(right)
    expect(block.get_by_role("progressbar")).to_be_visible()
    expect(block).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(block).to_contain_text("Đã đính kèm: dung.pdf")
    expect(block.locator(".field-error")).to_have_count(0)
    expect(screen.get_by_role("status").filter(has_text="Đã tải lên: dung.pdf")).to_be_visible()
    assert spa.rows("SELECT name FROM dossier_files WHERE dossier_id = ?", dossier) == [("dung.pdf",)]


def test_an_upload_that_breaks_off_is_said_and_can_be_repeated(screen: Page, spa: Portal, tmp_path: Path) -> None:
    way.begin(screen, spa)
    way.onward(screen, "Nội dung")
    way.content(screen)
    paper = tmp_path / "giay.pdf"
    paper.write_bytes(PDF)
    block = screen.get_by_role("region", name="Giấy chứng sinh")
    screen.route("**/giay-to", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    block.locator("input[type=file]").set_input_files(paper)
    expect(screen.get_by_role("alert").filter(has_text="Tải lên không thành công")).to_be_visible()
    expect(block.locator(".field-error")).to_have_text("Tải lên không thành công. Vui lòng thử lại.")
    screen.unroute("**/giay-to")
    block.locator("input[type=file]").set_input_files([])
    block.locator("input[type=file]").set_input_files(paper)
    expect(block).to_contain_text("Đã đính kèm: giay.pdf")


def test_a_file_that_is_too_large_for_the_server_is_refused_in_words(
    screen: Page, spa: Portal, tmp_path: Path
) -> None:
    way.begin(screen, spa)
    way.onward(screen, "Nội dung")
    way.content(screen)
    paper = tmp_path / "lon.pdf"
    paper.write_bytes(PDF + b"0" * 6 * 1024 * 1024)
    block = screen.get_by_role("region", name="Giấy chứng sinh")
    block.locator("input[type=file]").set_input_files(paper)
    expect(block.locator(".field-error")).to_contain_text("5 MB")
    paper.write_bytes(PDF + b"0" * 33 * 1024 * 1024)
    block.locator("input[type=file]").set_input_files(paper)
    expect(block.locator(".field-error")).to_contain_text(re.compile("vượt quá giới hạn|không thành công"))
    expect(block).not_to_have_attribute("aria-busy", "true")


def test_a_toast_lets_presses_through_and_can_be_closed(screen: Page, spa: Portal) -> None:
    way.begin(screen, spa)
    screen.get_by_role("button", name="Lưu nháp").click()
    toast = screen.locator(".toast")
    expect(toast).to_be_visible()
    behind = "toast => { const at = toast.getBoundingClientRect(); return toast.contains(document.elementFromPoint(at.x + 20, at.y + 10)); }"
    assert toast.evaluate(behind) is False
    toast.get_by_role("button", name="Đóng thông báo").click()
    expect(toast).to_have_count(0)


def test_the_list_of_services_grows_on_demand_and_keeps_its_pages(page: Page, spa: Portal) -> None:
    page.goto(f"{spa.url}/#/thu-tuc")
    results = page.locator("ul.results > li")
    expect(results).to_have_count(10)
    expect(page.get_by_role("link", name="Trang sau")).to_be_visible()
    page.get_by_role("button", name="Xem thêm").click()
    expect(results).to_have_count(20)
    expect(results.nth(10).get_by_role("link")).to_be_focused()
    page.get_by_role("button", name="Xem thêm").click()
    expect(results).to_have_count(24)
    expect(page.get_by_role("button", name="Xem thêm")).to_have_count(0)
    codes = page.locator("ul.results .code").all_text_contents()
    assert len(set(codes)) == 24
    page.goto(f"{spa.url}/#/thu-tuc?trang=3")
    expect(results).to_have_count(4)


def test_the_filters_of_the_list_narrow_it(page: Page, spa: Portal) -> None:
    page.goto(f"{spa.url}/#/thu-tuc")
    way.pick(page, "Mức độ dịch vụ", "Một phần")
    page.get_by_role("button", name="Lọc kết quả").click()
    expect(page).to_have_url(re.compile(r"#/thu-tuc\?muc-do=mot-phan$"))
    expect(page.get_by_role("combobox", name="Mức độ dịch vụ")).to_have_text("Một phần")
    expect(page.locator(".result-count")).to_contain_text("6 thủ tục")


def test_what_is_typed_is_kept_without_a_button(screen: Page, spa: Portal) -> None:
    way.begin(screen, spa)
    way.onward(screen, "Nội dung")
    screen.get_by_label("Họ và tên người được khai sinh").fill("Tự Động Lưu")
    expect(screen.get_by_text("Đã tự động lưu nháp.")).to_be_visible()
    screen.reload()
    expect(screen.get_by_label("Họ và tên người được khai sinh")).to_have_value("Tự Động Lưu")


def test_a_saved_draft_is_said_by_a_toast_that_goes_and_a_message_that_stays(screen: Page, spa: Portal) -> None:
    screen.clock.install()
    way.begin(screen, spa)
    screen.get_by_role("button", name="Lưu nháp").click()
    toast = screen.get_by_role("status").filter(has_text="Đã lưu nháp lúc")
    expect(toast).to_be_visible()
    screen.clock.fast_forward(10_000)
    expect(toast).to_have_count(0)
    expect(screen.get_by_role("main").get_by_text("Đã lưu nháp lúc")).to_be_visible()


def test_deleting_a_draft_is_asked_about(screen: Page, spa: Portal) -> None:
    dossier = way.begin(screen, spa)
    screen.goto(f"{spa.url}/#/ho-so-cua-toi?loai=nhap")
    way.heading(screen, "Hồ sơ của tôi")
    delete = screen.locator(f"form[action='/ho-so/{dossier}/xoa'] button")
    delete.click()
    screen.get_by_role("dialog", name="Xóa bản nháp này?").get_by_role("button", name="Hủy").click()
    assert spa.rows("SELECT 1 FROM dossiers WHERE id = ?", dossier)
    delete.click()
    screen.get_by_role("dialog").get_by_role("button", name="Xóa bản nháp").click()
    expect(screen.get_by_role("main").get_by_text("Đã xóa bản nháp.")).to_be_visible()
    assert not spa.rows("SELECT 1 FROM dossiers WHERE id = ?", dossier)


def test_the_session_warning_comes_before_the_end_and_can_be_answered(screen: Page, spa: Portal) -> None:
    screen.clock.install()
    screen.goto(f"{spa.url}/#/ho-so-cua-toi")
    way.heading(screen, "Hồ sơ của tôi")
    screen.clock.fast_forward("24:00")
    expect(screen.get_by_role("dialog")).to_have_count(0)
    screen.clock.fast_forward("02:00")
    dialog = screen.get_by_role("dialog", name="Phiên làm việc sắp hết hạn")
    dialog.get_by_role("button", name="Tiếp tục phiên làm việc").click()
    expect(dialog).to_have_count(0)


def test_a_form_sent_after_the_session_ended_leads_to_the_log_in_and_back_to_the_form(screen: Page, spa: Portal) -> None:
    dossier = way.begin(screen, spa)
    way.onward(screen, "Nội dung")
    screen.context.clear_cookies()
    screen.get_by_label("Họ và tên mẹ").fill("Được Giữ Lại")
    screen.get_by_role("button", name="Tiếp tục").click()
    way.heading(screen, "Đăng nhập")
    expect(screen.get_by_role("main")).to_contain_text("Phiên làm việc đã hết hạn")
    expect(screen).to_have_url(re.compile(rf"#/dang-nhap\?tiep=/ho-so/{dossier}/noi-dung$"))
