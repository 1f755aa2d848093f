"""The old face of the portal in a real browser: nasty to walk through, and the dossier at the end is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Dialog, FrameLocator, Page, expect

from portal.skins.legacy.wire_names import button_name, field_name, meant

from ..citizens.conftest import PASSWORD, PEOPLE, PIN, Application, Portal, Visitor, running
from ..citizens.test_papers import PDF

SERVICE = "1.001193"
HUE, COMMUNE = "Thành phố Huế", "Phường Phú Xuân"


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with the old face."""
    with running(tmp_path_factory.mktemp("old"), "--captcha-answer", "SAOMAI", "--skin", "legacy") as started:
        yield started


@pytest.fixture(scope="module")
def modern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with its own face, to compare with."""
    with running(tmp_path_factory.mktemp("modern"), "--captcha-answer", "SAOMAI") as started:
        yield started


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, old: Portal) -> Iterator[Page]:
    """A page in which citizen A has logged in."""
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(f"{old.url}/dang-nhap")
    page.locator("input[type=button]", has_text="").and_(page.get_by_role("button", name=re.compile("VNeID"))).click()
    number, secret = PEOPLE["A"]
    page.locator("input:not([type=hidden])").nth(0).fill(number)
    page.locator("input:not([type=hidden])").nth(1).fill(PASSWORD)
    page.get_by_role("button").first.click()
    page.locator("input:not([type=hidden])").first.fill(pyotp.TOTP(secret).now())
    page.get_by_role("button").first.click()
    page.wait_for_url(re.compile("ho-so-cua-toi"))
    yield page
    context.close()


def begin(page: Page, portal: Portal) -> str:
    """Start an application; the address of the dossier."""
    page.goto(f"{portal.url}/thu-tuc/{SERVICE}")
    page.locator("input[value='Nộp hồ sơ qua mạng']").click()
    page.wait_for_url(re.compile("nguoi-nop$"))
    return page.url.removesuffix("/nguoi-nop")


def onward(page: Page, step: str, words: str = "Tiếp tục >>") -> None:
    page.locator(f"input[type=submit][value='{words}']").click()
    page.wait_for_url(re.compile(f"{step}$"))


def applicant(page: Page) -> None:
    """The first step, with another province: the page comes back with its communes."""
    page.locator("#CongDan_diaChi").fill("Số 1 đường Thử Nghiệm")
    with page.expect_navigation():
        page.locator("#CongDan_maTinhThanh").select_option(label=HUE)
    page.locator("#CongDan_maPhuongXa").select_option(label=COMMUNE)
    onward(page, "noi-dung")


def content(page: Page) -> None:
    page.locator("#HoSoOnline_hoTenTre").fill("Nguyễn Bé Thử")
    page.locator("#HoSoOnline_ngaySinhTre").fill("05/09/2026")
    page.locator("input[name='HoSoOnline_gioiTinhTre'][value='nam']").check()
    page.locator("#HoSoOnline_quanHe").select_option("me")
    page.locator("#HoSoOnline_hoTenMe").fill("Nguyễn Thị Thử Nghiệm")
    onward(page, "giay-to")


def papers(page: Page, folder: Path) -> None:
    paper = folder / "giay-chung-sinh.pdf"
    paper.write_bytes(PDF)
    page.locator("#HoSoOnline_fileDinhKem_giayChungSinh").set_input_files(paper)
    with page.expect_navigation():
        page.locator(f"input[name='{button_name('tai-len:giay-chung-sinh')}']").click()
    expect(page.locator("#giay-to-giay-chung-sinh")).to_contain_text("giay-chung-sinh.pdf")
    onward(page, "le-phi")


def to_frame(page: Page) -> FrameLocator:
    page.locator("input[value='Thanh toán trực tuyến']").click()
    page.wait_for_url(re.compile("/thanh-toan/khung/"))
    return page.frame_locator("#ifrThanhToan")


def pay(page: Page) -> None:
    frame = to_frame(page)
    frame.get_by_role("button", name="Thanh toán", exact=True).click()
    expect(frame.locator("body")).to_contain_text("Thanh toán thành công")
    frame.get_by_text("Tiếp tục", exact=True).click()
    page.wait_for_url(re.compile("le-phi$"))
    expect(page.locator("body")).to_contain_text("Đã thanh toán")


def kept(portal: Portal, dossier: str) -> dict[str, Any]:
    """What the database holds of a dossier, without what differs from one to the next."""
    one = "FROM {} WHERE dossier_id = ? ORDER BY 1, 2"
    return {
        "dossier": portal.rows(
            "SELECT service_code, status, fee, applicant, answers, delivery, code IS NOT NULL FROM dossiers WHERE id = ?",
            dossier,
        ),
        "payments": portal.rows(f"SELECT purpose, amount, state {one.format('payments')}", dossier),
        "papers": portal.rows(f"SELECT origin, document_key, media_type {one.format('dossier_files')}", dossier),
        "signatures": portal.rows(f"SELECT kind, subject {one.format('signatures')}", dossier),
        "events": portal.rows(f"SELECT status, title {one.format('dossier_events')}", dossier),
    }


@dataclass(frozen=True)
class HandedIn:
    """A dossier that citizen A has sent in the browser, and what was asked before it went."""

    address: str
    asked: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.address.rsplit("/", 1)[1]


@pytest.fixture(scope="module")
def handed_in(signed_in: Page, old: Portal, tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    """The whole way from the page of the procedure to the code."""
    address = begin(signed_in, old)
    applicant(signed_in)
    content(signed_in)
    papers(signed_in, tmp_path_factory.mktemp("papers"))
    pay(signed_in)
    onward(signed_in, "ky-nop")
    signed_in.locator("#HoSoOnline_maPin").fill(PIN)
    signed_in.locator("#HoSoOnline_camDoan").check()
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    signed_in.once("dialog", agree)
    signed_in.locator("input[value='Ký số và nộp hồ sơ']").click()
    signed_in.wait_for_url(address)
    expect(signed_in.locator("body")).to_contain_text("Nộp hồ sơ thành công. Số hồ sơ:")
    return HandedIn(address, tuple(asked))


def test_a_question_is_asked_before_a_dossier_goes(handed_in: HandedIn) -> None:
    assert handed_in.asked == ("Bạn có chắc chắn muốn nộp hồ sơ này?",)


def test_the_whole_way_leaves_the_same_dossier_as_the_portals_own_face(
    handed_in: HandedIn, old: Portal, modern: Portal
) -> None:
    who = Visitor(modern).log_in("A")
    who.get(f"/nop-ho-so/{SERVICE}")
    same = Application(who, who.answer.url.removesuffix("/nguoi-nop"))
    places = dict(modern.rows("SELECT name, code FROM provinces") + modern.rows("SELECT name, code FROM communes"))
    moved = {"tinh": places[HUE], "xa": places[COMMUNE], "dia_chi": "Số 1 đường Thử Nghiệm"}
    same.step("nguoi-nop").send({**moved, "thao-tac": "tiep-tuc"})
    same.content()
    same.step("giay-to").send(
        {"thao-tac": "tiep-tuc"}, files={"tep-giay-chung-sinh": ("giay-chung-sinh.pdf", PDF, "application/pdf")}
    )
    same.pay()
    same.submit()
    assert kept(old, handed_in.id) == kept(modern, same.id)


def test_the_announcement_stands_before_the_page_until_it_is_closed(page: Page, old: Portal) -> None:
    page.goto(old.url)
    shade = page.locator("#divNenThongBao")
    expect(shade).to_be_visible()
    page.locator("input[value='Đóng']").click()
    expect(shade).to_be_hidden()
    page.locator("#TimKiem_tuKhoa").fill("khai sinh")
    page.locator("input[value='Tìm kiếm']").click()
    page.locator("#grvThuTuc tr", has_text=SERVICE).get_by_text("Chi tiết").click()
    page.wait_for_url(re.compile(re.escape(SERVICE)))
    page.goto(old.url)
    expect(shade).to_be_visible()


def test_the_cascade_reloads_the_page_and_keeps_what_was_typed(signed_in: Page, old: Portal) -> None:
    begin(signed_in, old)
    signed_in.locator("#CongDan_diDong").fill("0987654321")
    signed_in.locator("#CongDan_diaChi").fill("Thôn Kiểm Thử")
    with signed_in.expect_navigation():
        signed_in.locator("#CongDan_maTinhThanh").select_option(label=HUE)
    expect(signed_in.locator("#CongDan_diDong")).to_have_value("0987654321")
    expect(signed_in.locator("#CongDan_diaChi")).to_have_value("Thôn Kiểm Thử")
    expect(signed_in.locator("#CongDan_maTinhThanh option:checked")).to_have_text(HUE)
    expect(signed_in.locator("#CongDan_maPhuongXa option")).to_contain_text([COMMUNE])
    expect(signed_in.locator("#CongDan_maPhuongXa")).to_have_value("")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The old face with the faults of forms that a page which comes back might hide."""
    names = "form.cascade-frozen,back.loses"
    with running(tmp_path_factory.mktemp("faulty"), "--skin", "legacy", "--defects", names) as started:
        yield started


