"""A walk that takes too long is our limit; a page whose script never ends is its own fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.by_keyboard.conftest import Opened, named
from toantrinh.driver import hands as by_hand
from toantrinh.driver import keyboard_hands, tab_walk, tabbing
from toantrinh.driver.endings import Fault, StepEnded, Unreached
from toantrinh.observations.journey import Reach

Open = Callable[..., Opened]
PASSED_BY = "<input tabindex='-1' aria-label='Nơi sinh'><button type='button' tabindex='-1'>Tiếp tục</button>"
ENDLESS = "addEventListener('keydown', () => { while (true); })"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of one act is short, and a walk knows no other end."""
    for module in (by_hand, keyboard_hands):
        monkeypatch.setattr(module, "STUCK_ACT_S", 2.0)
    monkeypatch.setattr(tabbing, "LIVES_S", 1.0)
    for limit in ("MOST_TABS", "NOTHING_NEW", "WHOLE_ROUNDS"):
        monkeypatch.setattr(tab_walk, limit, 10**9)


def test_a_field_that_is_too_far_away_is_no_fault_of_the_page(open_page: Open) -> None:
    hands, view = open_page(PASSED_BY)
    with pytest.raises(StepEnded, match="giới hạn của phép đo") as ended:
        hands.fill(view, named(view, "Nơi sinh"), "Huế")
    assert not isinstance(ended.value, Unreached) and ended.value.reach is Reach.BLOCKED


def test_a_button_that_is_too_far_away_is_no_fault_of_the_page(open_page: Open) -> None:
    hands, view = open_page(PASSED_BY)
    with pytest.raises(StepEnded, match="giới hạn của phép đo") as ended:
        hands.press(view, named(view, "Tiếp tục"))
    assert not isinstance(ended.value, Unreached) and ended.value.reach is Reach.BLOCKED
    assert not hands.untried and not hands.blocked


def test_a_script_that_never_ends_is_named_as_such(open_page: Open) -> None:
    hands, view = open_page(PASSED_BY, script=ENDLESS)
    with pytest.raises(Unreached) as ended:
        hands.fill(view, named(view, "Nơi sinh"), "Huế")
    assert ended.value.fault is Fault.ENDLESS_SCRIPT
