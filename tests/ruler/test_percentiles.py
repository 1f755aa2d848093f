"""Is our ruler straight? Against a server that knows how long it took."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy
import pytest

from tests.load.calibrating import SERVER, Calibrated, calibrate, plan_for, telling
from tests.ruler.calm import holds_when_calm
from toantrinh.load.measures import PERCENTILES, measure
from toantrinh.load.plan import LoadPlan

pytestmark = pytest.mark.quiet
SECONDS = 2.5
BARE_CLIENT = Path(__file__).parent / "bare_client.py"


@pytest.mark.parametrize("rate", [100, 500, 1000])
@pytest.mark.parametrize("kind", ["constant", "humps", "tail"])
def test_percentiles_are_the_servers(kind: str, rate: int, tmp_path: Path) -> None:
    """Within 3 % or 2 ms, whichever is more; and the mean. What a bare client beside it waits is the machine's."""

    def why_wrong(tried: Calibrated) -> str:
        figures = measure(tried.samples)
        assert figures.count == len(tried.truth) == tried.record.sent == round(rate * SECONDS) and not figures.errors
        assert figures.percentiles is not None and figures.mean is not None
        pairs = {
            f"p{level}": (figures.percentiles[level], percentile(tried.truth, level), percentile(machine[-1], level))
            for level in PERCENTILES
        }
        pairs["mean"] = (figures.mean, float(numpy.mean(tried.truth)), float(numpy.mean(machine[-1])))
        return ", ".join(
            f"{name} {ours:.4f} s of {true:.4f} s, and {machines:.4f} s of the machine"
            for name, (ours, true, machines) in pairs.items()
            if not -(within := max(0.03 * true, 0.002)) <= ours - true <= within + machines
        )

    machine: list[list[float]] = []  # of each try
    with telling(SERVER, "trivial") as server:
        port = server.line().strip()

        def plan(its_port: int) -> LoadPlan:
            return plan_for(its_port, rate=rate, seconds=SECONDS)

        def beside_a_bare_client(folder: Path) -> Calibrated:
            with telling(BARE_CLIENT, port) as bare:
                tried = calibrate(kind, folder, plan)
                machine.append(bare.told())
            return tried

        holds_when_calm(beside_a_bare_client, tmp_path, why_wrong)


def percentile(seconds: list[float], level: float) -> float:
    return float(numpy.percentile(seconds, level, method="inverted_cdf"))


def test_a_generator_at_its_limit_says_so(tmp_path: Path) -> None:
    tried = calibrate("trivial", tmp_path, partial(plan_for, rate=20_000, seconds=2, citizens=50, timeout_s=1))
    assert "máy đo không theo kịp" in tried.record.why_not_trusted
