"""What stands in the way is closed or waited for; a dialog that is a step of the flow is answered, never closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import View, look
from toantrinh.driver.obstacles import announcement, complaint_only
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


DIALOG = "<main><h1>Tờ khai</h1><input aria-label='Họ tên'></main><div role=dialog aria-modal=true style='position:fixed;inset:20%;background:#fff'>{}</div>"


@pytest.mark.parametrize(
    ("inside", "closed_by"),
    [
        ("<p>Vui lòng nhập họ tên</p><button>OK</button>", "OK"),
        ("<p>Số điện thoại không đúng</p><button aria-label='Đóng'>×</button><button>Đồng ý</button>", "Đóng"),
        ("<p>Khai không đúng sự thật sẽ bị xử phạt. Anh/chị có cam đoan không?</p><button>Đồng ý</button><button>Không</button>", None),
        ("<p>Vui lòng nhập mã</p><input aria-label='Mã'><button>OK</button>", None),
        ("<p>Lỗi hệ thống</p><button>Thử lại</button><button>Đóng</button>", None),
    ],
)
def test_a_dialog_that_only_complains_is_closed_and_a_choice_never(page: Page, inside: str, closed_by: str | None) -> None:
    page.set_content(DIALOG.format(inside))
    close = complaint_only(look(page))
    assert (close.label if close else None) == closed_by
