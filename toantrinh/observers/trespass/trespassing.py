"""All questions of trespass in their order: two test citizens, the dossier that the journey of the first one made."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.observations.journey import Journey, StepName
from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import CaptchaAgain, Trespass, TrespassRecord
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.observers.trespass.credentials import never
from toantrinh.observers.trespass.draft_and_dossier import Changes, try_changes
from toantrinh.observers.trespass.heard import Ear, see_own
from toantrinh.observers.trespass.lookup import NO_CAPTCHA, ask_again, look_up, told_of_captcha
from toantrinh.observers.trespass.neighbours import ask_neighbours, countable, told_of_neighbours
from toantrinh.observers.trespass.officers import ask_officers, told_of_officers
from toantrinh.observers.trespass.own_data import OwnData, own_data
from toantrinh.observers.trespass.places import places_of
from toantrinh.observers.trespass.reading import ask_as_others, public_facts, told
from toantrinh.observers.trespass.second_citizen import ear_of, second_account, second_citizen, still_in
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def why_not_asked(system: System, journey: Journey | None) -> str:
    """Why nothing may or can be asked at all; empty when it can."""
    if why := system.why_not("intrusive"):
        return why
    if journey is None or journey.submit is None or not journey.step(StepName.SUBMIT).address:
        return "chưa có hồ sơ nào của công dân A được nộp trong lần chạy này"
    return ""


def observe_trespass(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    journey: Journey,
    prober: Prober,
    *,
    equipment: Equipment = PLAIN,
    sessions: MutableMapping[str, Any] | None = None,
    refused: MutableMapping[str, str] | None = None,
    journeys: Sequence[Journey] = (),
) -> TrespassRecord:
    """Asks everything of the journey's dossier; returns the record, which says what could not be asked and why.

    `journeys`: all of this run so far whose dossiers were sent.
    """
    known = {} if refused is None else refused
    second = second_account(system, service.account)
    record = TrespassRecord(dossier=journey.submit.code if journey.submit else "", exchanges=prober.record())
    way = travelling(
        browser, system, service, attachments, equipment=equipment, sessions=sessions, resume=True,
        no_account=known.get(service.account, ""),
    )  # fmt: skip
    theirs = second_citizen(browser, system, service, second, attachments, equipment, sessions, known)
    with way as first, theirs as (who, why):
        first.book.pictures = False
        ear = Ear(first.hands.watch.context, system.base_url, system.allowed_hosts)
        own_page = journey.step(StepName.SUBMIT).address
        try:
            links = see_own(first, own_page)
        except StepEnded as end:
            return record.model_copy(update={"why": f"không mở lại được hồ sơ của công dân A: {end.why}"})
        except CannotAct as error:
            return record.model_copy(update={"why": f"không mở lại được hồ sơ của công dân A: {error}"})
        hers, second_why = (None, why) if who is None else ear_of(who, ear)
        owner = ear.role("citizen_a", first.hands.watch.context, hers)
        other = hers.role("citizen_b", who.hands.watch.context, ear) if who and hers else None
        own = own_data(first.persona, who.persona if who else None, journey)
        places = places_of(journey, system.base_url, ear.places, links, system.allowed_hosts)
        others = [role for role in (other, nobody()) if role is not None]
        unheard: list[str] = []
        sends = hers.sends if hers else never
        rows = ask_as_others(prober, owner, others, places, own, own_page, sends, unheard)
        entered = ask_officers(prober, others, journey)
        with travelling(browser, system, service, attachments, equipment=equipment) as anybody:
            anybody.book.pictures = False
            found, sent, captcha_why = look_up(anybody, record.dossier, own)
        codes = [one.submit.code for one in journeys if one.submit]
        another = next((one for one in codes if one != record.dossier), record.dossier)
        again = ask_again(prober, sent, record.dossier, another) if sent else None
        changes = Changes(why="chưa hỏi được bằng phiên của công dân thứ hai")
        if who is not None and hers is not None:
            changes = try_changes(
                browser, system, service.account, attachments, prober, [*journeys, journey], (who, hers), own,
                equipment=equipment, sessions=sessions, no_account=known.get(service.account, ""),
            )  # fmt: skip
        guesses = ask_neighbours(prober, others[0], rows)  # the dossier that was sent last may be one of them
        prober.settle()
        if who is not None and other is not None and not still_in(who):
            second_why = "phiên của công dân thứ hai không còn hiệu lực khi hỏi xong"
        reads = told(prober, rows, own, own_page, attachments)
        reads += told(prober, changes.rows, own, changes.draft, attachments)
        of_second = own_data(who.persona, first.persona) if who else OwnData({})
        neighbours = told_of_neighbours(prober, guesses, [own], of_second, attachments)
        officers = told_of_officers(prober, entered, own, public_facts(prober, own), attachments)
        return record.model_copy(
            update={
                "places": len(places),
                "unheard": tuple(unheard),
                "identifiers": len({here for _, _, here in countable(rows)}),
                "reads": tuple(_doubted(reads, second_why)),
                **changes.told(second_why),
                "neighbours": tuple(neighbours),
                "officer_pages": tuple(officers),
                "lookup": found,
                "captcha": told_of_captcha(prober, sent, again, another, attachments)
                if sent and again
                else CaptchaAgain(state=State.UNASKED, asked=captcha_why != NO_CAPTCHA, why=captcha_why),
                "second_why": second_why,
                "exchanges": prober.record(),
            }
        )


def _doubted(reads: list[Trespass], why: str) -> list[Trespass]:
    """Without a living session of the second citizen nothing that was not shown to them says anything."""
    if not why:
        return reads
    return [
        one.model_copy(update={"state": State.UNASKED, "why": why})
        if one.role == "citizen_b" and one.state is State.CLEAN
        else one
        for one in reads
    ]