def post_back(who: Visitor, values: dict[str, str]) -> None:
    """Send the form of the page with these fields, as a list that posts does."""
    form = who.page.get_element_by_id("frmHoSoOnline")
    filled = dict(form.form_values()) | values
    who.answer = who.session.post(who.answer.url, data=filled, timeout=30)


def test_communes_that_do_not_follow_the_province_stay_so_in_a_page_that_comes_back(faulty: Portal) -> None:
    who = Visitor(faulty).log_in("A")
    who.get(f"/nop-ho-so/{SERVICE}")
    before = who.page.xpath("//select[@id='CongDan_maPhuongXa']/option/text()")
    [(hue,)] = faulty.rows("SELECT code FROM provinces WHERE name = ?", HUE)
    post_back(who, {"CongDan_maTinhThanh": hue, "__EVENTTARGET": "CongDan_maTinhThanh"})
    assert who.page.get_element_by_id("CongDan_maTinhThanh").value == hue
    assert who.page.xpath("//select[@id='CongDan_maPhuongXa']/option/text()") == before


def test_a_form_that_is_lost_on_the_way_back_is_kept_while_it_is_filled_in(faulty: Portal) -> None:
    who = Visitor(faulty).log_in("A")
    who.get(f"/nop-ho-so/{SERVICE}")
    first = who.answer.url
    typed = {"CongDan_diDong": "0987654321", "CongDan_maPhuongXa": "", "__EVENTTARGET": "CongDan_maTinhThanh"}
    post_back(who, typed)
    assert who.value("CongDan_diDong") == "0987654321"
    commune = who.page.xpath("//select[@id='CongDan_maPhuongXa']/option[@value!='']/@value")[0]
    post_back(who, {"CongDan_maPhuongXa": commune, button_name("tiep-tuc"): "Tiếp tục >>"})
    assert who.answer.url.endswith("noi-dung")
    who.get(first)
    assert who.value("CongDan_diDong") == ""


