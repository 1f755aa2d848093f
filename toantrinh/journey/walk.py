"""One whole journey: every step in order, each ended by what stopped it, never by a crash of the run."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from toantrinh.driver.endings import Unreached
from toantrinh.driver.eyes import View
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import application, confirmation, discovery, officer, outcome, tracking, withdrawal
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, OfficerFacts, Reach, StepName, SubmitFacts
from toantrinh.signatures import warm_up
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def make_journey(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
    take_back: bool = False,
) -> Journey:
    """Takes one dossier from the search box to the rating and returns the record. Uses fresh browser contexts.

    `no_account` is why the account must not be tried (again): a refused password is not entered for every service.
    `sessions` keeps the log-ins by account for what comes after; the journey itself logs in anew, unless a person has
    stored a session (`toantrinh login`). With `take_back` a dossier that was not settled is withdrawn in the end.
    """
    way = travelling(
        browser,
        system,
        service,
        attachments,
        equipment=equipment,
        on_step=on_step,
        no_account=no_account,
        sessions=sessions,
        by_hand=True,
    )
    with way as who:
        who.book.hear_answers(system)
        own = _travel(who)
        if take_back and own:
            _take_back(who, own)
        if who.lost and who.lost.fault.of_the_network and not who.facts:
            raise NotObserved(Outcome.NETWORK, who.lost.why)  # nothing was seen of the service
        steps, answers = who.book.steps(), who.book.answers()
    known = {name: value for name, value in who.facts.items() if name in Journey.model_fields}
    return Journey(
        service=service.code,
        name=service.name,
        declared=service.declared,
        fee=service.fee,
        account=service.account,
        persona=who.persona.full_name,
        viewport=equipment.viewport,
        by_hand=who.by_hand,
        steps=steps,
        answers=answers,
        **known,
    )


def _travel(who: Traveller) -> str:
    """Goes as far as it gets; returns the address of the dossier's own page, empty when none was sent."""
    view = _try(who, lambda: discovery.search(who, discovery.open_home(who)))
    if view is None:
        return ""
    view = _try(who, lambda: discovery.read_detail(who, view))
    if view is None:
        return ""
    if reason := who.system.why_not("submit"):
        who.book.mark(StepName.LOG_IN, Reach.NOT_TRIED, reason)
        return ""
    if not who.facts["detail"].apply_label and who.service.declared == "thông tin":  # type: ignore[attr-defined]
        for name in (StepName.FORM, StepName.SUBMIT):
            who.book.mark(name, Reach.NOT_NEEDED, "dịch vụ công bố là cung cấp thông tin, không có nút nộp")
        return ""
    confirmed = _try(who, lambda: application.submit_dossier(who, discovery.apply(who, view)))
    if confirmed is None:
        _mark_unseen_form(who)
        return ""
    confirmed = _try(who, lambda: confirmation.read_confirmation(who, confirmed))
    _mark_unneeded(who)
    if confirmed is None:
        return ""
    _follow(who, confirmed)
    return str(confirmed.address)


def _take_back(who: Traveller, own: str) -> None:
    """A test dossier does not stay where it can still be withdrawn; one with its result issued cannot be."""
    settled = who.facts.get("officer")
    if isinstance(settled, OfficerFacts) and officer.WORDS[officer.ACTS[-1]] in settled.acts:
        return
    kept = who.book.reach_of(StepName.SUBMIT)
    done = _try(who, lambda: withdrawal.withdraw(who, own))
    who.book.mark(StepName.SUBMIT, *kept)  # how it was sent stays what it was
    who.facts["taken_back"] = isinstance(done, withdrawal.Withdrawal) and done.confirmed


def _mark_unseen_form(who: Traveller) -> None:
    """A form behind a log-in that we did not get through was never seen, whatever was asked before it."""
    reach, why = who.book.reach_of(StepName.LOG_IN)
    if who.facts.get("log_in") is None and reach not in (Reach.REACHED, Reach.NOT_NEEDED) and why:
        who.book.mark(StepName.FORM, Reach.NOT_TRIED, f"{StepName.LOG_IN.vietnamese}: {why}")


def _mark_unneeded(who: Traveller) -> None:
    if who.facts.get("sign") is None:
        who.book.mark(StepName.SIGN, Reach.NOT_NEEDED, "luồng nộp không hỏi chữ ký")
    if who.facts.get("pay") is None:
        who.book.mark(StepName.PAY, Reach.NOT_NEEDED, "luồng nộp không hỏi thanh toán")
    if not who.facts.get("uploads"):
        who.book.mark(StepName.PAPERS, Reach.NOT_NEEDED, "luồng nộp không hỏi giấy tờ")


def _follow(who: Traveller, confirmed: View) -> None:
    """Lookup, officer, notice, result, rating: each is tried whatever became of the one before, as far as it can be."""
    facts = who.facts["submit"]
    assert isinstance(facts, SubmitFacts)
    code, own = facts.code, confirmed.address
    warm_up()
    _try(who, lambda: tracking.look_up(who, code, "nộp hồ sơ"))

    def after_act(act: str) -> None:
        officers_hands, who.hands = who.hands, citizen
        who.book.begin(StepName.LOOK_UP, citizen)
        try:
            tracking.look_at_own(who, own, f"cán bộ {act}")
        finally:
            who.hands = officers_hands

    citizen = who.hands
    issued = _try(who, lambda: officer.settle_dossier(who, code, after_act))
    who.hands = citizen
    _try(who, lambda: tracking.read_notices(who, code))
    if issued is None:
        why = "phía cán bộ chưa trả kết quả"
        who.book.mark(StepName.RESULT, Reach.NOT_TRIED, why)
        who.book.mark(StepName.RATING, Reach.NOT_TRIED, why)
        return

    def result() -> None:
        who.book.begin(StepName.RESULT, citizen)
        outcome.take_result(who, tracking.look_at_own(who, own, "cán bộ trả kết quả"), issued)

    _try(who, result)
    _try(who, lambda: outcome.rate(who, own))


def _try(who: Traveller, step: Callable[[], Any]) -> Any:
    """What the step returns (True for None); None when it ended early, which its record then says."""
    from playwright.sync_api import Error

    try:
        result = step()
        return True if result is None else result
    except StepEnded as end:
        who.book.ended(end.reach, end.why)
        who.lost = end if isinstance(end, Unreached) else who.lost
    except CannotAct as error:
        who.book.ended(Reach.TOOL_ERROR, str(error))
    except Error as error:
        who.book.ended(Reach.TOOL_ERROR, f"browser: {first_line(error)}")
    return None
