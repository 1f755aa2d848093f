"""Every state of the single-page face under axe (WCAG 2.0 and 2.1, A and AA), on a desk and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ..citizens.conftest import Portal, Visitor
from . import application as way

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
VIEWS = ("/", "/thu-tuc", "/thu-tuc?tu-khoa=zzqx", "/thu-tuc/1.001193", "/dang-nhap", "/tra-cuu", "/so-lieu", "/hoi-dap",
         "/huong-dan", "/lien-he", "/phan-anh-kien-nghi", "/so-do-cong", "/bao-ve-du-lieu", "/thu-tuc/9.9")  # fmt: skip
OWN_VIEWS = ("/ho-so-cua-toi", "/thong-bao", "/kho-giay-to", "/tai-khoan")
WHOLE_PAGES = ("/en/", "/en/procedures", "/can-bo/dang-nhap", "/khong-co")


@pytest.fixture(params=[1366, 360], ids=["desktop", "phone"])
def screen(request: pytest.FixtureRequest, chromium: Browser, spa: Portal, citizen: Visitor) -> Page:
    context = chromium.new_context(
        locale="vi-VN", bypass_csp=True, viewport={"width": request.param, "height": 800}, reduced_motion="reduce"
    )
    number = citizen.session.cookies.get("phien", domain="127.0.0.1") or ""
    context.add_cookies([{"name": "phien", "value": number, "url": spa.url}])
    request.addfinalizer(context.close)
    return context.new_page()


def inspected(page: Page, state: str) -> None:
    """No violation, no sideways scrolling."""
    found = Axe().run(page, options=WCAG).response["violations"]
    assert not found, (state, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{state} scrolls sideways"


def test_every_view_is_accessible(screen: Page, spa: Portal) -> None:
    screen.goto(f"{spa.url}/#/gioi-thieu")
    expect(screen.get_by_role("main")).to_have_attribute("aria-busy", "false")
    for path in (*VIEWS, *OWN_VIEWS):
        with screen.expect_response(spa.url + path):
            screen.evaluate("path => { window.location.hash = path; }", path)
        expect(screen.get_by_role("main")).to_have_attribute("aria-busy", "false")
        inspected(screen, path)


def test_every_page_that_is_served_whole_is_accessible(screen: Page, spa: Portal) -> None:
    for path in WHOLE_PAGES:
        screen.goto(spa.url + path)
        inspected(screen, path)


def test_every_state_of_an_application_is_accessible(screen: Page, spa: Portal, tmp_path: Path) -> None:
    way.begin(screen, spa)
    inspected(screen, "applicant")
    screen.get_by_role("combobox", name=re.compile("^Tỉnh, thành phố nơi ở")).click()
    inspected(screen, "long list open")
    screen.keyboard.press("Escape")
    way.applicant(screen)
    screen.get_by_role("combobox", name="Quan hệ của người yêu cầu với trẻ").click()
    inspected(screen, "short list open")
    screen.keyboard.press("Escape")
    screen.get_by_role("button", name=re.compile("^Chọn ngày trên lịch")).first.click()
    inspected(screen, "calendar")
    screen.keyboard.press("Escape")
    screen.get_by_role("button", name="Tiếp tục").click()
    expect(screen.get_by_role("alert").first).to_be_focused()
    inspected(screen, "errors")
    way.content(screen)
    inspected(screen, "papers")
    way.papers(screen, tmp_path)
    inspected(screen, "fee, with a toast")
    screen.get_by_role("radio", name=re.compile("bưu chính")).check()
    inspected(screen, "postal address")
    way.pay(screen, spa)
    way.onward(screen, "Kiểm tra, nộp")
    way.sign(screen)
    inspected(screen, "question before submission")
    screen.get_by_role("button", name="Xác nhận nộp hồ sơ").click()
    way.heading(screen, "Nộp hồ sơ thành công")
    inspected(screen, "confirmation")


def test_the_menu_of_a_phone_opens_and_closes(chromium: Browser, spa: Portal) -> None:
    context = chromium.new_context(locale="vi-VN", bypass_csp=True, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(spa.url)
    way.heading(page, "Thủ tục hành chính, làm trọn vẹn tại nhà")
    menu = page.get_by_role("button", name="Menu")
    expect(page.get_by_role("navigation", name="Menu chính")).to_be_hidden()
    menu.click()
    inspected(page, "menu open")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("link", name="Câu hỏi thường gặp").first.click()
    way.heading(page, "Câu hỏi thường gặp")
    expect(page.get_by_role("navigation", name="Menu chính")).to_be_hidden()
    context.close()
