"""The way of an application through the single-page face, as a person with a mouse goes it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from ..citizens.conftest import PIN, Portal
from ..citizens.test_papers import PDF

SERVICE = "1.001193"
HUE, COMMUNE = "Thành phố Huế", "Phường Phú Xuân"


def heading(page: Page, words: str) -> None:
    """Wait for the view with this heading."""
    expect(page.get_by_role("heading", level=1, name=words, exact=True)).to_be_visible()


def pick(page: Page, field: str, choice: str) -> None:
    """Choose in a drop-down: open it, press the choice."""
    box = page.get_by_role("combobox", name=field)
    box.click()
    page.get_by_role("option", name=choice, exact=True).click()
    expect(box).to_have_text(choice)


def onward(page: Page, to: str) -> None:
    page.get_by_role("button", name="Tiếp tục").click()
    heading(page, to)


def begin(page: Page, portal: Portal) -> str:
    """Start an application; the id of the dossier."""
    page.goto(f"{portal.url}/#/nop-ho-so/{SERVICE}")
    heading(page, "Người nộp")
    return page.url.split("/ho-so/")[1].split("/")[0]


def applicant(page: Page) -> None:
    """The first step, with another place of living."""
    pick(page, "Tỉnh, thành phố nơi ở hiện nay", HUE)
    pick(page, "Phường, xã, đặc khu nơi ở hiện nay", COMMUNE)
    page.get_by_label("Số nhà, đường, thôn").fill("Số 1 đường Thử Nghiệm")
    onward(page, "Nội dung")


def content(page: Page) -> None:
    page.get_by_label("Họ và tên người được khai sinh").fill("Nguyễn Bé Thử")
    page.get_by_label("Ngày sinh của người được khai sinh", exact=False).and_(page.get_by_role("textbox")).fill("5/9/2026")
    page.get_by_role("radio", name="Nam").check()
    pick(page, "Quan hệ của người yêu cầu với trẻ", "Mẹ")
    page.get_by_label("Họ và tên mẹ").fill("Nguyễn Thị Thử Nghiệm")
    onward(page, "Giấy tờ")


def papers(page: Page, folder: Path) -> None:
    paper = folder / "giay-chung-sinh.pdf"
    paper.write_bytes(PDF)
    block = page.get_by_role("region", name="Giấy chứng sinh")
    with page.expect_file_chooser() as chooser:
        block.get_by_role("button", name=re.compile("Chọn tệp$")).click()
    chooser.value.set_files(paper)
    expect(block).to_contain_text("Đã đính kèm: giay-chung-sinh.pdf")
    onward(page, "Lệ phí, nhận kết quả")


def to_gateway(page: Page, portal: Portal) -> None:
    page.get_by_role("radio", name=re.compile("Nhận bản điện tử")).check()
    page.get_by_role("button", name=re.compile("^Thanh toán")).click()
    page.wait_for_url(re.compile(re.escape(portal.gateway)))


def pay(page: Page, portal: Portal) -> None:
    to_gateway(page, portal)
    page.get_by_role("button", name="Thanh toán", exact=True).click()
    heading(page, "Lệ phí, nhận kết quả")
    expect(page.get_by_role("main")).to_contain_text("Đã thanh toán")


def until_signing(page: Page, portal: Portal, folder: Path) -> str:
    """Everything before the last step; the id of the dossier."""
    dossier = begin(page, portal)
    applicant(page)
    content(page)
    papers(page, folder)
    pay(page, portal)
    onward(page, "Kiểm tra, nộp")
    return dossier


def sign(page: Page) -> None:
    """Fill in the signature and press the button; a question follows."""
    page.get_by_label("Mã PIN ký số").fill(PIN)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Ký số và nộp hồ sơ").click()
