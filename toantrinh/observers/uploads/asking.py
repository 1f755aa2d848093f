"""The same upload asked of the system itself, where the page's own script has refused the file.

What a good file's upload looked like is repeated with the other file in its place, and believed only after a good file
sent so was seen on the page afterwards.
"""

from __future__ import annotations

from toantrinh.observations.exchanges import Ended
from toantrinh.observations.mistakes import Outcome
from toantrinh.observations.uploads import FileTried
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.uploads.baits import Bait
from toantrinh.observers.uploads.hearing import FileSent
from toantrinh.observers.uploads.trying import Trying

NOT_HEARD = "không ghi được yêu cầu gửi tệp của trang"


class Asking:
    """Asks without the page. `good` is the upload of the file `known`, as the page sent it."""

    def __init__(self, prober: Prober, role: Role, trying: Trying, good: FileSent | None, known: Bait) -> None:
        self._prober, self._role, self._trying = prober, role, trying
        self._good, self._known = good, known
        self.why = "" if good else NOT_HEARD
        self._believed = False

    def believe(self, control: Bait) -> bool:
        """True once a good file that was sent so is on the page; tried once."""
        if self._believed or self.why or self._good is None:
            return self._believed
        answer = self._send(self._good, control)
        if not answer.answered:
            self.why = f"gửi lại yêu cầu của trang không có trả lời: {answer.exchange.why}"
        elif self._arrived(control) is Outcome.ACCEPTED:
            self._believed = True
        else:
            self.why = f"gửi lại yêu cầu của trang với tệp đúng loại cũng không được nhận (HTTP {answer.status})"
        return self._believed

    def ask(self, bait: Bait, tried: FileTried) -> FileTried:
        """What the system itself makes of the file."""
        if not self._believed or self._good is None:
            return tried.model_copy(update={"direct_why": self.why})
        answer = self._send(self._good, bait)
        if not answer.answered:
            why = answer.exchange.why
            dropped = answer.ended in (Ended.DROPPED, Ended.SILENT)
            direct = Outcome.REFUSED if dropped else None  # a connection closed on it; a ban is found out later
            return tried.model_copy(update={"direct": direct, "direct_why": why, "exchange": answer.number})
        outcome = self._arrived(bait)
        trying = self._trying
        return tried.model_copy(
            update={
                "by_server": True,
                "direct": outcome,
                "status": answer.status,
                "exchange": answer.number,
                "listed": trying.line_of(bait.token) if outcome is Outcome.ACCEPTED else "",
                "element": trying.is_element(bait.token),
            }
        )

    def _send(self, good: FileSent, bait: Bait) -> Answer:
        known = self._known.file
        form = {name: value.replace(known.name, bait.file.name) for name, value in good.fields}
        field = next(name for name, file in good.files if self._known.token in file)
        return self._prober.ask(
            self._role,
            good.address,
            f"gửi thẳng {bait.about}, như trang đã gửi tệp đúng loại",
            method=good.method,
            headers=good.headers,
            form=form,
            files={field: (bait.file.name, bait.file.content, bait.file.mime)},
            intrusive=True,
            refusal_is_answer=True,
        )

    def _arrived(self, bait: Bait) -> Outcome:
        """Whether the page shows the file when it is opened again."""
        trying = self._trying
        before = {c.href for c in trying.view.controls}
        trying.reopen()
        links = trying.links_in(trying.view, bait.token, before)
        trying.links[bait.key] = links
        return Outcome.ACCEPTED if links or trying.line_of(bait.token) else Outcome.REFUSED
