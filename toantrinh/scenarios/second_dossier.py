"""One more dossier for a service, on which everything goes wrong that may; withdrawn in the end, so as not to stay.

The payment fails, is left, is pressed twice; the dossier is sent twice; the officer asks for more papers.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import application, confirmation, discovery, form, signing, tracking
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.journey.withdrawal import way_out
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.second_dossier import (
    SecondDossier,
    SentOnce,
    SupplementAnswered,
    SupplementAsked,
    Withdrawn,
)
from toantrinh.scenarios import own_list, supplement
from toantrinh.scenarios.misfortunes import Misfortunes, fill_pin
from toantrinh.scenarios.trying import at_detail, picture, tried, why_not
from toantrinh.scenarios.withdrawal import withdraw
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "second-dossier"
MOST_STARTS = 3  # a payment that cannot be made up for costs a draft; the rest is tried on the next


def make_second_dossier(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    journey: Journey,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
) -> SecondDossier:
    """Takes a second dossier from the procedure's page to its withdrawal and returns the record.

    It is begun only where the `journey` of the service was sent.
    """
    if stopped := why_not(journey, StepName.SUBMIT):
        return SecondDossier(name=NAME, service=service.code, reach=stopped[0], why=stopped[1])
    way = travelling(
        browser, system, service, attachments, equipment=equipment, on_step=on_step, no_account=no_account,
        sessions=sessions, resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        record = _travel(who, journey)
        steps = tuple(step.model_copy(update={"requests": ()}) for step in who.book.steps())
    return record.model_copy(update={"steps": steps, "fee": journey.fee})


def _travel(who: Traveller, journey: Journey) -> SecondDossier:
    way = Misfortunes()
    record = SecondDossier(name=NAME, service=who.service.code)
    reach, why, confirmed = _send(who, journey, way)
    told = {"failed": way.failed, "abandoned": way.abandoned, "paid": way.paid}
    if confirmed is None:
        left = ("bản nháp chưa nộp",) if way.paid.reach is Reach.REACHED or who.facts.get("pay") else ()
        sent = way.sent.model_copy(update={"reach": reach, "why": why, "shots": picture(who, "Nơi dừng lại")})
        return record.model_copy(update={**told, "sent": sent, "left_behind": left})
    way.read_receipts(who, confirmed)
    told["paid"] = way.paid
    code, own = confirmation.code_in(who, confirmed), confirmed.address
    status = tracking.status_of(who, confirmed, "nộp hồ sơ", "own").status
    before_officer = way_out(who, confirmed) is not None
    sent = tried(type(way.sent), lambda: _send_again(who, way, confirmed, code))
    sent = sent.model_copy(update={"code": code, "pressed_twice": way.sent.pressed_twice})
    sent = comparable(sent, journey)
    listed_since = {*(sent.listed_after or ())} - {*sent.listed_before} if sent.listed_before is not None else set()
    twins = {*listed_since, sent.code_after_back} - {code, ""}
    asked = tried(SupplementAsked, lambda: supplement.ask(who, code, own, status))
    answered = SupplementAnswered(why=asked.why or "chưa có yêu cầu bổ sung")
    if asked.reach is Reach.REACHED:
        answered = tried(SupplementAnswered, lambda: supplement.answer(who, own, asked.status))
    withdrawn = tried(Withdrawn, lambda: withdraw(who, own))
    withdrawn = withdrawn.model_copy(update={"offered_at_first": before_officer})
    return record.model_copy(
        update={
            **told,
            "sent": sent,
            "asked": asked,
            "answered": answered,
            "withdrawn": withdrawn,
            "left_behind": (*(() if withdrawn.confirmed else (code,)), *sorted(twins)),
        }
    )


def comparable(sent: SentOnce, journey: Journey) -> SentOnce:
    """Without the first list when that was another view of it: the journey's dossier is in the second one alone."""
    earlier = journey.submit.code if journey.submit else ""
    before = sent.listed_before
    missed = before is not None and earlier not in before and earlier in (sent.listed_after or ())
    return sent.model_copy(update={"listed_before": None}) if missed else sent


def _send(who: Traveller, journey: Journey, way: Misfortunes) -> tuple[Reach, str, View | None]:
    """The confirmation page, or how and why it was not reached."""
    from playwright.sync_api import Error

    reach, why = Reach.NOT_TRIED, ""
    for _ in range(MOST_STARTS):
        who.facts.pop("sign", None)
        try:
            view = application.submit_dossier(who, discovery.apply(who, at_detail(who, journey)), way)
        except StepEnded as end:
            reach, why = end.reach, end.why
        except CannotAct as error:
            reach, why = Reach.TOOL_ERROR, str(error)
        except Error as error:
            reach, why = Reach.TOOL_ERROR, f"browser: {first_line(error)}"
        else:
            if way.stuck:
                way.not_paid_again(who, Reach.REFUSED, "nộp được mà không phải trả tiền nữa")
            return Reach.REACHED, "", view
        if not way.stuck:
            break
        way.not_paid_again(who, reach, why)
    return reach, why, None


def _sending(who: Traveller, view: View, way: Misfortunes) -> Control | None:
    """What sent the dossier, when this page offers it still: other pages have links that speak of sending, too."""
    offered = [c for step, c in application.forward_controls(who, view) if step is StepName.SUBMIT]
    return next((c for c in offered if fold(c.label) == fold(way.sent_by)), None)


def _send_again(who: Traveller, way: Misfortunes, confirmed: View, code: str) -> Any:
    """Back and the same button once more; then the list, for what it all made."""
    who.book.begin(StepName.SUBMIT)
    shots = picture(who, "Xác nhận sau khi bấm nộp hai lần")
    who.hands.page.go_back(wait_until="commit", timeout=10_000)
    view = who.hands.settle()
    button = _sending(who, view, way)
    found: dict[str, Any] = {"back": view.heading, "pressed_after_back": False}
    if who.at_home(view.address) and button is not None:
        view, _, _ = form.fill_page(who, view, Answerer(who.persona, who.service.answers))
        if pin := signing.pin_field(who, view):
            fill_pin(who, view, pin)
        view = who.press(view, _sending(who, view, way) or button)
        found |= {"pressed_after_back": True, "code_after_back": confirmation.code_in(who, view)}
        shots += picture(who, "Quay lại rồi bấm nộp lần nữa")
    listed = own_list.codes_in_list(who)
    shots += picture(who, "Hồ sơ của tôi")
    return way.sent.model_copy(
        update={
            **found,
            "reach": Reach.REACHED,
            "address": confirmed.address,
            "said": tuple(m.text for m in confirmed.messages[:3]),
            "shots": shots,
            "code": code,
            "listed_after": listed,
            "beacons": () if way.sent_since is None else who.hands.watch.beacons(since=way.sent_since),
        }
    )
