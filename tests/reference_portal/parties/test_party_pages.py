"""The pages of identity provider and gateway: WCAG 2.0 A and AA without a violation, on a desk and on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from portal.clock import now
from portal.parties.gateway_protocol import Order

SIZES = {"desk": (1366, 768), "phone": (360, 740), "narrow": (320, 640)}


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True, locale="vi-VN")
    yield context.new_page()
    context.close()


def secrets_of(portal: Any) -> dict[str, str]:
    known: dict[str, str] = json.loads((Path(portal.said["data"]) / "secrets.json").read_text())
    return known


def begin_login(page: Page, portal: Any) -> None:
    request = {
        "response_type": "code",
        "client_id": "cong-dich-vu-cong-sao-mai",
        "redirect_uri": f"{portal.said['portal']}/dang-nhap/ket-qua",
        "scope": "openid",
        "state": "a",
        "nonce": "b",
        "code_challenge": "qN6FrTUlDI4u8S13sjpB-Cg3Ma1v_vzuaM3GRs-2ZIo",
        "code_challenge_method": "S256",
    }
    page.goto(f"{portal.said['identity']}/oauth/authorize?{urlencode(request)}")


def give_password(page: Page, password: str) -> None:
    page.get_by_label("Số định danh cá nhân").fill("001088000025")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "best-practice"]}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "vi"


def test_the_login_pages_are_accessible_in_every_state(page: Page, portal: Any) -> None:
    begin_login(page, portal)
    assert_accessible(page)
    give_password(page, "sai")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    give_password(page, "Thu-nghiem-2026")
    page.get_by_label("Mã xác thực").fill("abc")
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)


def test_the_payment_pages_are_accessible_in_every_state(page: Page, portal: Any) -> None:
    reference = f"AXE-{page.viewport_size['width']}"  # type: ignore[index]
    order = Order.of(portal.said["portal"], reference, 8000, "Lệ phí hồ sơ", now())
    page.goto(order.address(portal.said["gateway"], secrets_of(portal)["gateway_secret"]))
    assert_accessible(page)
    address = page.url
    page.get_by_role("button", name="Hủy giao dịch").click()
    page.goto(address)
    assert_accessible(page)


def test_a_page_that_is_not_there_is_accessible(page: Page, portal: Any) -> None:
    for role in ("identity", "gateway"):
        page.goto(f"{portal.said[role]}/khong-co")
        assert_accessible(page)


def test_the_login_can_be_done_by_keyboard_alone(browser: Browser, portal: Any) -> None:
    page = browser.new_page()
    begin_login(page, portal)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.type("001088000025")
    page.keyboard.press("Tab")
    page.keyboard.type("Thu-nghiem-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ma-xac-thuc/**")
    assert page.evaluate("document.activeElement.id") == "ma-xac-thuc"
    page.close()
