"""One dossier sent by the keyboard alone, and the controls on the way that a person without a mouse cannot use."""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.journey import Step, StepName
from toantrinh.observations.page import Facts
from toantrinh.observations.scenario import Scenario


class Blocking(StrEnum):
    """Why a control cannot be used by the keyboard."""

    NOT_REACHED = "not-reached"  # Tab does not come to it
    NO_REACTION = "no-reaction"  # it has the focus, and no key does what the mouse does

    @property
    def vietnamese(self) -> str:
        return "không tới được bằng Tab" if self is Blocking.NOT_REACHED else "không phản ứng với phím"


class Blocked(Facts):
    """A control that the mouse had to be taken for, once, so that the journey went on.

    `sure`: Tab went a whole round without it, or it had the focus and its keys did nothing; the mouse did something.
    `tried`: the keys pressed on it. `picture`: what is around it, the control outlined.
    """

    step: StepName
    label: str
    selector: str
    markup: str
    address: str
    why: Blocking
    sure: bool
    tried: tuple[str, ...] = ()
    picture: str = ""


class ByKeyboard(Scenario):
    """A journey from the home page to the dossier code by keys. `code` is empty when there was none.

    `untried`: what was done otherwise, without our knowing whether keys would have done.
    """

    chosen_by: str = ""
    steps: tuple[Step, ...] = ()
    code: str = ""
    blocked: tuple[Blocked, ...] = ()
    untried: tuple[str, ...] = ()
