"""Changing in another's name: what the owner's browser would send, sent by others with their own session and token.

Judged by what the owner sees afterwards: an answer alone accuses nobody, and after a plain refusal only our own mark
does. First the visitor, then the other citizen, and last the owner in the same way: only where the owner's own request
is heard does a refusal say anything about the others.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from toantrinh.driver.endings import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import Changing
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.masking import masked_address
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.session.forged import Sent
from toantrinh.observers.session.tokens import in_the_name_of
from toantrinh.observers.trespass.credentials import Sends, never
from toantrinh.observers.trespass.owners_eyes import Change, Look, changed, look
from toantrinh.observers.trespass.reading import open_why
from toantrinh.scenarios.trying import picture

_LOG_IN = re.compile(r"log-?in|sign-?in|dang-?nhap|[/.]sso\b|[/.]cas\b|oauth|openid|saml", re.I)
_PASSWORD = re.compile(r"<input\b[^<>]{0,500}\btype\s*=\s*[\"']?password", re.I)
UNHEARD = "chính chủ hồ sơ gửi lại yêu cầu ấy cũng không thành: bị từ chối không hẳn vì là người khác"
UNPROVED = "chưa có thao tác nào của chính chủ hồ sơ, gửi lại theo cách này, được nhận để đối chứng"


@dataclass(frozen=True)
class Party:
    """Somebody who asks, and the anti-forgery tokens that the system has given them."""

    role: Role
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Operation:
    """What the owner can do to the dossier. `page`: where the owner sees what came of it; `mark`: a word in the body
    that is seen again; `repeats`: the owner may do it, too, in the same way, so that it is known to work."""

    what: str
    sent: Sent
    page: str
    mark: str = ""
    repeats: bool = True


@dataclass
class _Row:
    operation: Operation
    party: Party
    answer: Answer | None  # None where it was not sent: `why`
    change: Change | None
    lacking: tuple[str, ...]
    shots: tuple[str, ...] = ()
    why: str = ""  # why nothing can be said


class Changer:
    """Asks for operations as others, until one has changed something. `proved`: an operation of the owner's was heard,
    asked for in the very same way."""

    def __init__(
        self, who: Traveller, prober: Prober, owner: Party, others: Sequence[Party], sends: Sends = never
    ) -> None:
        self.who, self.prober = who, prober
        self._owner, self._others, self._sends = owner, others, sends
        self._rows: list[_Row] = []
        self._heard: dict[int, bool] = {}
        self.why: dict[str, str] = {}  # operations that could not be asked for

    @property
    def broken(self) -> bool:
        """True when somebody else has changed the dossier, or seems to have: nothing more is asked then."""
        return any(row.change for row in self._rows)

    @property
    def asked(self) -> set[str]:
        """The operations that were asked for."""
        return {row.operation.what for row in self._rows}

    @property
    def proved(self) -> bool:
        return any(self._heard.values())

    def ask(self, operation: Operation) -> bool:
        """Asks for it as each of the others, then as the owner where it repeats; True when the owner was heard.

        Raises StepEnded where the owner's page cannot be seen.
        """
        before, steady = look(self.who, operation.page), look(self.who, operation.page)
        for party in self._others if operation.repeats else self._others[-1:]:
            row = self._asked(operation, party, before, steady)
            self._rows.append(row)
            if row.change:
                return False
        if not operation.repeats:
            return False
        row = self._asked(operation, self._owner, before, steady)
        sure = row.change is not None and (row.change.state is State.FOUND or row.change.moved)
        heard = sure and row.answer is not None and not is_refusal(row.answer)
        self._heard[id(operation)] = heard
        return heard

    def told(self) -> tuple[Changing, ...]:
        """What came of it. To be called when the prober has settled."""
        return tuple(self._told(row) for row in self._rows)

    def _asked(self, operation: Operation, party: Party, before: Look, steady: Look) -> _Row:
        sent, lacking, unknown = in_the_name_of(operation.sent, party.role, party.tokens, self._owner.role, self._sends)
        if unknown:
            why = f"không biết {', '.join(unknown)} của {party.role.name} để thay cho của A"
            return _Row(operation, party, None, None, lacking, why=why)
        mark = f"KT{secrets.token_hex(2)}" if operation.mark else ""
        base = urlsplit(self.prober.system.base_url)
        answer = self.prober.ask(
            party.role,
            sent.address,
            f"{operation.what} trên hồ sơ của công dân A, gửi với vai {party.role.name}",
            method=sent.method,
            body=sent.body.replace(operation.mark, mark) if mark else sent.body,
            headers={
                **sent.headers,
                **({"Content-Type": sent.kind} if sent.kind else {}),
                "Origin": f"{base.scheme}://{base.netloc}",
                "Referer": operation.page.split("#")[0],
                "Sec-Fetch-Site": "same-origin",
            },
            intrusive=True,
            refusal_is_answer=True,
            keeps_cookies=False,
        )
        if answer.ended.unasked:
            return _Row(operation, party, answer, None, lacking)
        refused = is_refusal(answer)

        def change_now() -> Change | None:
            after = look(self.who, operation.page, steady)
            return changed(before, steady, after, mark, operation.what, refused)

        try:
            change = change_now()
            if change is not None and party is not self._owner:  # seen twice, or it was chance
                change = change_now()
        except StepEnded as end:
            self._rows.append(_Row(operation, party, answer, None, lacking, why=end.why))
            raise
        shots = () if change is None or party is self._owner else picture(self.who, f"Hồ sơ sau khi {operation.what}")
        return _Row(operation, party, answer, change, lacking, tuple(shot.path for shot in shots))

    def _told(self, row: _Row) -> Changing:
        state, why = self._state(row)
        return Changing(
            what=row.operation.what,
            address=row.answer.exchange.address if row.answer else masked_address(row.operation.sent.address),
            role=row.party.role.key,
            state=state,
            exchange=row.answer.number if row.answer else 0,
            seen=row.change.seen if row.change else (),
            why=why,
            shown=self.prober.show(row.answer, self.who.attachments) if row.change and row.answer else "",
            pictures=row.shots,
        )

    def _state(self, row: _Row) -> tuple[State, str]:
        if row.change is not None:
            doubt = "trang của chủ hồ sơ đổi khác ngay sau đó, không rõ có phải vì yêu cầu ấy"
            if row.answer and is_refusal(row.answer):
                doubt = f"yêu cầu ấy bị từ chối (HTTP {row.answer.exchange.status}) nhưng {doubt}"
            return row.change.state, "" if row.change.state is State.FOUND else doubt
        if why := row.why or (open_why(row.answer) if row.answer else ""):
            return State.UNASKED, why
        if row.lacking and row.party.role.key != "nobody":
            return State.UNASKED, f"không lấy được {', '.join(row.lacking)} của {row.party.role.name}"
        if row.operation.repeats and not self._heard.get(id(row.operation)):
            return State.UNASKED, UNHEARD
        return (State.CLEAN, "") if self.proved else (State.UNASKED, UNPROVED)


def is_refusal(answer: Answer) -> bool:
    """True for a plain no: 4xx, a log-in page, a redirect to one. No answer is no yes either."""
    if not answer.answered:
        return True
    status = answer.status or 0
    return 400 <= status < 500 or _LOG_IN.search(answer.onward) is not None or _PASSWORD.search(answer.text) is not None
