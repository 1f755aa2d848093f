"""One visit: log-in, the account's page, log-out, Back. What held and what did not is told by the account's page."""

from __future__ import annotations

from typing import Any

from toantrinh.driver.eyes import View
from toantrinh.driver.window import CannotAct
from toantrinh.journey.identity import log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.session import FlowTried, SessionFacts, State, Tried
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, frozen, nobody, role_of_context
from toantrinh.observers.session.forging import try_forging
from toantrinh.observers.session.going_back import go_back
from toantrinh.observers.session.identity_flow import RETURN, Flow, request_in, sent_away, tried_flow
from toantrinh.observers.session.witness import Witness, answers_of, find_witness
from toantrinh.scenarios.logging_in import password_page
from toantrinh.scenarios.logging_out import own_page, own_words
from toantrinh.scenarios.trying import picture, sure

ROLES = {"citizen": "citizen_a", "citizen_b": "citizen_b"}
NO_WITNESS = "trang riêng không hiện dữ liệu nào của người thử nên không biết phiên còn hay hết"


def visit_session(who: Traveller, prober: Prober) -> SessionFacts:
    """Logs in once and out again. Raises StepEnded and CannotAct where that cannot be done."""
    who.book.hear_answers(who.system)
    context, name = who.hands.page.context, who.service.account
    role = role_of_context(ROLES.get(name, name), context)
    who.book.begin(StepName.HOME)
    view, _ = password_page(who)
    before, at_first = frozen(role), _values(context)
    who.book.begin(StepName.LOG_IN)
    flow = Flow(prober, who.system.base_url, role)
    flow.listen(who.hands.page)
    try:
        log_in(who, view)
    finally:
        flow.end()
    after = _values(context)
    facts = SessionFacts(
        account=name,
        kept=tuple(key[0] for key, value in at_first.items() if after.get(key) == value),
        at_log_in=(str(StepName.LOG_IN),),
        exchanges=prober.record(),
    )
    with answers_of(context) as answers:
        own = own_page(who)
    if own is None:
        raise StepEnded(Reach.NOT_TRIED, "không thấy trang nào của riêng người dân để thử")
    witness = find_witness(answers, own_words(who, own), who.system.base_url)
    if witness is None:  # a script may have had the data already
        with answers_of(context) as answers:
            own = who.hands.go(own.address)
        witness = find_witness(answers, own_words(who, own), who.system.base_url)
    owner = Role(role.key, role.name, context=context, headers=witness.headers if witness else {})
    told: dict[str, Any] = {"own_page": own.heading}
    why = _no_witness(prober, witness, owner)
    if witness is not None and not why:
        told["witness"] = witness.address.split("?")[0]
        told["renewed"] = _still_before(prober, witness, before, who)
        renewed = told["renewed"].state is not State.BROKEN
        told["flow"], told["why_no_flow"] = tried_flow(flow, who.hands.watch, witness, who.attachments, renewed=renewed)
    told["cookies"] = who.book.answers().cookies
    who.book.begin(StepName.HOME)
    told["forgery"] = try_forging(who, prober, owner, told["cookies"])
    own = who.hands.go(own.address)
    told |= _left(who, own, prober, witness if not why else None, frozen(owner))
    told["flow"] = tuple(_to_the_end(who, prober, one) for one in told.get("flow", ()))
    prober.settle()
    return facts.model_copy(update={**told, "why_no_witness": why, "exchanges": prober.record()})


def _to_the_end(who: Traveller, prober: Prober, one: FlowTried) -> FlowTried:
    if one.title != RETURN or one.tried.state is not State.OPEN or len(one.tried.exchanges) < 2:
        return one
    who.book.begin(StepName.LOG_IN)
    return one.model_copy(update={"tried": sent_away(who, prober, request_in(who.hands.watch), one.tried)})


def _values(context: Any) -> dict[tuple[str, str, str], str]:
    return {(one["name"], one["domain"], one["path"]): one["value"] for one in context.cookies()}


def _no_witness(prober: Prober, witness: Witness | None, owner: Role) -> str:
    """Why the account's page cannot tell who is logged in; empty when it can."""
    if witness is None:
        return NO_WITNESS
    if not witness.shown_by(own := witness.ask(prober, owner, "trang cá nhân, chính phiên đang đăng nhập")):
        return own.exchange.why or "trang riêng hỏi lại bằng chính phiên đang đăng nhập không hiện dữ liệu đã thấy"
    if witness.shown_by(witness.ask(prober, nobody(), "trang cá nhân, không đăng nhập")):
        return "trang riêng hiện dữ liệu của người thử cả khi không đăng nhập"
    return ""


def _still_before(prober: Prober, witness: Witness, before: Role, who: Traveller) -> Tried:
    """Whether the cookies from before the log-in have become the citizen's."""
    if not before.cookies(witness.address):
        return Tried(state=State.HELD, what="trước khi đăng nhập chưa có cookie nào", why="")
    return replayed(prober, witness, before, "trang cá nhân, bằng cookie có từ trước khi đăng nhập", who)


def replayed(prober: Prober, witness: Witness, role: Role, purpose: str, who: Traveller) -> Tried:
    """Whether the account's page comes to a role to which it must be closed."""
    answer = witness.ask(prober, role, purpose)
    place = witness.address.split("?")[0]
    if not answer.answered:
        return Tried(why=answer.exchange.why, place=place, exchanges=(answer.number,))
    shown = (prober.show(answer, who.attachments),)
    if witness.shown_by(answer):
        what = "trang cá nhân hiện dữ liệu của người dân"
        return Tried(state=State.BROKEN, what=what, why="", place=place, exchanges=(answer.number,), shown=shown)
    return Tried(state=State.HELD, why="", place=place, exchanges=(answer.number,), shown=shown)


def _left(who: Traveller, own: View, prober: Prober, witness: Witness | None, owner: Role) -> dict[str, Tried]:
    """Logs out; then the old session and the way back. `owner`: the session as it was."""
    button = own.best(who.lexicon["log-out"], least=60)
    if button is None:
        why = Tried(why="không thấy nút đăng xuất")
        return {"log_out": why, "back": why}
    left = own.address
    after = who.press(own, button)
    if after.dialogs:
        again = after.best(who.lexicon["log-out"], where=lambda c: c.landmark == "dialog", least=40)
        after = who.press(after, again) if again else sure(who, after)
    if after.best(who.lexicon["log-out"], least=60):
        why = Tried(why="bấm đăng xuất rồi trang vẫn mời đăng xuất", shots=picture(who, "Sau khi bấm đăng xuất"))
        return {"log_out": why, "back": why}
    log_out = Tried(why=NO_WITNESS)
    if witness is not None:
        log_out = replayed(prober, witness, owner, "trang cá nhân, bằng phiên cũ sau khi đăng xuất", who)
    words = witness.words if witness is not None else own_words(who, own)
    if not words:
        return {"log_out": log_out, "back": Tried(why=NO_WITNESS)}
    try:
        return {"log_out": log_out, "back": go_back(who, words, left)}
    except (StepEnded, CannotAct) as end:
        return {"log_out": log_out, "back": Tried(why=str(end))}
