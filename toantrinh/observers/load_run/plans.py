"""The two plans of a run: normal load with a short peak, then crowds by steps; made from what a script knows.

A script's plan says what is asked, by whom, and where it must stop; here is said how much, and for how long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from toantrinh.load.plan import Crowd, Errand, LoadPlan, Operation, Phase
from toantrinh.load.script import plan_of
from toantrinh.observations.load_run import StageName
from toantrinh.observations.load_script import LoadScript, OperationName
from toantrinh.system_model import System

NORMAL_S = 16.0
PEAK_S, PEAK_TIMES = 3.0, 3
RECOVERY_S = 5.0
STEP_S = 3.0
STEPS = (0.25, 0.5, 0.75, 1.0)
WITHIN_S = 0.3  # between two acts of one errand: how often citizens come is said by the stage
FEWEST_OF_RARE = 6  # of an errand in the normal stage: a share is raised so that it is seen at all
MOST_RAISED = 0.25  # of all arrivals, to which a share is raised at most
NORMAL_SHARE = 0.7  # of what may be submitted; the rest is for the steps


def plans_of(
    script: LoadScript, system: System, folder: Path, seed: int, soak_s: float | None = None, submitted: int = 0
) -> tuple[LoadPlan, LoadPlan]:
    """Normal load and peak; steps. The script's documents are written into `folder`. `submitted`: dossiers that an
    earlier start of this run has submitted by load. Raises NothingToSend."""
    first, rest = submissions(system, submitted)
    within_s = None if soak_s else WITHIN_S
    normal = plan_of(
        script, system, normal_phases(system, soak_s), folder=folder, seed=seed, submissions=first, think_s=within_s
    )
    steps = plan_of(script, system, crowds(system), folder=folder, seed=seed, submissions=rest, think_s=WITHIN_S)
    return normal_of(normal), crowds_of(steps)


def normal_phases(system: System, soak_s: float | None = None) -> tuple[Phase, ...]:
    """Normal load, a short peak, recovery."""
    rate = system.load.arrivals_per_second
    return (
        Phase(name=StageName.NORMAL.vietnamese, rate=rate, seconds=soak_s or NORMAL_S),
        Phase(name=StageName.PEAK.vietnamese, rate=PEAK_TIMES * rate, seconds=PEAK_S),
        Phase(name=StageName.RECOVERY.vietnamese, rate=rate, seconds=RECOVERY_S),
    )


def crowds(system: System) -> tuple[Crowd, ...]:
    """Steps up to the required number of citizens, or to what may be sent."""
    most = min(system.targets.concurrent_citizens, system.load.citizens_at_most)
    wanted = dict.fromkeys(max(1, round(most * share)) for share in STEPS)
    think_s = system.load.think_s
    return tuple(
        Crowd(name=StageName.STEP.vietnamese, citizens=count, think_s=think_s, seconds=STEP_S) for count in wanted
    )


def submissions(system: System, submitted: int = 0) -> tuple[int, int]:
    """How many test dossiers the first plan may submit, and how many the steps, when so many are submitted already."""
    most = max(0, system.load.submissions_at_most - submitted)
    first = math.ceil(most * NORMAL_SHARE)
    return first, most - first


def normal_of(plan: LoadPlan) -> LoadPlan:
    """The plan of fixed rates, in which rare errands are seen a few times."""
    arrivals = sum(phase.rate * phase.seconds for phase in plan.phases[:1] if isinstance(phase, Phase))
    whole = sum(errand.share for errand in plan.errands)
    least = whole * min(MOST_RAISED, FEWEST_OF_RARE / arrivals) if arrivals else 0.0
    return _with(plan, [one.model_copy(update={"share": max(one.share, least)}) for one in plan.errands])


def crowds_of(plan: LoadPlan) -> LoadPlan:
    """The plan of crowds: each act that needs no earlier one is an errand of its own, so that citizens think between
    any two, and the mix is right from the first second."""
    return _with(plan, [part for errand in plan.errands for part in _apart(errand)])


def _with(plan: LoadPlan, errands: Sequence[Errand]) -> LoadPlan:
    return LoadPlan.model_validate({**dict(plan), "errands": tuple(map(_uploads_named, errands))})


def _uploads_named(errand: Errand) -> Errand:
    """Going on from the papers is an act of the form: only what carries a file is an upload, where that can be seen."""
    carrying = {place for place, one in enumerate(errand.operations) if any(p.file for a in one.asks for p in a.parts)}
    if not carrying:
        return errand
    named = (
        one.model_copy(update={"name": OperationName.FORM})
        if one.name == OperationName.UPLOAD and place not in carrying
        else one
        for place, one in enumerate(errand.operations)
    )
    return errand.model_copy(update={"operations": tuple(named)})


def _apart(errand: Errand) -> list[Errand]:
    """The errand in as many parts as it has operations, where none carries what an earlier one took."""
    own = errand.operations
    if errand.at_most is not None or any(_carries(one, own[:place]) for place, one in enumerate(own)):
        return [errand]
    return [errand.model_copy(update={"name": f"{errand.name}: {one.name}", "operations": (one,)}) for one in own]


def _carries(operation: Operation, earlier: Sequence[Operation]) -> bool:
    names = {take.name for one in earlier for ask in one.asks for take in ask.takes}
    text = "".join(ask.model_dump_json() for ask in operation.asks)
    return any(f"{{{{{name}{end}" in text for name in names for end in ("}}", "|url}}"))
