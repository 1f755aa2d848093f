"""What all citizens of one generator share."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import gevent
from gevent.event import Event
from pydantic import BaseModel, ConfigDict

from toantrinh.load.arrivals import Arrival, Visitor, arrivals, within
from toantrinh.load.asking import Addresses
from toantrinh.load.gate import Gate
from toantrinh.load.own_pulse import BEAT_S, OwnPulse, Second
from toantrinh.load.plan import Errand, Handed, LoadPlan, Phase
from toantrinh.load.samples import Sample
from toantrinh.load.warming import warm_up

SELDOM = (50_000, 20, 50)  # how often Python looks for garbage: each time all citizens wait


class Told(BaseModel):
    """What came of it since the desk was asked last.

    `at`: seconds after the start; `sent`: requests since the start, `held_by_cap_s`: s that they waited because of
    the cap; `waiting`: how long each request under way is waited for; `errands`: citizens who are on one; `over`:
    nothing more will be told; `fault`: what is our own fault; `why`: why it ended before the plan did.
    """

    model_config = ConfigDict(frozen=True)

    at: float
    samples: tuple[tuple[float, ...], ...]
    files: tuple[tuple[float, ...], ...]
    second: Second
    counted: bool
    sent: int
    held_by_cap_s: float
    waiting: tuple[float, ...]
    errands: int
    fault: str
    why: str
    over: bool = False


class Desk:
    """What all citizens of this process share: who comes next, the clock, what came of it, and why it ended.

    Of several generators each has its `part`. `on_dossier` is told each code of a dossier as it comes.
    """

    def __init__(
        self,
        plan: LoadPlan,
        handed: Handed,
        on_dossier: Callable[[str], None],
        part: int = 0,
        parts: int = 1,
    ) -> None:
        self.plan, self.handed, self.on_dossier = plan, handed, on_dossier
        self.why = self.fault = ""
        self.pulse, self.opened, self.closed = OwnPulse(), Event(), Event()
        self.addresses, self.gate = Addresses(plan), Gate(plan.caps.rate / parts)
        self.sent = self.errands = 0
        self._under_way: dict[object, float] = {}
        self._alone: set[int] = set()  # errands that somebody is on, and nobody else may be
        self._part, self._parts, self._citizens = part, parts, 0
        self._coming = arrivals(plan, part, parts)
        self._left = [_part_of(errand, part, parts) for errand in plan.errands]
        self._samples: list[Sample] = []
        self._files: list[Sample] = []
        self._chance = random.Random(f"{plan.seed}/first visits/{part}")
        self._zero = 0.0

    def begin(self) -> None:
        """Starts the clock, and lets the citizens in. What is in memory by now stays, and is not looked at again."""
        warm_up(self.plan.base_url)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*SELDOM)
        self.pulse, self._zero = OwnPulse(), time.perf_counter()
        self.opened.set()

    def now(self) -> float:
        """Seconds after the start."""
        return time.perf_counter() - self._zero

    @property
    def present(self) -> int:
        """Citizens who stand at the door, or are in."""
        return self._citizens

    @property
    def is_over(self) -> bool:
        """True when nobody comes any more, and nobody is still there who could be answered."""
        over = self.plan.seconds + self.plan.longest_s + 1
        return bool(self.why) or self.now() >= over or (self.now() >= self.plan.seconds and not self.errands)

    def who_next(self) -> Callable[[], Arrival | None]:
        """For one more citizen of this process: tells each time when and as what he comes next; None: never again."""
        number = self._citizens * self._parts + self._part
        self._citizens += 1
        if number >= self.plan.caps.citizens:  # whoever sent him
            return lambda: None
        if isinstance(self.plan.phases[0], Phase):
            return lambda: None if self.why else next(self._coming, None)
        visitor = Visitor(self.plan, number)

        def visit() -> Arrival | None:
            arrival = None if self.why else visitor.next(self.now())
            allowed = within(self._left, arrival.errand) if arrival else None
            return Arrival(arrival.at, allowed, arrival.phase) if arrival and allowed is not None else None

        return visit

    def is_first_visit(self) -> bool:
        """Whether the next citizen's browser has no file yet."""
        return self._chance.random() < self.plan.first_visits

    def gate_was_free_since(self, moment: float) -> bool:
        """Whether the cap on requests held nobody up for long since then, s after the start."""
        return self.gate.long_wait_at - self._zero < moment

    @contextmanager
    def errand(self) -> Iterator[None]:
        """While a citizen is on an errand, thinking included."""
        self.errands += 1
        try:
            yield
        finally:
            self.errands -= 1

    @contextmanager
    def taking(self, number: int) -> Iterator[Errand]:
        """The errand of this number while it is done; the first one where only one citizen may be on it, and one is."""
        alone = self.plan.errands[number].one_by_one
        if alone and (number in self._alone or self._part):  # of several generators only the first
            yield self.plan.errands[0]
            return
        if alone:
            self._alone.add(number)
        try:
            yield self.plan.errands[number]
        finally:
            if alone:
                self._alone.discard(number)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """While a request is under way."""
        key = object()
        self._under_way[key] = self.now()
        try:
            yield
        finally:
            del self._under_way[key]

    def note(self, sample: Sample) -> None:
        """An operation has ended."""
        self._samples.append(sample)

    def note_files(self, sample: Sample) -> None:
        """The files of a page are there."""
        self._files.append(sample)

    def stop(self, why: str) -> None:
        """All is to end; the first reason counts."""
        self.why = self.why or why

    def fail(self, fault: str) -> None:
        """Something is wrong with the plan or with this machine: all ends, and no figure counts."""
        self.fault = self.fault or fault
        self.stop(fault)

    def tell(self) -> Told:
        """What came of it since the last time."""
        samples, self._samples = self._samples, []
        files, self._files = self._files, []
        now, counted = self.now(), len(self.pulse.seconds)
        second = self.pulse.second()
        return Told.model_construct(
            at=now,
            samples=tuple(samples),
            files=tuple(files),
            second=second,
            counted=len(self.pulse.seconds) > counted,
            sent=self.sent,
            held_by_cap_s=self.gate.waited_s,
            waiting=tuple(now - begun for begun in self._under_way.values()),
            errands=self.errands,
            fault=self.fault,
            why=self.why,
        )


def beat(desk: Desk) -> None:
    """Sees as long as the plan lasts how late this process wakes."""
    while not desk.is_over:
        wanted = time.perf_counter() + BEAT_S
        gevent.sleep(BEAT_S)
        desk.pulse.beat(time.perf_counter() - wanted)


def _part_of(errand: Errand, part: int, parts: int) -> int | None:
    if errand.one_by_one and part:
        return 0
    if errand.at_most is None or errand.one_by_one:
        return errand.at_most
    return errand.at_most // parts + (part < errand.at_most % parts)
