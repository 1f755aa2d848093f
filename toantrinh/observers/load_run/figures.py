"""From samples to the figures of a stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import numpy
from numpy.typing import NDArray

from toantrinh.load.measures import waited
from toantrinh.load.plan import LoadPlan
from toantrinh.load.samples import Came, Samples
from toantrinh.load.trends import TooFew, trend_of
from toantrinh.observations.load_run import AfterPeak, Between, Drift, Figures, SlowOne, TickFacts

DRAWS = 1000
MOST_DRAWN = 4_000_000  # numbers drawn for one interval: a long soak draws fewer times
SLOWEST = 10
FEWEST_AFTER = 20
Floats = NDArray[numpy.float64]


def figures_of(
    samples: Samples,
    seconds: float,
    operation: str = "",
    title: str = "",
    seed: int = 1,
    among: Samples | None = None,
) -> Figures:
    """The figures of these samples; `seconds`: of the stage that they are of; `among`: all samples of it, where
    these are some."""
    came = samples.column("came")
    errors = {kind.vietnamese: int((came == kind).sum()) for kind in Came if kind is not Came.RIGHT}
    known = {kind: number for kind, number in errors.items() if number}
    kept = samples.where(_waited_for(samples))
    refused = Counter(f"{status:.0f}" for status in samples.column("status")[came == Came.STATUS])
    facts = Figures(
        operation=operation, title=title, count=len(samples), errors=known, statuses=dict(refused), waited=len(kept)
    )
    facts = facts.model_copy(update={"right_p50": _middle(samples, True), "wrong_p50": _middle(samples, False)})
    if not len(kept):
        return facts
    waits = waited(kept)
    p50, p90, p95, p99 = (float(one) for one in numpy.percentile(waits, (50, 90, 95, 99), method="inverted_cdf"))
    return facts.model_copy(
        update={
            "mean": float(waits.mean()),
            "mean_between": between(waits, lambda drawn: drawn.mean(axis=1), seed),
            "p50": p50,
            "p90": p90,
            "p95": p95,
            "p95_between": between(waits, _p95, seed),
            "p99": p99,
            "quickest": float(waits.min()),
            "slowest": float(waits.max()),
            "per_second": int(samples.right.sum()) / seconds if seconds > 0 else None,
            "slow_ones": tuple(_slowest(kept, waits, samples if among is None else among)),
        }
    )


def _middle(samples: Samples, right: bool) -> float | None:
    own = samples.seconds[samples.right == right]
    return float(numpy.median(own)) if len(own) else None


def _p95(drawn: Floats) -> Floats:
    return numpy.asarray(numpy.percentile(drawn, 95, axis=1, method="inverted_cdf"), dtype=numpy.float64)


def _waited_for(samples: Samples) -> NDArray[numpy.bool_]:
    came = samples.column("came")
    return numpy.isin(came, (Came.RIGHT, Came.TIMEOUT))


def _slowest(kept: Samples, waits: Floats, among: Samples) -> Iterator[SlowOne]:
    order = numpy.argsort(numpy.argsort(kept.column("planned"), kind="stable"), kind="stable")
    came, planned = kept.column("came"), kept.column("planned")
    slowest = numpy.argsort(-waits, kind="stable")[:SLOWEST]
    moments = _moments(kept.column("began")[slowest], waits[slowest], among)
    for place, moment in zip(slowest, moments, strict=True):
        kind = Came(int(came[place]))
        yield SlowOne(
            seconds=float(waits[place]),
            number=int(order[place]) + 1,
            at=float(planned[place]),
            moment=moment,
            came="" if kind is Came.RIGHT else kind.vietnamese,
        )


def _moments(began: Floats, waits: Floats, among: Samples) -> list[int]:
    """For each slow answer the number of its moment: a new one where, since the last began, another answer came and
    went, right, in less than half of the time."""
    right = among.where(among.right)
    begins, ends = right.column("began"), right.column("ended")
    moments, moment, last = [0] * len(began), 0, None
    for place in numpy.argsort(began, kind="stable"):
        if last is not None:
            inside = numpy.logical_and(begins >= began[last], ends <= began[place])
            moment += bool(numpy.logical_and(inside, right.seconds < waits[last] / 2).any())
        moments[int(place)], last = moment, place
    return moments


def between(values: Floats, figure: Callable[[Floats], Floats], seed: int) -> Between | None:
    """The bounds of a figure of these values by drawing them again; None for fewer than two."""
    if len(values) < 2:
        return None
    draws = max(100, min(DRAWS, MOST_DRAWN // len(values)))
    drawn = numpy.random.default_rng(seed).integers(0, len(values), (draws, len(values)))
    low, high = numpy.percentile(figure(values[drawn]), (2.5, 97.5))
    return Between(low=float(low), high=float(high))


def ticks_of(samples: Samples, lasted_s: float) -> tuple[TickFacts, ...]:
    """Second by second: what ended in it, and what was under way at its end."""
    ended, began, wrong = samples.column("ended"), samples.column("began"), ~samples.right
    seconds, kept = samples.seconds, _waited_for(samples)
    found = []
    for at in range(int(numpy.ceil(lasted_s))):
        inside = numpy.logical_and(ended >= at, ended < at + 1)
        waits = seconds[numpy.logical_and(inside, kept)]
        p50, p95 = numpy.percentile(waits, (50, 95), method="inverted_cdf") if len(waits) else (None, None)
        found.append(
            TickFacts(
                at=at,
                answers=int(inside.sum()),
                errors=int(numpy.logical_and(inside, wrong).sum()),
                p50=None if p50 is None else float(p50),
                p95=None if p95 is None else float(p95),
                under_way=int(numpy.logical_and(began < at + 1, ended >= at + 1).sum()),
            )
        )
    return tuple(found)


def at_rest(samples: Samples, plan: LoadPlan) -> dict[str, float]:
    """By operation the median of what its right answers took, s."""
    found = {}
    for number, name in enumerate(plan.operations):
        own = samples.where(numpy.logical_and(samples.column("operation") == number, samples.right))
        if len(own):
            found[name] = float(numpy.median(own.seconds))
    return found


def files_at_rest(files: Samples, samples: Samples, plan: LoadPlan) -> dict[str, float]:
    """By operation how long its citizens wait for the files of the page, on the mean over all of them, s. `files`: a
    sample for each visit that fetched any."""
    found = {}
    for number, name in enumerate(plan.operations):
        own = files.where(files.column("operation") == number)
        turns = int((samples.column("operation") == number).sum())
        if len(own) and turns:
            found[name] = float(numpy.median(own.seconds)) * min(1.0, len(own) / turns)
    return found


def _by_own_median(samples: Samples, plan: LoadPlan, rest: Mapping[str, float]) -> tuple[Floats, Floats]:
    """The moments and the waits of the right answers, each as a multiple of its operation's median."""
    medians = numpy.array([rest.get(name, numpy.nan) for name in plan.operations])
    right = samples.where(samples.right)
    own = medians[right.column("operation").astype(int)]
    known = numpy.logical_and(numpy.isfinite(own), own > 0)
    return right.column("planned")[known], right.seconds[known] / own[known]


