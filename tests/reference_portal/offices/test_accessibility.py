"""Public information and officers' pages in a real browser: WCAG 2.0 A and AA, and no sideways scrolling."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from werkzeug.serving import make_server

from .conftest import PASSWORD, Site

RULES = {"runOnly": ["wcag2a", "wcag2aa"]}
PUBLIC = ("/hoi-dap", "/huong-dan", "/lien-he", "/so-do-cong", "/so-lieu", "/phan-anh-kien-nghi", "/tra-cuu",
          "/en/", "/en/procedures", "/en/procedures/1.001193", "/en/contact")  # fmt: skip


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def assert_accessible(page: Page) -> None:
    """Nothing that axe can tell is wrong, and nothing sticks out sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]
    assert not told, f"{page.url}: {told}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def test_public_pages_on_a_small_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PUBLIC:
        page.goto(address + path)
        assert_accessible(page)


def test_errors_of_the_lookup_are_announced_and_lead_to_their_fields(page: Page, address: str) -> None:
    page.goto(f"{address}/tra-cuu")
    page.get_by_role("button", name="Tra cứu").click()
    assert page.evaluate("document.activeElement.id") == "tom-tat-loi"
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "ma_ho_so"
    assert_accessible(page)


def test_officers_pages(page: Page, address: str, site: Site) -> None:
    number, _ = site.dossier()
    page.goto(f"{address}/can-bo")
    page.get_by_label("Tên đăng nhập").fill("canbo.lanhdao")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    for path in ("", f"/ho-so/{number}", f"/ho-so/{number}/bo-sung", "/phan-anh"):
        page.goto(f"{address}/can-bo{path}")
        assert_accessible(page)
