"""When citizens arrive, decided before anything is sent, so that slow answers cannot slow the arrivals."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from toantrinh.load.plan import Crowd, LoadPlan, Phase


@dataclass(frozen=True, slots=True)
class Arrival:
    """`at`: seconds after the start. `errand`, `phase`: their places in the plan."""

    at: float
    errand: int
    phase: int


def arrivals(plan: LoadPlan, part: int = 0, parts: int = 1) -> Iterator[Arrival]:
    """The arrivals of the phases with a fixed rate, in order, the same for the same seed; of several generators each
    takes its `part`.

    One arrival falls into each stretch of 1/rate seconds, at a random moment of it: the rate is exact over any longer
    time, the rhythm is not a machine's. A rate above the cap of requests is lowered to it.
    """
    chance = random.Random(f"{plan.seed}/arrivals")
    shares = [errand.share for errand in plan.errands]
    left = [errand.at_most for errand in plan.errands]
    begun, count = 0.0, 0
    for phase, stretch in enumerate(plan.phases):
        if isinstance(stretch, Phase):
            rate = plan.rate_of(stretch)
            for number in range(round(rate * stretch.seconds)):
                at = begun + (number + chance.random()) / rate
                errand = chance.choices(range(len(shares)), shares)[0]
                allowed = within(left, errand)
                if allowed is not None and count % parts == part:
                    yield Arrival(at, allowed, phase)
                count += 1
        begun += stretch.seconds


def within(left: list[int | None], errand: int) -> int | None:
    """The errand that is done instead where enough have come for this one: the first; None where that is used up, too.

    `left`: for each errand how often it may still be done, None for any number; it is counted down.
    """
    for choice in (errand, 0):
        remains = left[choice]
        if remains is None:
            return choice
        if remains > 0:
            left[choice] = remains - 1
            return choice
    return None


class Visitor:
    """One citizen of the crowds: when he acts next. `number`: 0, 1, … of all citizens of the plan."""

    def __init__(self, plan: LoadPlan, number: int) -> None:
        self._plan, self._number = plan, number
        self._chance = random.Random(f"{plan.seed}/visitor/{number}")
        self._shares = [errand.share for errand in plan.errands]
        self._came = False  # the first call comes a moment after the start, and is the start all the same

    def next(self, now: float) -> Arrival | None:
        """The next act from `now` on, s after the start; None when no crowd with him comes any more.

        A crowd comes in spread over one time of thinking. Where it would ask for more than the cap, it thinks longer.
        """
        begun = 0.0
        for phase, crowd in enumerate(self._plan.phases):
            ended = begun + crowd.seconds
            if isinstance(crowd, Crowd) and self._number < self._plan.citizens_of(crowd):
                comes_in = now <= begun or not self._came
                spread = self._chance.uniform(0, 1) if comes_in else self._chance.uniform(0.5, 1.5)
                at = max(now, begun) + self._plan.think_of(crowd) * spread
                if at < ended:
                    self._came = True
                    errand = self._chance.choices(range(len(self._shares)), self._shares)[0]
                    return Arrival(at, errand, phase)
            begun = ended
        return None
