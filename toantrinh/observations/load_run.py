"""What came of the load: figures by stage and operation, second by second, and whether they can be trusted.

Times in s unless a name says otherwise. An operation is what a citizen waits for in one go (toantrinh.load.plan).
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from toantrinh.observations.page import Facts

TIMEOUT_WORD = "quá thời gian chờ"
SLOW_STOP = "chờ hơn"  # how the brake says that answers were slow
WRONG_STOP = "không nhận được đúng trang"  # and that too many were wrong


class StageName(StrEnum):
    """The stages of the load, in their order; there are several steps."""

    NORMAL = "normal"
    PEAK = "peak"
    RECOVERY = "recovery"
    STEP = "step"

    @property
    def vietnamese(self) -> str:
        """Its Vietnamese name, as reports show it."""
        return _STAGES[self]

    @classmethod
    def called(cls, words: str) -> StageName:
        """The stage of this Vietnamese name: a plan calls it so."""
        return next(name for name, known in _STAGES.items() if known == words)


_STAGES = {
    StageName.NORMAL: "tải thường",
    StageName.PEAK: "đợt đỉnh",
    StageName.RECOVERY: "sau đỉnh",
    StageName.STEP: "bậc",
}


def is_brake(why: str) -> bool:
    """True for a stop for the system's sake; false for one that a person or the generator made."""
    return SLOW_STOP in why or WRONG_STOP in why


class Between(Facts):
    """The bounds between which a figure lies, 95 times of 100 (percentile bootstrap, seeded)."""

    low: float
    high: float


class SlowOne(Facts):
    """One slow answer. `number`: 1 for the first of its operation in the stage; `at`: seconds after the start.

    `moment`: the same for answers between whose begins nobody's quick answer came and went: one stall, perhaps of ours.
    """

    seconds: float
    number: int
    at: float
    moment: int = 0
    came: str = ""  # the kind of error, in words; empty for the right page


class Figures(Facts):
    """One operation in one stage, or all of them together (`operation` empty).

    `count`: how many ended. `errors`: by kind, in words; `statuses`: those of answers with a wrong status. What
    citizens waited is told of those that got the right page or gave up waiting (`waited` of them); a quick error page
    is no quick answer. A time-out counts with the time after which it was given up, and never less than the slowest
    answer. `slow_ones`: the slowest, slowest first. `right_p50`: of right answers alone; `wrong_p50`: of all others.
    """

    operation: str = ""
    title: str = ""
    count: int = 0
    errors: dict[str, int] = Field(default_factory=dict)
    statuses: dict[str, int] = Field(default_factory=dict)
    waited: int = 0
    mean: float | None = None
    mean_between: Between | None = None
    p50: float | None = None
    p90: float | None = None
    p95: float | None = None
    p95_between: Between | None = None
    p99: float | None = None
    quickest: float | None = None
    slowest: float | None = None
    right_p50: float | None = None
    wrong_p50: float | None = None
    per_second: float | None = None
    slow_ones: tuple[SlowOne, ...] = ()

    @property
    def wrong(self) -> int:
        """How many did not bring the right page."""
        return sum(self.errors.values())

    @property
    def timeouts(self) -> int:
        """How many were given up."""
        return self.errors.get(TIMEOUT_WORD, 0)

    @property
    def never_right(self) -> bool:
        """True when not one brought the right page, though the browser had got it: the script may be at fault."""
        return self.count > 0 and self.wrong == self.count


