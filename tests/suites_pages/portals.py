"""The portals on which the checks are tried: clean, wrong in one way per check, and look-alikes that are right.

One portal carries several faults that do not touch each other; each test asks for one of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from tests.suites_pages.small_portal import (
    EMBLEM,
    ENTRIES,
    FEEDBACK,
    FOOTER,
    GUIDE,
    LOOK_UP,
    MENU,
    NAME,
    OTHERS,
    PROCEDURES,
    TAG,
    TRAIL,
    WORDS,
    File,
    Portal,
    SmallPage,
    but,
    clean,
    with_pages,
)
from toantrinh.observations.site import PageName

GRADIENT = '<p style="background: linear-gradient(#fff, #eee)">Chữ trên nền chuyển màu.</p>'
HIDDEN_TEXT = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"


def faulty() -> Portal:
    """Guide and list are wrong in many ways, home and site map in a few."""
    footer = FOOTER.replace("<p>Địa chỉ: Số 1 đường Hòa Bình</p>", "")
    portal = with_pages(
        home=but(
            main=f'<p>{WORDS}</p><p style="color:#bbb;background:#fff">Chữ nhạt khó đọc.</p>',
            header=f"{EMBLEM}{NAME}<nav>{PROCEDURES} {LOOK_UP} {GUIDE} {OTHERS}</nav>",
            footer=FOOTER.replace("mailto:hotro@saomai.example", "/thu")
            .replace("hotro@saomai.example", "gửi thư")
            .replace("Tổng đài hỗ trợ", "Mã số thuế")
            .replace("tel:19001990", "/thue")
            .replace("1900 1990", "0109999982")
            .replace("https://dichvucong.gov.vn/", "https://dichvucong.gov.vn.example.com/"),
        ),
        services=but(
            title="Trang chủ",
            main=f'{TRAIL}<p>{unicodedata.normalize("NFD", WORDS)}</p><table style="width:1600px"><tr><td>Rộng</td></tr></table>'
            '<iframe src="/khung" title="Khung"></iframe><form><input autocomplete="linh-tinh" aria-label="Họ tên"></form>',
            footer=FOOTER.replace("https://dichvucong.gov.vn/", "/quoc-gia"),
            headers={
                "Content-Security-Policy": "script-src 'unsafe-inline' *",
                "Content-Encoding": "",
                "Server": "nginx/1.18.0",
                "Set-Cookie": "phien=0123456789abcdef0123456789abcdef; Path=/; Max-Age=8640000",
            },
            tag=TAG.replace("4064", "8981").replace("['trackPageView']", "['enableLinkTracking']"),
        ),
        guide=but(
            lang="",
            head="",
            main=f"<p>{WORDS}</p>",
            header=f"<nav>{PROCEDURES} {FEEDBACK} {GUIDE} {OTHERS}</nav>",
            footer=footer.replace("https://dichvucong.gov.vn/", "/quoc-gia")
            .replace("/so-do", "/khac")
            .replace("Sơ đồ cổng", "Khác"),
            tag="<!-- Begin EMC Tracking Code -->",
            headers={
                "Content-Type": "text/html",
                "Content-Security-Policy": "",
                "X-Content-Type-Options": "",
                "Referrer-Policy": "unsafe-url",
                "Permissions-Policy": "",
                "Cross-Origin-Opener-Policy": "",
            },
        ),
        site_map=but(
            main=f'{TRAIL}<p>{WORDS}</p><ul><li><a href="/muc">Mục</a></li></ul>',
            footer=FOOTER.replace("https://dichvucong.gov.vn/", "/quoc-gia"),
            tag=TAG.replace("</script>", "_govaq.push(['trackPageView']);</script>"),
        ),
        english=but(
            lang="vi", header="", footer="", main=f"<p>{'The guide for you and for the officers of the town. ' * 6}</p>"
        ),
    )
    portal["/khung"] = File(
        "text/html", '<html><title>k</title><img src="/style.css"></html>', {"X-Frame-Options": "SAMEORIGIN"}
    )
    portal["/robots.txt"] = File("text/plain", "User-agent: *\nDisallow: /huong-dan\n")
    portal["/style.css"] = File("text/css", "body { color: #111 }" + " /* đệm */" * 200, {"Cache-Control": "no-store"})
    return portal


def lookalike() -> Portal:
    """What looks like a fault and is none."""
    entries = ENTRIES.replace("<li>", "<p>").replace("</li>", "</p>")
    hidden_menu = MENU.replace(FEEDBACK, '<span hidden><a href="/p">Góp ý</a></span>')
    current = hidden_menu.replace(GUIDE, "<strong>Hướng dẫn</strong> <a href='/moi'>Mới</a>")
    drawn = '<a href="/" style="display:inline-block;width:48px;height:48px;background:url(/style.css)" aria-label="Về"></a>'
    written_tag = (
        '<script nonce="NONCE">!function(q,w,u){q=w._govaq=w._govaq||[];q.push(["setTrackerUrl",u+"/tracking"]);q.push(["setSiteId","4064"]);'
        'q.push(["trackPageView"]);setTimeout(function(){var s=document.createElement("script");s.src=u+"/embed/gov-tracking.min.js";'
        'document.head.appendChild(s)},50)}(0,window,"COLLECTOR")</script>'
    )
    contacts = FOOTER.replace("https://dichvucong.gov.vn/", "https://www.dichvucong.gov.vn/p/home/")
    contacts = contacts.replace('<a href="tel:19001990">1900 1990</a>', "1900 1990")
    contacts = contacts.replace(
        '<a href="mailto:hotro@saomai.example">hotro@saomai.example</a>', "hotro[at]saomai.example"
    )
    policy = "script-src 'nonce-NONCE' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; base-uri 'self'"
    portal = with_pages(
        home=but(
            header=f'{drawn}<span style="{HIDDEN_TEXT}">{NAME}</span> Thông báo (3)<nav>{hidden_menu}</nav>',
            main=f"<p>{WORDS}</p>{GRADIENT}<p style='color:#eee;display:none'>ẩn</p><img src='/style.css' alt=''>"
            '<p style="position:absolute;left:-9999px">Bỏ qua</p>',
            head='<meta name="description" content="Trang đầu của cổng.">',
            footer=f"{contacts}<p>Lượt xem: 1021</p>",
            tag=written_tag,
            headers={
                "Content-Security-Policy": policy,
                "X-Frame-Options": "SAMEORIGIN",
                "Server": "nginx",
                "Via": "1.1 proxy",
                "Referrer-Policy": "no-referrer, strict-origin-when-cross-origin",
            },
        ),
        services=but(
            lang="vi-VN",
            header=f"{EMBLEM}{NAME}<nav>{hidden_menu}</nav>",
            main=f'{TRAIL}<p>{WORDS} x̄ȳ</p><div style="overflow-x:auto"><table style="width:1600px"><tr><td>Rộng</td></tr>'
            '</table></div><form><input autocomplete="name" aria-label="Họ tên"></form>',
            head='<meta http-equiv="content-type" content="text/html; charset=UTF-8">'
            '<meta name="description" content="Danh sách.">',
            footer=contacts,
            headers={
                "Content-Type": "text/html",
                "Set-Cookie": "_ga=GA1.2.1234567890.1234567890; Path=/; Max-Age=63072000",
            },
        ),
        guide=but(
            header=f"{EMBLEM}<span>{NAME}</span> Thông báo (7)<nav>{current}</nav>",
            main=f'<ol class="breadcrumb"><li><a href="/">Trang chủ</a></li><li>Hướng dẫn</li></ol><p>{WORDS}</p>',
            footer=f"{contacts}<p>Lượt xem: 1033</p>",
        ),
        site_map=but(
            header=f"{EMBLEM}{NAME}<nav>{hidden_menu}</nav>",
            main=f"{TRAIL}<p>{WORDS} Google Maps, Facebook, VNeID, Zalo Official Account.</p>{entries}",
            footer=contacts,
        ),
    )
    portal["/robots.txt"] = File(
        "text/plain", "User-agent: BadBot\nDisallow: /\n\nUser-agent: *\nDisallow: /quan-tri\n"
    )
    portal["/style.css"] = File(
        "text/css", "a{}", {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache", "ETag": '"1"'}
    )
    return portal


def same_language() -> Portal:
    """The language switch leads to the Vietnamese home page again."""
    portal = clean()
    home = portal["/"]
    assert isinstance(home, SmallPage)
    portal["/en/"] = home
    return portal


def bare() -> Portal:
    """No measuring tag, no label, no site map, no link to the national portal, no header and footer elements."""
    return {
        "/": replace(
            SmallPage("Trang chủ", f"<p>{WORDS}</p>"), tag="", header="", footer="", headers={"Set-Cookie": ""}
        )
    }


def blocked_tag() -> Portal:
    """The tag stands in the source, and the page's own policy forbids its script; its label is hidden."""
    return with_pages(
        home=but(
            headers={"Content-Security-Policy": "script-src 'nonce-NONCE'; object-src 'none'; base-uri 'none'"},
            footer=FOOTER.replace('id="yhy-append"', 'id="yhy-append" hidden'),
        )
    )


