"""5.2 WCAG 2.0 AA: headings that describe, more than one way to a page."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.lost_looks import end_open
from fixtures.reading import ReadingRecord
from suites.accessibility.reading import Finding, bare, judge_readings, words
from toantrinh.observations.reading import ReadingFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.site.translation import language_of

MENU_LINKS = 3
ITEM = re.compile(r"(?:^|[ >])(?:li|tr|article|dd)\b")  # of a list, a table, a row of cards
LONG_PASSAGE = 12  # words
NAMES = {"vi": "tiếng Việt", "en": "tiếng Anh"}


@check("reader.headings-describe")
def test_headings_describe_their_topic(reading: ReadingRecord) -> None:
    """2.4.6: Không có đề mục trống, giữ chỗ, hay trùng lặp khó phân biệt."""
    judge_readings(
        reading, headings_that_say_nothing, expected="đề mục nói rõ nội dung, không trùng nhau trong cùng một phần"
    )


def headings_that_say_nothing(page: ReadingFacts) -> list[Finding]:
    """Empty ones, placeholders, and the same words twice under one heading; in a list each item has its own."""
    found = []
    under: dict[int, str] = {}
    met: set[tuple[int, str, str, str]] = set()
    for one in page.headings:
        text = bare(one.text)
        under = {level: said for level, said in under.items() if level < one.level}
        parents = "/".join(under[level] for level in sorted(under))
        if not one.text:
            found.append(Finding("đề mục trống", one.element))
        elif text in words("headings"):
            found.append(Finding("đề mục giữ chỗ", one.element, one.text[:60]))
        elif (
            text
            and (one.level, text, parents, one.landmark) in met
            and one.landmark not in ("nav", "footer", "header")
            and not ITEM.search(one.element.selector)
        ):
            found.append(Finding("hai đề mục cùng lời trong cùng một phần", one.element, one.text[:60]))
        met.add((one.level, text, parents, one.landmark))
        under[one.level] = text
    return found


@check("reader.passage-language")
def test_foreign_passages_declare_their_language(reading: ReadingRecord) -> None:
    """3.1.2: Đoạn chữ khác ngôn ngữ trang có thuộc tính lang. The page's own language is 3.1.1, judged elsewhere."""
    judge_readings(reading, passages_at_fault, expected="đoạn tiếng nước ngoài có lang của nó")


def passages_at_fault(page: ReadingFacts) -> list[Finding]:
    """Longer passages in Vietnamese or English that are declared as the other one; names tell no language.

    Where most passages speak another language than declared, the page's declaration is wrong, not theirs.
    """
    found, told = [], 0
    for one in page.passages:
        declared = one.language.lower().split("-")[0]
        letters = re.findall(r"[^\W\d_]+", one.text)
        if (
            declared not in NAMES
            or len(letters) < LONG_PASSAGE
            or sum(w[0].isupper() for w in letters) > len(letters) / 2
        ):
            continue
        spoken = language_of(one.text)
        told += bool(spoken)
        if spoken and spoken != declared:
            cause = f"đoạn {NAMES[spoken]} được khai báo là {NAMES[declared]}"
            found.append(Finding(cause, one.element, one.text[:60]))
    return [] if len(found) > told / 2 and told > 2 else found


@check("reader.many-ways")
def test_more_than_one_way_to_each_page(reading: ReadingRecord) -> None:
    """2.4.5: Trang công khai đến được bằng menu và bằng tìm kiếm hoặc sơ đồ cổng."""
    pages = reading.seen()
    ways = {
        "menu": any(page.menu_links >= MENU_LINKS for page in pages.values()),
        "tìm kiếm": any(page.search for page in pages.values()),
        "sơ đồ cổng": PageName.SITE_MAP in reading.looks,  # it was seen, though its reading may not have ended
    }
    there = [name for name, held in ways.items() if held]
    if len(there) > 1:
        reading.lost.clear()  # two are enough, whatever else there is
        return
    end_open(reading.lost, f"ở nơi đã xem chỉ có {there[0]}" if there else "ở nơi đã xem không có lối nào")
    reading.site.missing(
        f"chỉ có {there[0]}" if there else "không thấy menu, tìm kiếm hay sơ đồ cổng",
        expected="ít nhất hai trong: menu, tìm kiếm, sơ đồ cổng",
        seen=f"không thấy: {', '.join(name for name, held in ways.items() if not held)}",
    )
