"""Dates are typed where typing is allowed, and pressed together in the calendar where it is not."""

from __future__ import annotations

from collections.abc import Callable

from tests.driver.conftest import Fill


def test_dates_are_entered_by_typing_by_lists_and_by_arrows(fill: Fill, state: Callable[[], dict[str, object]]) -> None:
    _, records, unanswered = fill(
        "dates.html", Ngày_sinh_của_trẻ_em="05/11/2026", Ngày_sinh_của_mẹ="09/09/1991", Ngày_sinh_của_cha="28/02/1988"
    )
    assert state() == {
        "bs": "15/03/1990",
        "fp": "05/11/2026",
        "jq": "09/09/1991",
        "arrows": "28/02/1988",
        "iso": "2022-05-16",
        "kept": "20/11/2026",
    }, (records, unanswered)
    assert unanswered == [] and records["Ngày hẹn"].readonly
