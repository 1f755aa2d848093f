"""1.14 Hỗ trợ, phản ánh kiến nghị."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.pages import SiteRecord
from fixtures.scenarios import ScenarioRecord
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial
from toantrinh.observations.feedback import FeedbackScenario
from toantrinh.observations.journey import Reach
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


@check("support.feedback-code")
def test_feedback_gives_a_tracking_code(feedback: ScenarioRecord[FeedbackScenario]) -> None:
    """Gửi phản ánh xong có mã theo dõi, tra lại được bằng mã đó."""
    sent = feedback.data.sent
    feedback.need(sent)
    if not sent.code:
        fail(
            "gửi phản ánh xong không được cấp mã theo dõi",
            feedback.grounds(sent, "mã theo dõi", " / ".join(sent.said) or "không có"),
        )
    if not sent.found:
        if sent.look_up and sent.look_up.reach in (Reach.BLOCKED, Reach.NOT_TRIED, Reach.TOOL_ERROR):
            feedback.need(sent.look_up)  # our own failure to look
        seen = sent.look_up.why if sent.look_up else "không có ô tra cứu" if sent.found is None else "tra không ra"
        message = f"được cấp mã {sent.code} nhưng không tra lại được phản ánh bằng mã đó ({seen})"
        grounds = feedback.grounds(sent, "nội dung và tình trạng của phản ánh", seen)
        if sent.found is False or feedback.verified:
            partial(0.5, message, grounds)
        needs_review(message, grounds)


@check("support.feedback-answer")
def test_feedback_is_answered(feedback: ScenarioRecord[FeedbackScenario]) -> None:
    """Câu trả lời của cơ quan đến được người gửi."""
    answered = feedback.data.answered
    if answered.reach is Reach.NOT_TRIED:
        feedback.need()
        not_tested(answered.why)
    feedback.need(answered)
    if not answered.seen:
        seen = answered.why or (
            "không có chỗ tra cứu câu trả lời" if answered.seen is None else "tra mã không thấy câu trả lời"
        )
        message = f"cán bộ đã trả lời phản ánh mà người gửi không thấy ({seen})"
        grounds = feedback.grounds(answered, answered.answer, seen)
        if answered.seen is False or feedback.verified:
            fail(message, grounds)
        needs_review(message, grounds)
