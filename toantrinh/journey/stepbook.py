"""The step book: keeps one record per step while the journey goes on, with proof, pictures, requests and beacons."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.eyes import View
from toantrinh.driver.hands import Hands
from toantrinh.driver.http_answers import AnswerBook
from toantrinh.driver.known_people import marks_of
from toantrinh.driver.lexicon import Lexicon
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.driver.proof import prove
from toantrinh.observations.http_answers import AnswersSeen
from toantrinh.observations.journey import Reach, Shot, Step, StepName
from toantrinh.observations.page import BeaconRecord, PageKind, ProofOfPage, RequestRecord
from toantrinh.store import Attachments
from toantrinh.system_model import System

__all__ = ["StepBook", "StepEnded"]

SHOT_QUALITY = 55
BEHIND_LOG_IN = (StepName.NOTICE, StepName.RESULT, StepName.RATING)


@dataclass
class _Page:
    """A step being written."""

    name: StepName
    reach: Reach = Reach.REACHED
    why: str = ""
    address: str = ""
    duration_s: float = 0.0
    proof: list[ProofOfPage] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)
    requests: list[RequestRecord] = field(default_factory=list)
    beacons: list[BeaconRecord] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    looked_for: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class StepBook:
    """Writes the steps of one journey. `hands` may change (the officer has a browser of their own)."""

    def __init__(
        self,
        hands: Hands,
        attachments: Attachments,
        lexicon: Lexicon,
        allowed_hosts: frozenset[str],
        on_step: Callable[[StepName], None] = lambda name: None,
    ) -> None:
        self.hands, self._attachments, self._lexicon = hands, attachments, lexicon
        self._allowed_hosts, self._on_step = allowed_hosts, on_step
        self.pictures = True  # False: none of pages that are as they should be; whoever travels takes their own
        self._pages: dict[StepName, _Page] = {}
        self._open: _Page | None = None
        self._since = 0.0
        self._first = hands.watch
        self._answers: AnswerBook | None = None

    def hear_answers(self, system: System) -> None:
        """From now on keeps what the system's answers say, too."""
        self._answers = AnswerBook(OwnHosts.of(system), marks_of(system))
        self._answers.listen(self.hands.watch.context)

    def answers(self) -> AnswersSeen:
        """What the system's answers have said so far; nothing when nobody listened."""
        self.close()
        return self._answers.record() if self._answers else AnswersSeen()

    @property
    def step(self) -> StepName:
        """The step that is open; the first one before any was begun."""
        return self._open.name if self._open else StepName.HOME

    def begin(self, name: StepName, hands: Hands | None = None) -> None:
        """Turns to a step: the one before is closed; a step that was open earlier goes on where it stopped."""
        if self._open and self._open.name is name and (hands is None or hands is self.hands):
            return
        self.close()
        self.hands = hands or self.hands
        if self._answers:
            self._answers.listen(self.hands.watch.context)
        self._open = self._pages.setdefault(name, _Page(name))
        self._since = time.perf_counter()
        self.hands.watch.mark()
        self._on_step(name)

    def close(self) -> None:
        """Closes the open step: what was requested and sent since it began belongs to it."""
        if self._open is None:
            return
        page, watch = self._open, self.hands.watch
        page.duration_s += time.perf_counter() - self._since
        page.requests += watch.requests()
        page.beacons += watch.beacons()
        page.messages += [f"dialog {text}" for text in watch.dialogs]
        page.notes += [note for note in watch.notes if note not in page.notes]
        if self._answers:
            self._answers.close(watch.context, self.hands.page, page.name, officer=watch is not self._first)
        self._open = None

    def mark(self, name: StepName, reach: Reach, why: str = "") -> None:
        """Writes how a step ended without going through it."""
        page = self._pages.setdefault(name, _Page(name))
        page.reach, page.why = reach, why

    def reach_of(self, name: StepName) -> tuple[Reach, str]:
        """How a step has ended so far, and why."""
        page = self._pages.get(name)
        return (page.reach, page.why) if page else (Reach.NOT_TRIED, "")

    def address_of(self, name: StepName) -> str:
        """Where a step was seen last; empty when it was not."""
        page = self._pages.get(name)
        return page.address if page else ""

    def ended(self, reach: Reach, why: str) -> None:
        """Writes how the open step ended."""
        if self._open:
            self._open.reach, self._open.why = reach, why

    def looked_for(self, *intents: str) -> None:
        """Notes the words by which something was looked for, for the charge of absence."""
        if self._open:
            for intent in intents:
                self._open.looked_for += [w for w in self._lexicon[intent].words if w not in self._open.looked_for]

    def note(self, what: str) -> None:
        """Says in the record of the open step what we did besides: a second request, a second log-in."""
        if self._open and what not in self._open.notes:
            self._open.notes.append(what)

    def see(self, view: View, *, log_in_expected: bool = False) -> ProofOfPage:
        """Proves the page and notes its messages. Raises StepEnded when it cannot carry a verdict."""
        page = self._open
        assert page is not None
        proof = prove(
            view,
            status=self.hands.watch.status_of(view.address),
            allowed_hosts=self._allowed_hosts,
            step=page.name,
            lexicon=self._lexicon,
            log_in_expected=log_in_expected,
        )
        page.proof.append(proof)
        page.address = view.address
        if self._answers:
            self._answers.look(self.hands.page, view.text)
        page.messages += [m.text for m in view.messages if m.text not in page.messages]
        wall = proof.kind is PageKind.LOG_IN_WALL  # a home page may well hold a log-in box
        if proof.holds or (wall and page.name not in BEHIND_LOG_IN):
            return proof
        self.shot(f"{page.name.vietnamese}: {proof.kind}")
        if proof.kind is PageKind.BLANK and (hosts := self.hands.watch.foreign_scripts()):
            raise StepEnded(
                Reach.BLOCKED,
                f"{proof.why}: trang cần kịch bản của {', '.join(hosts)}, hãy thêm vào hosts: nếu là của hệ thống",
            )
        if proof.kind in (PageKind.ERROR, PageKind.BLANK):
            raise StepEnded(Reach.REFUSED, f"{proof.why} ({view.address})")
        raise StepEnded(Reach.BLOCKED, f"{proof.kind}: {proof.why} ({view.address})")

    def shot(self, title: str, *, routine: bool = False) -> None:
        """Takes a picture of what is in sight now. A picture that cannot be taken is left out, never a failure.

        A `routine` one shows a page as it should be, for the film of a journey.
        """
        from playwright.sync_api import Error

        page = self._open
        assert page is not None
        if routine and not self.pictures:
            return
        try:
            picture = self.hands.page.screenshot(type="jpeg", quality=SHOT_QUALITY, caret="initial", timeout=5_000)
        except Error:
            return
        path = self._attachments.save(f"{_order(page.name)}-{page.name}-{len(page.shots) + 1}.jpg", picture)
        page.shots.append(Shot(path=path, title=title))

    def steps(self) -> tuple[Step, ...]:
        """All records so far, in the order of the journey."""
        self.close()
        pages = sorted(self._pages.values(), key=lambda page: list(StepName).index(page.name))
        return tuple(
            Step(
                name=page.name,
                reach=page.reach,
                why=page.why,
                address=page.address,
                duration_ms=round(page.duration_s * 1000, 1),
                proof=tuple(page.proof),
                shots=tuple(page.shots),
                requests=tuple(page.requests),
                beacons=tuple(page.beacons),
                messages=tuple(page.messages),
                looked_for=tuple(page.looked_for),
                notes=tuple(page.notes),
            )
            for page in pages
        )


def _order(name: StepName) -> str:
    return f"{list(StepName).index(name) + 1:02d}"
