"""Drop-downs of the common kits are opened, read, typed into and chosen from as a person does it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.driver.conftest import Fill
from toantrinh.driver.answers import Answerer
from toantrinh.journey import form
from toantrinh.journey.traveller import Traveller

State = Callable[[], dict[str, object]]


def test_a_list_in_front_of_a_hidden_select_and_one_that_asks_for_letters_first(fill: Fill, state: State) -> None:
    _, records, unanswered = fill("select2.html")
    assert state() == {"tinh": "2", "xa": "4"}, (records, unanswered)
    assert records["Tỉnh/Thành phố"].answer == "Tỉnh Sao Mai" and records["Tỉnh/Thành phố"].required
    assert len(records) == 2  # the hidden select, its search box and the drawn list are one field


def test_a_list_drawn_at_the_end_of_the_document_shows_only_its_first_screen(fill: Fill, state: State) -> None:
    _, records, unanswered = fill("ant.html")
    assert state() == {"tinh": "Tỉnh Sao Mai", "gt": "2"}, (records, unanswered)
    assert set(records) == {"Tỉnh/Thành phố", "Giới tính"}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("prime.html", {"dt": "Kinh", "ten": "Nguyễn Thị Thử Nghiệm"}),
        ("ngselect.html", {"cq": "UBND phường Sao Mai"}),
        ("element.html", {"qt": "Việt Nam", "dt": "0912000017"}),
        ("vuetify.html", {"xa": "Phường Sao Mai"}),
        ("kendo.html", {"noi": "1", "md": "Đi học"}),
    ],
)
def test_lists_of_other_kits(fill: Fill, state: State, page: str, expected: dict[str, str]) -> None:
    _, records, unanswered = fill(page)
    assert state() == expected, (records, unanswered)
    assert len(records) == len(expected)


def test_what_is_chosen_already_is_left_alone(fill: Fill, state: State, who: Traveller) -> None:
    fill("element.html")
    before = state()
    _, records, _ = form.fill_page(who, who.hands.settle(), Answerer(who.persona, {}))
    assert state() == before and {r.label: r.prefilled for r in records} == {"Quốc tịch": True, "Số điện thoại": True}
