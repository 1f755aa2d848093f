"""Reading and downloading in another's name: each address that showed its owner's data, asked for as somebody else.

Judged by what the answer shows, never by its status: facts of the owner, or the very bytes of the owner's file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import Kind, Trespass
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.likeness import alike
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.observers.trespass.credentials import Sends, in_address, lacks, never, personal
from toantrinh.observers.trespass.own_data import CODE, FILE, NAME, OwnData, is_file
from toantrinh.observers.trespass.places import Place, identifiers, is_askable
from toantrinh.ownership import at_home
from toantrinh.store import Attachments

SHED = (429, 503)  # answers of a server that has enough of us say nothing about the question
MOST_OWN = 24  # addresses that are asked for as others
MOST_BYTES = 4 * 1024 * 1024


@dataclass
class Asked:
    """An address, what it gave its owner, and what it gave the others. The place carries no credential of the owner.

    `needs`: the credentials that the owner's browser sent with it, `carried`: those that the address itself has;
    `unasked`: as whom it cannot be asked, and why.
    """

    place: Place
    owners: Answer
    kind: Kind
    own: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    carried: tuple[str, ...] = ()
    others: list[tuple[Role, Answer]] = field(default_factory=list)
    unasked: list[tuple[Role, str]] = field(default_factory=list)

    def why_not(self, role: Role) -> str:
        """Why the address cannot be asked for as this person; empty when it can."""
        if self.carried:
            return f"địa chỉ mang phiên của chính A ({', '.join(self.carried)}): không hỏi được với vai người khác"
        if lacking := lacks(self.needs, role):
            return f"không biết {', '.join(lacking)} của {role.name}: trình duyệt của họ chưa gửi lần nào"
        return ""


def ask_as_others(
    prober: Prober,
    owner: Role,
    others: Sequence[Role],
    places: Sequence[Place],
    own: OwnData,
    dossier: str,
    sends: Sends = never,
    unheard: list[str] | None = None,
) -> list[Asked]:
    """Asks for all places as the owner, and as the others for what showed the owner's data, each with the credentials
    of their own.

    `dossier`: the address of the dossier's own page, whose identifiers mark what belongs to it; `sends`: what the
    second citizen's browser sends, too, and so is no credential of the owner; `unheard` takes the data addresses that
    even the owner could not ask for, with the reason.
    """
    public = own.in_text(prober.ask(nobody(), prober.system.base_url + "/", "trang chủ khi chưa đăng nhập").text)
    marks = set(identifiers(dossier.replace("#/", "")))
    rows: list[Asked] = []
    for place in places:
        if len(rows) >= MOST_OWN:
            break
        row = _as_owner(prober, owner, place, own, marks, public, sends, unheard)
        if row is not None:
            rows.append(row)
    onward: dict[tuple[str, str], Answer] = {}
    for row in rows:
        for role in others:
            if why := row.why_not(role):
                row.unasked.append((role, why))
            else:
                row.others.append((role, _as_other(prober, role, row, onward)))
    return rows


def told(prober: Prober, rows: Sequence[Asked], own: OwnData, dossier: str, attachments: Attachments) -> list[Trespass]:
    """What came of it, one row for each address and role. To be called when the prober has settled."""
    public = public_facts(prober, own)
    marks = set(identifiers(dossier.replace("#/", "")))
    found = []
    for row in rows:
        for role, answer in row.others:
            state, seen, why = _compared(row, answer, own, marks, public)
            told_well = state in (State.FOUND, State.UNSURE)
            found.append(
                Trespass(
                    kind=row.kind,
                    address=answer.exchange.address
                    if answer.address == row.place.address
                    else row.owners.exchange.address,
                    role=role.key,
                    state=state,
                    exchange=answer.number,
                    owners=row.owners.number,
                    own=row.own,
                    seen=seen,
                    why=why,
                    shown=prober.show(answer, attachments) if told_well else "",
                )
            )
        found += [
            Trespass(
                kind=row.kind, address=row.owners.exchange.address, role=role.key, state=State.UNASKED, exchange=0,
                owners=row.owners.number, own=row.own, why=why,
            )
            for role, why in row.unasked
        ]  # fmt: skip
    return found


def public_facts(prober: Prober, own: OwnData) -> tuple[str, ...]:
    """The facts that the home page shows to everybody, as it was asked for first."""
    return own.in_text(next((one.text for one in prober.answers if one.exchange.role_key == "nobody"), ""))


def shown_in(own: OwnData, answer: Answer, public: Sequence[str] = ()) -> tuple[str, ...]:
    """The facts of a person that an answer shows, without those that everybody sees or that the address itself says."""
    if is_file(answer.body):
        return ()
    said = {*public, *own.in_text(unquote(answer.address))}
    return tuple(name for name in own.in_text(answer.text) if name not in said)


def open_why(answer: Answer) -> str:
    """Why an answer says nothing about the question; empty when it does."""
    if not answer.answered:
        return answer.exchange.why or str(answer.ended)
    return f"máy chủ trả {answer.status}, đang từ chối nhận thêm yêu cầu" if answer.status in SHED else ""


def _as_owner(
    prober: Prober, owner: Role, place: Place, own: OwnData, marks: set[str], public: Sequence[str], sends: Sends,
    unheard: list[str] | None,
) -> Asked | None:  # fmt: skip
    answer = prober.ask(
        owner, place.address, "địa chỉ đã hiện với công dân A, hỏi lại bằng chính phiên của A",
        headers=place.headers, intrusive=True, most_bytes=MOST_BYTES,
    )  # fmt: skip
    if _leads_on(prober, answer):
        answer = prober.follow(owner, answer, 2)
    if answer.ended.unasked and place.call and unheard is not None:
        unheard.append(f"{answer.exchange.address}: {answer.exchange.why}")
    if not answer.ok:
        return None
    mine = personal(place.headers, owner.headers, place.headers, sends)
    bare = Place(place.address, place.call, {name: place.headers[name] for name in place.headers if name not in mine})
    by_all = {name for name in owner.headers if name.lower() == "authorization"} if place.call else set()
    needs, carried = frozenset(mine | by_all), in_address(place.address, owner)
    if is_file(answer.body):
        mine_too = own.is_own_file(answer.body) or marks & set(identifiers(place.address))
        return Asked(bare, answer, Kind.FILE, (FILE,), needs, carried) if mine_too else None
    facts = shown_in(own, answer, public)
    code = own.has_code(answer.text)
    data = place.call or "json" in answer.kind
    if {*facts} - {NAME} or (facts and (code or "json" in answer.kind)):
        shown = (*facts, *((CODE,) if code else ()))
        return Asked(bare, answer, Kind.DATA if data else Kind.PAGE, shown, needs, carried)
    return None


def _as_other(prober: Prober, role: Role, row: Asked, onward: dict[tuple[str, str], Answer]) -> Answer:
    purpose = f"{row.kind.vietnamese} đã hiện dữ liệu của công dân A, hỏi với vai {role.name}"
    answer = prober.ask(
        role, row.place.address, purpose, headers=row.place.headers, intrusive=True, most_bytes=MOST_BYTES
    )
    if not _leads_on(prober, answer):
        return answer
    key = (role.key, answer.onward.split("?")[0])
    if key not in onward:  # most lead to one and the same log-in page
        onward[key] = prober.follow(role, answer, 2)
        return onward[key]
    return answer


def _leads_on(prober: Prober, answer: Answer) -> bool:
    """True for a redirect to another page of the system that does nothing when it is asked for."""
    return at_home(answer.onward, prober.system.base_url) and is_askable(answer.onward)


def _compared(
    row: Asked, answer: Answer, own: OwnData, marks: set[str], public: Sequence[str]
) -> tuple[State, tuple[str, ...], str]:
    """(state, what was shown, why it is open)."""
    if why := open_why(answer):
        return State.UNASKED, (), why
    if seen := shown_in(own, answer, public):
        return State.FOUND, (*seen, *((CODE,) if own.has_code(answer.text) else ())), ""
    if row.kind is Kind.FILE:
        return _same_file(row, answer, own, marks)
    hidden = {*row.own} - {NAME, CODE}
    named = own.has_code(answer.text) and not own.has_code(unquote(answer.address))
    if answer.ok and hidden and named and alike(row.owners.text, answer.text, row.owners.address, answer.address):
        return State.UNSURE, (CODE,), "cùng một trang như của A, có mã hồ sơ nhưng không thấy dữ liệu cá nhân"
    return State.CLEAN, (), ""


def _same_file(row: Asked, answer: Answer, own: OwnData, marks: set[str]) -> tuple[State, tuple[str, ...], str]:
    if not answer.ok or not is_file(answer.body):
        return State.CLEAN, (), ""
    if hashlib.sha256(answer.body).digest() == hashlib.sha256(row.owners.body).digest():
        return State.FOUND, (FILE,), ""
    return State.UNSURE, (), "nhận được một tệp ở địa chỉ của hồ sơ A, nội dung không giống hẳn tệp của A"
