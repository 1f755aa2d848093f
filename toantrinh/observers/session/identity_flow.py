"""The way through an identity provider: what the request says, and what the system does with an answer that is forged.

RFC 6749 §4.1, §10.12, RFC 9700 §2.1 and §4.7 (state, PKCE or nonce against forgery), OpenID Connect Core 1.0
§3.1.2. Whether the nonce inside the signed token is compared cannot be tried from outside without the provider's key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.identity import log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.session import FlowTried, State, Tried
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.likeness import alike
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, frozen, nobody, role_of_context
from toantrinh.observers.session.witness import Witness
from toantrinh.ownership import at_home
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

STRANGER = "https://toantrinh.invalid/tro-ve"  # RFC 2606: a name that leads nowhere
REQUEST, STATE, STRANGERS, TWICE, RETURN = (
    "yêu cầu định danh có state, PKCE hoặc nonce",
    "state sai bị từ chối",
    "mã đăng nhập của người khác bị từ chối",
    "mã dùng lần thứ hai bị từ chối",
    "địa chỉ trở về lạ bị từ chối",
)


@dataclass
class Flow:
    """One log-in as it goes by. `held_back`: what was asked while the browser's own answer was held for a moment."""

    prober: Prober
    base: str
    role: Role
    callback: str = field(default="", repr=False)
    before: Role | None = None
    forged: list[tuple[str, Role, Answer]] = field(default_factory=list)
    _cdp: Any = None

    def listen(self, page: Page) -> None:
        """Holds the first answer that comes back with a code and a state (Chromium only) and asks forged ones first."""
        from playwright.sync_api import Error

        try:
            self._cdp = page.context.new_cdp_session(page)
            self._cdp.on("Fetch.requestPaused", self._paused)
            self._cdp.send("Fetch.enable", {"patterns": [{"urlPattern": "*code=*", "resourceType": "Document"}]})
        except Error:
            self._cdp = None

    def end(self) -> None:
        """Lets everything pass again."""
        from playwright.sync_api import Error

        if self._cdp is not None:
            try:
                self._cdp.detach()
            except Error:
                return

    def _paused(self, event: dict[str, Any]) -> None:
        address, method = event["request"]["url"], event["request"]["method"]
        try:
            if not self.callback and method == "GET" and _is_answer(address, self.base):
                self.callback = address
                self.before = frozen(self.role)
                self._forge(address)
        finally:
            self._cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})

    def _forge(self, address: str) -> None:
        for title, role, sent in (
            (STATE, frozen(self.role), _with(address, "state", _other(_value(address, "state")))),
            (STRANGERS, nobody(), address),
        ):
            answer = self.prober.ask(role, sent, title, intrusive=True, refusal_is_answer=True)
            self.forged.append((title, role, answer))


def tried_flow(
    flow: Flow, watch: Watch, witness: Witness, attachments: Attachments, *, renewed: bool
) -> tuple[tuple[FlowTried, ...], str]:
    """What became of the forged answers; (nothing, why) where log-in shows no such flow.

    `renewed`: the cookies from before the log-in do not open the account's page; where they do, they tell nothing here.
    """
    prober = flow.prober
    asked = [one.request.url for one in watch.seen if _is_request(one.request.url)]
    back = flow.callback or next((one.request.url for one in watch.seen if _is_answer(one.request.url, flow.base)), "")
    if not asked:
        return (), "đăng nhập không đi qua yêu cầu định danh kiểu OAuth hay OpenID Connect"
    found = [FlowTried(title=REQUEST, tried=_of_request(asked[0]))]
    for title, role, answer in flow.forged:
        if not renewed and title == STATE:
            found.append(FlowTried(title=title, tried=Tried(why="cookie có từ trước khi đăng nhập vốn đã vào được")))
            continue
        found.append(FlowTried(title=title, tried=judged(prober, witness, role, answer, attachments)))
    if not flow.forged:
        why = "không giữ lại được câu trả lời của hệ thống định danh trong trình duyệt này"
        found += [FlowTried(title=title, tried=Tried(why=why)) for title in (STATE, STRANGERS)]
    role = frozen(flow.before) if flow.before and renewed else nobody()
    if back:
        answer = prober.ask(role, back, TWICE, intrusive=True, refusal_is_answer=True)
        found.append(FlowTried(title=TWICE, tried=judged(prober, witness, role, answer, attachments)))
    else:
        found.append(FlowTried(title=TWICE, tried=Tried(why="không thấy câu trả lời mang mã về hệ thống")))
    found.append(FlowTried(title=RETURN, tried=_return_address(prober, asked[0], attachments)))
    return tuple(found), ""


def judged(prober: Prober, witness: Witness, role: Role, answer: Answer, attachments: Attachments) -> Tried:
    """Whether somebody is logged in after an answer that should have been refused: the account's page tells."""
    if not answer.answered:
        return Tried(why=answer.exchange.why, exchanges=(answer.number,))
    after = witness.ask(prober, role, f"{answer.exchange.purpose}: trang cá nhân sau đó")
    numbers = (answer.number, after.number)
    if not after.answered:
        return Tried(why=after.exchange.why, exchanges=numbers)
    if witness.shown_by(after):
        shown = tuple(prober.show(one, attachments) for one in (answer, after))
        what = "vẫn đăng nhập được: trang cá nhân hiện ra"
        return Tried(state=State.BROKEN, what=what, why="", exchanges=numbers, shown=shown)
    return Tried(state=State.HELD, why="", exchanges=numbers)


