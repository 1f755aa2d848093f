"""Where more citizens no longer mean more answers: the knee of a load that was raised by steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def knee_of(steps: Sequence[Step]) -> Knee | None:
    """The knee; None when every step followed: it lies beyond the last. `steps` in order of their load."""
    behind = next((number for number, step in enumerate(steps) if step.answered < FOLLOWS * step.offered), None)
    if behind is None:
        return None
    most = max(step.answered for step in steps)
    return Knee(steps[behind - 1].citizens if behind else None, most)
