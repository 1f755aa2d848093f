"""The way to the form, as far as its first page: where it is, how it opens again, and what the search gave before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.window import CannotAct
from toantrinh.journey import discovery
from toantrinh.journey.application import Detours, submit_dossier
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.loading import LoadingPage
from toantrinh.observers.comparing import place_of
from toantrinh.observers.loading.one_load import Place, fields_in_sight
from toantrinh.scenarios.drafts import discard_draft
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FEWEST = 2  # fields: a page that asks for one thing only asks the way to the form
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
    """Ends at the first page with fields to fill in; a choice of place before it is made. Nothing is ever handed in."""

    def on_page(self, who: Traveller, view: View) -> View:
        if len(fields_in_sight(view)) >= FEWEST:
            raise _AtTheForm(view)
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        if step is not StepName.FORM:
            if fields_in_sight(view):
                raise _AtTheForm(view)
            raise StepEnded(Reach.ABSENT, "trước bước nộp không có trang nào để kê khai")
        return who.press(view, control)

    def at_gateway(self, who: Traveller, view: View) -> View:
        raise StepEnded(Reach.ABSENT, "trước bước thanh toán không có trang nào để kê khai")


@dataclass(frozen=True)
class Way:
    """What was met: the address of the search's results (empty: none), the form, or why there is none."""

    results: str = ""
    form: Place | None = None
    why: str = ""


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
) -> Iterator[Way]:
    """The way to the form of `service`, while whoever went there keeps their place. Where nobody may submit, it ends at
    the results of the search.

    Goes with a log-in of this process where there is one. A draft that came to be is taken away then; `on_left` is told
    what stays.
    """
    way = travelling(
        browser, system, service, attachments, equipment=equipment, no_account=no_account, sessions=sessions,
        resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        met = _went(who)
        yield met
        if met.form is not None and (left := discard_draft(who, met.form.address, saved=False)):
            on_left(left)


def _went(who: Traveller) -> Way:
    from playwright.sync_api import Error

    results, form, why = "", None, who.system.why_not("submit")
    try:
        found = discovery.search(who, discovery.open_home(who))
        results = _results(who)
        if not why:
            submit_dossier(who, discovery.apply(who, found), _UntilTheForm())
            why = "đường nộp hồ sơ không qua trang biểu mẫu nào"
    except _AtTheForm as there:
        form = _place(who, there.view)
    except (StepEnded, CannotAct, Error) as end:
        why = why or (getattr(end, "why", "") or str(end)).splitlines()[0]
    return Way(results, form, why)


def _results(who: Traveller) -> str:
    """Where the results of the search stood; empty where that is no page of its own."""
    seen = {step.name: step.address for step in who.book.steps()}
    there, home = seen.get(StepName.SEARCH, ""), seen.get(StepName.HOME, "")
    return there if who.at_home(there) and place_of(there) != place_of(home) else ""


def _place(who: Traveller, view: View) -> Place:
    """The form that stands open, with the log-in of whoever opened it."""
    kept = json.loads(str(who.hands.page.evaluate(SESSION_STORAGE)))  # a session made by hand was put back there
    origin = "/".join(view.address.split("/")[:3])
    scripts = (RESTORE % (json.dumps(origin), json.dumps(kept)),) if kept else ()
    return Place(LoadingPage.FORM, view.address, who.hands.watch.context.storage_state(), scripts)
