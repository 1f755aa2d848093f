"""What a scorecard says of one service, read from the record of its journey."""

from __future__ import annotations

from toantrinh.level import measure
from toantrinh.observations.journey import Journey, Reach, Step
from toantrinh.plain_text import plain
from toantrinh.scorecard_model import JourneyStep, ServiceFacts
from toantrinh.store import Store
from toantrinh.system_model import Service


def journey_key(code: str) -> str:
    """The key under which the journey of a service is kept."""
    return f"journey/{code}"


def service_facts(store: Store, service: Service) -> ServiceFacts:
    """Declared and measured level and the steps of the journey; without a record, only what the file says."""
    observed = store.read(journey_key(service.code), Journey)
    if observed is None or observed.data is None:
        why = plain(observed.reason) if observed else "chưa quan sát"
        return ServiceFacts(code=service.code, name=service.name, declared_level=service.declared, why=why)
    journey, level = observed.data, measure(observed.data)
    return ServiceFacts(
        code=service.code,
        name=service.name,
        declared_level=service.declared,
        measured_level=level.level,
        why=plain(level.why),
        journey=tuple(_step(step) for step in journey.steps),
    )


def _step(step: Step) -> JourneyStep:
    return JourneyStep(
        step=step.name,
        title=step.name.vietnamese,
        reached=step.reach is Reach.REACHED,
        reach=step.reach,
        why=plain(step.why),
        duration_ms=step.duration_ms,
        screenshot=step.shots[-1].path if step.shots else None,
        address=step.address,
    )