def test_the_forms_open_in_a_window_of_their_own(page: Page, old: Portal) -> None:
    page.goto(f"{old.url}/thu-tuc/{SERVICE}")
    with page.context.expect_page() as opened:
        page.get_by_text("Danh sách biểu mẫu").click()
    window = opened.value
    with window.expect_download() as fetched:
        window.get_by_text("DOCX").click()
    assert fetched.value.suggested_filename == "to-khai-dang-ky-khai-sinh.docx"


def test_the_receipt_opens_in_a_window(signed_in: Page, handed_in: HandedIn) -> None:
    signed_in.goto(handed_in.address)
    with (
        signed_in.context.expect_event("request", lambda sent: sent.url.endswith("/bien-nhan")),
        signed_in.context.expect_page() as opened,
    ):
        signed_in.locator("input[value='In giấy tiếp nhận và hẹn trả']").first.click()
    opened.value.close()


def test_a_payment_given_up_leads_back_out_of_the_frame(signed_in: Page, old: Portal, tmp_path: Path) -> None:
    begin(signed_in, old)
    applicant(signed_in)
    content(signed_in)
    papers(signed_in, tmp_path)
    frame = to_frame(signed_in)
    frame.get_by_role("button", name="Hủy giao dịch").click()
    expect(frame.locator("body")).to_contain_text("Giao dịch đã bị hủy")
    frame.get_by_text("Tiếp tục", exact=True).click()
    signed_in.wait_for_url(re.compile("le-phi$"))
    expect(signed_in.locator("body")).to_contain_text("Giao dịch đã bị hủy")
    expect(signed_in.locator("body")).to_contain_text("Chưa thanh toán")


