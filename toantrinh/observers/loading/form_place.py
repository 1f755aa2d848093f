"""The way to the form, as far as its first page and no further: where it is, and with which log-in it opens again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from toantrinh.driver.eyes import View
from toantrinh.driver.window import CannotAct
from toantrinh.journey import discovery
from toantrinh.journey.application import Detours, submit_dossier
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.form import form_fields
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.loading import LoadingPage
from toantrinh.observers.loading.one_load import Place
from toantrinh.scenarios.drafts import discard_draft
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SESSION_STORAGE = "() => JSON.stringify(Object.entries(sessionStorage))"
RESTORE = """if (location.origin === %s) for (const [name, value] of %s) {
  if (sessionStorage.getItem(name) === null) sessionStorage.setItem(name, value);
}"""


class _AtTheForm(StepEnded):
    """The first page of the form stands open."""

    def __init__(self, view: View) -> None:
        super().__init__(Reach.REACHED, "")
        self.view = view


class _UntilTheForm(Detours):
    def on_page(self, who: Traveller, view: View) -> View:
        if form_fields(view):
            raise _AtTheForm(view)
        return view


@contextmanager
def at_form(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
    on_left: Callable[[str], None] = lambda what: None,
) -> Iterator[tuple[Place | None, str]]:
    """(the form of `service`, or None; why there is none), while whoever went there keeps their place.

    Goes by the search, with a log-in of this process where there is one. A draft that came to be is taken away then;
    `on_left` is told what stays.
    """
    from playwright.sync_api import Error

    if why := system.why_not("submit"):
        yield None, why
        return
    way = travelling(
        browser, system, service, attachments, equipment=equipment, no_account=no_account, sessions=sessions,
        resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        place, why = None, "đường nộp hồ sơ không qua trang biểu mẫu nào"
        try:
            found = discovery.search(who, discovery.open_home(who))
            submit_dossier(who, discovery.apply(who, found), _UntilTheForm())
        except _AtTheForm as there:
            place, why = _place(who, there.view), ""
        except (StepEnded, CannotAct, Error) as end:
            why = (getattr(end, "why", "") or str(end)).splitlines()[0]
        yield place, why
        if place is not None and (left := discard_draft(who, place.address, saved=False)):
            on_left(left)


def _place(who: Traveller, view: View) -> Place:
    """The form that stands open, with the log-in of whoever opened it."""
    kept = json.loads(str(who.hands.page.evaluate(SESSION_STORAGE)))  # a session made by hand was put back there
    origin = "/".join(view.address.split("/")[:3])
    scripts = (RESTORE % (json.dumps(origin), json.dumps(kept)),) if kept else ()
    return Place(LoadingPage.FORM, view.address, who.hands.watch.context.storage_state(), scripts)
