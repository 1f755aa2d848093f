"""Covered and cut controls, the menu, text made larger or spaced, narrow windows: by pages in a real browser.

Given a small page, when it is measured and a check judges the record, then the verdict and its words are these.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.geometry import GeometryRecord
from suites.accessibility import test_5_4_zoom as a54
from suites.layout import test_2_3_every_screen as l23
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.geometry import GeometryFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.sight.geometry import geometry_of
from toantrinh.store import Store
from toantrinh.verdicts import Verdict

Measure = Callable[..., GeometryRecord]
Check = Callable[[GeometryRecord], None]
P, F, HALF, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NEEDS_REVIEW
COVERED, CUT, MENU = l23.test_no_control_is_covered, l23.test_no_control_is_cut, l23.test_menu_is_reachable
LARGE, NARROW, SPACED = a54.test_text_at_200_percent, a54.test_page_reflows_at_400_percent, a54.test_text_with_spacing
CHECKS = (COVERED, CUT, MENU, LARGE, NARROW, SPACED)

ENTRIES = "".join(f'<a href="/{n}">Mục số {w}</a> ' for n, w in enumerate(("một", "hai", "ba", "bốn")))
HEAD = f"<header><nav aria-label='Chính'>{ENTRIES}</nav></header>"
FOOT = f"<footer><div style='{{style}}'>{ENTRIES}</div></footer>"
LINES = "<p>Người dân nộp hồ sơ trên mạng và nhận kết quả tại nhà.</p>"
LONG = LINES * 40
HIDE = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"


def html(body: str, css: str = "", head: str = HEAD, meta: str = "") -> str:
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang</title>{meta}'
        f'<meta name="viewport" content="width=device-width"><style>nav a {{ margin: 8px }} {css}</style></head>'
        f"<body>{head}<main>{body}</main></body></html>"
    )


BURGER = (
    "<header><button id=mo aria-expanded=false {label}onclick=\"n.classList.toggle('mo');"
    "this.setAttribute('aria-expanded', n.classList.contains('mo'))\">{text}</button>"
    f"<nav id=n aria-label='Chính'>{ENTRIES}</nav></header>"
)
NARROW_MENU = "#mo { display: none } @media (max-width: 900px) { #mo { display: block } #n { display: none } #n.mo { display: block } }"

RIGHT: dict[str, str] = {
    "sized-by-a-late-script": html(
        f"<div id=bang style='overflow:hidden'>{LINES}</div><script>const fit = () => bang.style.width = document.documentElement"
        ".clientWidth - 20 + 'px'; let later; fit(); addEventListener('resize', () => { clearTimeout(later); later = setTimeout(fit, 150); })</script>"
    ),
    "glides-to-its-width": html(
        f"<div class=cot>{LINES}<button>Nộp</button></div>",
        ".cot { width: 400px; transition: all .4s } @media (max-width: 420px) { .cot { width: 100% } }",
    ),
    "plain": html(f"<h1>Trang chủ</h1>{LINES}<button>Tìm</button><label>Họ tên <input></label>"),
    "sticky-header": html(
        LONG.replace("hồ sơ", "<a href='/h'>hồ sơ</a>"), "header { position: sticky; top: 0; background: #fff }"
    ),
    "fixed-bar-with-room": html(
        LONG.replace("hồ sơ", "<a href='/h'>hồ sơ</a>") + "<div class=bar>Tổng đài 1900 1990</div>",
        ".bar { position: fixed; bottom: 0; left: 0; right: 0; height: 40px; background: #eee } body { padding-bottom: 60px }",
    ),
    "button-for-the-enter-key": html(
        f"<form><button style='{HIDE}' tabindex=-1 aria-hidden=true>Tiếp tục</button><div class=card><h2>Giấy tờ</h2>{LINES}"
        "<button>Tiếp tục</button></div></form>",
        ".card { position: relative; margin-top: -6px; padding: 12px; background: #eee } button { padding: 12px 20px }",
    ),
    "notices-that-float": html(
        LINES + "<div class=toasts>" + "<div role=status>Đã tải lên: to-khai-dang-ky-khai-sinh.pdf</div>" * 6 + "</div>",
        ".toasts { position: fixed; right: 16px; top: 60px; width: 240px } .toasts div { padding: 12px; margin: 6px; font-size: 1.6rem }",
    ),
    "open-dialog": html(
        f"{LINES}<button>Tìm</button><a href='/a'>Xem</a><dialog id=d><p>Thông báo</p><button>Đóng</button></dialog><script>d.showModal()</script>"
    ),
    "stretched-link": html(
        "<div class=card><h2><a class=all href='/the'>Thẻ dịch vụ</a></h2><p>Mô tả ngắn</p><a class=top href='/khac'>Nộp</a>"
        "<a href='/the'>Xem thêm</a></div>",
        ".card { position: relative; padding: 12px } .all::after { content: ''; position: absolute; inset: 0 } .top { position: relative; z-index: 1 }",
    ),
    "labels-over-inputs": html(
        "<div class=f><input id=ten placeholder=' '><label for=ten>Họ và tên của người nộp hồ sơ</label></div>"
        "<label class=o><input type=checkbox><span>Tôi đồng ý</span></label>",
        ".f { position: relative; margin-bottom: 90px } .f input { width: 220px; height: 36px } .f label { position: absolute; left: 0; top: 0; width: 220px; height: 36px; overflow: visible }"
        " .o { position: relative; display: block } .o input { width: 20px; height: 20px } .o span { position: absolute; inset: 0 }",
    ),
    "skip-link-and-drawer": html(
        f"<a class=skip href='#nd'>Bỏ qua</a><aside class=drawer><a href='/k'>Khác</a></aside><div id=nd>{LINES}</div>"
        f"<span style='{HIDE}'><a href='#nd'>Tới nội dung</a></span>",
        ".skip { position: absolute; left: -9999px } .drawer { position: fixed; left: 0; top: 0; width: 240px; transform: translateX(-100%) } ",
    ),
    "eye-in-password": html(
        "<div style='position:relative;width:260px'><input type=password style='width:250px;height:36px' aria-label='Mật khẩu'>"
        "<button style='position:absolute;right:12px;top:6px;height:24px;width:24px' aria-label='Hiện'>o</button></div>"
    ),
    "carousel-and-dots": html(
        "<div class='carousel'><div class=row>" + "".join(f"<a href='/{n}'>Tin tức số {n}</a>" for n in range(9)) + "</div></div>"
        "<div class=dots title='Quyết định về việc công bố thủ tục hành chính'><a href='/q'>Quyết định về việc công bố thủ tục hành chính của tỉnh</a></div>",
        ".carousel { overflow: hidden; width: 300px } .row { display: flex; width: 1800px } .row a { width: 200px; flex: none }"
        " .dots { width: 180px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }",
    ),
    "accordion-and-more": html(
        f"<button aria-expanded=false>Xem câu trả lời</button><div style='height:0;overflow:hidden'><a href='/tl'>Trả lời</a>{LINES}</div>"
        f"<div style='max-height:90px;overflow:hidden'>{LINES * 4}</div><div style='height:60px;overflow:auto'>{LINES * 6}</div>"
    ),
    "menu-behind-a-button": html(LINES, NARROW_MENU, BURGER.format(label="aria-label='Menu' ", text="☰")),
    "menu-that-stays-at-the-bottom": html(LINES + FOOT.format(style="position:fixed;bottom:0;left:0;right:0;background:#fff"), "@media (max-width: 900px) { nav { display: none } }"),
    "menu-behind-a-button-everywhere": html(LINES, NARROW_MENU.replace("@media (max-width: 900px)", "@media all"), BURGER.format(label="", text="Menu")),
    "rem-boxes": html(
        "<div style='height:2rem;overflow:hidden'>Chữ trong hộp cao hai rem</div>"
        "<div class=hai><nav>Mục lục của trang hướng dẫn</nav><div>Nội dung của trang hướng dẫn nộp hồ sơ</div></div>",
        ".hai { display: grid; grid-template-columns: 50rem 20rem; overflow: hidden; width: 100%; white-space: nowrap } @media (max-width: 1300px) { .hai { display: block; white-space: normal } }",
    ),
    "wide-data-table": html(
        "<h1>Số liệu</h1><div style='overflow-x:auto'><table style='width:1100px'><tr><th>Năm</th><th>Số</th></tr><tr><td>2025</td><td>1</td></tr></table></div>"
    ),
    "hidden-words": html(
        f"<table><thead style='{HIDE}'><tr><th>Hình thức nộp hồ sơ</th></tr></thead><tr><td>Trực tuyến</td></tr></table>"
        f"<p><a href='/2'><span style='{HIDE}'>Trang</span> 2</a> <a href='/3'><span style='{HIDE}'>Trang</span> 3</a></p>"
    ),
    "flexible-boxes": html(
        "<div style='min-height:40px;border:1px solid'>Chữ dài hơn một dòng một chút</div><button style='padding:.5em 1em;line-height:20px'>Nộp hồ sơ</button>"
        "<div style='height:3em;overflow:hidden;line-height:1.4'>Hai dòng chữ thôi</div>"
    ),
}  # fmt: skip

WRONG: list[tuple[str, Check, str, Verdict, tuple[str, ...]]] = [
    (
        "picture-over-button", COVERED,
        html("<div style='position:relative;display:inline-block'><button id=gui>Gửi hồ sơ</button><div id=anh style='position:absolute;inset:0;background:#ccc'></div></div>" + LINES),
        REVIEW, ("Gửi hồ sơ", "#anh", "#gui"),
    ),
    (
        "two-buttons", COVERED,
        html("<div style='position:relative;height:60px;width:600px'><button id=mot style='position:absolute;left:0;width:120px'>Lưu nháp</button>"
             "<button id=hai style='position:absolute;left:20px;width:120px'>Nộp hồ sơ</button></div>"),
        F, ("Lưu nháp", "#hai", "1366", "360"),
    ),
    (
        "link-over-link", COVERED,
        html("<div class=card><a class=all href='/the'>Thẻ dịch vụ</a><p>Mô tả</p><a id=nop href='/nop'>Nộp hồ sơ</a></div>",
             ".card { position: relative; padding: 12px } .all::after { content: ''; position: absolute; inset: 0 }"),
        F, ("Nộp hồ sơ", "#nop", "Thẻ dịch vụ"),
    ),
    (
        "fixed-bar-over-the-end", COVERED,
        html(LONG + "<p style='margin:0'><a id=cuoi href='/c'>Sơ đồ cổng</a></p><div id=thanh style='position:fixed;bottom:0;left:0;right:0;height:80px;background:#eee'>Tổng đài</div>",
             "body { margin-bottom: 0 }"),
        F, ("Sơ đồ cổng", "#thanh"),
    ),
    (
        "only-on-the-phone", COVERED,
        html("<div style='position:relative;height:80px'><button id=mot style='position:absolute;left:0;width:300px'>Nộp trực tuyến</button>"
             "<button id=hai style='position:absolute;right:0;width:300px'>Nộp trực tiếp</button></div>"),
        F, ("Nộp trực tuyến", "ở 360 điểm ảnh"),
    ),
    (
        "cut-by-its-box", CUT,
        html("<div id=hop style='height:30px;overflow:hidden'><div style='height:18px'></div><button id=gui style='height:32px'>Gửi hồ sơ</button></div>"),
        F, ("Gửi hồ sơ", "#hop", "#gui"),
    ),
    (
        "beyond-the-edge", CUT,
        html("<div style='width:500px;display:flex;justify-content:space-between'><span>Bước 1</span><button id=tiep style='width:220px'>Tiếp tục</button></div>",
             "body { overflow-x: hidden }"),
        F, ("Tiếp tục", "mép trang", "ở 360 điểm ảnh"),
    ),
    ("left-of-the-page", CUT, html("<p style='margin-left:-60px'><button id=lui style='width:100px'>Quay lại</button></p>"), F, ("Quay lại", "mép trang")),
    ("menu-gone", MENU, html(LINES, "@media (max-width: 900px) { nav { display: none } }"), F, ("4/4 mục menu", "360", "768")),
    ("menu-button-without-name", MENU, html(LINES, NARROW_MENU, BURGER.format(label="", text="<i class=bars></i>").replace("id=mo", "id=mo class=menu-toggle")), F, ("không có tên", "#mo")),
    ("menu-button-dead", MENU, html(LINES, NARROW_MENU, BURGER.format(label="aria-label='Menu' ", text="☰").replace("n.classList.toggle('mo')", "1")), F, ("4/4 mục menu", "bấm thử")),
    ("menu-in-the-footer-alone", MENU, html(LINES + FOOT.format(style=""), "@media (max-width: 900px) { nav { display: none } }"), REVIEW, ("4/4 mục menu", "cuối trang có 4 mục")),
    ("no-menu", MENU, html(LINES, head=""), REVIEW, ("không nhận ra menu",)),
    ("fixed-height", LARGE, html("<div id=hop style='height:26px;overflow:hidden;width:600px'>Thông báo về việc nộp hồ sơ</div>"), F, ("Thông báo về việc", "cắt theo bề cao", "#hop")),
    ("lines-run-together", LARGE, html("<div style='height:24px;width:300px' id=tren>Tên thủ tục hành chính dài</div><div>Cơ quan giải quyết hồ sơ</div>"), F, ("đè lên nhau", "Cơ quan giải quyết", "#tren")),
    ("low-input", LARGE, html("<input id=o style='height:22px;font-size:16px' aria-label='Họ tên'>"), F, ("Họ tên", "#o")),
    ("spaced-out-of-its-box", SPACED, html("<div id=hop style='width:190px;white-space:nowrap;overflow:hidden;font:16px monospace'>Nộp hồ sơ trực tuyến</div>"), F, ("Nộp hồ sơ", "cắt theo bề rộng", "#hop")),
    ("spaced-lines", SPACED, html("<div id=hop style='width:300px;height:44px;overflow:hidden;font:20px/1.05 sans-serif'>Nộp hồ sơ trực tuyến và nhận kết quả tại nhà</div>"), F, ("Nộp hồ sơ", "#hop")),
    ("wide-block", NARROW, html(f"<div id=rong style='width:700px'>{LINES}</div>"), F, ("#rong", "cuộn ngang")),
    ("layout-table", NARROW, html(f"<table id=b style='width:700px'><tr><td>{LINES}</td><td>{LINES}</td></tr></table>"), F, ("#b", "cuộn ngang")),
    ("lost-at-320", NARROW, html(f"<div id=rong style='width:700px'>{LINES}</div>", "body { overflow-x: hidden }"), F, ("Người dân", "mép trang", "320")),
    ("wide-picture", NARROW, html("<img id=anh alt='Ảnh' style='width:600px;height:100px;display:block' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"), REVIEW, ("#anh",)),
]  # fmt: skip


@pytest.fixture
def measure(chromium: Browser, tmp_path: Path) -> Measure:
    """Measures pages, each in a context of its own; the record calls them home, services, …"""
    store = Store(tmp_path)

    def of(*sources: str) -> GeometryRecord:
        found = {}
        for name, source in zip(PageName, sources, strict=False):
            context = chromium.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
            page = context.new_page()
            page.set_content(source)
            found[name] = store.observe(f"geometry/{name}", GeometryFacts, lambda kept, page=page: geometry_of(page, kept))
            assert page.viewport_size == {"width": 1366, "height": 768}
            context.close()
        return GeometryRecord(found)

    return of


@pytest.mark.parametrize("page", RIGHT)
def test_silent_where_all_is_right(measure: Measure, page: str) -> None:
    record = measure(RIGHT[page])
    assert record.looks[PageName.HOME].reason == ""
    assert {check.__name__: said for check in CHECKS if (said := verdict_of(check, record))[0] is not P} == {}


@pytest.mark.parametrize(("check", "source", "wanted", "said"), [case[1:] for case in WRONG], ids=[c[0] for c in WRONG])
def test_names_what_is_wrong(measure: Measure, check: Check, source: str, wanted: Verdict, said: tuple[str, ...]) -> None:
    record = measure(source)
    verdict, words = verdict_of(check, record)
    assert verdict is wanted, words or record.looks[PageName.HOME].reason
    for word in said:
        assert word in words


def test_the_fault_is_pictured(measure: Measure, tmp_path: Path) -> None:
    record = measure(next(case[2] for case in WRONG if case[0] == "two-buttons"))
    verdict_of(COVERED, record)
    picture = tmp_path / record.evidence[0].path
    assert picture.suffix == ".png"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_one_cause_on_two_pages_is_one_finding(measure: Measure) -> None:
    wrong = next(case[2] for case in WRONG if case[0] == "fixed-height")
    verdict, words = verdict_of(LARGE, measure(wrong, wrong.replace("Thông báo", "Hướng dẫn"), RIGHT["plain"]))
    assert verdict is HALF
    assert words.count("cắt theo bề cao") == 2  # once in the message, once in what was seen
    assert "Trang chủ, Danh sách thủ tục" in words


def test_a_strict_policy_and_overridden_globals_do_not_hinder(measure: Measure) -> None:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">"
    spoiled = "<script>JSON.stringify = () => '{}'; Array.prototype.map = () => []; window.getComputedStyle = null;</script>"
    body = "<div id=hop style='height:26px;overflow:hidden;width:600px'>Thông báo về việc nộp hồ sơ</div>" + spoiled
    verdict, words = verdict_of(LARGE, measure(html(body, meta=policy)))
    assert (verdict, "#hop" in words) == (F, True)


def test_the_page_is_left_as_it_was(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.set_content(html(LONG + "<b style='font-size: 20px !important;'>Đậm</b>", NARROW_MENU, BURGER.format(label="", text="Menu").replace("<nav ", "<nav class=rong ")))
    page.evaluate("scrollTo(0, 300)")
    before = page.evaluate("[document.body.outerHTML, scrollY, innerWidth, document.adoptedStyleSheets.length]")
    Store(tmp_path).observe("geometry/home", GeometryFacts, lambda kept: geometry_of(page, kept))
    assert page.evaluate("[document.body.outerHTML, scrollY, innerWidth, document.adoptedStyleSheets.length]") == before
    context.close()


def test_a_box_that_was_scrolled_stands_as_it_did(chromium: Browser, tmp_path: Path) -> None:
    """Controls are brought into sight one after the other, those in a box that scrolls by itself, too."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_content(html(f"<div id=hop style='height:60px;overflow:auto'>{LINES * 6}<a href='/cuoi'>Cuối</a></div>"))
    seen = Store(tmp_path).observe("geometry/home", GeometryFacts, lambda kept: geometry_of(page, kept)).data
    assert seen and all(not screen.covered and not screen.cut for screen in seen.screens)
    assert page.evaluate("document.querySelector('#hop').scrollTop") == 0
    context.close()


def test_a_control_under_a_bar_that_floats_is_free_where_scrolling_brings_it_out(measure: Measure) -> None:
    bar = "<div style='position:fixed;top:0;left:0;right:0;height:120px;background:#eee'>Cổng dịch vụ công</div>"
    link, room = "<p><a href='/tren'>Liên kết dưới thanh</a></p>", "<p style='height:900px'></p>"
    record = measure(html(bar + link + LONG + room, head=""), html(bar + room + link + LONG + room, head=""))
    covered = {
        name: [one.element.name for screen in seen.data.screens for one in screen.covered]
        for name, seen in record.looks.items()
        if seen.data
    }
    assert covered == {PageName.HOME: ["Liên kết dưới thanh"] * 3, PageName.SERVICES: []}  # above the page is nothing
