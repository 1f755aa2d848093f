"""The knee of a stepped load, and drift: what is one, and what only looks like one."""

from __future__ import annotations

import numpy
import pytest

from toantrinh.load.knee import Knee, Step, knee_of, offered_by, steps_of
from toantrinh.load.plan import Ask, Caps, Crowd, Errand, LoadPlan, Operation
from toantrinh.load.samples import Came, Samples, samples_of
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


@pytest.mark.parametrize(("begins", "ends"), [(14, 18), (13, 16), (15, 18), (0, 3)])
def test_a_slow_spell_is_no_drift(begins: float, ends: float) -> None:
    chance = numpy.random.default_rng(3)
    at = numpy.sort(chance.uniform(0, 18, 270))
    seconds = chance.lognormal(numpy.log(0.1), 0.2, 270) + 0.3 * ((at >= begins) & (at < ends))
    assert not trend_of(at, seconds).drifts()


def wandering(together: float, seed: int, rise: float = 0.0) -> Trend:
    """Answers of 600 s whose level wanders from 5 s to 5 s, with a rise over the whole time."""
    chance = numpy.random.default_rng(seed)
    step, place, levels = together**0.2, chance.normal(), numpy.zeros(120)
    for at in range(120):
        place = step * place + numpy.sqrt(1 - step * step) * chance.normal()
        levels[at] = 0.1 * numpy.exp(0.25 * place)
    at = numpy.sort(chance.uniform(0, 600, 2400))
    return trend_of(at, levels[(at // 5).astype(int)] * chance.lognormal(0, 0.2, 2400) + rise * at / 600, seed)


@pytest.mark.parametrize("together", [0.0, 0.5, 0.8])
def test_a_level_that_wanders_is_seldom_called_a_drift_and_a_rise_is_still_found(together: float) -> None:
    assert sum(wandering(together, seed).drifts() for seed in range(30)) <= 3
    assert sum(wandering(together, seed, rise=0.3).drifts() for seed in range(30)) >= 22


def test_a_sure_rise_of_a_hair_is_no_drift() -> None:
    found = answers(60_000, drift=0.005)
    assert found.least > 0 and not found.drifts()


def test_a_few_answers_say_nothing() -> None:
    with pytest.raises(TooFew, match="50 lượt, cần ít nhất 120"):
        answers(50)


def crowd_samples(capacity: float) -> tuple[LoadPlan, Samples]:
    """Three crowds who think two seconds, before a system that answers in half a second and at most so many a second."""
    look = Operation(name="xem", asks=(Ask(path="/"),))
    plan = LoadPlan(
        base_url="http://127.0.0.1",
        errands=(Errand(name="xem", operations=(look, look.model_copy(update={"name": "tìm", "think_s": 2}))),),
        phases=tuple(Crowd(name=f"{n}", citizens=n, think_s=2, seconds=10) for n in (10, 20, 40)),
        caps=Caps(citizens=30, rate=1000),
    )
    rows = []
    for number, citizens in enumerate((10, 20, 30)):
        per_second = min(2 * citizens / 5, capacity)  # an errand of five seconds has two operations
        for place in range(round(10 * per_second)):
            ended = 10 * number + place / per_second
            rows.append((place % 2, number, ended - 0.5, ended - 0.5, ended, Came.RIGHT, 200, 1, 0))
    return plan, samples_of(rows)


def test_a_step_is_what_its_crowd_asked_for_and_got() -> None:
    found = steps_of(*crowd_samples(9))
    assert [one.citizens for one in found] == [10, 20, 30]
    assert [one.offered for one in found] == pytest.approx([4, 8, 12])
    assert [one.answered for one in found] == pytest.approx([4, 8, 9], rel=0.05)


def test_a_step_that_was_never_sent_is_none() -> None:
    plan, samples = crowd_samples(9)
    assert len(steps_of(plan, samples.where(samples.column("ended") < 14))) == 1
    assert steps_of(plan, samples_of([])) == []
