"""Wrong codes, feedback and public figures: real records of the clean portal and under each defect, and look-alikes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from fixtures.figures import FiguresRecord
from suites.functional import test_1_10_tracking as s10
from suites.functional import test_1_13_rating as s13
from suites.functional import test_1_14_support as s14
from suites.functional import test_1_15_figures as s15
from tests.suites_functional.conftest import FREE, Recorded
from tests.suites_functional.second_dossiers import verdict_of
from toantrinh.journey.walk import make_journey
from toantrinh.judgement import Judgement
from toantrinh.observations.feedback import FeedbackScenario
from toantrinh.observations.figures import PublicFigures
from toantrinh.observations.journey import Journey, Reach
from toantrinh.observations.wrong_code import WrongCodes
from toantrinh.observers.figures import observe_figures
from toantrinh.scenarios.feedback import send_feedback
from toantrinh.scenarios.wrong_code import never_given, try_wrong_codes
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, HALF, OPEN, REVIEW = (
    Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW,
)  # fmt: skip
WRONG = s10.test_a_wrong_code_gets_a_clear_answer
CODE, ANSWER = s14.test_feedback_gives_a_tracking_code, s14.test_feedback_is_answered
AGREE, COUNTED = s15.test_figures_agree_with_what_was_sent, s13.test_ratings_count_in_the_statistics


def read(chromium: Browser, address: str, folder: Path) -> tuple[PublicFigures, Journey, PublicFigures]:
    """The figures, a whole journey of a free service, and the figures again."""
    system = load_system("demo", base_url=address)
    service = next(s for s in system.services if s.code == FREE)
    before = observe_figures(chromium, system, Attachments(folder, "before", str))
    journey = make_journey(chromium, system, service, Attachments(folder, "journey", str))
    return before, journey, observe_figures(chromium, system, Attachments(folder, "after", str))


def figures_of(before: PublicFigures, journey: Journey, after: PublicFigures) -> FiguresRecord:
    now = datetime.datetime.fromisoformat(after.taken).astimezone(datetime.timezone(datetime.timedelta(hours=7)))
    return FiguresRecord(before, after, (journey,), now.date(), now, True)


def said(test: Callable[[FiguresRecord], None], record: FiguresRecord) -> Verdict:
    try:
        test(record)
    except Judgement as judgement:
        return judgement.verdict
    return P


@pytest.fixture(scope="module")
def figures(recorded: Recorded, chromium: Browser) -> FiguresRecord:
    return figures_of(*read(chromium, recorded.system.base_url, recorded.folder))


@pytest.fixture(scope="module")
def wrong_codes(recorded: Recorded, chromium: Browser) -> WrongCodes:
    submit = recorded.journeys[FREE].submit
    assert submit is not None
    return try_wrong_codes(chromium, recorded.system, Attachments(recorded.folder, "wrong-code", str), submit.code)


@pytest.fixture(scope="module")
def feedback(recorded: Recorded, chromium: Browser) -> FeedbackScenario:
    return send_feedback(chromium, recorded.system, Attachments(recorded.folder, "feedback", str))


def test_the_clean_portal_answers_wrong_codes(wrong_codes: WrongCodes) -> None:
    assert verdict_of(WRONG, wrong_codes) is P
    assert wrong_codes.unknown.code.endswith("-9998")
    assert "Không tìm thấy" in wrong_codes.unknown.answer


@pytest.mark.parametrize(
    ("facts", "verified", "verdict"),
    [
        ({"answer": "", "page_kind": "error", "http_status": 500}, False, HALF),
        ({"answer": ""}, True, HALF),
        ({"answer": ""}, False, REVIEW),
        ({"status_shown": "Đang xử lý", "codes_shown": ("000.00.01.H99-261121-0003",)}, True, HALF),
        ({"http_status": 404, "answer": "Không tồn tại hồ sơ này", "page_kind": "error"}, True, P),
        ({"http_status": 200}, True, P),
        ({"reach": Reach.NOT_TRIED, "why": "trang hỏi mã bảo mật"}, True, OPEN),
        ({"reach": Reach.ABSENT, "why": "không có lối tra cứu"}, False, REVIEW),
    ],
)
def test_answers_to_wrong_codes(
    facts: dict[str, Any], verified: bool, verdict: Verdict, wrong_codes: WrongCodes
) -> None:
    changed = wrong_codes.model_copy(update={"unknown": wrong_codes.unknown.model_copy(update=facts)})
    assert verdict_of(WRONG, changed, verified=verified) is verdict


def test_a_code_never_given_keeps_the_form_of_a_given_one() -> None:
    assert never_given("000.00.21.H99-261121-0007") == "000.00.21.H99-261121-9998"
    assert never_given("H55.242-261121-000123") == "H55.242-261121-999998"
    assert never_given("") != ""


def test_the_clean_portal_gives_feedback_a_code_and_an_answer(feedback: FeedbackScenario) -> None:
    assert verdict_of(CODE, feedback) is P
    assert verdict_of(ANSWER, feedback) is P
    assert feedback.left_behind == (f"phản ánh {feedback.sent.code}",)


@pytest.mark.parametrize(
    ("part", "facts", "test", "verdict"),
    [
        ("sent", {"code": ""}, CODE, F),
        ("sent", {"found": False}, CODE, HALF),
        ("sent", {"code": "2026/PAKN-15"}, CODE, P),
        ("sent", {"reach": Reach.NOT_TRIED, "why": "chưa được phép nộp"}, CODE, OPEN),
        ("sent", {"reach": Reach.UNANSWERED, "why": "biểu mẫu không nhận"}, CODE, REVIEW),
        ("answered", {"seen": False}, ANSWER, F),
        ("answered", {"seen": None}, ANSWER, F),
        ("answered", {"reach": Reach.NOT_TRIED, "why": "không có cán bộ trả lời"}, ANSWER, OPEN),
        ("answered", {"said": ("Đã trả lời",)}, ANSWER, P),
    ],
)
def test_feedback(
    part: str, facts: dict[str, Any], test: Callable[..., None], verdict: Verdict, feedback: FeedbackScenario
) -> None:
    changed = feedback.model_copy(update={part: getattr(feedback, part).model_copy(update=facts)})
    assert verdict_of(test, changed) is verdict


def test_the_clean_figures_agree(figures: FiguresRecord) -> None:
    assert said(AGREE, figures) is P
    assert said(COUNTED, figures) is P


def frozen(record: FiguresRecord, **facts: Any) -> FiguresRecord:
    """The same figures before and after."""
    return replace(record, after=record.before.model_copy(update={"taken": record.after.taken, **facts}))


def test_figures_that_stand_still_are_caught_by_both(figures: FiguresRecord) -> None:
    still = frozen(figures, as_of=figures.after.as_of)
    assert said(AGREE, still) is F
    assert said(COUNTED, still) is F


def test_figures_of_yesterday_are_for_another_day(figures: FiguresRecord) -> None:
    yesterday = f"{figures.today - datetime.timedelta(days=1):%d/%m/%Y}"
    for as_of in (f"Số liệu đến ngày {yesterday}", f"Cập nhật ngày {figures.today:%d/%m/%Y}"):
        old = frozen(figures, as_of=as_of)
        assert said(AGREE, old) is OPEN, as_of
        assert said(COUNTED, old) is OPEN, as_of


def test_figures_that_say_nothing_of_their_age_are_for_a_person_where_nobody_verified(figures: FiguresRecord) -> None:
    assert said(AGREE, replace(frozen(figures, as_of=""), verified=False)) is REVIEW
    assert said(AGREE, frozen(figures, as_of="")) is F


def test_others_who_submit_at_the_same_time_do_no_harm(figures: FiguresRecord) -> None:
    tiles = tuple(tile.model_copy(update={"number": tile.number + 40}) for tile in figures.after.tiles)
    busy = replace(figures, after=figures.after.model_copy(update={"tiles": tiles}))
    assert said(AGREE, busy) is P


def test_one_table_that_stands_still_costs_a_part(figures: FiguresRecord) -> None:
    old = {table.caption: table for table in figures.before.tables}
    tables = tuple(old[t.caption] if "cơ quan" in t.caption.lower() else t for t in figures.after.tables)
    assert said(AGREE, replace(figures, after=figures.after.model_copy(update={"tables": tables}))) is HALF


def test_a_mean_without_a_number_of_ratings_cannot_be_compared(figures: FiguresRecord) -> None:
    def mean_only(data: PublicFigures) -> PublicFigures:
        tables = tuple(
            t.model_copy(update={"rows": tuple((*row[:-1], row[-1].split(" ")[0]) for row in t.rows)})
            for t in data.tables
        )
        return data.model_copy(update={"tables": tables, "tiles": ()})

    assert said(COUNTED, replace(figures, before=mean_only(figures.before), after=mean_only(figures.after))) is OPEN


def test_nothing_sent_is_nothing_to_compare(figures: FiguresRecord) -> None:
    assert said(AGREE, replace(figures, sent=())) is OPEN
    assert said(COUNTED, replace(figures, sent=())) is OPEN


def test_no_figures_at_all(figures: FiguresRecord) -> None:
    none = PublicFigures(absent=True, why="không có lối", taken=figures.after.taken)
    assert said(AGREE, replace(figures, after=none)) is F
    assert said(AGREE, replace(figures, after=none, verified=False)) is REVIEW
