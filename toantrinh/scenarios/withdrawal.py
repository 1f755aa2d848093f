"""Withdrawing a dossier, as a trial with its pictures."""

from __future__ import annotations

from toantrinh.journey import withdrawal
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.second_dossier import Withdrawn
from toantrinh.scenarios.trying import picture


def withdraw(who: Traveller, own: str) -> Withdrawn:
    """Withdraws the dossier whose page is `own`. Raises StepEnded `absent` where that is not offered."""
    done = withdrawal.withdraw(who, own)
    return Withdrawn(
        reach=Reach.REACHED,
        address=own,
        said=done.said,
        shots=picture(who, "Hồ sơ sau khi rút"),
        pressed=done.pressed,
        status_before=done.before,
        status=done.after,
        confirmed=done.confirmed,
    )
