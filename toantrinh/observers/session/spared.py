"""Trying things with the test account that the fewest services need: what it costs, it costs only that account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.scenarios.logging_in import spared_account
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def spared_traveller(
    browser: Browser,
    system: System,
    attachments: Attachments,
    lost: str,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    refused: Mapping[str, str] | None = None,
) -> Iterator[Traveller]:
    """A traveller with that account, not logged in, who takes no pictures of every step.

    Raises NotObserved where there is no such account, where it was refused before, and where a step inside ends
    (`lost` says what was not reached).
    """
    service = spared_account(system)
    if service is None:
        raise NotObserved(Outcome.NOT_TESTED, "tệp hệ thống không có tài khoản công dân (accounts.citizen)")
    if why := (refused or {}).get(service.account, ""):
        raise NotObserved(Outcome.NOT_TESTED, why)
    with travelling(browser, system, service, attachments, equipment=equipment, on_step=on_step) as who:
        who.book.pictures = False
        try:
            yield who
        except StepEnded as end:
            outcome = Outcome.TOOL_ERROR if end.reach is Reach.TOOL_ERROR else Outcome.NOT_TESTED
            raise NotObserved(outcome, f"{lost}: {end.why}") from end
        except CannotAct as error:
            raise NotObserved(Outcome.TOOL_ERROR, str(error)) from error
