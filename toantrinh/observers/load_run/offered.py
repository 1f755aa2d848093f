"""How many operations a plan's citizens would have ended in each step, were every answer as quick as at rest.

The same citizens with the same lots, without a system: what came less is the system's.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from toantrinh.load.arrivals import Arrival, Visitor, within
from toantrinh.load.plan import Crowd, LoadPlan


def offered_in(plan: LoadPlan, rest: Mapping[str, float], usual: float, files: Mapping[str, float]) -> list[float]:
    """Operations a second of each crowd of the plan. `rest`: by operation what an answer takes at rest, s; `usual`:
    that of one that is not known; `files`: how long a citizen then waits for the files of the page, on the mean."""
    most = max(plan.citizens_of(crowd) for crowd in plan.phases if isinstance(crowd, Crowd))
    citizens = [Visitor(plan, number) for number in range(most)]
    coming: list[tuple[float, int, Arrival]] = []
    for number, citizen in enumerate(citizens):
        _comes(coming, number, citizen.next(0.0))
    ends, left = _ends(plan), [errand.at_most for errand in plan.errands]
    busy_until = [0.0] * len(plan.errands)
    ended = [0] * len(ends)
    while coming:
        at, number, arrival = heapq.heappop(coming)
        taken = arrival.errand
        if plan.errands[taken].one_by_one and at < busy_until[taken]:
            taken = 0
        errand = within(left, taken)
        for place, operation in enumerate(plan.errands[errand].operations if errand is not None else ()):
            at += (operation.think_s if place else 0) + rest.get(operation.name, usual)
            if (step := next((n for n, end in enumerate(ends) if at < end), None)) is not None:
                ended[step] += 1
            at += files.get(operation.name, 0.0)
        if errand is not None:
            busy_until[errand] = at
        _comes(coming, number, citizens[number].next(at))
    return [count / phase.seconds for count, phase in zip(ended, plan.phases, strict=True)]


def _comes(coming: list[tuple[float, int, Arrival]], number: int, arrival: Arrival | None) -> None:
    if arrival is not None:
        heapq.heappush(coming, (arrival.at, number, arrival))


def _ends(plan: LoadPlan) -> list[float]:
    """When each stretch of the plan ends, s after the start."""
    ends, at = [], 0.0
    for phase in plan.phases:
        at += phase.seconds
        ends.append(at)
    return ends
