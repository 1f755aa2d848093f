"""Other work on the machine bends every ruler. Ours says when it is bent; what it calls straight has to be straight.

A try in which the generator was strained proves only that it says so, and is made again. One that was not calm enough
to tell 2 ms is made again as well, if its figures were wrong; wrong figures of a calm try fail at once. Where no try was
calm the test is skipped, with what was seen in each.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.load.calibrating import Calibrated, calibrate
from toantrinh.load.plan import LoadPlan

TRIES = 3
CALM_S = 0.002  # the tolerance of the calibration: a loop that woke later cannot tell it


def holds_when_calm(
    kind: str, folder: Path, plan: Callable[[int], LoadPlan], why_wrong: Callable[[Calibrated], str]
) -> None:
    """Some calm try has right figures; `why_wrong`: what is wrong with them, empty when nothing is."""
    seen = []
    for number in range(TRIES):
        tried = calibrate(kind, folder / str(number), plan)
        latest = max(second.late_s for second in tried.record.pulse)
        if strained := tried.record.why_not_trusted:
            seen.append(strained)
        elif not (wrong := why_wrong(tried)):
            return
        elif latest <= CALM_S:
            pytest.fail(f"the generator was calm and its figures are wrong: {wrong}")
        else:
            seen.append(f"loop {1000 * latest:.1f} ms late: {wrong}")
    pytest.skip(f"the machine was never calm: {'; '.join(seen)}")
