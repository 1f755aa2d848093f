"""Fields of every make: cascades in three manners, editors, files that are asked for only upon a press."""

from __future__ import annotations

from collections.abc import Callable

from tests.driver.conftest import Fill
from toantrinh.journey import papers
from toantrinh.journey.traveller import Traveller

State = Callable[[], dict[str, object]]


def test_a_cascade_that_is_fetched_is_followed(fill: Fill, state: State) -> None:
    fill("cascade-lazy.html")
    assert state() == {"t": "2", "x": "2"}


def test_a_cascade_that_loads_the_page_again_keeps_what_was_entered(fill: Fill, state: State) -> None:
    _, records, unanswered = fill("cascade-reload")
    assert state() == {"ten": "Nguyễn Thị Thử Nghiệm", "tinh": "2", "xa": "2", "dt": "0912000017"}, (
        records,
        unanswered,
    )


def test_editors_in_the_page_and_in_a_frame_are_written_in(fill: Fill, state: State) -> None:
    _, records, unanswered = fill("rich.html")
    assert state() == {"frame": True, "ql": True}, (records, unanswered)
    assert set(records) == {"Nội dung đề nghị", "Ghi chú thêm"}


def test_files_are_given_where_a_press_asks_for_them(who: Traveller, state: State) -> None:
    _, places = papers.attach_all(who, who.go("uploads.html"))
    assert state() == {"a": 1, "b": 1}
    assert [(p.required, bool(p.attached), p.shown_after) for p in places] == [(True, True, True), (False, True, True)]
    assert "Giấy chứng sinh" in places[0].label