class Stage(Facts):
    """A stretch of time with one load. `rate`: citizens who arrive, a second; `citizens`: who are there at once, and
    think `think_s` on the mean (one of the two is 0). `begun`, `seconds`: as planned, `lasted`: how much of it went by
    before the load ended. `offered`, `answered`: operations a second that were to be answered in it, were each as quick
    as at rest, and that brought the right page. `why_not_trusted`: the generator did not keep up in it.
    """

    name: StageName
    begun: float
    seconds: float
    lasted: float
    rate: float = 0
    citizens: int = 0
    think_s: float = 0
    offered: float | None = None
    answered: float = 0
    why_not_trusted: str = ""
    together: Figures = Figures()
    operations: tuple[Figures, ...] = ()

    @property
    def whole(self) -> bool:
        """True when it was sent to its end."""
        return self.lasted >= self.seconds - 0.5

    @property
    def title(self) -> str:
        """Its name, with how much load it is."""
        if self.citizens:
            return f"{self.name.vietnamese} {self.citizens} người"
        return f"{self.name.vietnamese} ({self.rate:g} người đến mỗi giây)".replace(".", ",")


class TickFacts(Facts):
    """One second. `at`: its begin; `under_way`: operations begun and not answered at its end."""

    at: float
    answers: int
    errors: int
    p50: float | None = None
    p95: float | None = None
    under_way: int = 0


class PulseFacts(Facts):
    """One second of the generator itself. `cpu`: share of a processor; `late_s`: how late its loop woke."""

    cpu: float
    late_s: float


class Sending(Facts):
    """One plan that was sent. `stopped`: why it ended before its time, `stopped_at` when; `under_way`: not answered
    then. `within_reach`: requests a second that this machine could have sent. `plan`, `samples`: where they are kept.
    """

    plan: str
    samples: str
    planned_s: float
    lasted_s: float
    requests: int
    stopped: str = ""
    under_way: int = 0
    within_reach: float | None = None
    requests_per_second_at_most: float = 0
    why_not_trusted: str = ""
    pulse: tuple[PulseFacts, ...] = ()
    ticks: tuple[TickFacts, ...] = ()
    stages: tuple[Stage, ...] = ()

    @property
    def braked(self) -> bool:
        """True when it ended because the system suffered."""
        return is_brake(self.stopped)


class Drift(Facts):
    """A line through the answer times of the normal stage, of all operations, each measured by its own median.

    `rise` over its whole time, between `least` and `most` (95 of 100), from where it `began`. `why_unknown`: too few.
    """

    rise: float = 0
    least: float = 0
    most: float = 0
    began: float = 0
    over_s: float = 0
    drifts: bool = False
    why_unknown: str = ""


class AfterPeak(Facts):
    """Waiting after the peak as a multiple of that before it: median over all operations, each by its own median."""

    count: int = 0
    ratio: float | None = None
    between: Between | None = None
    before: float | None = None
    after: float | None = None


class KneeFacts(Facts):
    """The last step that still followed (None: not even the first), and the most answers a second."""

    citizens: int | None
    most_per_second: float


class LoadRun(Facts):
    """The load of one run. `required`: citizens that the system must serve at once; `allowed`: that may be sent.

    `answers_again`: after the brake stopped the peak, whether single `looks` (requests) were answered; None: not so.
    `unmeasured`: what the script left out, and why. `beside`: what else went on meanwhile; empty: nothing.
    """

    service: str = ""
    normal: Sending
    crowds: Sending | None = None
    why_no_crowds: str = ""
    required: int
    allowed: int
    think_s: float
    drift: Drift = Drift()
    after_peak: AfterPeak = AfterPeak()
    knee: KneeFacts | None = None
    answers_again: bool | None = None
    looks: int = 0
    unmeasured: tuple[str, ...] = ()
    beside: str = ""
    left_behind: tuple[str, ...] = ()

    @property
    def requests(self) -> int:
        """All requests that were sent."""
        return self.normal.requests + self.looks + (self.crowds.requests if self.crowds else 0)

    def stage(self, name: StageName) -> Stage:
        """The stage of this name; there are always those of the first plan."""
        return next(stage for stage in self.normal.stages if stage.name is name)

    @property
    def steps(self) -> tuple[Stage, ...]:
        """The steps, in order of their citizens."""
        return self.crowds.stages if self.crowds else ()
