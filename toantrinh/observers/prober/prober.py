"""Asks a system single questions as one of several roles, politely, within a budget, and keeps what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from toantrinh.driver.endings import Unreached
from toantrinh.driver.pace import MOST_SILENCES, REFUSALS, Pace, pace_of, pause
from toantrinh.driver.slots import hold
from toantrinh.observations.exchanges import Ended, Exchanges
from toantrinh.observers.prober.answer import Answer, kept
from toantrinh.observers.prober.budget import Budget
from toantrinh.observers.prober.content import content_of
from toantrinh.observers.prober.control import made_up, shape_of
from toantrinh.observers.prober.likeness import alike, block_words
from toantrinh.observers.prober.permission import refusal
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.observers.prober.wire import Bounds, Came, send
from toantrinh.store import Attachments, NotObserved
from toantrinh.system_model import System, is_loopback

AGENT = "toantrinh"
MOST_HOPS = 6
SUSPICIOUS = 3  # answers in a row that may mean a ban, until the home page is asked whether it does
MOST_SILENT = MOST_SILENCES - 1  # the host is left alone after the next silence, and could be asked nothing more
REFUSING = (403, 429, 503)


@dataclass
class Prober:
    """Asks the questions of one subject. `budget` is the run's.

    After a sign of a ban (three refusals, blocks or drops in a row, or two silences) the home page is asked, too: when
    it is refused as well, those answers are `banned` and no more is asked. `settle` asks the same at the end.
    """

    system: System
    subject: str
    budget: Budget = field(default_factory=Budget)
    seed: int = 1
    bounds: Bounds = field(default_factory=Bounds)
    stopped: str = ""
    answers: list[Answer] = field(default_factory=list)
    _suspects: list[Answer] = field(default_factory=list)
    _controls: dict[tuple[str, str], Answer] = field(default_factory=dict)
    _spent: int = 0

    def ask(
        self,
        role: Role,
        address: str,
        purpose: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
        form: Mapping[str, str] | None = None,
        data: object = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        intrusive: bool = False,
        refusal_is_answer: bool = False,
        keeps_cookies: bool = True,
        most_bytes: int | None = None,
    ) -> Answer:
        """Asks once, follows nothing. `address`: whole, or a path at the system.

        One of `body`, `form` (fields), `data` (to be JSON), or `files` (field → file name, content, media type; with
        `form` beside it) is sent. `refusal_is_answer`: 403, 429 and 503 are what the question is about, no sign of a
        ban; `most_bytes`: read no more than so many. Never raises for what the other side
        does; what was not asked says why.
        """
        if not urlsplit(address).scheme:
            address = urljoin(self.system.base_url + "/", address)
        sent = {"User-Agent": AGENT, "Accept": "*/*", **role.headers, **(headers or {})}
        content = content_of(body, form, data, files, sent)
        secrets = role.secrets()
        if cookies := (role.cookies(address) if "Cookie" not in sent else {}):
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        bounds = self.bounds if most_bytes is None else replace(self.bounds, most_bytes=most_bytes)
        held, pace = self._held(method, address, intrusive), pace_of(address, self.system.pace.pause_ms)
        if held is None:
            held = self._turn(pace)
        if held is not None:
            came = Came(*held)
        else:
            came = self._sent(method, address, sent, content, bounds)
            if came.ended is Ended.DROPPED and method == "GET" and not self.spend():  # it may break by chance, once
                came = self._sent(method, address, sent, content, bounds)
            _tell(pace, came, refusal_is_answer)
            if keeps_cookies:
                role.keep(came.jar)
        secrets += [cookie.value or "" for cookie in came.jar if len(cookie.value or "") >= 8]
        exchange = kept(len(self.answers) + 1, purpose, role, method, address, sent, content, came, secrets)
        answer = Answer(exchange, address, came.headers, came.body)
        self.answers.append(answer)
        if not answer.ended.unasked and not refusal_is_answer:
            self._suspect(answer)
        return answer

    def follow(self, role: Role, answer: Answer, most: int = MOST_HOPS) -> Answer:
        """Goes on from a redirect by GET, hop by hop, until a page; what goes round or does not end is a `circle`."""
        seen = {answer.address}
        for _ in range(most):
            if not answer.onward:
                return answer
            if answer.onward in seen and not answer.header("set-cookie"):
                break
            seen.add(answer.onward)
            answer = self.ask(role, answer.onward, answer.exchange.purpose)
        if answer.onward:
            why = f"chuyển hướng vòng tròn hoặc quá {most} lần"
            answer.exchange = answer.exchange.model_copy(update={"ended": Ended.CIRCLE, "why": why})
        return answer

    def control(self, role: Role, address: str) -> Answer:
        """What the system says to a path of the same shape that certainly does not exist. Asked once for each shape."""
        key = (role.key, shape_of(address))
        if key not in self._controls:
            path = made_up(address, f"{self.seed}/{self.system.id}")
            self._controls[key] = self.ask(role, path, "câu hỏi đối chứng: đường dẫn chắc chắn không có")
        return self._controls[key]

    def stands_out(self, role: Role, answer: Answer) -> bool:
        """True when a 2xx answer is not what the system says to a path that does not exist (a soft 404).

        Without an answer to the control question nothing stands out.
        """
        if not answer.ok:
            return False
        control = self.control(role, answer.address)
        if not control.answered:
            return False
        if not control.ok:
            return True
        return not alike(answer.text, control.text, answer.address, control.address)

    def spend(self) -> str:
        """Takes one request that is sent past the prober; or says why there is none left."""
        why = self.budget.spend(self.subject)
        self._spent += not why
        return why

    def settle(self) -> None:
        """At the end: makes sure that the last refusals were about what was asked, and not a ban."""
        if self._suspects:
            self._confirm()

    def record(self) -> Exchanges:
        """All questions of this prober so far."""
        return Exchanges(
            subject=self.subject,
            seed=self.seed,
            exchanges=tuple(answer.exchange for answer in self.answers),
            spent=self._spent,
            limit=self.budget.limits.subjects[self.subject].requests,
            stopped=self.stopped,
        )

    def show(self, answer: Answer, attachments: Attachments) -> str:
        """Keeps one exchange as a text of its own, for a finding; returns its path."""
        name = f"trao-doi-{answer.number:03d}.txt"
        return attachments.save(name, answer.exchange.as_text)

    def _held(self, method: str, address: str, intrusive: bool) -> tuple[Ended, str] | None:
        if no := refusal(self.system, method, address, intrusive=intrusive):
            return no
        return (Ended.HELD_OFF, self.stopped) if self.stopped else None

    def _turn(self, pace: Pace) -> tuple[Ended, str] | None:
        try:
            pace.turn(pause)
        except Unreached as lost:
            self.stopped = f"bị chặn: {lost.why}"
            return Ended.HELD_OFF, self.stopped
        if why := self.spend():
            return Ended.OVER_BUDGET, why
        return None

    def _sent(
        self, method: str, address: str, headers: Mapping[str, str], content: bytes | None, bounds: Bounds
    ) -> Came:
        """Sends over one of the connections that may be open to the host at the same time (`pace.connections`)."""
        hosts = () if is_loopback(address) else (urlsplit(address).hostname or "",)
        try:
            release = hold(hosts, self.system.pace.connections)
        except NotObserved as busy:
            return Came(Ended.HELD_OFF, busy.reason)
        try:
            return send(method, address, headers, content, bounds, self.system.channel.ca_file)
        finally:
            release()

    def _suspect(self, answer: Answer) -> None:
        """Notes an answer that may mean a ban; any other clears those before it."""
        broken = answer.ended in (Ended.DROPPED, Ended.SILENT)
        if not broken and answer.status not in REFUSING and not block_words(answer.text):
            self._suspects.clear()
            return
        self._suspects.append(answer)
        silent = sum(one.ended is Ended.SILENT for one in self._suspects)
        if len(self._suspects) >= SUSPICIOUS or silent >= MOST_SILENT:
            self._confirm()

    def _confirm(self) -> None:
        """Asks for the home page as anybody would. Refused too: it is a ban, and all since the last answer is open."""
        suspects, self._suspects = self._suspects, []
        if self.stopped:
            _take_back(suspects, self.stopped)
            return
        home = urljoin(self.system.base_url + "/", self.system.paths.get("home", ""))
        purpose = "trang chủ còn trả lời không"
        answer = self.ask(nobody(), home, purpose, refusal_is_answer=True)
        if answer.ended.unasked and not self.stopped:  # no budget left to find out
            why = f"không kiểm chứng được có bị chặn không: {answer.exchange.why}"
        elif answer.answered and answer.status not in REFUSING and not block_words(answer.text):
            return
        elif answer.ended is Ended.DISTRUSTED:  # its own matter, and no ban
            why = f"không kiểm chứng được có bị chặn không: {answer.exchange.why}"
        else:
            self.stopped = self.stopped or f"bị chặn: trang chủ cũng {_refused(answer)}"
            why = self.stopped
        _take_back([*suspects, answer], why)


def _take_back(answers: list[Answer], why: str) -> None:
    for one in answers:
        if not one.ended.unasked:
            one.exchange = one.exchange.model_copy(update={"ended": Ended.BANNED, "why": why})


def _tell(pace: Pace, came: Came, refusal_is_answer: bool) -> None:
    """Lets the host's pace know, which all processes of the run share."""
    retry_after = next((value for name, value in came.headers if name.lower() == "retry-after"), None)
    if came.status in REFUSALS and not refusal_is_answer:
        pace.refused(came.status, retry_after)
    elif came.ended is Ended.SILENT:
        pace.silent(came.why)
    elif came.status is not None:
        pace.answered(came.ms / 1000)


def _refused(answer: Answer) -> str:
    if answer.ended in (Ended.DROPPED, Ended.SILENT):
        return answer.exchange.why
    words = block_words(answer.text)
    return f"trả {answer.exchange.status}" + (f" và báo “{words}”" if words else "")
