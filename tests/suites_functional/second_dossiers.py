"""Second dossiers through the real portal, and what the checks say of a record."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from fixtures.journeys import JourneyRecord
from fixtures.scenarios import ScenarioRecord
from suites.functional import test_1_08_payment as s08
from suites.functional import test_1_09_submission as s09
from suites.functional import test_1_11_amendment as s11
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Journey, StepName
from toantrinh.observations.second_dossier import SecondDossier
from toantrinh.scenarios.second_dossier import make_second_dossier
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

CHECKS = (
    s08.test_failed_payment_leaves_it_payable,
    s08.test_abandoned_payment_leaves_it_payable,
    s08.test_pressing_twice_pays_once,
    s09.test_pressing_twice_makes_one_dossier,
    s11.test_supplement_request_reaches_the_citizen,
    s11.test_supplement_is_answered_online,
    s11.test_dossier_can_be_withdrawn,
)


def at_address(journey: Journey, base: str) -> Journey:
    """The same journey, as if its procedure's page stood at another portal."""
    steps = tuple(
        step.model_copy(update={"address": base + urlsplit(step.address).path})
        if step.name is StepName.DETAIL
        else step
        for step in journey.steps
    )
    return journey.model_copy(update={"steps": steps})


def second_dossier_at(chromium: Browser, base: str, journey: Journey, folder: Path) -> SecondDossier:
    """A second dossier at the portal `base`, for a journey that was made at another."""
    system = load_system("demo", base_url=base)
    service = next(s for s in system.services if s.code == journey.service)
    attachments = Attachments(folder, f"second-{journey.service}", str)
    return make_second_dossier(chromium, system, service, attachments, at_address(journey, base))


def verdict_of(
    test: Callable[..., None], record: Any, journey: Journey | None = None, verified: bool = True
) -> Verdict:
    """What a check says of a scenario's record (and of the journey, if it asks for one)."""
    known: dict[str, Any] = {name: ScenarioRecord(record, verified, "observations/x.json") for name in PARAMETERS}
    if journey is not None:
        known["journey"] = JourneyRecord(journey, verified, "observations/x.json")
    try:
        test(**{name: known[name] for name in inspect.signature(test).parameters})
    except Judgement as judgement:
        return judgement.verdict
    return Verdict.PASS


PARAMETERS = ("second_dossier", "wrong_codes", "feedback")