def test_a_fee_demanded_later_is_paid_in_the_frame_and_leads_to_the_dossier(
    signed_in: Page, old: Portal, handed_in: HandedIn
) -> None:
    demand = "UPDATE dossiers SET status = 6, demanded_fee = 12000, demanded_reason = 'Bản sao' WHERE id = ?"
    old.change(demand, handed_in.id)
    signed_in.goto(handed_in.address)
    frame = to_frame(signed_in)
    expect(frame.locator("body")).to_contain_text("12.000 đồng")
    frame.get_by_role("button", name="Thanh toán", exact=True).click()
    frame.get_by_text("Tiếp tục", exact=True).click()
    signed_in.wait_for_url(handed_in.address)
    expect(signed_in.locator("body")).not_to_contain_text("Yêu cầu thực hiện nghĩa vụ tài chính: 12.000")
    paid = old.rows("SELECT amount, state FROM payments WHERE dossier_id = ? AND amount = 12000", handed_in.id)
    assert paid == [(12000, "paid")]


def test_a_supplement_is_answered_and_then_the_dossier_withdrawn_and_what_was_typed_stays_text(
    signed_in: Page, old: Portal, handed_in: HandedIn
) -> None:
    marker = "<b id='la'>lạ</b>\"'"
    old.change("UPDATE dossiers SET status = 5, status_before = 4 WHERE id = ?", handed_in.id)
    asked = "INSERT INTO supplement_requests (dossier_id, asked_at, officer, reason, items, answer)"
    old.change(f"{asked} VALUES (?, '2026-11-20 08:00:00.000000', 'Cán bộ', ?, '[]', '')", handed_in.id, marker)
    signed_in.goto(handed_in.address)
    signed_in.get_by_text("[Bổ sung hồ sơ]").click()
    expect(signed_in).to_have_title(re.compile("^Bổ sung hồ sơ"))
    expect(signed_in.locator(".tblThongBao")).to_contain_text(marker)
    expect(signed_in.locator("#giay-to-giay-chung-sinh")).to_be_visible()
    signed_in.locator("textarea").fill(marker)
    signed_in.locator("input[value='Gửi bổ sung']").click()
    signed_in.wait_for_url(handed_in.address)
    signed_in.locator("input[value='Rút hồ sơ']").click()
    expect(signed_in.locator(".tdMucTieuDe")).to_have_text("RÚT HỒ SƠ")
    signed_in.locator("textarea").fill(marker)
    signed_in.once("dialog", lambda dialog: dialog.accept())
    signed_in.locator("input[value='Đồng ý rút hồ sơ']").click()
    signed_in.wait_for_url(handed_in.address)
    expect(signed_in.locator("body")).to_contain_text(marker)
    assert signed_in.locator("#la").count() == 0


def test_pages_obey_a_policy_as_strict_as_that_of_the_own_face(signed_in: Page, old: Portal) -> None:
    complaints: list[str] = []
    signed_in.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in ("/", f"/thu-tuc/{SERVICE}", f"/cua-so/bieu-mau/{SERVICE}", "/tra-cuu", "/ho-so-cua-toi", "/so-lieu"):
        answer = signed_in.goto(old.url + path)
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["x-frame-options"] == "DENY"
    assert not complaints


def test_fields_are_tied_to_no_label(signed_in: Page, old: Portal) -> None:
    begin(signed_in, old)
    assert signed_in.locator("label").count() == 0
    assert signed_in.locator("#CongDan_diDong").evaluate("field => field.labels.length") == 0
    words = signed_in.locator("#CongDan_diDong").locator("xpath=ancestor::td[1]/preceding-sibling::td[1]")
    expect(words).to_have_text("Số điện thoại (*):")


@pytest.mark.parametrize(
    "key",
    [
        "ho_ten_tre",
        "so_dinh_danh",
        "tinh",
        "xa_tam_tru",
        "tep-to-khai-ct01",
        "kho-giay-chung-sinh",
        "tu-khoa",
        "ma_pin",
    ],
)
def test_a_name_on_the_wire_means_the_field_that_it_was_made_for(key: str) -> None:
    assert field_name(key) != key
    assert meant(field_name(key), "một") == (key, "một")


@pytest.mark.parametrize("action", ["tiep-tuc", "luu-nhap", "tai-len:to-khai-ct01", "go:cho-o", "nop"])
def test_a_button_and_a_link_that_posts_mean_the_same(action: str) -> None:
    assert meant(button_name(action), "Chữ trên nút") == ("thao-tac", action)
    assert meant("__EVENTTARGET", button_name(action)) == ("thao-tac", action)


def test_a_list_that_posts_asks_for_the_page_again_and_foreign_names_stay() -> None:
    assert meant("__EVENTTARGET", "CongDan_maTinhThanh") == ("thao-tac", "cap-nhat")
    assert meant("__EVENTTARGET", "") == ("__EVENTTARGET", "")
    assert meant("reference", "R1") == ("reference", "R1")
