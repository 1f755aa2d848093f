"""What every scenario leaves behind: a record of things that were tried off the straight path, with their pictures.

A scenario's own record is a subclass that adds one `Trial` (or a subclass of it) for each thing tried. Facts only:
whether they are good is for the suites.
"""

from __future__ import annotations

from toantrinh.observations.journey import Reach, Shot
from toantrinh.observations.page import Facts


class Trial(Facts):
    """One thing that was tried: how far it got, where, and what the page newly said.

    `reach` speaks of the trial, not of its result: a wrong answer that was entered and refused is `reached`.
    """

    reach: Reach = Reach.NOT_TRIED
    why: str = ""
    address: str = ""
    said: tuple[str, ...] = ()
    shots: tuple[Shot, ...] = ()


class Scenario(Facts):
    """The record of one scenario. `service` is empty when the whole system is meant.

    `reach` and `why` say what stopped it before anything could be tried; `left_behind` names what stays in the system
    (drafts, dossiers by their code) and was not taken back.
    """

    name: str
    service: str = ""
    reach: Reach = Reach.REACHED
    why: str = ""
    left_behind: tuple[str, ...] = ()
