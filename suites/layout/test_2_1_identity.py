"""2.1 Nhận diện nhất quán."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fixtures.checks import check
from fixtures.pages import SiteRecord
from suites.layout.site_frame import footer_of, header_of, menu_of
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import Grounds, needs_review, not_tested, partial
from toantrinh.observations.site import PageFacts, PageName

NEAR = 1.5  # times as many words as the name has
OWNERS = ("co quan chu quan", "don vi chu quan", "co quan quan ly", "chiu trach nhiem", "uy ban nhan dan", "ubnd")
MINISTRY = re.compile(r"\bBộ (?:[A-ZĐÂÊÔĂƠƯÁÀẢÃẠ]|và )")
STREET = re.compile(r"\b(?:so \d+|duong|pho|phuong|dia chi|address|street)\b")
PHONE = re.compile(r"(?<!\d)(?:\+84|0|1[89]00)[ .\-()]?\d[\d .\-()]{2,12}\d(?!\d)")
NEAR_PHONE = re.compile(r"(dien thoai|dt|hotline|tong dai|duong day|tel|phone|ho tro|lien he|fax|call)\b")
MAIL = re.compile(r"[\w.+-]+(?:@|\s?\[at\]\s?|\(at\))[\w-]+(?:\.[\w-]+)+")


@check("layout.emblem-and-name")
def test_emblem_and_official_name(site: SiteRecord) -> None:
    """Mỗi trang có Quốc huy hoặc biểu trưng và tên chính thức của hệ thống ở phần đầu."""
    pages = site.vietnamese()
    official = site.system.name.split("(")[0].strip()
    name, headers = fold(official).split(), {page.name: fold(" ".join(header_of(page, pages))) for page in pages}
    # A slogan may stand between the words of the name: words apart are no name only where other pages have it whole.
    whole = [page for page in pages if _mostly(name, headers[page.name], NEAR)]

    def fault(page: PageFacts) -> str:
        wrong = [] if page.header_pictures else ["phần đầu trang không có biểu trưng"]
        if page not in whole and (whole or not _mostly(name, headers[page.name])):
            wrong.append(f"phần đầu trang không có tên “{official}”")
        return ", ".join(wrong)

    if not any(headers.values()):
        needs_review("không nhận ra phần đầu trang", Grounds(expected="phần tử header", where=pages[0].address))
    expected = "biểu trưng và tên chính thức ở phần đầu mọi trang"
    site.each(pages, fault, expected=expected)
    if not whole:
        seen = headers[pages[0].name][:400]
        needs_review(
            f"phần đầu trang có các chữ của tên “{official}”, nhưng không liền nhau",
            Grounds(expected=expected, seen=seen, where=pages[0].address),
        )


@check("layout.same-header")
def test_same_header(site: SiteRecord) -> None:
    """Các mục ở phần đầu trang giữ nguyên nội dung và thứ tự giữa các trang."""
    pages = _several(site)
    common = _common([_header_entries(page, pages) for page in pages])
    if not common:
        needs_review(
            "không nhận ra phần đầu trang chung", Grounds(expected="phần đầu trang chung", where=pages[0].address)
        )

    leads_to = {_plain(link.text): link.address for page in pages for link in menu_of(page, pages)}

    def fault(page: PageFacts) -> str:
        entries, header = _header_entries(page, pages), _plain(" ".join(header_of(page, pages)))
        # A page need not offer the way to itself.
        needed = [e for e in common if leads_to.get(e) != page.address]
        needed = [e for e in needed if not (page.name is PageName.LOG_IN and e == "dang nhap")]
        gone = [entry for entry in needed if entry not in entries and entry not in header]
        if gone:
            return f"phần đầu trang thiếu {_quoted(gone)}"
        order = [entry for entry in dict.fromkeys(entries) if entry in common]
        wanted = [entry for entry in common if entry in order]
        return f"phần đầu trang xếp khác thứ tự: {_quoted(order)}" if order != wanted else ""

    site.each(pages, fault, expected=f"mọi trang có {_quoted(common)} theo cùng thứ tự")


@check("layout.same-footer")
def test_same_footer(site: SiteRecord) -> None:
    """Nội dung chân trang giữ nguyên giữa các trang."""
    pages = _several(site)
    common = _common([_lines(footer_of(page, pages)) for page in pages])
    if not common:
        needs_review("không nhận ra chân trang chung", Grounds(expected="chân trang chung", where=pages[0].address))

    def fault(page: PageFacts) -> str:
        footer = _plain(" ".join(footer_of(page, pages)))
        gone = [line for line in common if line not in footer]
        return f"chân trang thiếu {_quoted(gone)}" if gone else ""

    site.each(pages, fault, expected=f"mọi trang có chân trang với {_quoted(common)}")


@check("layout.footer-contacts")
def test_footer_contacts(site: SiteRecord) -> None:
    """Chân trang có tên cơ quan chủ quản, địa chỉ, số điện thoại hỗ trợ và thư điện tử."""
    page = site.page(PageName.HOME)
    lines, expected = footer_of(page, site.vietnamese()), "cơ quan chủ quản, địa chỉ, điện thoại, thư điện tử"
    footer = "\n".join(lines)
    site.look_at([page])
    if not footer:
        site.missing("trang chủ không có chân trang", expected=expected, where=page.address)
    links = [link.address for link in page.links if link.landmark == "footer"]
    has = {
        "cơ quan chủ quản": any(word in fold(footer) for word in OWNERS) or bool(MINISTRY.search(footer)),
        "địa chỉ": any(STREET.search(fold(line)) for line in lines),
        "điện thoại": any(link.startswith("tel:") for link in links) or any(map(_phone_in, _with_label(lines))),
        "thư điện tử": any(link.startswith("mailto:") for link in links) or bool(MAIL.search(footer)),
    }
    gone = [name for name, found in has.items() if not found]
    if not gone:
        return
    message = f"chân trang không có {', '.join(gone)}"
    if not site.verified or len(gone) == len(has):
        site.missing(message, expected=expected, seen=footer[:400], where=page.address)
    partial(1 - len(gone) / len(has), message, Grounds(expected=expected, seen=footer[:400], where=page.address))


def _several(site: SiteRecord) -> list[PageFacts]:
    pages = site.vietnamese()
    if len(pages) < 2:
        not_tested("chỉ xem được một trang nên không so sánh được")
    return pages


def _header_entries(page: PageFacts, pages: Sequence[PageFacts]) -> list[str]:
    return [entry for link in menu_of(page, pages) if link.visible and (entry := _plain(link.text))]


def _lines(part: Sequence[str]) -> list[str]:
    return [line for text in part if (line := _plain(text))]


def _plain(text: str) -> str:
    """Folded and without figures: clocks, counters of visits and unread notices are no difference."""
    return " ".join(re.sub(r"\d+", " ", fold(text)).split())


def _common(of_pages: Sequence[Sequence[str]]) -> list[str]:
    """What more than half of the pages have, in the order of the page that has the most of it."""
    counts = Counter(entry for entries in of_pages for entry in set(entries))
    common = {entry for entry, count in counts.items() if count > len(of_pages) / 2}
    fullest = max(of_pages, key=lambda entries: len(common & set(entries)), default=())
    return [entry for entry in dict.fromkeys(fullest) if entry in common]


def _mostly(name: Sequence[str], text: str, times: float = 0) -> bool:
    """True when most words of the name stand among `times` as many words, or anywhere; names of other systems lend it
    single words."""
    words, met = [word for word in name if len(word) > 1], text.split()
    near = round(times * len(words)) or len(met)
    windows = [set(met[start : start + near]) for start in range(max(1, len(met) - near + 1))]
    return bool(words) and any(sum(word in window for word in words) >= 0.75 * len(words) for window in windows)


def _with_label(lines: Sequence[str]) -> list[str]:
    """Each line with the one before it, which often is its label."""
    return [f"{before} {line}" for before, line in zip(("", *lines), lines, strict=False)]


def _phone_in(line: str) -> bool:
    return bool(PHONE.search(line)) and bool(NEAR_PHONE.search(fold(line)))


def _quoted(entries: Sequence[str], most: int = 6) -> str:
    return ", ".join(f"“{entry}”" for entry in entries[:most]) + (", …" if len(entries) > most else "")
