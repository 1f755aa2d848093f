"""Where more citizens no longer mean more answers: the knee of a load that was raised by steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from toantrinh.load.plan import Crowd, LoadPlan
from toantrinh.load.samples import Samples

FOLLOWS = 0.9  # of what was offered: a step that answers less is behind the knee


@dataclass(frozen=True)
class Step:
    """One step. `offered`, `answered`: operations a second that were asked for, and that brought the right page.

    `citizens`: who were there at the same time.
    """

    citizens: int
    offered: float
    answered: float


@dataclass(frozen=True)
class Knee:
    """The last step that still followed, and the most that the system answered, operations a second.

    `citizens` is None where even the first step was too much.
    """

    citizens: int | None
    most_per_second: float


def offered_by(citizens: int, think_s: float, at_rest_s: float) -> float:
    """Operations a second that so many citizens ask for who think in between, were each answer as quick as at rest."""
    return citizens / (think_s + at_rest_s)


def steps_of(plan: LoadPlan, samples: Samples) -> list[Step]:
    """The steps of a plan of crowds, one after the other, as far as they were sent.

    What was answered is counted when each crowd has come in and all think at different times: after one time of
    thinking, at most half of the stretch. At rest is the middle of the first crowd's answers, operation by operation.
    """
    steps: list[Step] = []
    at_rest, begun = _at_rest(plan, samples), 0.0
    last = float(samples.column("ended").max()) if len(samples) else 0.0
    for crowd in plan.phases:
        ended = begun + crowd.seconds
        if not isinstance(crowd, Crowd) or last <= begun + crowd.seconds / 2:
            break
        think_s, citizens = plan.think_of(crowd), plan.citizens_of(crowd)
        settled, until = begun + min(think_s, crowd.seconds / 2), min(ended, last)
        at = samples.column("ended")
        right = int((samples.right & (at >= settled) & (at < until)).sum())
        steps.append(Step(citizens, _offered(plan, citizens, think_s, at_rest), right / (until - settled)))
        begun = ended
    return steps


def _at_rest(plan: LoadPlan, samples: Samples) -> dict[str, float]:
    """For each operation how long its answer takes in the smallest crowd, s."""
    first = samples.where(samples.right & (samples.column("phase") == 0))
    found = {}
    for number, name in enumerate(plan.operations):
        seconds = first.where(first.column("operation") == number).seconds
        found[name] = float(numpy.median(seconds)) if len(seconds) else 0.0
    return found


def _offered(plan: LoadPlan, citizens: int, think_s: float, at_rest: dict[str, float]) -> float:
    """Operations a second of so many citizens, whose errands may have several with thoughts in between."""
    operations = sum(errand.share * len(errand.operations) for errand in plan.errands)
    inside = sum(
        errand.share
        * sum(at_rest[one.name] + (one.think_s if place else 0) for place, one in enumerate(errand.operations))
        for errand in plan.errands
    )
    shares = sum(errand.share for errand in plan.errands)
    return offered_by(citizens, think_s, inside / shares) * operations / shares


def knee_of(steps: Sequence[Step]) -> Knee | None:
    """The knee; None when every step followed: it lies beyond the last. `steps` in order of their load."""
    behind = next((number for number, step in enumerate(steps) if step.answered < FOLLOWS * step.offered), None)
    if behind is None:
        return None
    most = max(step.answered for step in steps)
    return Knee(steps[behind - 1].citizens if behind else None, most)
