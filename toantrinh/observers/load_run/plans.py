"""The two plans of a run: normal load with a short peak, then crowds by steps; made from what a script knows.

A script's plan says what is asked, by whom, and where it must stop; here is said how much, and for how long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from toantrinh.load.plan import Crowd, Errand, LoadPlan, Operation, Phase
from toantrinh.observations.load_run import StageName
from toantrinh.system_model import System

NORMAL_S = 18.0
PEAK_S, PEAK_TIMES = 3.0, 3
RECOVERY_S = 5.0
STEP_S = 3.0
STEPS = (0.25, 0.5, 0.75, 1.0)
WITHIN_S = 1.0  # between two acts of one errand; how often citizens come is said by the stage
FEWEST_OF_RARE = 6  # of an errand in the normal stage: a share is raised so that it is seen at all
NORMAL_SHARE = 0.7  # of what may be submitted; the rest is for the steps


def normal_phases(system: System, soak_s: float | None = None) -> tuple[Phase, ...]:
    """Normal load, a short peak, recovery."""
    rate = system.load.arrivals_per_second
    return (
        Phase(name=StageName.NORMAL, rate=rate, seconds=soak_s or NORMAL_S),
        Phase(name=StageName.PEAK, rate=PEAK_TIMES * rate, seconds=PEAK_S),
        Phase(name=StageName.RECOVERY, rate=rate, seconds=RECOVERY_S),
    )


def crowds(system: System) -> tuple[Crowd, ...]:
    """Steps up to the required number of citizens, or to what may be sent."""
    most = min(system.targets.concurrent_citizens, system.load.citizens_at_most)
    wanted = dict.fromkeys(max(1, round(most * share)) for share in STEPS)
    think_s = system.load.think_s
    return tuple(Crowd(name=StageName.STEP, citizens=count, think_s=think_s, seconds=STEP_S) for count in wanted)


def normal_of(plan: LoadPlan) -> LoadPlan:
    """The plan of fixed rates: acts of one errand follow one another soon, and rare errands are seen a few times."""
    arrivals = sum(phase.rate * phase.seconds for phase in plan.phases[:1] if isinstance(phase, Phase))
    whole = sum(errand.share for errand in plan.errands)
    least = whole * min(0.25, FEWEST_OF_RARE / arrivals) if arrivals else 0.0
    errands = []
    for errand in _quick(plan.errands):
        most = None if errand.at_most is None else max(1, math.floor(errand.at_most * NORMAL_SHARE))
        errands.append(errand.model_copy(update={"share": max(errand.share, least), "at_most": most}))
    return _with(plan, errands)


def crowds_of(plan: LoadPlan) -> LoadPlan:
    """The plan of crowds: each act that needs no earlier one is an errand of its own, so that citizens think between
    any two, and the mix is right from the first second."""
    errands: list[Errand] = []
    for errand in _quick(plan.errands):
        if errand.at_most is not None:
            rest = errand.at_most - math.floor(errand.at_most * NORMAL_SHARE)
            if rest < 1 or errand.at_most == 1:
                continue
            errand = errand.model_copy(update={"at_most": rest})
        errands += _apart(errand)
    return _with(plan, errands or list(plan.errands[:1]))


def _with(plan: LoadPlan, errands: Sequence[Errand]) -> LoadPlan:
    return LoadPlan.model_validate({**dict(plan), "errands": tuple(errands)})


def _quick(errands: Sequence[Errand]) -> list[Errand]:
    return [
        errand.model_copy(
            update={
                "operations": tuple(
                    one.model_copy(update={"think_s": min(one.think_s, WITHIN_S)}) for one in errand.operations
                )
            }
        )
        for errand in errands
    ]


def _apart(errand: Errand) -> list[Errand]:
    """The errand in as many parts as it has operations, where none carries what an earlier one took."""
    if errand.at_most is not None or any(
        _carries(one, errand.operations[:n]) for n, one in enumerate(errand.operations)
    ):
        return [errand]
    return [
        errand.model_copy(update={"name": f"{errand.name}: {one.name}", "operations": (one,)})
        for one in errand.operations
    ]


def _carries(operation: Operation, earlier: Sequence[Operation]) -> bool:
    names = {take.name for one in earlier for ask in one.asks for take in ask.takes}
    text = "".join(ask.model_dump_json() for ask in operation.asks)
    return any(f"{{{{{name}{end}" in text for name in names for end in ("}}", "|url}}"))
