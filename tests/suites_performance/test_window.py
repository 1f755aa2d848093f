"""Load that would go on after its window closes is not begun."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fixtures.load import closes_too_early
from tests.suites_performance.worlds import system_of

EVENING = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)  # 22:30 in Viet Nam


@pytest.mark.parametrize(
    ("window", "seconds", "may"),
    [
        ("22:00-05:00", 3600, True),
        ("22:00-22:45", 600, True),
        ("22:00-22:45", 1800, False),
        ("22:00-22:45", 24 * 3600, False),
        ("23:00-05:00", 60, False),
    ],
)
def test_the_window_must_hold_to_the_end(window: str, seconds: float, may: bool) -> None:
    why = closes_too_early(system_of(window=window), seconds, EVENING)
    assert bool(why) is not may
    assert may or window in why


def test_this_machine_needs_no_window() -> None:
    assert not closes_too_early(system_of(), 3600, EVENING)
