"""Errors that a screen reader hears of, and messages that belong to their fields."""

from __future__ import annotations

from typing import Any

import pytest

from suites.accessibility import test_5_3_states as s53
from tests.suites_pages.conftest import verdict_of
from tests.tour.conftest import TourOf, record
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import Place
from toantrinh.observations.tour import Tour
from toantrinh.verdicts import Verdict

P, F, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW


def changed(tour: Tour, *, of_fields: dict[str, Any] | None = None, **of_errors: Any) -> Tour:
    """The tour with facts of its errors changed."""
    states = []
    for state in tour.states:
        if state.errors:
            fields = tuple(one.model_copy(update=of_fields or {}) for one in state.errors.fields)
            errors = state.errors.model_copy(update={"fields": fields, **of_errors})
            state = state.model_copy(update={"errors": errors})
        states.append(state)
    return tour.model_copy(update={"states": tuple(states)})


@pytest.mark.parametrize(
    ("face", "facts", "wanted"),
    [
        ("good", {}, P),
        ("lookalike", {}, P),  # no live region, but the focus goes to the field at fault
        ("faulty", {}, REVIEW),  # loaded anew: the page is read from its beginning
        ("in-place", {}, F),
        ("faulty", {"same_document": True, "announced": ("Bản nháp đã lưu",)}, F),
        ("faulty", {"same_document": True, "announced": ("Có lỗi, vui lòng kiểm tra lại",)}, P),
        ("faulty", {"same_document": True, "of_fields": {"native": True}}, P),
    ],
)
def test_errors_that_are_announced(tour_of: TourOf, face: str, facts: dict[str, Any], wanted: Verdict) -> None:
    verdict, words = verdict_of(s53.test_errors_are_announced, record(changed(tour_of(face)[0], **facts)))
    assert verdict is wanted, words
    assert wanted is P or ("Tờ khai – báo lỗi" in words and "#dt" in words)


@pytest.mark.parametrize(
    ("face", "facts", "wanted"),
    [
        ("good", {}, P),
        ("lookalike", {}, P),
        ("faulty", {}, F),
        ("in-place", {}, F),
        ("faulty", {"of_fields": {"place": Place.LINKED}}, P),  # a summary leads to the field
        ("faulty", {"of_fields": {"place": Place.NAMED}}, REVIEW),
        ("faulty", {"of_fields": {"message": ""}}, OPEN),
    ],
)
def test_messages_that_are_tied(tour_of: TourOf, face: str, facts: dict[str, Any], wanted: Verdict) -> None:
    verdict, words = verdict_of(s53.test_errors_are_tied_to_their_fields, record(changed(tour_of(face)[0], **facts)))
    assert verdict is wanted, words
    assert wanted is not F or "/khai #dt" in words


@pytest.mark.parametrize(
    ("face", "facts", "wanted"),
    [
        ("good", {}, P),
        ("lookalike", {}, P),
        ("faulty", {}, REVIEW),  # loaded anew: the page is read from its beginning
        ("faulty", {"title_tells": True}, P),
        ("in-place", {"focus": ""}, F),
        ("in-place", {"focus": "<button>"}, REVIEW),
        ("in-place", {"focus": "<button>", "announced": ("Có lỗi, vui lòng kiểm tra lại",)}, P),
        ("in-place", {"focus": "", "of_fields": {"native": True}}, P),
    ],
)
def test_where_the_focus_is_after_an_error(tour_of: TourOf, face: str, facts: dict[str, Any], wanted: Verdict) -> None:
    verdict, words = verdict_of(s53.test_focus_after_an_error, record(changed(tour_of(face)[0], **facts)))
    assert verdict is wanted, words
    assert wanted is P or ("Tờ khai – báo lỗi" in words and "#dt" in words)


def test_fields_at_fault_are_pictured(tour_of: TourOf) -> None:
    found = record(tour_of("in-place")[0])
    verdict, words = verdict_of(s53.test_errors_are_tied_to_their_fields, found)
    assert verdict is not Verdict.PASS, words
    first = found.evidence[0]
    assert first.path.endswith("-loi-1.png") and first.title == "Tờ khai – báo lỗi: Họ và tên", found.evidence


def test_without_a_tour_nothing_is_tested(tour_of: TourOf) -> None:
    none = tour_of("good")[0].model_copy(update={"reach": Reach.NOT_TRIED, "why": "không có tài khoản"})
    for check in (
        s53.test_errors_are_announced,
        s53.test_errors_are_tied_to_their_fields,
        s53.test_focus_after_an_error,
    ):
        assert verdict_of(check, record(none))[0] is OPEN
