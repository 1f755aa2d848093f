"""One application in which everything that can be typed carries a marker, and the walk to where it comes back."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toantrinh.driver.answers import fact_asked
from toantrinh.driver.eyes import View
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import confirmation, discovery
from toantrinh.journey.application import submit_dossier
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.markers import Kind, MarkerRecord
from toantrinh.observers.markers.data_answers import DataEar
from toantrinh.observers.markers.looking import Lookout
from toantrinh.observers.markers.marker import fresh
from toantrinh.observers.markers.officers import walk_as_officer
from toantrinh.observers.markers.own_pages import walk_own
from toantrinh.observers.markers.questions import Questions
from toantrinh.observers.markers.trap import Trap
from toantrinh.observers.markers.writing import Marking, NamingHands, Places
from toantrinh.observers.trespass.second_citizen import second_account
from toantrinh.persona import Persona
from toantrinh.scenarios.drafts import discard_draft
from toantrinh.scenarios.trying import accepted_answers, at_detail, why_not
from toantrinh.scenarios.withdrawal import withdraw
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "markers"


def observe_markers(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    journey: Journey,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    sessions: MutableMapping[str, Any] | None = None,
    refused: MutableMapping[str, str] | None = None,
) -> MarkerRecord:
    """Sends one marked application of the journey's service and looks at what shows it; withdraws it in the end.

    As another test citizen where there is one: the lists that other scenarios count stay as they are. Only where the
    authorisation names `submit` and `intrusive`. Raises NotObserved where our browser does not hear its own markers.
    """
    for what in ("submit", "intrusive"):
        if reason := system.why_not(what):
            return MarkerRecord(name=NAME, service=service.code, reach=Reach.NOT_TRIED, why=reason)
    if stopped := why_not(journey, StepName.DETAIL, StepName.FORM):
        return MarkerRecord(name=NAME, service=service.code, reach=stopped[0], why=stopped[1])
    second = second_account(system, service.account)
    account = second if second and not (refused or {}).get(second) else service.account
    answers = accepted_answers(journey)
    if account != service.account:  # what the first citizen wrote of themselves is not the second one's
        answers = {label: answer for label, answer in answers.items() if not is_personal(label)}
    known = service.model_copy(update={"account": account, "answers": {**answers, **service.answers}})
    role = "citizen_b" if account == "citizen_b" else "citizen_a"
    way = travelling(
        browser, system, known, attachments, equipment=replace(equipment, hands=NamingHands), on_step=on_step,
        no_account=(refused or {}).get(account, ""), sessions=sessions, resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        trap = Trap(fresh(), role, Kind.PAGE)
        trap.set_in(who.hands.watch.context)
        who.new_context = trap.setting(who.new_context)
        if not trap.hears(who.hands.page):
            raise NotObserved(Outcome.TOOL_ERROR, "trình duyệt không nghe được dấu thử của chính mình")
        lookout = Lookout(trap, attachments, is_own=who.at_home)
        record = MarkerRecord(name=NAME, service=service.code, account=account)
        told = _travel(who, lookout, journey)
        if refused is not None and (said := who.facts.get("log_in_refused")):
            refused[account] = str(said)
        return record.model_copy(update={**told, "pages": tuple(lookout.pages), "sightings": lookout.sightings()})


def is_personal(label: str) -> bool:
    """True for a label that asks for something of the person who applies."""
    return fact_asked(label) in Persona.model_fields


def _travel(who: Traveller, lookout: Lookout, journey: Journey) -> dict[str, Any]:
    """Everything in its order; what is told of it."""
    places = Places()
    data = DataEar(who.hands.watch.context, who.at_home)
    marking = _Trail(lookout, places, journey.step(StepName.DETAIL).address)
    told: dict[str, Any] = {}
    reach, why, confirmed = _sent(who, journey, marking)
    if confirmed is None:
        left = _left_behind(who, marking.draft)
        told |= {"reach": reach, "why": why, "left_behind": (left,) if left else ()}
    else:
        code, own = confirmation.code_in(who, confirmed), confirmed.address
        lookout.at(who.hands.page)
        told |= {"code": code, **walk_own(who, lookout, own, code)}
        told["officer_why"] = walk_as_officer(who, lookout, code)
        data.open_marked(who, lookout)
        told["left_behind"] = () if _withdrawn(who, own) else (f"hồ sơ {code}",)
        lookout.at(who.hands.page)
    questions = Questions(who, lookout, places)
    heard = [one.request.url for one in who.hands.watch.seen if one.request.is_navigation_request()]
    told["questions_why"] = questions.ask(journey, heard)
    return told | {"asked": questions.asked, "places": tuple(places.known.values())}


class _Trail(Marking):
    """Keeps the address of the draft, too."""

    def __init__(self, lookout: Lookout, places: Places, start: str) -> None:
        super().__init__(lookout.trap.name, places, lambda who: lookout.at(who.hands.page), start)
        self.draft = ""

    def answered(self, who: Traveller, view: View) -> View:
        """The page with its markers."""
        self.draft = self.draft or (view.address if who.at_home(view.address) else "")
        return super().answered(who, view)


def _sent(who: Traveller, journey: Journey, marking: Marking) -> tuple[Reach, str, View | None]:
    """The confirmation page, or how and why it was not reached."""
    from playwright.sync_api import Error

    try:
        return Reach.REACHED, "", submit_dossier(who, discovery.apply(who, at_detail(who, journey)), marking)
    except StepEnded as end:
        return end.reach, end.why, None
    except CannotAct as error:
        return Reach.TOOL_ERROR, str(error), None
    except Error as error:
        return Reach.TOOL_ERROR, f"browser: {first_line(error)}", None


def _withdrawn(who: Traveller, own: str) -> bool:
    from playwright.sync_api import Error

    try:
        return withdraw(who, own).confirmed
    except (StepEnded, CannotAct, Error):
        return False


def _left_behind(who: Traveller, draft: str) -> str:
    """What is left of an application that was not sent, in words; empty for nothing."""
    if not draft:
        return ""
    if who.book.reach_of(StepName.SUBMIT)[0] is not Reach.NOT_TRIED:  # pressed, and no code was seen
        return f"hồ sơ {who.service.code} có thể đã nộp mà không thấy mã"
    return discard_draft(who, draft, saved=False)
