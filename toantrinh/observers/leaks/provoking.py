"""Provokes harmless errors and looks whether the answers give the program away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from toantrinh.driver.proof import SHORT_PAGE
from toantrinh.observations.exchanges import Ended
from toantrinh.observations.leaks import Provoked, State
from toantrinh.observers.comparing import pattern_of
from toantrinh.observers.leaks.error_marks import traces_in
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.control import made_up
from toantrinh.observers.prober.likeness import text_of
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.ownership import at_home
from toantrinh.store import Attachments

MOST_NUMBERS = 5  # addresses whose number is replaced by a word
LONG = 6_000  # letters of a parameter that is too long for most servers
NUMBER = re.compile(r"(?<=[/=])\d{1,12}(?=$|[/&])")
HANDLERS = ("aspx", "php", "jsp", "do")


@dataclass(frozen=True)
class Provocation:
    """One question that most systems answer with an error. `plain`: the same without what provokes; empty: the home
    page stands for it."""

    title: str
    address: str
    plain: str = ""
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A provocation and its answer; `usual`: the answer to the same without what provokes, where it was asked for."""

    provocation: Provocation
    answer: Answer
    usual: Answer | None


def provocations(home: str, seed: str, addresses: Iterable[str]) -> Iterator[Provocation]:
    """What is asked: fixed ways, and numbers in the system's own `addresses` that become words."""
    nothing = made_up(urljoin(home, "/x"), seed)
    yield Provocation("đường dẫn không có (404)", nothing)
    for handler in HANDLERS:
        yield Provocation(f"tệp .{handler} không có (404)", made_up(urljoin(home, f"/x.{handler}"), seed))
    yield Provocation("ký tự mã hóa hỏng trong đường dẫn (400)", urljoin(home, "/%zz"))
    yield Provocation("byte không phải UTF-8 trong đường dẫn (400)", urljoin(home, "/%ff%fe"))
    yield Provocation("ký tự cấm trong đường dẫn (400)", urljoin(home, "/%3Ckhong-co%3E"))
    yield Provocation("tham số hỏng (400)", f"{home}?%zz=%ff", home)
    yield Provocation("tham số lặp và dạng mảng (400)", f"{home}?page[]=1&page[a]=x&id=1&id=2", home)
    yield Provocation("tham số quá dài (414)", f"{home}?q={'a' * LONG}", home)
    yield Provocation("kiểu trả lời không có (406)", home, home, headers={"Accept": "application/x-khong-co"})
    yield Provocation("cookie hỏng (400)", home, home, headers={"Cookie": 'phien=%00%ff; JSESSIONID="; a'})
    yield Provocation("cách gọi không có (405, 501)", home, method="KHONGCO")
    kind = {"Content-Type": "application/json"}
    yield Provocation("thân JSON hỏng gửi tới trang (400, 405, 415)", home, method="POST", headers=kind, body='{"a":')
    for address in _numbered(addresses, home):
        yield Provocation("chữ ở chỗ của số (400, 404, 500)", NUMBER.sub("khong-phai-so", address), address)


def _numbered(addresses: Iterable[str], home: str) -> list[str]:
    """Addresses of the system with a number in them, one of each kind."""
    kinds: dict[str, str] = {}
    for address in sorted(set(addresses)):
        parts = urlsplit(address)
        if at_home(address, home) and NUMBER.search(parts._replace(scheme="", netloc="", fragment="").geturl()):
            kinds.setdefault(pattern_of(address), parts._replace(fragment="").geturl())
    return list(kinds.values())[:MOST_NUMBERS]


def provoke(prober: Prober, home: str, addresses: Iterable[str]) -> list[Outcome]:
    """Asks all of it as a visitor. What comes as a page like any other is compared with what comes unprovoked."""
    outcomes, usual = list[Outcome](), dict[str, Answer]()
    for one in provocations(home, f"{prober.seed}/{prober.system.id}", addresses):
        answer = prober.ask(
            nobody(), one.address, f"gợi lỗi: {one.title}", method=one.method, headers=one.headers, body=one.body
        )
        known = None
        if answer.ok and traces_in(answer.text):
            plain = one.plain or home
            if plain not in usual:
                usual[plain] = prober.ask(nobody(), plain, "trang bình thường, không gợi lỗi")
            known = usual[plain]
        outcomes.append(Outcome(one, answer, known))
    return outcomes


def judged(prober: Prober, outcomes: Sequence[Outcome], attachments: Attachments) -> tuple[Provoked, ...]:
    """The facts, after the prober has settled."""
    return tuple(_judged(prober, one, attachments) for one in outcomes)


def _judged(prober: Prober, outcome: Outcome, attachments: Attachments) -> Provoked:
    answer = outcome.answer
    facts = Provoked(
        title=outcome.provocation.title, exchange=answer.number, state=State.CLEAN, status=answer.exchange.status
    )
    if answer.ended is Ended.DROPPED:
        return facts.model_copy(update={"why": answer.exchange.why})  # nothing was said, so nothing was given away
    if not answer.answered:
        return facts.model_copy(update={"state": State.UNASKED, "why": answer.exchange.why})
    traces = traces_in(answer.text)
    if outcome.usual is not None and outcome.usual.answered:
        always = {trace.name for trace in traces_in(outcome.usual.text)}
        traces = tuple(trace for trace in traces if trace.name not in always)
    if not traces:
        return facts
    # A page that answers as if nothing were wrong may write about errors; a person has to read it.
    prose = (answer.status or 0) < 400 and len(text_of(answer.text)) >= SHORT_PAGE
    return facts.model_copy(
        update={
            "state": State.UNSURE if prose else State.FOUND,
            "traces": traces,
            "shown": prober.show(answer, attachments),
        }
    )
