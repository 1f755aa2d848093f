"""The knee of a stepped load, and drift: what is one, and what only looks like one."""

from __future__ import annotations

import numpy
import pytest

from toantrinh.load.knee import Knee, Step, knee_of, offered_by
from toantrinh.load.trends import TooFew, Trend, trend_of


def steps(capacity: float, *, collapse: float = 1.0) -> list[Step]:
    """Answered as offered up to the capacity, then no more; behind it `collapse` of it."""
    rows = []
    for citizens in range(20, 220, 20):
        offered = offered_by(citizens, think_s=1.0, at_rest_s=0.0)
        answered = offered if offered <= capacity else capacity * collapse
        rows.append(Step(citizens, offered, answered))
    return rows


def test_the_knee_is_where_answers_stop_following() -> None:
    assert knee_of(steps(130)) == Knee(citizens=140, most_per_second=130)
    assert knee_of(steps(100)) == Knee(citizens=100, most_per_second=100)


def test_a_collapse_is_a_knee_at_what_was_reached_before() -> None:
    assert knee_of(steps(100, collapse=0.2)) == Knee(citizens=100, most_per_second=100)


def test_a_system_that_follows_has_no_knee() -> None:
    assert knee_of(steps(1000)) is None


def test_even_the_first_step_can_be_too_much() -> None:
    assert knee_of(steps(5)) == Knee(citizens=None, most_per_second=5)


def answers(count: int, *, drift: float = 0.0, tail: bool = False, seed: int = 7) -> Trend:
    """The trend of so many answers in 600 s around 200 ms, with a rise over the whole time."""
    chance = numpy.random.default_rng(seed)
    at = numpy.sort(chance.uniform(0, 600, count))
    seconds = 0.2 * chance.lognormal(0, 0.3, count) + drift * at / 600
    if tail:
        seconds[chance.integers(0, count, count // 50)] += 3.0
    return trend_of(at, seconds)


def test_a_rise_is_found_and_measured() -> None:
    found = answers(3000, drift=0.1)
    assert found.drifts() and found.rise == pytest.approx(0.1, rel=0.15) and found.least < found.rise < found.most
    assert found.began == pytest.approx(0.2, rel=0.1)


@pytest.mark.parametrize("seed", range(12))
def test_noise_is_no_drift(seed: int) -> None:
    assert not answers(3000, seed=seed).drifts()
    assert not answers(3000, tail=True, seed=seed).drifts()


def test_a_sure_rise_of_a_hair_is_no_drift() -> None:
    found = answers(60_000, drift=0.005)
    assert found.least > 0 and not found.drifts()


def test_a_few_answers_say_nothing() -> None:
    with pytest.raises(TooFew, match="50 lượt, cần ít nhất 120"):
        answers(50)
