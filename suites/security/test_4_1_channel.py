"""4.1 Kênh truyền."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.judgement import not_applicable
from toantrinh.observations.site import PageFacts

YEAR_S = 31_536_000
MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d+)", re.I)


@check("channel.https-everywhere")
def test_https_everywhere(site: SiteRecord) -> None:
    """Mọi địa chỉ đã xem là https."""
    pages = _pages(site)
    site.each(
        pages, lambda page: "" if page.secure else "trang dùng http, không mã hóa", expected="mọi trang dùng https"
    )


@check("channel.hsts")
def test_hsts_is_long_enough(site: SiteRecord) -> None:
    """Strict-Transport-Security có max-age ít nhất một năm (31.536.000 giây)."""

    def fault(page: PageFacts) -> str:
        if not page.secure:
            return "trang dùng http nên không thể có HSTS"
        found = MAX_AGE.search(page.headers.get("strict-transport-security", ""))
        if not found:
            return "không có Strict-Transport-Security"
        return f"max-age chỉ {found.group(1)} giây" if int(found.group(1)) < YEAR_S else ""

    site.each(_pages(site), fault, expected="Strict-Transport-Security: max-age từ 31.536.000 giây")


@check("channel.no-mixed-content")
def test_no_mixed_content(site: SiteRecord) -> None:
    """Không tài nguyên hay đích biểu mẫu nào dùng http trên trang https."""

    def fault(page: PageFacts) -> str:
        loaded = [found.address for found in page.resources if found.address.startswith("http:")]
        refused = [text for text in page.blocked if text.startswith("http:")]
        mixed = [f"tài nguyên {address}" for address in dict.fromkeys([*loaded, *refused])]
        mixed += [f"biểu mẫu gửi tới {address}" for address in page.insecure_forms]
        return "; ".join(mixed[:4])

    pages = [page for page in _pages(site) if page.secure]
    if not pages:
        not_applicable("không trang nào dùng https nên không có nội dung trộn")
    site.each(pages, fault, expected="mọi tài nguyên và đích biểu mẫu dùng https")


def _pages(site: SiteRecord) -> list[PageFacts]:
    """The pages to judge. Plain HTTP on this machine is no channel that anybody could listen to."""
    pages = site.pages()
    if site.system.is_loopback and not any(page.secure for page in pages):
        not_applicable("hệ thống chạy trên chính máy này (loopback) bằng http, không có kênh truyền để xét")
    return pages
