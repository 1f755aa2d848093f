"""What stands in the way is closed or waited for; a dialog that is a step of the flow is answered, never closed."""

from __future__ import annotations

from collections.abc import Callable

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import View
from toantrinh.driver.obstacles import announcement
from toantrinh.journey import form
from toantrinh.journey.application import forward_controls, submit_dossier
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName

State = Callable[[], dict[str, object]]


def press_on(who: Traveller, view: View) -> View:
    return who.press(view, forward_controls(who, view)[0][1])


def test_announcement_and_cookie_notice_are_closed_and_the_step_is_answered(who: Traveller, state: State) -> None:
    view = press_on(who, who.go("modals.html"))
    assert state() == {"steps": ["announcement"]} and view.modal and announcement(view) is None
    view, records, _ = form.fill_page(who, view, Answerer(who.persona, {}))
    assert [(r.label, r.answer) for r in records] == [("Cơ quan tiếp nhận", "UBND phường Sao Mai")]
    assert "đã chọn nơi nộp" in press_on(who, view).text
    assert state() == {"steps": ["announcement", "agreed 1"]}


def test_a_veil_is_waited_for_while_the_page_polls_without_end(who: Traveller, state: State) -> None:
    press_on(who, who.go("veil.html"))
    assert state() == {"out": "đã bấm"}


def test_what_the_portal_says_in_dialogs_mends_the_answers(who: Traveller, state: State) -> None:
    who.book.begin(StepName.FORM)
    view = submit_dossier(who, who.go("complaints.html"))
    assert "H99.1-261121-0007" in view.text and state() == {"rounds": 3}
