"""The visit: one application of one service is brought to its papers, files are tried there, nothing is handed in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any, NoReturn

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import discovery, papers
from toantrinh.journey.application import Detours, submit_dossier
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.form import TEXT_ROLES, form_fields
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.uploads import UploadsRecord
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.trespass.heard import Ear as OwnersEar
from toantrinh.observers.uploads.baits import MOST
from toantrinh.observers.uploads.downloads import own_downloads
from toantrinh.observers.uploads.hearing import Ear
from toantrinh.observers.uploads.round import Round, best_place
from toantrinh.scenarios.drafts import discard_draft
from toantrinh.scenarios.trying import accepted_answers, at_detail, picture, scenario_key, why_not
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "uploads"
KEY = scenario_key(NAME)


class _Enough(StepEnded):
    """The files have been tried: the application is not taken further."""

    def __init__(self) -> None:
        super().__init__(Reach.REACHED, "")


def observe_uploads(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    journey: Journey,
    prober: Prober,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
) -> UploadsRecord:
    """Tries the files in one application of `service`, whose journey was made in this run; returns the record."""
    record = UploadsRecord(name=NAME, service=service.code, bounds=MOST, exchanges=prober.record())
    for action in ("intrusive", "submit"):
        if reason := system.why_not(action):
            return record.model_copy(update={"reach": Reach.NOT_TRIED, "why": reason})
    if stopped := why_not(journey, StepName.DETAIL, StepName.FORM):
        return record.model_copy(update={"reach": stopped[0], "why": stopped[1]})
    known = service.model_copy(update={"answers": {**accepted_answers(journey), **service.answers}})
    way = travelling(
        browser, system, known, attachments, equipment=equipment, on_step=on_step, no_account=no_account,
        sessions=sessions, resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        context = who.hands.watch.context
        visit = _Visit(Ear(context), OwnersEar(context, system.base_url), prober)
        found = visit.travel(who, journey)
        role = visit.role(who)
        downloads, downloads_why = own_downloads(who, prober, role, journey)
        left = visit.take_back(who)
        prober.settle()
        return record.model_copy(
            update={
                **found,
                "downloads": downloads,
                "downloads_why": downloads_why,
                "left_behind": left,
                "exchanges": prober.record(),
            }
        )


def tried_at(
    who: Traveller, view: View, place: Control, ear: Ear, prober: Prober, role: Role, *, last: bool = True
) -> Round:
    """A whole round at one place; without files where the place does not take a good one. `last`: the page has been
    answered, so that files that go with it can be tried, too."""
    stem = f"kt{secrets.token_hex(3)}"
    found = Round(who, view, place, ear, prober, stem)
    if found.begin(f"{stem}x") and (last or not found.waits):
        found.go_on(role)
    return found


class _Visit(Detours):
    """Stops at the first place that takes a good file, if it can before the page is answered."""

    def __init__(self, ear: Ear, owners: OwnersEar, prober: Prober) -> None:
        self._ear, self._owners, self._prober = ear, owners, prober
        self._address = ""
        self._asked = False  # before the page was answered
        self.round: Round | None = None

    def role(self, who: Traveller) -> Role:
        """The owner, as the system knows them."""
        return self._owners.role("citizen_a", who.hands.watch.context)

    def travel(self, who: Traveller, journey: Journey) -> dict[str, Any]:
        """Goes to the papers and tries the files; what came of it, by field of the record."""
        from playwright.sync_api import Error

        reach, why = Reach.REACHED, ""
        try:
            submit_dossier(who, discovery.apply(who, at_detail(who, journey)), self)
        except StepEnded as end:
            reach, why = end.reach, end.why
        except (CannotAct, Error) as error:
            reach, why = Reach.TOOL_ERROR, first_line(error)
        done = self.round
        if done is None:
            absent = Reach.ABSENT if reach is Reach.REACHED else reach
            return {"reach": absent, "why": why or "hồ sơ không có chỗ đính kèm nào"}
        found = done.facts()
        if not done.files:
            if done.before is None or done.before.unopposed:
                why = "tệp chỉ được gửi cùng cả hồ sơ, không thử được mà không nộp"
                return {**found, "reach": Reach.NOT_TRIED, "why": why}
            said = done.before.message or done.before.why
            words = f"chỗ đính kèm không nhận cả tệp đúng loại{f': {said}' if said else ''}"
            return {**found, "reach": Reach.UNANSWERED, "why": words}
        return found

    def take_back(self, who: Traveller) -> tuple[str, ...]:
        """Takes the draft away; what stays, in words."""
        if not self._address:
            return ()
        left = discard_draft(
            who, self._address, saved=bool(self.round and self.round.before and self.round.before.accepted)
        )
        return (left,) if left else ()

    def on_page(self, who: Traveller, view: View) -> View:
        if form_fields(view) or papers.upload_places(view):
            self._address = self._address or view.address
        unanswered = any(c.role in TEXT_ROLES and (c.required or c.marked) and not c.value for c in form_fields(view))
        if papers.upload_places(view) and not unanswered and not self._asked:
            self._asked = True
            return self._try(who, view)
        return view

    def answered(self, who: Traveller, view: View) -> View:
        return self._try(who, view, last=True) if papers.upload_places(view) else view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        if step is not StepName.FORM:
            raise _Enough
        return who.press(view, control)

    def at_gateway(self, who: Traveller, view: View) -> NoReturn:
        raise _Enough

    def _try(self, who: Traveller, view: View, *, last: bool = False) -> View:
        place = best_place(view)
        if place is None:
            return view
        self.round = tried_at(who, view, place, self._ear, self._prober, self.role(who), last=last)
        if self.round.files or last:  # what goes with the whole page alone is tried when the page is answered
            if not self.round.files:
                picture(who, "Chỗ đính kèm không nhận tệp đúng loại")
            raise _Enough
        return self.round.trying.view