def drift_of(samples: Samples, plan: LoadPlan, seconds: float, seed: int) -> Drift:
    """Whether the answers of these samples became slower as time went on."""
    rest = at_rest(samples, plan)
    at, multiples = _by_own_median(samples, plan, rest)
    usual = float(numpy.median(samples.where(samples.right).seconds)) if len(multiples) else 0.0
    try:
        trend = trend_of(at, multiples * usual, seed)
    except TooFew as few:
        return Drift(over_s=seconds, why_unknown=str(few))
    return Drift(
        rise=trend.rise,
        least=trend.least,
        most=trend.most,
        began=trend.began,
        over_s=seconds,
        drifts=trend.drifts(),
    )


def after_peak_of(before: Samples, after: Samples, plan: LoadPlan, seed: int) -> AfterPeak:
    """What was waited after the peak, beside what was before it."""
    _, usual = _by_own_median(before, plan, at_rest(before, plan))
    _, multiples = _by_own_median(after, plan, at_rest(before, plan))
    if len(multiples) < FEWEST_AFTER or not len(usual):
        return AfterPeak(count=len(multiples))
    return AfterPeak(
        count=len(multiples),
        ratio=float(numpy.median(multiples)),
        between=between(multiples, lambda drawn: numpy.median(drawn, axis=1), seed),
        before=float(numpy.median(before.where(before.right).seconds)),
        after=float(numpy.median(before.where(before.right).seconds) * numpy.median(multiples)),
    )
