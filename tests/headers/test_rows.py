"""Answers whose headers were not kept are not judged, and their number is said."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from fixtures.answer_rows import left_out_of, of_page
from toantrinh.driver.answer_shapes import MOST_SHAPES, Shapes
from toantrinh.observations.http_answers import AnswersSeen, HttpAnswer
from toantrinh.observations.site import PageName


def seen(count: int) -> AnswersSeen:
    """So many answers, each with headers of its own."""
    shapes = Shapes()
    places = [shapes.place({"cache-control": f"max-age={number}"})[0] for number in range(count)]
    answers = tuple(
        HttpAnswer(
            method="GET", address=f"https://cong.example/{number}", kind="document", status=200,
            content_type="text/html", headers=place, step="home", count=2,
        )
        for number, place in enumerate(places)
    )  # fmt: skip
    return AnswersSeen(table=shapes.table(), answers=answers)


def test_answers_beyond_the_table_of_headers_are_left_out_and_counted() -> None:
    page: Any = SimpleNamespace(name=PageName.HOME, answers=seen(MOST_SHAPES + 3))
    rows, _ = of_page(page)
    assert len(rows) == MOST_SHAPES and all(row.headers for row in rows)
    assert left_out_of(page.answers).startswith("6 phản hồi không xét")


def test_when_all_headers_are_known_nothing_is_said() -> None:
    page: Any = SimpleNamespace(name=PageName.HOME, answers=seen(MOST_SHAPES))
    assert len(of_page(page)[0]) == MOST_SHAPES and left_out_of(page.answers) == ""
