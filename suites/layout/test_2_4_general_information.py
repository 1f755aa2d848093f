"""2.4 Thông tin chung."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from fixtures.checks import check
from fixtures.pages import SiteRecord
from fixtures.translation import TranslationRecord
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.judgement import Grounds, fail, not_applicable, not_tested, partial
from toantrinh.observations.site import PageFacts, PageName
from toantrinh.observations.translation import PageTranslation, TextBlock
from toantrinh.ownership import at_home

NATIONAL_PORTAL = "dichvucong.gov.vn"
LEAST_ENTRIES = 5
VIETNAMESE = "vi"
LEAST_WORDS = 30  # of a version, to judge it
TRANSLATED, UNTRANSLATED = 0.9, 0.2  # shares of the words in the foreign language: at least, at most
SAME = 0.8  # share of the words that stand on the Vietnamese home page just so


@check("layout.sitemap")
def test_site_map(site: SiteRecord) -> None:
    """Trang sơ đồ cổng liệt kê các mục chính và đến được từ mọi trang."""
    page = site.page(PageName.SITE_MAP)
    listed = {
        link.address
        for link in page.links
        if link.landmark not in ("header", "nav", "footer") and at_home(link.address, page.address)
    }
    if len(listed) < LEAST_ENTRIES:
        seen = f"{len(listed)} liên kết trong nội dung"
        fail(f"sơ đồ cổng chỉ có {seen}", Grounds(expected="các mục chính của cổng", seen=seen, where=page.address))
    lexicon = load_lexicon(site.system.labels)

    def fault(other: PageFacts) -> str:
        led = any(
            link.address.split("#")[0] == page.address or lexicon["site-map"].nearness(link.text) >= 60
            for link in other.links
        )
        return "" if led else "không có liên kết tới sơ đồ cổng"

    site.each(site.vietnamese(without=[PageName.SITE_MAP]), fault, expected="liên kết tới sơ đồ cổng trên mọi trang")


@check("layout.national-portal-link")
def test_link_to_the_national_portal(site: SiteRecord) -> None:
    """Có liên kết tới dichvucong.gov.vn."""
    if site.system.host in (NATIONAL_PORTAL, f"www.{NATIONAL_PORTAL}"):
        not_applicable("hệ thống này chính là Cổng Dịch vụ công quốc gia")
    pages = site.pages()
    for page in pages:
        if any(_host(link.address) in (NATIONAL_PORTAL, f"www.{NATIONAL_PORTAL}") for link in page.links):
            return
    message = "không trang nào có liên kết tới Cổng Dịch vụ công quốc gia"
    site.missing(message, expected=f"liên kết tới https://{NATIONAL_PORTAL}", where=pages[0].address)


@check("layout.foreign-language")
def test_foreign_language(site: SiteRecord) -> None:
    """Có nút chuyển ngôn ngữ dẫn tới phiên bản tiếng Anh."""
    page, home = site.page(PageName.ENGLISH), site.page(PageName.HOME)
    if not page.language.lower().startswith("en") and page.text.strip() == home.text.strip():
        fail(
            "nút chuyển ngôn ngữ dẫn tới chính trang tiếng Việt",
            Grounds(expected="phiên bản tiếng Anh", seen=f"{page.title} (lang={page.language})", where=page.address),
        )


@check("layout.translation-real")
def test_translation_is_real(translation: TranslationRecord) -> None:
    """Nội dung của phiên bản tiếng nước ngoài thật sự bằng tiếng đó và khai báo đúng ngôn ngữ."""
    record = translation.translation
    shares = {page.address: share for page in record.pages if (share := share_of(page)) is not None}
    if not shares:
        not_tested("phiên bản tiếng nước ngoài có quá ít chữ để nhận ra ngôn ngữ")
    left = [(page, block) for page in record.pages for block in untranslated(page)]
    share = sum(shares.values()) / len(shares)
    named = "; ".join(f"“{block.text[:60]}”" for _, block in left[:5])
    grounds = Grounds(
        expected=f"chữ trên trang là tiếng nước ngoài ({record.pages[0].expected})",
        seen=f"{share:.0%} chữ nhận ra được đã dịch; còn tiếng Việt: {named or 'không'}",
        where="; ".join(f"{page.address} – {block.selector}" for page, block in left[:5]) or record.pages[0].address,
        identity="untranslated-text",
    )
    if same_as_home(record.pages[0], record.home) >= SAME:
        fail("nút chuyển ngôn ngữ dẫn tới chính trang tiếng Việt ở địa chỉ khác", grounds)
    if share <= UNTRANSLATED:
        fail(f"phiên bản tiếng nước ngoài không được dịch: {named}", grounds)
    if share < TRANSLATED:
        partial(share, f"phiên bản tiếng nước ngoài chỉ dịch một phần ({share:.0%}): {named}", grounds)
    wrong = [page for page in record.pages if page.declared.lower().split("-")[0] != page.expected]
    if wrong:
        said = f'lang="{wrong[0].declared}"' if wrong[0].declared else "không khai báo lang"
        grounds = Grounds(expected=f'lang="{wrong[0].expected}"', seen=said, where=f"{wrong[0].address} – html")
        partial(0.5, f"nội dung đã dịch mà {said} ({', '.join(page.address for page in wrong)})", grounds)


def share_of(page: PageTranslation) -> float | None:
    """The share of the words that are in the language of the version; None when too few words tell their language."""
    own, left = page.words_in(page.expected), sum(block.words for block in untranslated(page))
    return own / (own + left) if own + left >= LEAST_WORDS else None


def untranslated(page: PageTranslation) -> list[TextBlock]:
    """Blocks in Vietnamese, without those that the page itself marks as Vietnamese: quotations, names of procedures."""
    whole = page.declared.lower().split("-")[0]
    return [
        block
        for block in page.blocks
        if block.language == VIETNAMESE and (block.declared.lower().split("-")[0] != VIETNAMESE or whole == VIETNAMESE)
    ]


def same_as_home(page: PageTranslation, home: tuple[str, ...]) -> float:
    """The share of the words of Vietnamese or foreign blocks that stand in just such a line of the home page."""
    lines = set(home)
    told = [block for block in page.blocks if block.language]
    words = sum(block.words for block in told)
    return sum(block.words for block in told if block.text in lines) / words if words else 0.0


@check("layout.search-engine-basics")
def test_search_engine_basics(site: SiteRecord) -> None:
    """Mỗi trang công khai có tiêu đề riêng và mô tả; robots.txt không chặn trang công khai."""
    pages = site.pages(without=[PageName.LOG_IN])
    titles = Counter({page.address: page.title for page in pages}.values())
    robots = RobotFileParser()
    answer = site.robots.data if site.robots else None
    # RFC 9309 §2.3.1.3: a robots.txt that is not there allows everything.
    robots.parse(
        answer.text.splitlines() if answer and answer.status == 200 and "html" not in answer.content_type else []
    )

    def fault(page: PageFacts) -> str:
        wrong = []
        if not page.title.strip():
            wrong.append("không có tiêu đề")
        elif titles[page.title] > 1:
            wrong.append(f"tiêu đề “{page.title}” dùng cho nhiều trang")
        if not page.description:
            wrong.append("không có mô tả (meta description)")
        if not robots.can_fetch("*", page.address):
            wrong.append("bị robots.txt chặn")
        if "noindex" in page.robots.lower() or "noindex" in page.headers.get("x-robots-tag", "").lower():
            wrong.append("cấm máy tìm kiếm (noindex)")
        return ", ".join(wrong)

    site.each(pages, fault, expected="tiêu đề riêng, mô tả, không bị chặn")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
