"""Arrivals: at the rate that was asked for, the same for the same seed, shared among generators, under the caps."""

from __future__ import annotations

import itertools

import pytest

from toantrinh.load.arrivals import arrivals
from toantrinh.load.plan import Ask, Caps, LoadPlan, Operation, Phase

LOOK = Operation(name="xem", asks=(Ask(path="/"),), share=9)
SEND = Operation(name="nộp", asks=(Ask(path="/a"), Ask(path="/b", method="POST")), share=1)


def plan(*, cap: float = 1000, seed: int = 1, operations: tuple[Operation, ...] = (LOOK, SEND)) -> LoadPlan:
    return LoadPlan(
        base_url="http://127.0.0.1",
        operations=operations,
        phases=(Phase(name="thường", rate=50, seconds=10), Phase(name="đỉnh", rate=200, seconds=5)),
        caps=Caps(citizens=10, rate=cap),
        seed=seed,
    )


def test_each_phase_has_its_rate() -> None:
    came = list(arrivals(plan()))
    assert [sum(one.phase == phase for one in came) for phase in (0, 1)] == [500, 1000]
    assert all(begun <= 50 for begun in (sum(s <= one.at < s + 1 for one in came) for s in range(10)))
    assert [one.at for one in came] == sorted(one.at for one in came) and came[-1].at < 15


def test_operations_come_by_their_shares() -> None:
    came = list(arrivals(plan()))
    assert sum(one.operation == 1 for one in came) / len(came) == pytest.approx(0.1, abs=0.03)


def test_the_same_seed_the_same_arrivals() -> None:
    assert list(arrivals(plan())) == list(arrivals(plan())) != list(arrivals(plan(seed=2)))


def test_several_generators_share_them_without_losing_or_doubling_one() -> None:
    parts = [list(arrivals(plan(), part, 3)) for part in range(3)]
    assert sorted(itertools.chain(*parts), key=lambda one: one.at) == list(arrivals(plan()))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_the_cap_is_of_requests_not_of_arrivals() -> None:
    """The heaviest operation has two requests: a cap of 100 a second lets 50 arrive."""
    came = list(arrivals(plan(cap=100)))
    assert [sum(one.phase == phase for one in came) for phase in (0, 1)] == [500, 250]