def national_tag() -> Portal:
    """The tag in its broken http form, pointed at the real host, which a test never reaches."""
    return with_pages(home=but(tag=TAG.replace("COLLECTOR", "http://f-emc.ngsp.gov.vn")))


def framed_tag() -> Portal:
    """The tag is in a frame only."""
    portal = with_pages(home=but(tag="", main=f'<p>{WORDS}</p><iframe src="/khung" title="Đo"></iframe>'))
    portal["/khung"] = SmallPage(
        "Khung", "", headers={"Content-Security-Policy": "script-src 'unsafe-inline' COLLECTOR"}
    )
    return portal


def error_page() -> Portal:
    """The home page answers, and is an error page."""
    return {"/": SmallPage("Không tìm thấy trang", "<p>Không tìm thấy trang.</p>", header="", footer="", tag="")}


def by_button() -> Portal:
    """The list is behind a button, the guide only in the site map; a link elsewhere has the right words."""
    button = "<button onclick=\"location.href='/thu-tuc'\">Thủ tục hành chính</button>"
    portal = with_pages(
        home=but(
            header=f'{EMBLEM}{NAME}<nav>{button} <a href="https://khac.example/">Hướng dẫn</a></nav>',
            headers={"Content-Security-Policy": ""},
            tag="",
        ),
        site_map=but(header=f"{EMBLEM}{NAME}", main=f'<a href="/huong-dan">Hướng dẫn sử dụng</a><p>{WORDS}</p>'),
    )
    return portal


ALL = (PageName.HOME, PageName.SITE_MAP, PageName.SERVICES, PageName.GUIDE, PageName.ENGLISH)
HOME = (PageName.HOME,)
# Which portal, and which of its pages are visited.
PORTALS: dict[str, tuple[Callable[[], Portal], tuple[PageName, ...]]] = {
    "clean": (clean, ALL),
    "faulty": (faulty, ALL),
    "lookalike": (lookalike, ALL),
    "same-language": (same_language, (PageName.HOME, PageName.ENGLISH)),
    "bare": (bare, ALL),
    "blocked-tag": (blocked_tag, HOME),
    "national-tag": (national_tag, HOME),
    "framed-tag": (framed_tag, HOME),
    "error-page": (error_page, HOME),
    "by-button": (by_button, (*ALL[:4], PageName.SERVICE, PageName.FIGURES)),
}
