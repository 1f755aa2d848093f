"""Proof of page: what is no page of the system is named, and what only speaks of trouble is not taken for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from toantrinh.driver.eyes import look
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.proof import prove
from toantrinh.observations.page import PageKind, ProofOfPage

LONG = "<main><h1>Thông báo của tỉnh</h1>" + "<p>Nội dung thông thường của một trang dài, có nhiều chữ.</p>" * 40


def proof(page: Page, body: str, status: int | None = 200, *, expected: bool = False, host: str = "") -> ProofOfPage:
    page.route("http://127.0.0.1/**", lambda route: route.fulfill(body=f"<title>Cổng</title>{body}", content_type="text/html; charset=utf-8"))
    page.goto("http://127.0.0.1/")
    allowed = frozenset({host or "127.0.0.1"})
    return prove(look(page), status=status, allowed_hosts=allowed, step="home", lexicon=load_lexicon(), log_in_expected=expected)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("<h1>Request Rejected</h1><p>The requested URL was rejected. Your support ID is: 123</p>", 200, PageKind.BLOCK),
        ("<h1>Attention Required! | Cloudflare</h1>", 403, PageKind.BLOCK),
        ("<p>Bạn đã gửi quá nhiều yêu cầu</p>", 429, PageKind.BLOCK),
        ("<h1>Hệ thống đang bảo trì</h1><p>Mời quay lại sau.</p>", 200, PageKind.MAINTENANCE),
        ("<h1>Không tìm thấy trang</h1><a href=/>Về trang chủ</a>", 200, PageKind.ERROR),
        ("<h1>Welcome to nginx!</h1><p>Thank you for using nginx.</p>", 200, PageKind.ERROR),
        (LONG, 500, PageKind.ERROR),
        ("", 200, PageKind.BLANK),
        ("<form><label for=c>Mã bảo mật</label><input id=c><button>Xác nhận</button></form>", 200, PageKind.CAPTCHA),
        ("<main><form><label for=p>Mật khẩu</label><input id=p type=password></form></main>", 200, PageKind.LOG_IN_WALL),
    ],
)  # fmt: skip
def test_what_is_no_page_of_the_system_is_named(page: Page, body: str, status: int, kind: PageKind) -> None:
    found = proof(page, body, status)
    assert found.kind is kind and found.why and not found.holds


@pytest.mark.parametrize(
    "body",
    [
        LONG + "<p>Tối nay hệ thống đang bảo trì từ 22 giờ.</p></main>",
        LONG + "<p>Lỗi 404 thường gặp: không tìm thấy trang.</p></main>",
        "<main><h1>Tra cứu hồ sơ</h1><label for=a>Mã hồ sơ</label><input id=a><label for=c>Mã bảo mật</label><input id=c></main>",
        "<header><form><input type=password aria-label='Mật khẩu'></form></header>" + LONG,
    ],
    ids=["notice of maintenance", "help about errors", "lookup with captcha", "log-in box in the header"],
)  # fmt: skip
def test_look_alikes_are_pages(page: Page, body: str) -> None:
    assert proof(page, body).kind is PageKind.PAGE


def test_another_host_is_elsewhere(page: Page) -> None:
    found = proof(page, LONG, host="dichvucong.example.vn")
    assert found.kind is PageKind.ELSEWHERE and "127.0.0.1" in found.why


def test_a_log_in_that_is_expected_is_a_page(page: Page) -> None:
    assert proof(page, "<main><form><label for=p>Mật khẩu</label><input id=p type=password></form></main>", expected=True).holds


@pytest.mark.parametrize(
    ("header", "state"),
    [("<a href=/x>Đăng nhập</a>", False), ("<button>Đăng xuất</button>", True), ("<a href=/y>Liên hệ</a>", None)],
)
def test_the_log_in_state_is_part_of_the_proof(page: Page, header: str, state: bool | None) -> None:
    assert proof(page, f"<header>{header}</header>" + LONG).logged_in is state


def test_a_form_shown_again_because_of_what_was_entered_is_a_page(page: Page) -> None:
    form = "<main><form><label for=m>Mã hồ sơ</label><input id=m><button>Tra cứu</button></form></main>"
    assert proof(page, form, 422).holds


def test_an_error_page_with_nothing_but_a_search_box_is_an_error(page: Page) -> None:
    search = "<main><h1>Yêu cầu không hợp lệ</h1><form role=search><input type=search aria-label='Từ khóa'></form></main>"
    assert proof(page, search, 400).kind is PageKind.ERROR
