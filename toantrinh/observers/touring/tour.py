"""The tour: the states of a system that a visit of addresses never sees, and one application taken to its last press.

It starts with what anybody can come to, goes to the public page that the journey found, shows each page of the form as
it opens and with its errors, then the citizen's own pages, and sends nothing; only a system on this machine is paid.
Its draft is taken away at the end.
"""

from __future__ import annotations

import random
from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from toantrinh.journey.equipment import PLAIN, Equipment, phone_of
from toantrinh.journey.setting_out import travelling
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.tour import Tour
from toantrinh.observers.touring.album import Album
from toantrinh.observers.touring.application_states import ApplicationStates
from toantrinh.observers.touring.public_states import at_a_desk, on_a_phone
from toantrinh.scenarios.trying import accepted_answers, why_not
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "tour"
LEVELS = ("thông tin", "một phần", "toàn trình")


def chosen(services: Sequence[Service], seed: int) -> tuple[Service, str]:
    """The service whose application has most to show, and the rule in words: level, fee, signature, papers."""
    order = list(services)
    random.Random(seed).shuffle(order)
    best = max(order, key=lambda s: (LEVELS.index(s.declared), bool(s.fee), bool(s.signature), len(s.documents or ())))
    return best, (
        f"{best.code} trong {len(order)} dịch vụ: mức cao nhất, rồi có phí, có ký số, nhiều giấy tờ nhất; "
        f"bằng nhau thì bốc thăm (hạt giống {seed})"
    )


def beside(services: Sequence[Service], seed: int) -> Service:
    """Another service than the tour's, where there are several: the first of the highest level.

    Two who travel at the same time meet in no draft.
    """
    touring = chosen(services, seed)[0]
    others = [service for service in services if service.code != touring.code]
    return max(others or [touring], key=lambda service: LEVELS.index(service.declared))


def make_tour(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    journey: Journey,
    *,
    chosen_by: str = "",
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
) -> Tour:
    """Looks at the public states, and takes one application of `service` from page to page.

    Uses fresh browser contexts. No application is begun where nothing may be sent, or the journey came to no form.
    """
    album = Album()
    with travelling(browser, system, service, attachments, equipment=equipment, on_step=on_step) as who:
        who.book.pictures = False
        at_a_desk(who, journey, album)
    with travelling(browser, system, service, attachments, equipment=phone_of(browser), on_step=on_step) as who:
        who.book.pictures = False
        on_a_phone(who, album)
    seen = Tour(name=NAME, service=service.code, chosen_by=chosen_by)
    hovers = None if album.hovers is None else tuple(album.hovers)
    seen = seen.model_copy(update={"states": tuple(album.states), "missed": tuple(album.missed), "hovers": hovers})
    if reason := system.why_not("submit"):
        return seen.model_copy(update={"reach": Reach.NOT_TRIED, "why": reason})
    if stopped := why_not(journey, StepName.DETAIL, StepName.FORM):
        return seen.model_copy(update={"reach": stopped[0], "why": stopped[1]})
    application = ApplicationStates(journey, album)
    known = service.model_copy(update={"answers": {**accepted_answers(journey), **service.answers}})
    way = travelling(
        browser, system, known, attachments, equipment=equipment, on_step=on_step, no_account=no_account,
        sessions=sessions, resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        reach, why = application.travel(who)
    return seen.model_copy(
        update={
            "reach": Reach.REACHED if application.begun else reach,
            "why": "" if application.begun else why,
            "stopped": why,
            "states": tuple(album.states),
            "missed": tuple(album.missed),
            "review": application.review,
            "left_behind": tuple(application.left_behind),
        }
    )
