"""5.1 WCAG 2.0 A."""

from __future__ import annotations

import re
from collections import Counter

from fixtures.checks import check
from fixtures.pages import SiteRecord
from fixtures.phone_pages import PhonePages
from fixtures.tour import TourRecord
from suites.accessibility.findings import Asked, judge_rules
from suites.accessibility.reading import bare, words
from toantrinh.judgement import not_tested
from toantrinh.observations.site import PageFacts

MARKED = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I)
ENGLISH_WORDS = frozenset(
    {"the", "of", "and", "to", "in", "for", "is", "on", "with", "by", "are", "your", "this", "that", "you", "or"}
)
LEAST_WORDS = 40


@check("axe.level-a")
def test_no_violation_of_level_a(site: SiteRecord, tour: TourRecord, phones: PhonePages) -> None:
    """Không vi phạm quy tắc mức A trong mọi khung của mọi trang (cả trên điện thoại) và mọi trạng thái."""
    judge_rules(site, tour, phones, Asked("mức A", frozenset({"wcag2a"})))


@check("reader.page-language")
def test_language_of_the_text(site: SiteRecord) -> None:
    """Ngôn ngữ nhận ra từ chữ trên trang trùng với ngôn ngữ khai báo."""
    known = [page for page in site.pages() if language_of(_content(page))]
    if not known:
        not_tested("không trang nào có đủ chữ để nhận ra ngôn ngữ")

    def fault(page: PageFacts) -> str:
        found, declared = language_of(_content(page)), page.language.lower().split("-")[0]
        names = {"vi": "tiếng Việt", "en": "tiếng Anh"}
        if found == declared:
            return ""
        return f"chữ trên trang là {names[found or '']} mà " + (
            f'khai báo lang="{page.language}"' if declared else "không khai báo lang"
        )

    site.each(known, fault, expected="lang đúng với ngôn ngữ của chữ trên trang")


@check("reader.title-describes")
def test_titles_tell_pages_apart(site: SiteRecord) -> None:
    """2.4.2: Mỗi trang có tiêu đề riêng, không trống, không giữ chỗ."""
    pages = site.pages()
    titles = Counter({page.address: page.title.strip() for page in pages}.values())

    def fault(page: PageFacts) -> str:
        title = page.title.strip()
        if not title:
            return "trang không có tiêu đề"
        if bare(title) in words("titles"):
            return f"tiêu đề trang giữ chỗ “{title}”"
        return f"tiêu đề “{title}” dùng cho {titles[title]} trang khác nhau" if titles[title] > 1 else ""

    site.each(pages, fault, expected="tiêu đề riêng cho từng trang")


def _content(page: PageFacts) -> str:
    """The text of the page without header and footer, which a foreign version may share with the rest."""
    frame = {*page.header, *page.footer}
    return "\n".join(line for line in page.text.splitlines() if " ".join(line.split()) not in frame)


def language_of(text: str) -> str | None:
    """`vi` or `en` as the letters and words of a text tell; None when it is too short or something else.

    About four words in five of Vietnamese running text carry a mark; in English hardly any does, and one word in five
    is among the commonest.
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < LEAST_WORDS:
        return None
    if sum(bool(MARKED.search(word)) for word in words) > 0.4 * len(words):
        return "vi"
    return "en" if sum(word in ENGLISH_WORDS for word in words) > 0.08 * len(words) else None