def _of_request(address: str) -> Tried:
    query = parse_qs(urlsplit(address).query)
    scopes = " ".join(query.get("scope", [])).split()
    has = [name for name in ("state", "code_challenge") if query.get(name, [""])[0]]
    has += ["nonce"] if query.get("nonce", [""])[0] and "openid" in scopes else []
    place = address.split("?")[0]
    if not has:
        return Tried(state=State.BROKEN, what="yêu cầu không có state, PKCE hay nonce nào", why="", place=place)
    if "token" in " ".join(query.get("response_type", [])).split() and "nonce" not in has:
        return Tried(
            state=State.BROKEN, what="mã thông báo về thẳng trình duyệt mà không có nonce", why="", place=place
        )
    return Tried(state=State.HELD, what=", ".join(has), why="", place=place)


def _return_address(prober: Prober, address: str, attachments: Attachments) -> Tried:
    """The provider asked to send the answer elsewhere: it must refuse, and must not send the browser there."""
    who = nobody()
    forged = prober.ask(who, _with(address, "redirect_uri", STRANGER), RETURN, intrusive=True, refusal_is_answer=True)
    if forged.answered and not _leaves(forged):
        forged = prober.follow(who, forged)
    numbers: tuple[int, ...] = (forged.number,)
    place = address.split("?")[0]
    if _leaves(forged):
        shown = (prober.show(forged, attachments),)
        what = f"máy chủ định danh gửi trình duyệt tới {urlsplit(STRANGER).hostname}"
        return Tried(state=State.BROKEN, what=what, why="", place=place, exchanges=numbers, shown=shown)
    if not forged.answered:
        return Tried(why=forged.exchange.why, place=place, exchanges=numbers)
    if not forged.ok:
        return Tried(state=State.HELD, why="", place=place, exchanges=numbers)
    plain = prober.follow(who, prober.ask(who, address, "yêu cầu định danh như trình duyệt đã gửi", intrusive=True))
    both = (*numbers, plain.number)
    if not plain.answered:
        return Tried(why=plain.exchange.why, place=place, exchanges=both)
    if plain.ok and alike(forged.text, plain.text, forged.address, plain.address):
        kept = tuple(prober.show(one, attachments) for one in (forged, plain))
        why = "trang đăng nhập hiện ra như thường; chỉ thấy được đích sau khi đăng nhập"
        return Tried(state=State.OPEN, why=why, place=place, exchanges=both, shown=kept)
    return Tried(state=State.HELD, why="", place=place, exchanges=both)


def sent_away(who: Traveller, prober: Prober, asked: str, so_far: Tried) -> Tried:
    """Logs in at the provider by the request with the other address: whether it sends the browser there.

    Only where the provider takes the request as any other, in a browser that is logged in nowhere. Nothing arrives:
    the name leads nowhere. Where a policy of the provider's page keeps the browser, the provider is asked once more
    with its cookies.
    """
    forged, watch = _with(asked, "redirect_uri", STRANGER), who.hands.watch
    since = len(watch.seen)
    try:
        log_in(who, who.hands.go(forged))
        why = ""
    except (StepEnded, CannotAct) as end:  # the browser stands before a name that leads nowhere, or was refused
        why = str(end)
    went = [one.request.url for one in watch.seen[since:]]
    numbers: tuple[int, ...] = so_far.exchanges
    shown: tuple[str, ...] = so_far.shown
    last = next((address for address in reversed(went) if _is_request(address)), "")
    if last and not any(map(_carries_code, went)):
        role = role_of_context("citizen", who.hands.page.context)
        answer = prober.ask(role, last, f"{RETURN}: sau khi đăng nhập", intrusive=True, refusal_is_answer=True)
        went.append(answer.onward)
        numbers, shown = (*numbers, answer.number), (*shown, prober.show(answer, who.attachments))
    if any(map(_carries_code, went)):
        what = f"máy chủ định danh gửi mã đăng nhập tới {urlsplit(STRANGER).hostname}"
        changed = {"state": State.BROKEN, "what": what, "why": "", "exchanges": numbers, "shown": shown}
        return so_far.model_copy(update=changed)
    return so_far.model_copy(update={"why": f"{so_far.why}{f' ({why})' if why else ''}", "exchanges": numbers})


def _carries_code(address: str) -> bool:
    return address.startswith(STRANGER) and bool(_value(address, "code"))


def request_in(watch: Watch) -> str:
    """The first authorisation request that was seen; empty when there was none."""
    return next((one.request.url for one in watch.seen if _is_request(one.request.url)), "")


def _leaves(answer: Answer) -> bool:
    stranger = urlsplit(STRANGER).netloc
    return stranger in (urlsplit(answer.onward).netloc, urlsplit(answer.address).netloc)


def _is_request(address: str) -> bool:
    """True for an authorisation request (RFC 6749 §4.1.1)."""
    query = parse_qs(urlsplit(address).query)
    return "client_id" in query and "response_type" in query


def _is_answer(address: str, base: str) -> bool:
    """True for what brings the code back to the system (RFC 6749 §4.1.2)."""
    query = parse_qs(urlsplit(address).query)
    return at_home(address, base) and "code" in query and "state" in query


def _value(address: str, name: str) -> str:
    return parse_qs(urlsplit(address).query).get(name, [""])[0]


def _with(address: str, name: str, value: str) -> str:
    parts = urlsplit(address)
    query = {**{key: values[0] for key, values in parse_qs(parts.query).items()}, name: value}
    return parts._replace(query=urlencode(query)).geturl()


def _other(value: str) -> str:
    """A value of the same shape that is another."""
    return "".join(chr(ord(c) + 1) if c in "abcdefghABCDEFGH0123" else c for c in value[::-1]) or "sai"
