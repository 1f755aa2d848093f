"""Rough applications and log-ins on real portals, for the tests of their checks."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from fixtures.scenarios import ScenarioRecord
from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.observations.mistakes import LogInScenario, RoughApplication
from toantrinh.scenarios.logging_in import make_log_in_scenario
from toantrinh.scenarios.rough_application import make_rough_application
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System


def journey_to(service: Service, detail: str) -> Journey:
    """As much of a journey as a rough application needs: where the public page is, and that a form was seen."""
    return Journey(
        service=service.code,
        name=service.name,
        declared=service.declared,
        fee=service.fee,
        account=service.account,
        persona="",
        viewport=(1366, 768),
        steps=(
            Step(name=StepName.DETAIL, reach=Reach.REACHED, address=detail),
            Step(name=StepName.FORM, reach=Reach.REACHED),
        ),
    )


def rough_application(
    browser: Browser, system: System, service: Service, detail: str, folder: Path
) -> RoughApplication:
    """A rough application for real; `detail` is the path of the procedure's public page."""
    journey = journey_to(service, system.base_url + detail)
    return make_rough_application(browser, system, service, Attachments(folder, "rough", str), journey)


def log_in_scenario(browser: Browser, system: System, folder: Path) -> LogInScenario:
    """A wrong password and a log-out for real."""
    return make_log_in_scenario(browser, system, Attachments(folder, "door", str))


def record(data: RoughApplication, *, verified: bool = True) -> ScenarioRecord[RoughApplication]:
    """The record as a check reads it."""
    return ScenarioRecord(data, verified, "observations/x.json")


def door_record(data: LogInScenario, *, verified: bool = True) -> ScenarioRecord[LogInScenario]:
    """The record of the door as a check reads it."""
    return ScenarioRecord(data, verified, "observations/x.json")
