"""1.14 Hỗ trợ, phản ánh kiến nghị."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import Grounds, fail
from toantrinh.observations.site import PageName

WORDS_OF_A_GUIDE = 120
QUESTIONS = 3
STEP = re.compile(r"\b(buoc|step)\s*\d+|^\s*\d+\s*[.)]", re.M)
NUMBER = re.compile(r"(?<![\d/.])(?:\(?0\d{1,3}\)?|\(?\+84\)?|1[89]00)(?:[\s.\-]?\d{2,6}){1,3}(?![\d/])")


@check("support.guide")
def test_guide(site: SiteRecord) -> None:
    """Có hướng dẫn sử dụng, nói các bước nộp hồ sơ."""
    page = site.page(PageName.GUIDE)
    words = len(page.text.split())
    steps = len(STEP.findall("\n".join(fold(line) for line in page.text.splitlines()))) or sum(
        level > 1 for level, _ in page.headings
    )
    if words < WORDS_OF_A_GUIDE or steps < 2:
        fail(
            "trang hướng dẫn gần như trống",
            Grounds(expected="các bước nộp hồ sơ", seen=f"{words} chữ, {steps} bước", where=page.address),
        )


@check("support.faq")
def test_questions(site: SiteRecord) -> None:
    """Có mục hỏi đáp với câu hỏi kèm câu trả lời."""
    page = site.page(PageName.QUESTIONS)
    asked = page.text.count("?")
    if asked < QUESTIONS:
        fail(
            "trang hỏi đáp không có câu hỏi",
            Grounds(expected=f"từ {QUESTIONS} câu hỏi", seen=f"{asked} dấu hỏi", where=page.address),
        )


@check("support.hotline")
def test_hotline(site: SiteRecord) -> None:
    """Nêu số điện thoại hỗ trợ."""
    pages = [page for page in site.vietnamese() if page.name in (PageName.HOME, PageName.GUIDE, PageName.FEEDBACK)]
    if not any(NUMBER.search(page.text) for page in pages):
        site.missing(
            "không thấy số điện thoại hỗ trợ",
            expected="đường dây nóng hoặc tổng đài ở trang chủ, hướng dẫn hay phản ánh",
        )
