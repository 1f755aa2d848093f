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
    page.route(
        "http://127.0.0.1/**",
        lambda route: route.fulfill(body=f"<title>Cổng</title>{body}", content_type="text/html; charset=utf-8"),
    )
    page.goto("http://127.0.0.1/")
    allowed = frozenset({host or "127.0.0.1"})
    return prove(
        look(page), status=status, allowed_hosts=allowed, step="home", lexicon=load_lexicon(), log_in_expected=expected
    )


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
        ("<p>Yêu cầu của bạn đã bị từ chối bởi tường lửa. Mã sự kiện: 8812. VNPT WAF</p>", 200, PageKind.BLOCK),
        ("<div><h2>Truy cập bị chặn</h2><p>BKAV WAF phát hiện truy cập bất thường từ IP 10.0.0.1.</p></div>", 200, PageKind.BLOCK),
        ("<p>Request unsuccessful. Incapsula incident ID: 123-456</p>", 200, PageKind.BLOCK),
        ("<h1>Just a moment...</h1><p>Enable JavaScript and cookies to continue</p>", 403, PageKind.BLOCK),
        ("<h1>Xác minh bạn không phải là robot</h1><div><input type=checkbox aria-label='Tôi không phải là người máy'></div>", 200, PageKind.CAPTCHA),
        ("<p>Verify you are human by completing the action below.</p>", 200, PageKind.CAPTCHA),
        ("<h2>Cổng dịch vụ công đang được bảo trì, mời quay lại sau 22 giờ</h2>", 503, PageKind.MAINTENANCE),
        ("<header><nav><a href=/>Trang chủ</a></nav></header><main><p>Hệ thống đang gặp sự cố, vui lòng thử lại sau.</p></main>", 200, PageKind.ERROR),
        ("<h1>Không tìm thấy trang</h1>" + "<nav><a href=/a>Giới thiệu</a> <a href=/b>Tin tức và sự kiện của tỉnh</a></nav>" * 30, 200, PageKind.ERROR),
        ("<h1>Server Error in '/' Application.</h1><h2>Runtime Error</h2>", 200, PageKind.ERROR),
        ("<div id=app><div class=spinner></div></div>", 200, PageKind.BLANK),
        ("<noscript>x</noscript><div id=app>Đang tải dữ liệu...</div>", 200, PageKind.BLANK),
        ("<header><a href=/>Trang chủ</a></header><main></main><footer>UBND tỉnh</footer>", 200, PageKind.BLANK),
        ("<main><h1>Thông báo</h1><p>Phiên làm việc đã hết hạn. Vui lòng đăng nhập để tiếp tục.</p><a href=/vao>Đăng nhập</a></main>", 200, PageKind.LOG_IN_WALL),
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
        "<main><h1>Hướng dẫn khi gặp lỗi 404</h1><p>Lỗi 404 hay 'không tìm thấy trang' là khi địa chỉ sai.</p><a href=/>Về trang chủ</a></main>",
        "<main><h1>Thủ tục chấp thuận bảo trì công trình đường bộ</h1><p>Công trình đang được bảo trì phải có biển báo.</p><a href=/nop>Nộp trực tuyến</a></main>",
        "<main><h1>Cổng dịch vụ công bỏ captcha khi tra cứu</h1><p>Từ tháng 12, người dân không phải tick 'tôi không phải là người máy' nữa.</p></main>",
        "<main><h1>Thông báo: hệ thống đang bảo trì từ 22 giờ ngày 30/11 đến 2 giờ ngày 01/12</h1>" + LONG + "</main>",
        "<main><h1>Nộp hồ sơ</h1><div role=alert>Đã có lỗi xảy ra, vui lòng kiểm tra lại.</div><label for=a>Họ tên</label><input id=a><label for=b>Số CCCD</label><input id=b></main>",
        "<main><h1>Đăng ký cư trú</h1><label for=a>Họ tên</label><input id=a><p>Tôi không phải là người máy</p><label for=b>Số CCCD</label><input id=b></main>",
        LONG + "<aside><form><input type=password aria-label='Mật khẩu'></form></aside></main>",
        "<main><div role=status>Đang tải dữ liệu</div><h1>Danh sách thủ tục</h1><a href=/1>Cấp bản sao trích lục khai sinh</a></main>",
        "<main><p>Đăng nhập để nhận thông báo về hồ sơ của bạn.</p><label for=a>Tra cứu hồ sơ</label><input id=a></main>",
    ],
    ids=[
        "notice of maintenance", "help about errors", "lookup with captcha", "log-in box in the header", "short guide to error 404",
        "procedure of maintenance", "news about captcha", "news of a maintenance to come", "form with a message of error",
        "form with a check for robots", "log-in box at the side", "a list that still loads", "advice to log in",
    ],
)  # fmt: skip
def test_look_alikes_are_pages(page: Page, body: str) -> None:
    assert proof(page, body).kind is PageKind.PAGE


def test_another_host_is_elsewhere(page: Page) -> None:
    found = proof(page, LONG, host="dichvucong.example.vn")
    assert found.kind is PageKind.ELSEWHERE and "127.0.0.1" in found.why


def test_a_log_in_that_is_expected_is_a_page(page: Page) -> None:
    assert proof(
        page, "<main><form><label for=p>Mật khẩu</label><input id=p type=password></form></main>", expected=True
    ).holds


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
    search = (
        "<main><h1>Yêu cầu không hợp lệ</h1><form role=search><input type=search aria-label='Từ khóa'></form></main>"
    )
    assert proof(page, search, 400).kind is PageKind.ERROR
