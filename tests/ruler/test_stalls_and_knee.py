"""A stall shows in the figures, and the knee lies where the server's capacity is. The long runs go side by side."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.load.calibrating import Calibrated, calibrate, plan_for, steps_for
from tests.ruler.calm import holds_when_calm
from toantrinh.load.knee import knee_of, steps_of
from toantrinh.load.measures import measure

pytestmark = pytest.mark.quiet
CAPACITY = 120
CROWDS = (40, 80, 110, 120, 140, 160)
STEP_S = 3.0


def why_stall_wrong(tried: Calibrated, held: bool) -> str:
    """Ten of a hundred arrivals fall into the two seconds of twenty in which nothing is answered, however few may be
    under way. When it is over those who waited come all at once, and make a few more late."""
    figures = measure(tried.samples)
    assert figures.percentiles is not None and figures.slowest is not None
    assert bool(tried.samples.column("held").any()) == held
    late = float((tried.samples.seconds > 0.2).mean())
    right = (
        figures.percentiles[99] == pytest.approx(1.8, rel=0.03)
        and figures.slowest == pytest.approx(2.0, rel=0.03)
        and late == pytest.approx(0.09, abs=0.012)
    )
    return "" if right else f"p99 {figures.percentiles[99]:.3f} s, slowest {figures.slowest:.3f} s, late {late:.4f}"


def why_knee_wrong(tried: Calibrated) -> str:
    """One citizen who thinks a second asks once a second: 120 a second are 120 citizens."""
    steps = steps_of(steps_for(1, CROWDS, STEP_S, 1), tried.samples)
    found = knee_of(steps)
    right = (
        found is not None
        and found.most_per_second == pytest.approx(CAPACITY, rel=0.1)
        and found.citizens == pytest.approx(CAPACITY, rel=0.1)
    )
    return "" if right else f"{found}, {steps}"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[None]]]:
    """All of them at once: each asks for little."""
    folder: Path = tmp_path_factory.mktemp("runs")
    with ThreadPoolExecutor(3) as pool:
        jobs = {
            "enough citizens": pool.submit(
                holds_when_calm, partial(calibrate, "stalls", plan=partial(plan_for, rate=100, seconds=20)),
                folder / "enough", partial(why_stall_wrong, held=False),
            ),
            "all of them held up": pool.submit(
                holds_when_calm,
                partial(calibrate, "stalls", plan=partial(plan_for, rate=100, seconds=20, citizens=20)),
                folder / "held", partial(why_stall_wrong, held=True),
            ),
            "knee": pool.submit(
                holds_when_calm,
                partial(
                    calibrate, f"capacity:{CAPACITY}",
                    plan=partial(steps_for, citizens=CROWDS, seconds=STEP_S, think_s=1),
                ),
                folder / "knee", why_knee_wrong,
            ),
        }  # fmt: skip
        yield jobs


@pytest.mark.parametrize("citizens", ["enough citizens", "all of them held up"])
def test_a_stall_is_felt_by_all_who_arrive_in_it(citizens: str, runs: dict[str, Future[None]]) -> None:
    runs[citizens].result()


def test_the_knee_is_found(runs: dict[str, Future[None]]) -> None:
    runs["knee"].result()
