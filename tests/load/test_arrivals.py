"""Arrivals: at the rate that was asked for, the same for the same seed, shared among generators, under the caps."""

from __future__ import annotations

import itertools

import pytest

from toantrinh.load.arrivals import Visitor, arrivals
from toantrinh.load.plan import Ask, Caps, Crowd, Errand, LoadPlan, Operation, Phase

LOOK = Errand(name="xem", operations=(Operation(name="xem", asks=(Ask(path="/"),)),), share=9)
SEND = Errand(
    name="nộp", operations=(Operation(name="nộp", asks=(Ask(path="/a"), Ask(path="/b", method="POST"))),), share=1
)


def plan(*, cap: float = 1000, seed: int = 1, errands: tuple[Errand, ...] = (LOOK, SEND)) -> LoadPlan:
    return LoadPlan(
        base_url="http://127.0.0.1",
        errands=errands,
        phases=(Phase(name="thường", rate=50, seconds=10), Phase(name="đỉnh", rate=200, seconds=5)),
        caps=Caps(citizens=10, rate=cap),
        seed=seed,
    )


def test_each_phase_has_its_rate() -> None:
    came = list(arrivals(plan()))
    assert [sum(one.phase == phase for one in came) for phase in (0, 1)] == [500, 1000]
    assert all(begun <= 50 for begun in (sum(s <= one.at < s + 1 for one in came) for s in range(10)))
    assert [one.at for one in came] == sorted(one.at for one in came) and came[-1].at < 15


def test_errands_come_by_their_shares() -> None:
    came = list(arrivals(plan()))
    assert sum(one.errand == 1 for one in came) / len(came) == pytest.approx(0.1, abs=0.03)


def test_the_same_seed_the_same_arrivals() -> None:
    assert list(arrivals(plan())) == list(arrivals(plan())) != list(arrivals(plan(seed=2)))


def test_several_generators_share_them_without_losing_or_doubling_one() -> None:
    parts = [list(arrivals(plan(), part, 3)) for part in range(3)]
    assert sorted(itertools.chain(*parts), key=lambda one: one.at) == list(arrivals(plan()))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_the_cap_is_of_requests_not_of_arrivals() -> None:
    """The heaviest errand has two requests: a cap of 100 a second lets 50 arrive."""
    came = list(arrivals(plan(cap=100)))
    assert [sum(one.phase == phase for one in came) for phase in (0, 1)] == [500, 250]


def crowds(*, cap: float = 1000) -> LoadPlan:
    return plan(cap=cap).model_copy(
        update={
            "phases": (
                Crowd(name="ít", citizens=4, think_s=2, seconds=20),
                Crowd(name="nhiều", citizens=8, think_s=2, seconds=20),
            )
        }
    )


def acts(visitor: Visitor, takes: float = 0.0) -> list[tuple[int, float]]:
    """Phase and moment of all acts of one citizen whose operations take so long, s."""
    now, found = 0.0, []
    while (one := visitor.next(now)) is not None:
        found.append((one.phase, one.at))
        now = one.at + takes
    return found


def test_a_citizen_of_the_smaller_crowd_is_in_the_larger_too() -> None:
    early, late = acts(Visitor(crowds(), 3)), acts(Visitor(crowds(), 4))
    assert {phase for phase, _ in early} == {0, 1} and {phase for phase, _ in late} == {1}
    assert all(20 <= at < 40 for _, at in late) and not acts(Visitor(crowds(), 8))


def test_citizens_think_and_slow_answers_slow_them() -> None:
    """A closed crowd: twenty seconds with two of thinking are about ten acts, with two more of waiting five."""
    quick, slow = acts(Visitor(crowds(), 0)), acts(Visitor(crowds(), 0), takes=2.0)
    assert 8 <= sum(phase == 0 for phase, _ in quick) <= 13 and 4 <= sum(phase == 0 for phase, _ in slow) <= 7
    assert all(1 <= b - a <= 3 for (p, a), (q, b) in itertools.pairwise(quick) if p == q)


def test_a_crowd_under_the_cap_thinks_longer() -> None:
    """Eight citizens with two requests each, at four a second, may act every four seconds."""
    assert sum(phase == 1 for phase, _ in acts(Visitor(crowds(cap=4), 0))) == pytest.approx(5, abs=1)


def test_a_crowd_is_no_larger_than_the_cap() -> None:
    capped = crowds().model_copy(update={"caps": Caps(citizens=2, rate=1000)})
    assert acts(Visitor(capped, 1)) and not acts(Visitor(capped, 2))


def test_a_crowd_comes_in_over_one_time_of_thinking_though_its_citizens_ask_a_moment_late() -> None:
    crowd = LoadPlan(
        base_url="http://127.0.0.1",
        errands=(LOOK,),
        phases=(Crowd(name="đông", citizens=200, think_s=5, seconds=10),),
        caps=Caps(citizens=200, rate=100_000),
    )
    first = [Visitor(crowd, number).next(0.01) for number in range(200)]
    assert sum(one is not None and one.at < 2.5 for one in first) == pytest.approx(100, abs=25)
