"""Counts in public figures: which column, which row, which period, and how much they rose."""

from __future__ import annotations

import datetime

import pytest

from toantrinh.driver.lexicon import load_lexicon
from toantrinh.observations.figures import FigureTable, PublicFigures, Tile
from toantrinh.published_counts import Facet, counts, rises

TODAY = datetime.date(2026, 11, 22)
HEADS = ("Cơ quan", "Tiếp nhận", "Đã giải quyết", "Hài lòng (số đánh giá)")


def figures(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS, tiles: tuple[Tile, ...] = ()) -> PublicFigures:
    table = FigureTable(caption="Số liệu", heads=heads, rows=rows)
    return PublicFigures(tables=(table,) if rows else (), tiles=tiles, address="http://127.0.0.1/so-lieu")


def numbers(data: PublicFigures, intent: str) -> dict[Facet, int]:
    found: dict[Facet, int] = {}
    for count in counts(data, intent, load_lexicon(), TODAY).values():
        found.setdefault(count.facet, count.number)
    return found


def test_agencies_are_added_up_and_the_last_row_is_the_total() -> None:
    data = figures(("Công an tỉnh", "1.204", "900", ""), ("Sở Tư pháp", "30", "20", ""), ("Cộng", "1.234", "920", ""))
    assert numbers(data, "figures-received") == {Facet.AGENCY: 1234, Facet.TOTAL: 1234}
    assert numbers(data, "figures-settled") == {Facet.AGENCY: 920, Facet.TOTAL: 920}


@pytest.mark.parametrize("label", ["Tháng 11/2026", "11/2026", "Tháng 11 năm 2026", "Quý IV/2026", "Năm 2026", "2026"])
def test_the_period_that_is_on_is_known_by_its_name(label: str) -> None:
    assert numbers(figures((label, "7", "3", "")), "figures-received")[Facet.PERIOD] == 7


@pytest.mark.parametrize("label", ["Tháng 10/2026", "Tháng 11/2025", "Quý III/2026", "Năm 2025", "Sở Tư pháp"])
def test_other_periods_are_not_on(label: str) -> None:
    assert Facet.PERIOD not in numbers(figures((label, "7", "3", "")), "figures-received")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("4,4 (12)", "3,9 (8)"), 20),
        (("4,4 (12)", "—"), 12),
        (("12", "8"), 20),
        (("4,4", "3,9"), None),
        (("4,4", "—"), None),
        (("98%", "97%"), None),
        (("—", "—"), None),
    ],
)
def test_ratings_are_counted_in_brackets_or_alone_and_never_from_means(
    cells: tuple[str, str], told: int | None
) -> None:
    data = figures(("Sở Tư pháp", "1", "1", cells[0]), ("Công an tỉnh", "1", "1", cells[1]))
    assert numbers(data, "figures-rated").get(Facet.AGENCY) == told


def test_tiles_are_counts_of_everything() -> None:
    tiles = (Tile(number=72, words="hồ sơ đã tiếp nhận"), Tile(number=5, words="điểm hài lòng, 38 lượt đánh giá"))
    data = figures(tiles=tiles)
    assert numbers(data, "figures-received") == {Facet.TOTAL: 72}
    assert numbers(data, "figures-settled") == {}
    assert numbers(data, "figures-rated") == {Facet.TOTAL: 38}
    assert numbers(figures(tiles=(Tile(number=41, words="lượt đánh giá"),)), "figures-rated") == {Facet.TOTAL: 41}


def test_a_share_is_no_count() -> None:
    heads = ("Cơ quan", "Tỷ lệ tiếp nhận trực tuyến", "Tỷ lệ đã giải quyết đúng hạn")
    data = figures(("Sở Tư pháp", "95", "90"), heads=heads)
    assert numbers(data, "figures-received") == numbers(data, "figures-settled") == {}


def test_a_rise_is_the_greatest_of_its_facet_and_a_new_month_rises_from_nothing() -> None:
    before = figures(("Tháng 10/2026", "8", "8", ""))
    after = figures(("Tháng 11/2026", "2", "1", ""), ("Tháng 10/2026", "8", "8", ""))
    found = rises(before, after, "figures-received", load_lexicon(), TODAY)
    assert found == {Facet.PERIOD: 2, Facet.TOTAL: 2}


def test_what_stands_on_one_page_alone_is_not_compared() -> None:
    assert rises(figures(), figures(("Sở Tư pháp", "3", "2", "")), "figures-received", load_lexicon(), TODAY) == {}
