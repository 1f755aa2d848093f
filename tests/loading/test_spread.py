"""The median of a few loads and where it stands."""

from __future__ import annotations

import pytest

from toantrinh.observers.loading.spread import Stands, spread_of


def test_median_quartiles_and_bounds() -> None:
    got = spread_of([100, 110, 120, 130, 500])

    assert (got.count, got.median, got.q1, got.q3) == (5, 120, 110, 130)
    assert 100 <= got.low < got.median < got.high <= 500


def test_the_same_loads_give_the_same_bounds() -> None:
    values = [812.0, 790.0, 905.0, 840.0, 800.0]

    assert spread_of(values, 3) == spread_of(values, 3)


@pytest.mark.parametrize(
    ("values", "stands"),
    [
        ([900, 910, 920, 930, 940], Stands.BELOW),
        ([1100, 1110, 1120, 1130, 1140], Stands.ABOVE),
        ([900, 950, 990, 1100, 1200], Stands.BOTH),
        ([1000] * 5, Stands.ABOVE),  # below is asked for
        ([300, 310, 320, 330, 5000], Stands.BOTH),  # so few loads do not say that one of them was an accident
        ([300, 310, 315, 320, 325, 330, 5000], Stands.BELOW),
    ],
)
def test_where_a_median_stands_to_a_limit(values: list[float], stands: Stands) -> None:
    assert spread_of(values).to(1000) is stands
