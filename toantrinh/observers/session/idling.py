"""A session that is logged in, put aside and left alone; and whether the system still knows it when its time is over.

The browser that logged in is closed, so that no page of it asks for anything any more; only the cookies are kept, in
memory. An earlier session of the same account is asked once in between: where a new log-in ends the older one, nobody
could say why a session has ended.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.identity import log_in
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.http_answers import HeldCookie
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.session import IdleFacts, State, Tried
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, frozen, role_of_context
from toantrinh.observers.session.visit import NO_WITNESS, ROLES
from toantrinh.observers.session.witness import Witness, answers_of, find_witness
from toantrinh.scenarios.logging_in import password_page, spared_account
from toantrinh.scenarios.logging_out import own_page, own_words
from toantrinh.store import Attachments, NotObserved
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONGEST_MIN = 60  # a limit that is stated longer is not waited for, whatever else there is to do
GRACE = 0.2  # of the limit, within bounds: programs clear away in turns
LEAST_GRACE_S, MOST_GRACE_S = 2.0, 60.0
ONE_ONLY = "đăng nhập lần sau là hết phiên trước, nên không biết phiên hết vì bỏ không hay vì lần đăng nhập khác"


@dataclass
class Aside:
    """The session that was put aside at `since` (s, monotonic). `why`: why there is none."""

    prober: Prober
    account: str = ""
    role: Role | None = field(default=None, repr=False)
    witness: Witness | None = field(default=None, repr=False)
    since: float = 0.0
    cookies: tuple[HeldCookie, ...] = ()
    alone: bool = False  # no other log-in or log-out of this run uses the account's sessions up
    why: str = ""


def due_s(limit_minutes: float) -> float:
    """Seconds after which a session must surely have ended."""
    limit = limit_minutes * 60
    return limit + min(max(GRACE * limit, LEAST_GRACE_S), MOST_GRACE_S)


def quiet_service(system: System) -> tuple[Service | None, bool]:
    """(a service with the account that nothing logs out of, whether there is such a one): another citizen's than the
    account on which log-outs and wrong passwords are tried."""
    spared = spared_account(system)
    if spared is None:
        return None, False
    for service in system.services:
        lent = system.account_of(service)
        if service.account != spared.account and lent is not None and lent.password:
            return service, True
    return spared, False


def put_aside(
    browser: Browser, system: System, prober: Prober, attachments: Attachments, equipment: Equipment = PLAIN
) -> Aside:
    """Logs in twice and leaves the second session alone. Never raises for what the system does."""
    from playwright.sync_api import Error

    service, alone = quiet_service(system)
    aside = Aside(prober, alone=alone)
    if service is None:
        aside.why = "tệp hệ thống không có tài khoản công dân (accounts.citizen)"
        return aside
    aside.account = service.account
    try:
        older, _, _ = _logged_in(browser, system, service, attachments, equipment, prober)
        aside.role, aside.witness, aside.cookies = _logged_in(browser, system, service, attachments, equipment, prober)
        aside.since = time.monotonic()
        answer = aside.witness.ask(prober, older, "phiên trước của cùng tài khoản, sau một lần đăng nhập nữa")
        if not aside.witness.shown_by(answer):
            aside.why = ONE_ONLY if answer.answered else answer.exchange.why
    except StepEnded as end:
        aside.why = f"không đăng nhập được để lấy một phiên: {end.why}"
    except NotObserved as lost:
        aside.why = lost.reason
    except (CannotAct, Error) as error:
        aside.why = f"không đăng nhập được để lấy một phiên: {first_line(error)}"
    return aside


def ask_aside(aside: Aside, limit_minutes: float, attachments: Attachments, wait: Callable[[float], None]) -> IdleFacts:
    """Waits by `wait` (s) for what is left of the limit, and asks for the account's page with the session."""
    facts = IdleFacts(
        account=aside.account, limit_s=limit_minutes * 60, cookies=aside.cookies, exchanges=aside.prober.record()
    )
    if aside.why or aside.role is None or aside.witness is None:
        return facts.model_copy(update={"tried": Tried(why=aside.why)})
    if (left := due_s(limit_minutes) - (time.monotonic() - aside.since)) > 0:
        wait(left)
    idle = time.monotonic() - aside.since
    answer = aside.witness.ask(aside.prober, aside.role, f"trang cá nhân, bằng phiên đã bỏ không {idle:.0f} giây")
    aside.prober.settle()
    place, numbers = aside.witness.address.split("?")[0], (answer.number,)
    if not answer.answered:
        tried = Tried(why=answer.exchange.why, place=place, exchanges=numbers)
    else:
        shown = (aside.prober.show(answer, attachments),)
        broken = aside.witness.shown_by(answer)
        what = f"bỏ không {idle:.0f} giây, trang cá nhân vẫn hiện dữ liệu của người dân" if broken else ""
        state = State.BROKEN if broken else State.HELD if aside.alone else State.UNSURE
        if state is State.UNSURE:
            what = "phiên đã hết, nhưng phép thử khác cũng đăng xuất tài khoản này: không chắc vì bỏ không"
        tried = Tried(state=state, what=what, why="", place=place, exchanges=numbers, shown=shown)
    return facts.model_copy(update={"tried": tried, "idle_s": round(idle, 1), "exchanges": aside.prober.record()})


def _logged_in(
    browser: Browser, system: System, service: Service, attachments: Attachments, equipment: Equipment, prober: Prober
) -> tuple[Role, Witness, tuple[HeldCookie, ...]]:
    """(the session, where it shows its owner, its cookies), the browser closed again. Raises StepEnded."""
    with travelling(browser, system, service, attachments, equipment=equipment) as who:
        who.book.pictures = False
        who.book.hear_answers(system)
        who.book.begin(StepName.LOG_IN)
        view, _ = password_page(who)
        log_in(who, view)
        witness = _witness(who)
        if witness is None:
            raise StepEnded(Reach.NOT_TRIED, NO_WITNESS)
        context = who.hands.watch.context
        role = role_of_context(ROLES.get(service.account, service.account), context, **witness.headers)
        owner = frozen(role)
        cookies = who.book.answers().cookies
    answer = witness.ask(prober, owner, "trang cá nhân, chính phiên vừa đăng nhập")
    if not witness.shown_by(answer):
        raise StepEnded(Reach.NOT_TRIED, answer.exchange.why or "trang cá nhân hỏi lại không hiện dữ liệu đã thấy")
    return owner, witness, cookies


def _witness(who: Traveller) -> Witness | None:
    context = who.hands.watch.context
    with answers_of(context) as answers:
        own = own_page(who)
    if own is None:
        return None
    words = own_words(who, own)
    found = find_witness(answers, words, who.system.base_url)
    if found is None:  # a script may have had the data already
        with answers_of(context) as answers:
            who.hands.go(own.address)
        found = find_witness(answers, words, who.system.base_url)
    return found
