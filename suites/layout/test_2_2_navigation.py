"""2.2 Điều hướng."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.judgement import Grounds, partial
from toantrinh.observations.site import PageFacts, PageName
from toantrinh.observers.wayfinding import at_home

ENTRIES = {
    "thủ tục hoặc dịch vụ công": ("service-list",),
    "tra cứu hồ sơ": ("look-up",),
    "phản ánh kiến nghị": ("feedback",),
    "hỗ trợ": ("support", "guide", "questions"),
    "đăng nhập": ("log-in",),
}
LEAST = 45


@check("layout.menu-entries")
def test_menu_entries(site: SiteRecord) -> None:
    """Menu dẫn tới thủ tục hoặc dịch vụ công, tra cứu hồ sơ, phản ánh kiến nghị, hỗ trợ và đăng nhập."""
    page, lexicon = site.page(PageName.HOME), load_lexicon(site.system.labels)
    menu = [link for link in page.links if link.landmark in ("header", "nav")]
    gone = [
        entry
        for entry, intents in ENTRIES.items()
        if not any(lexicon[intent].nearness(link.text) >= LEAST for intent in intents for link in menu)
    ]
    if not gone:
        return
    expected, seen = ", ".join(ENTRIES), ", ".join(f"“{link.text}”" for link in menu if link.text)[:400]
    message = f"menu không có mục {', '.join(gone)}"
    if not site.verified or len(gone) == len(ENTRIES):
        site.missing(message, expected=expected, seen=seen or "không có menu", where=page.address)
    partial(1 - len(gone) / len(ENTRIES), message, Grounds(expected=expected, seen=seen, where=page.address))


@check("layout.breadcrumb")
def test_breadcrumb(site: SiteRecord) -> None:
    """Mỗi trang bên trong có đường dẫn vị trí, các mục cha bấm được."""

    def fault(page: PageFacts) -> str:
        parents = [link for link in page.breadcrumb if at_home(link.address, page.address)]
        return "" if parents else "không có đường dẫn vị trí với mục cha bấm được"

    pages = site.vietnamese(without=[PageName.HOME, PageName.LOG_IN])
    if not site.verified and not any(page.breadcrumb for page in pages):
        expected = "đường dẫn vị trí trên mỗi trang bên trong"
        site.missing("không thấy đường dẫn vị trí ở trang nào", expected=expected, where=pages[0].address)
    site.each(pages, fault, expected="đường dẫn vị trí có mục cha bấm được")


@check("layout.no-dead-end")
def test_no_dead_end(site: SiteRecord) -> None:
    """Từ mọi trang có liên kết trở về trang chủ hoặc mục cha."""
    home = site.page(PageName.HOME).address

    def fault(page: PageFacts) -> str:
        others = [a for link in page.links if at_home(a := link.address, home) and a.split("#")[0] != page.address]
        return "" if others else "không có liên kết nào tới trang khác của cổng"

    site.each(site.pages(without=[PageName.HOME]), fault, expected="liên kết về trang chủ hoặc mục cha")
