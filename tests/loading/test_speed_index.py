"""The Speed Index of pictures whose answer is known by counting."""

from __future__ import annotations

import numpy
import pytest

from toantrinh.observers.loading.filming import Picture
from toantrinh.observers.loading.speed_index import TAIL_MS, moving_squares, progress_of

WHITE, DARK = (255, 255, 255), (0, 51, 102)


def half(share: float, paint: tuple[int, int, int] = DARK) -> Picture:
    """A window of 160 × 96 whose upper part is painted."""
    picture = numpy.full((96, 160, 3), WHITE, dtype=numpy.uint8)
    picture[: round(96 * share)] = paint
    return picture


def test_the_index_is_the_area_above_the_progress() -> None:
    got = progress_of([(0, half(0)), (500, half(0.25)), (1000, half(0.5)), (1500, half(1))])

    assert got is not None
    assert got.shown == (0.0, 0.25, 0.5, 1.0)
    assert got.speed_index_ms == pytest.approx(500 + 0.75 * 500 + 0.5 * 500)
    assert got.complete_ms == 1500


def test_a_page_that_never_shows_anything_has_no_index() -> None:
    assert progress_of([(0, half(0)), (700, half(0))]) is None
    assert progress_of([(0, half(0))]) is None


def test_what_goes_away_again_is_no_progress() -> None:
    red = half(0.5, (200, 0, 0))

    got = progress_of([(0, half(0)), (100, red), (900, half(0.5))])

    assert got is not None
    assert got.shown[1] < 0.7  # white has gone where it was to go, the colour has not come
    assert got.speed_index_ms > 300


def test_a_change_after_the_page_was_complete_moves_the_end() -> None:
    got = progress_of([(0, half(0)), (100, half(0.98)), (4000, half(1))])

    assert got is not None
    assert got.complete_ms == 4000
    assert got.speed_index_ms < 250


def blinking(step: int) -> Picture:
    picture = half(0.5)
    picture[80:] = ((255, 0, 0), (0, 200, 0))[step % 2]
    return picture


def test_what_never_stops_moving_is_left_out() -> None:
    page = [(0.0, half(0)), (300.0, half(0.5))]
    film = page + [(400.0 + 100 * step, blinking(step)) for step in range(30)]

    moving, others = moving_squares(film, film[-1][0])

    assert moving is not None and not others
    assert moving[5:].all() and not moving[:5].any()
    got, alone = progress_of(film, moving), progress_of(page)
    assert got is not None and alone is not None
    assert got.speed_index_ms == pytest.approx(alone.speed_index_ms)
    assert got.complete_ms == 300


def test_what_still_comes_beside_it_is_told() -> None:
    film = [(0.0, half(0))] + [(100.0 * step, blinking(step)) for step in range(1, 20)]
    late = half(0.8)
    late[80:] = film[-1][1][80:]

    _, others = moving_squares([*film, (1950.0, late)], 1950.0)

    assert others


def test_a_few_changes_are_no_movement() -> None:
    film = [(0.0, half(0)), (TAIL_MS, half(0.5)), (TAIL_MS + 300, half(1))]

    moving, others = moving_squares(film, TAIL_MS + 400)

    assert moving is not None and not moving.any() and others
