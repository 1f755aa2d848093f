"""How a file comes back to its owner: the address that the page showed, asked for as the owner, and opened in a browser
of the test's own where it might run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toantrinh.downloads import kind_of
from toantrinh.driver.alarm import alarm
from toantrinh.driver.closing import close
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.uploads import Group, Returned
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.uploads.baits import HEADER, Bait, readable
from toantrinh.observers.uploads.contents import PHP_SAYS
from toantrinh.observers.uploads.disposition import as_meant, is_well_formed, name_in
from toantrinh.observers.uploads.hearing import Ran, hear_runs
from toantrinh.ownership import at_home
from toantrinh.scenarios.trying import picture

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

MOST_OPENED = 6
OPEN_MS = 5_000
OPEN_S = 10.0


def returned(prober: Prober, answer: Answer, home: str, bait: Bait | None = None) -> Returned:
    """What an answer says of the file that it gives."""
    disposition = as_meant(answer.header("content-disposition"))
    cut = answer.exchange.cut  # more came than was ever sent: it is not our file that was seen
    same = answer.body == bait.file.content if bait is not None and not cut else None
    ran_php = PHP_SAYS.encode() in answer.body and b"<?php" not in answer.body
    return Returned(
        address=answer.exchange.address,
        exchange=answer.number,
        status=None if cut else answer.status,
        why=answer.exchange.why or cut,
        content_type=answer.header("content-type"),
        disposition=readable(disposition),
        name=readable(name_in(disposition)),
        well_formed=is_well_formed(disposition),
        nosniff=answer.header("x-content-type-options").split(",")[0].strip().lower() == "nosniff",
        policy=answer.header("content-security-policy")[:2000],
        kind=kind_of(answer.body),
        same=same,
        elsewhere=not at_home(answer.address, home),
        executed=ran_php,
        injected=bool(answer.header(HEADER)),
    )


class ComingBack:
    """Asks for files as their owner. `role` is the owner; the browser that opens them is one of its own, closed with
    the traveller's."""

    def __init__(self, who: Traveller, prober: Prober, role: Role) -> None:
        self._who, self._prober, self._role = who, prober, role
        self._ran: list[Ran] = []
        self._context: BrowserContext | None = None
        self._opened = 0

    def ask(self, address: str, bait: Bait) -> Returned:
        """The file of this address, and whether its script runs where a citizen would open it."""
        answer = self._prober.ask(self._role, address, f"mở lại {bait.about}", refusal_is_answer=True)
        answer = self._prober.follow(self._role, answer)
        found = returned(self._prober, answer, self._who.system.base_url, bait)
        if not found.came:
            return found
        if bait.group is not Group.SCRIPT or found.attached or found.elsewhere or self._opened >= MOST_OPENED:
            return found.model_copy(update={"shown": self._show(answer, bait)})
        return self._open(address, bait, found).model_copy(update={"shown": self._show(answer, bait)})

    def _show(self, answer: Answer, bait: Bait) -> str:
        return self._prober.show(answer, self._who.attachments) if bait.group is not Group.GOOD else ""

    def _open(self, address: str, bait: Bait, found: Returned) -> Returned:
        """Opens the file in a window of its own with the owner's session."""
        from playwright.sync_api import Error

        self._opened += 1
        if self._context is None:
            self._context = self._who.new_context(storage_state=self._who.hands.watch.context.storage_state())
            hear_runs(self._context, self._ran)
        page = self._context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        opened, shots = True, found.shots
        try:
            with alarm(page, OPEN_S):
                page.goto(address, wait_until="load", timeout=OPEN_MS)
                page.evaluate("() => 1")  # what the page has told comes before this answer
                if any(one.token == bait.token for one in self._ran):
                    shots = picture(self._who, f"Mã kịch bản chạy: {bait.about}", page)
        except Error:  # a download, or a document that does not come
            opened = False
        finally:
            close(page)
        ran = next((one for one in self._ran if one.token == bait.token and one.origin not in ("", "null")), None)
        if ran is None:
            return found.model_copy(update={"opened": opened})
        return found.model_copy(update={"opened": opened, "ran": True, "ran_in": ran.origin, "shots": shots})
