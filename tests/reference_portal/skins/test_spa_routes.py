"""Hash routes of the single-page face: one load, deep links, ways back, focus, faults, and the fragments behind them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, Route, expect

from portal.settings import Settings
from portal.skins.spa.fragments import followed

from ..citizens.conftest import Portal, Visitor
from .application import heading

FRAGMENT = {"X-Fragment": "1"}
OWN, IDENTITY = "http://127.0.0.1:8200", "http://127.0.0.1:8201"


def get(portal: Portal, path: str, **options: object) -> requests.Response:
    return requests.get(portal.url + path, timeout=10, allow_redirects=False, **options)  # type: ignore[arg-type]


def test_search_detail_and_way_back_load_no_page_after_the_first(page: Page, spa: Portal) -> None:
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    page.goto(spa.url)
    page.get_by_role("searchbox").fill("khai sinh")
    page.keyboard.press("Enter")
    heading(page, "Thủ tục hành chính")
    page.get_by_role("link", name="Thủ tục đăng ký khai sinh", exact=True).first.click()
    heading(page, "Thủ tục đăng ký khai sinh")
    page.get_by_role("link", name="Nộp trực tuyến").click()
    heading(page, "Đăng nhập")
    page.go_back()
    heading(page, "Thủ tục đăng ký khai sinh")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/#/thu-tuc\?tu-khoa=khai\+sinh$"))
    expect(page.get_by_role("searchbox")).to_have_value("khai sinh")
    assert loads == [f"{spa.url}/"]


def test_a_deep_link_shows_its_view_also_after_a_reload(page: Page, spa: Portal) -> None:
    page.goto(f"{spa.url}/#/thu-tuc/1.001193")
    for _ in range(2):
        heading(page, "Thủ tục đăng ký khai sinh")
        expect(page).to_have_title(re.compile("^Thủ tục đăng ký khai sinh – Cổng Dịch vụ công"))
        page.reload()


@pytest.mark.parametrize("path", ["/thu-tuc/1.001193", "/thu-tuc?tu-khoa=khai%20sinh", "/ho-so-cua-toi", "/tra-cuu"])
def test_an_address_of_the_server_leads_to_its_route(spa: Portal, path: str) -> None:
    assert get(spa, path).headers["Location"] == f"/#{path}"


@pytest.mark.parametrize("path", ["/en/", "/en/procedures", "/robots.txt", "/sitemap.xml", "/can-bo/dang-nhap"])
def test_what_is_no_view_is_served_as_it_is(spa: Portal, path: str) -> None:
    assert get(spa, path).status_code == 200


def test_a_new_view_takes_the_focus_to_its_heading_and_marks_the_menu(page: Page, spa: Portal) -> None:
    page.goto(spa.url)
    page.get_by_role("navigation", name="Menu chính").get_by_role("link", name="Liên hệ").click()
    heading(page, "Liên hệ")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("#menu [aria-current]")).to_have_text("Liên hệ")


def test_the_skip_link_moves_the_focus_and_not_the_route(page: Page, spa: Portal) -> None:
    page.goto(f"{spa.url}/#/hoi-dap")
    heading(page, "Câu hỏi thường gặp")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    expect(page).to_have_url(f"{spa.url}/#/hoi-dap")


def test_a_place_in_a_view_is_gone_to(page: Page, spa: Portal) -> None:
    page.goto(spa.url)
    page.get_by_role("link", name="Đã kết nối EMC").click()
    heading(page, "Bảo vệ dữ liệu cá nhân")
    expect(page.locator("#do-luong")).to_be_focused()


def test_what_is_not_there_is_said_in_the_view_and_by_status(page: Page, spa: Portal) -> None:
    page.goto(f"{spa.url}/#/thu-tuc/9.999999")
    heading(page, "Không tìm thấy trang")
    assert get(spa, "/khong-co-trang-nay").status_code == 404
    assert get(spa, "/thu-tuc/9.999999", headers=FRAGMENT).status_code == 404


def test_a_server_that_does_not_answer_is_said_and_can_be_tried_again(page: Page, spa: Portal) -> None:
    page.goto(spa.url)
    heading(page, "Thủ tục hành chính, làm trọn vẹn tại nhà")
    page.route("**/lien-he", lambda route: route.abort())
    page.get_by_role("link", name="Liên hệ").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Máy chủ không phản hồi")
    page.unroute("**/lien-he")
    page.get_by_role("button", name="Thử lại").click()
    heading(page, "Liên hệ")


def test_the_view_is_busy_while_it_is_fetched_and_the_last_one_asked_for_wins(page: Page, spa: Portal) -> None:
    page.goto(spa.url)
    heading(page, "Thủ tục hành chính, làm trọn vẹn tại nhà")
    held: list[Route] = []
    page.route("**/so-lieu", lambda route: held.append(route))
    page.get_by_role("link", name="Tình hình giải quyết").first.click()
    expect(page.get_by_role("main")).to_have_attribute("aria-busy", "true")
    page.get_by_role("link", name="Liên hệ").first.click()
    heading(page, "Liên hệ")
    expect(page.get_by_role("main")).to_have_attribute("aria-busy", "false")
    for route in held:
        route.abort()
    heading(page, "Liên hệ")


def test_a_redirect_is_data_for_the_shell(spa: Portal) -> None:
    answer = get(spa, "/ho-so-cua-toi", headers=FRAGMENT)
    assert (answer.status_code, answer.json()) == (200, {"to": "/dang-nhap?tiep=/ho-so-cua-toi"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_redirect_to_another_origin_keeps_its_address(spa: Portal) -> None:
    who = Visitor(spa).log_in("B")
    token = re.search(r'name="_csrf" value="([^"]+)"', who.get("/thu-tuc", headers=FRAGMENT).text)
    assert token
    answer = who.session.post(f"{spa.url}/dang-xuat", data={"_csrf": token[1]}, headers=FRAGMENT, timeout=10)
    assert answer.json()["to"].startswith(spa.identity)


@pytest.mark.parametrize(
    ("location", "told"),
    [
        (f"{OWN}/thu-tuc?trang=2#muc", "/thu-tuc?trang=2#muc"),
        (OWN, "/"),
        ("/ho-so-cua-toi", "/ho-so-cua-toi"),
        (f"{IDENTITY}/dang-nhap?x=1", f"{IDENTITY}/dang-nhap?x=1"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        (f"{OWN}//evil.example/", None),
        (f"{OWN}.evil.example/", None),
        (f"{IDENTITY}@evil.example/", None),
        ("/\\evil.example/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_only_addresses_of_the_portal_and_its_parties_are_told_to_the_shell(
    tmp_path: Path, location: str, told: str | None
) -> None:
    parties = {
        "identity_url": IDENTITY,
        "gateway_url": "http://127.0.0.1:8202",
        "collector_url": "http://127.0.0.1:8203",
    }
    settings = Settings.load(tmp_path, portal_url=OWN, **parties)
    assert followed(location, settings) == told


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:document.title='x'"])
def test_the_shell_follows_no_answer_to_a_stranger(page: Page, spa: Portal, onward: str) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.route("**/lien-he", lambda route: route.fulfill(json={"to": onward}))
    page.goto(f"{spa.url}/#/lien-he")
    heading(page, "Chưa tải được trang")
    assert page.url == f"{spa.url}/#/lien-he"
    assert not [url for url in asked if "evil.example" in url.split("/")[2]]


@pytest.mark.parametrize("route", ["//evil.example/thu-tuc", "/\\evil.example/thu-tuc", "//", "///evil.example"])
def test_a_route_that_names_a_stranger_is_the_home_page(page: Page, spa: Portal, route: str) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{spa.url}/#{route}")
    heading(page, "Thủ tục hành chính, làm trọn vẹn tại nhà")
    assert not [url for url in asked if "evil.example" in url.split("/")[2]]


@pytest.mark.parametrize("path", ["/thu-tuc/a%0D%0Ax", "/thu-tuc/%2F%2Fevil.example", "/thu-tuc/..%5Cevil.example"])
def test_a_strange_address_leads_into_the_shell_or_nowhere(spa: Portal, path: str) -> None:
    answer = get(spa, path)
    assert answer.status_code in (302, 404)
    assert answer.headers.get("Location", f"/#{path}") == f"/#{path}"


def test_a_fragment_is_not_taken_for_the_shell_by_a_cache(spa: Portal) -> None:
    answer = get(spa, "/", headers=FRAGMENT)
    assert "X-Fragment" in answer.headers["Vary"] and answer.headers["Cache-Control"] == "no-store"
    assert "<head>" not in answer.text and "<head>" in get(spa, "/").text


def test_asking_for_notices_again_and_again_keeps_no_idle_session_alive(spa: Portal) -> None:
    who = Visitor(spa).log_in("B")
    number = who.session.cookies["phien"]
    row = hashlib.sha256(number.encode()).hexdigest()
    before = spa.rows("SELECT datetime(seen_at, '-10 minutes') FROM web_sessions WHERE id = ?", row)[0][0]
    spa.change("UPDATE web_sessions SET seen_at = ? WHERE id = ?", before + ".000000", row)
    assert who.get("/thong-bao/chua-doc").json()["signed_in"] is True
    assert spa.rows("SELECT seen_at FROM web_sessions WHERE id = ?", row)[0][0].startswith(before)
    who.get("/phien/giu")
    assert not spa.rows("SELECT seen_at FROM web_sessions WHERE id = ?", row)[0][0].startswith(before)


def test_notices_are_asked_for_without_end(page: Page, spa: Portal) -> None:
    page.goto(spa.url)
    for _ in range(2):
        with page.expect_response("**/thong-bao/chua-doc", timeout=10_000) as asked:
            pass
        assert asked.value.json() == {"unread": 0, "signed_in": False}


def test_no_view_breaks_the_content_security_policy(chromium: Browser, spa: Portal) -> None:
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    for path in ("/", "/thu-tuc", "/thu-tuc/1.001193", "/tra-cuu", "/phan-anh-kien-nghi", "/so-lieu", "/huong-dan"):
        page.goto(f"{spa.url}/#{path}")
        expect(page.get_by_role("main")).to_have_attribute("aria-busy", "false")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    policy = get(spa, "/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy and not complaints
    context.close()
