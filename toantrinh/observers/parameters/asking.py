"""Asks with one parameter changed, within this subject's part of the budget, as a visitor or as the test citizen."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from toantrinh.observations.exchanges import Ended
from toantrinh.observations.leaks import State
from toantrinh.observations.parameters import Trial
from toantrinh.observers.parameters.points import Parameter, Request
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.observers.trespass.neighbours import HIDDEN
from toantrinh.observers.trespass.own_data import is_file
from toantrinh.store import Attachments

MOST_BYTES = 512 * 1024
_LOG_IN = re.compile(r"log-?in|sign-?in|dang-?nhap|sso\b|oauth|openid|/auth", re.I)
_PASSWORD = re.compile(r"<input\b[^>]{0,1000}?\btype\s*=\s*[\"']?password", re.I)
UNHEARD = (Ended.SILENT, Ended.DISTRUSTED, Ended.BANNED, Ended.HELD_OFF, Ended.OVER_BUDGET, Ended.NOT_ALLOWED)


@dataclass
class Asking:
    """Who asks what. `citizen` None: nobody has logged in, and private requests are left out. `most`: requests;
    `trusted`: the servers to which the citizen's headers go, by default that of the system's address."""

    prober: Prober
    citizen: Role | None = None
    most: int = 140
    trusted: Collection[str] = ()
    files: list[Request] = field(default_factory=list)  # requests that were answered with a file
    _inside: list[Answer] = field(default_factory=list)  # to requests of those logged in, as one of them
    _bases: dict[tuple[str, str, str], Answer] = field(default_factory=dict)

    @property
    def spent(self) -> int:
        """Requests sent so far."""
        return sum(not answer.ended.unasked for answer in self.prober.answers)

    def room(self, requests: int) -> bool:
        """True while so many more requests may be sent, and the system lets itself be asked."""
        return self.spent + requests <= self.most and not self.prober.stopped

    def role(self, request: Request) -> Role:
        """Who asks this."""
        if not request.private or self.citizen is None:
            return nobody()
        trusted = self.trusted or (urlsplit(self.prober.system.base_url).netloc,)
        return self.citizen if urlsplit(request.address).netloc in trusted else replace(self.citizen, headers={})

    @property
    def walled(self) -> list[Answer]:
        """What those logged in asked for and the citizen is not shown; empty where anything was."""
        walls = [one for one in self._inside if is_walled(one)]
        return walls if all(not one.ok or is_walled(one) for one in self._inside) else []

    def base(self, request: Request, role: Role | None = None, *, again: bool = False) -> Answer:
        """The answer to the request as it was seen; asked once unless `again`."""
        role = role or self.role(request)
        key = (role.key, request.method, f"{request.address} {request.data}")
        if again or key not in self._bases:
            answer = self._ask(role, request, request.address, request.data, "câu hỏi gốc, không đổi gì")
            self._bases[key] = answer
            self._inside += [answer] if request.private and role.key != nobody().key and answer.answered else []
            if answer.ok and (is_file(answer.body) or "attachment" in answer.header("content-disposition").lower()):
                self.files.append(request)
        return self._bases[key]

    def forget(self) -> None:
        """Lets go of what the answers hold, but for those of requests as they were seen."""
        kept = {answer.number for answer in self._bases.values()}
        for answer in self.prober.answers:
            if answer.number not in kept:
                answer.body = b""

    @property
    def bases(self) -> list[Answer]:
        """The answers to requests as they were seen."""
        return list(self._bases.values())

    def ask(
        self,
        parameter: Parameter,
        value: str,
        what: str,
        *,
        raw: bool = False,
        name: str = "",
        role: Role | None = None,
    ) -> Answer:
        """The answer with another value in the place of the parameter's."""
        return self._changed(parameter, parameter.put(value, raw=raw, name=name), what, role)

    def ask_bare(self, parameter: Parameter, bare: tuple[str, object]) -> Answer:
        """The answer without the parameter; `bare`: what `Parameter.without` gives."""
        return self._changed(parameter, bare, "bỏ hẳn tham số, để đối chứng", None)

    def _changed(self, parameter: Parameter, asked: tuple[str, object], what: str, role: Role | None) -> Answer:
        address, data = asked
        purpose = f"{parameter.said}: {what}"
        answer = self._ask(role or self.role(parameter.request), parameter.request, address, data, purpose)
        if parameter.request.private and parameter.is_number:  # another number may be another person's
            answer.exchange = answer.exchange.model_copy(update={"body": HIDDEN, "title": ""})
        return answer

    def _ask(self, role: Role, request: Request, address: str, data: object, purpose: str) -> Answer:
        return self.prober.ask(
            role, address, purpose, method=request.method, headers=request.headers,
            data=data if request.method == "POST" else None, intrusive=True, keeps_cookies=False,
            most_bytes=MOST_BYTES,
        )  # fmt: skip

    def word(self, parameter: Parameter, number: int = 1) -> str:
        """A harmless word that nothing is called, as long as most words are; the same in every run of one seed."""
        chance = random.Random(f"{self.prober.seed}/{parameter.key}/{number}")
        return "".join(chance.choice(string.ascii_lowercase) for _ in range(11))


def is_walled(answer: Answer) -> bool:
    """True for a refusal, for a way to a log-in page, and for the page itself."""
    if answer.status in (401, 403):
        return True
    return _LOG_IN.search(answer.onward) is not None or (answer.ok and _PASSWORD.search(answer.text) is not None)


@dataclass
class Tried:
    """What came of one parameter, before the prober has settled. `answers`: all of it; `proof`: those that show it, the
    plainest first."""

    parameter: Parameter
    role: Role
    answers: list[Answer] = field(default_factory=list)
    state: State = State.CLEAN
    what: str = ""
    kind: str = ""
    proof: tuple[Answer, ...] = ()

    def note(self, answer: Answer) -> Answer:
        """Keeps an answer."""
        self.answers.append(answer)
        return answer

    def found(self, kind: str, what: str, *proof: Answer, state: State = State.FOUND) -> None:
        """Notes what the answers show."""
        self.kind, self.what, self.proof, self.state = kind, what, proof, state


def told(prober: Prober, tried: Tried, attachments: Attachments) -> Trial:
    """The facts, after the prober has settled: a ban or silence in between leaves the parameter open."""
    lost = [one for one in tried.answers if one.ended in UNHEARD]
    state, why = tried.state, ""
    if any(not one.answered for one in tried.proof) or (not tried.proof and lost):
        state, why = State.UNASKED, next((one.exchange.why for one in lost), "không có câu trả lời")
    shown = tried.proof if state in (State.FOUND, State.UNSURE) else ()
    return Trial(
        parameter=tried.parameter.said,
        address=(shown[0] if shown else tried.answers[0]).exchange.address,
        role=tried.role.key,
        kind=tried.kind if shown else "",
        state=state,
        what=tried.what if shown else "",
        why=why,
        exchanges=tuple(one.number for one in (shown or tried.answers)),
        shown=tuple(prober.show(one, attachments) for one in shown),
    )
