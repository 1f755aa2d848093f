"""Is our ruler straight? Against a server that knows how long it took."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy
import pytest

from tests.load.calibrating import Calibrated, calibrate, plan_for
from tests.ruler.calm import holds_when_calm
from toantrinh.load.measures import PERCENTILES, measure

pytestmark = pytest.mark.quiet
SECONDS = 2.5


@pytest.mark.parametrize("rate", [100, 500, 1000])
@pytest.mark.parametrize("kind", ["constant", "humps", "tail"])
def test_percentiles_are_the_servers(kind: str, rate: int, tmp_path: Path) -> None:
    """Within 3 % or 2 ms, whichever is more; and the mean."""

    def why_wrong(tried: Calibrated) -> str:
        figures = measure(tried.samples)
        assert figures.count == len(tried.truth) == tried.record.sent == round(rate * SECONDS) and not figures.errors
        assert figures.percentiles is not None and figures.mean is not None
        truth = numpy.percentile(tried.truth, PERCENTILES, method="inverted_cdf")
        pairs = {
            f"p{level}": (figures.percentiles[level], true) for level, true in zip(PERCENTILES, truth, strict=True)
        }
        pairs["mean"] = (figures.mean, float(numpy.mean(tried.truth)))
        return ", ".join(
            f"{name} {ours:.4f} s of {true:.4f} s"
            for name, (ours, true) in pairs.items()
            if ours != pytest.approx(true, rel=0.03, abs=0.002)
        )

    holds_when_calm(kind, tmp_path, partial(plan_for, rate=rate, seconds=SECONDS), why_wrong)


def test_a_generator_at_its_limit_says_so(tmp_path: Path) -> None:
    tried = calibrate("trivial", tmp_path, partial(plan_for, rate=20_000, seconds=2, citizens=50, timeout_s=1))
    assert "máy đo không theo kịp" in tried.record.why_not_trusted
