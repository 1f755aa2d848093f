"""When citizens arrive, decided before anything is sent, so that slow answers cannot slow the arrivals."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from toantrinh.load.plan import LoadPlan


@dataclass(frozen=True, slots=True)
class Arrival:
    """`at`: seconds after the start. `operation`, `phase`: their indices in the plan."""

    at: float
    operation: int
    phase: int


def arrivals(plan: LoadPlan, part: int = 0, parts: int = 1) -> Iterator[Arrival]:
    """The arrivals of a plan, in order, the same for the same seed; of several generators each takes its `part`.

    One arrival falls into each stretch of 1/rate seconds, at a random moment of it: the rate is exact over any longer
    time, the rhythm is not a machine's. A rate above the cap of requests is lowered to it.
    """
    chance = random.Random(f"{plan.seed}/arrivals")
    shares = [operation.share for operation in plan.operations]
    heaviest = max(len(operation.asks) for operation in plan.operations)
    begun, count = 0.0, 0
    for phase, stretch in enumerate(plan.phases):
        rate = min(stretch.rate, plan.caps.rate / heaviest)
        for number in range(round(rate * stretch.seconds)):
            at = begun + (number + chance.random()) / rate
            operation = chance.choices(range(len(shares)), shares)[0]
            if count % parts == part:
                yield Arrival(at, operation, phase)
            count += 1
        begun += stretch.seconds
