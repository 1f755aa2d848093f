"""Dialogs within an application: help that a page offers, complaints after mistakes, a form that stands in one."""

from __future__ import annotations

import pytest

from fixtures.keyboard import KeyboardRecord
from fixtures.states import with_states
from suites.accessibility.test_5_3_keyboard import test_focus_after_dialog as after_dialog
from suites.accessibility.test_5_3_keyboard import test_focus_into_dialog as into_dialog
from suites.accessibility.test_5_3_keyboard import test_no_trap as no_trap
from tests.suites_pages.conftest import verdict_of
from tests.tour.conftest import TourOf
from toantrinh.observations.journey import Reach
from toantrinh.observations.keyboard import DialogOpened, KeyboardFacts
from toantrinh.observations.tour import Tour
from toantrinh.store import Observed, Outcome
from toantrinh.verdicts import Verdict

HELP, COMPLAINT = "Tờ khai – hộp thoại mở", "Tờ khai – hộp thoại báo lỗi"


def dialogs(tour: Tour) -> dict[str, DialogOpened]:
    return {state.name: state.keyboard.dialogs[0] for state in tour.states if state.keyboard and state.keyboard.dialogs}


def walks(tour: Tour) -> KeyboardRecord:
    observed = Observed[Tour](key="x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=tour)
    return KeyboardRecord(with_states({}, observed, KeyboardFacts))


def test_dialogs_are_walked_and_closed_by_keys_and_the_application_goes_on(tour_of: TourOf) -> None:
    tour, river = tour_of("dialogs")
    assert tour.reach is Reach.REACHED and tour.review and not river.sent, tour.stopped
    assert not any(one.look or "hộp thoại" in one.name for one in tour.missed)
    found = dialogs(tour)
    assert [*found] == [HELP, COMPLAINT]
    told = [(one.focus, one.leaks, one.closed_by, one.back) for one in found.values()]
    assert told == [("inside", "", "Escape", "opener"), ("inside", "", "Escape", "field")]
    assert found[HELP].opener_name == "Xem cách điền" and found[COMPLAINT].opener_name == "Tiếp tục"
    assert [verdict_of(check, walks(tour)) for check in (into_dialog, after_dialog, no_trap)] == [
        (Verdict.PASS, "")
    ] * 3


def test_a_dialog_without_the_focus_fails_with_its_opener_and_state(tour_of: TourOf) -> None:
    tour, river = tour_of("loose-dialogs")
    assert tour.reach is Reach.REACHED and tour.review and not river.sent, tour.stopped
    verdict, words = verdict_of(into_dialog, walks(tour))
    assert verdict is Verdict.FAIL and "“Xem cách điền” mở #huongdan" in words and HELP in words, words
    assert "“Tiếp tục” mở #bao" in words and COMPLAINT in words and "#mo" in words
    verdict, words = verdict_of(after_dialog, walks(tour))
    assert verdict is Verdict.FAIL and "đóng #huongdan bằng nút đóng" in words and HELP in words, words


def test_what_does_not_close_does_not_end_the_application(tour_of: TourOf) -> None:
    tour, river = tour_of("stuck-dialog")
    assert tour.reach is Reach.REACHED and tour.review and not river.sent, tour.stopped
    one = dialogs(tour)[HELP]
    assert (one.focus, one.closed_by, one.modal) == ("next-tab", "", False)
    assert verdict_of(after_dialog, walks(tour))[0] is Verdict.NOT_TESTED


def test_a_form_in_a_dialog_is_left_open(tour_of: TourOf) -> None:
    tour, river = tour_of("in-dialog")
    assert tour.reach is Reach.REACHED and not river.sent, (tour.stopped, tour.why)
    (one,) = dialogs(tour).values()
    assert (one.left_open, one.focus, one.leaks, one.closed_by) == (True, "inside", "", "")
    assert verdict_of(into_dialog, walks(tour)) == (Verdict.PASS, "")
    verdict, words = verdict_of(after_dialog, walks(tour))
    assert verdict is Verdict.NOT_TESTED and "điền dở" in words


@pytest.mark.parametrize("face", ["good", "in-place"])
def test_a_page_without_dialogs_has_no_such_state(tour_of: TourOf, face: str) -> None:
    tour, _ = tour_of(face)
    assert not dialogs(tour) and not any("hộp thoại" in one.name for one in (*tour.states, *tour.missed))
