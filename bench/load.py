"""How many requests a second the generator of load sends on this machine, to a server that answers at once."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toantrinh.load.measures import measure
from toantrinh.load.own_pulse import rate_within_reach
from toantrinh.load.plan import Ask, Caps, Errand, LoadPlan, Operation, Phase
from toantrinh.load.samples import read_samples
from toantrinh.load.sending import SAMPLES, send

SERVER = Path(__file__).resolve().parent.parent / "tests" / "load" / "calibration_server.py"
RATE, TOO_MUCH, SECONDS = 1000, 10_000, 4.0
CITIZENS = 64
TARGETS: dict[str, float | str] = {"load, requests a second, all it can": 1500}


def measure_load(address: str) -> dict[str, float | str]:
    """Requests a second when more are asked for than it can send, and what it says of itself at a thousand.

    The server takes its part of the machine, too; `address`, the portal's, is not asked.
    """
    with tempfile.TemporaryDirectory() as folder, _trivial_server() as port:
        full = send(_plan(port, TOO_MUCH), Path(folder))
        figures = measure(read_samples(Path(folder) / SAMPLES))
        most = figures.count / full.lasted_s
        calm = send(_plan(port, RATE), Path(folder))
    shares = sorted(second.cpu for second in calm.pulse)
    return {
        "load, requests a second, all it can": most,
        "load, wrong answers of these": sum(figures.errors.values()),
        f"load, at {RATE} a second: processor, share": shares[len(shares) // 2],
        f"load, at {RATE} a second: loop late, ms": 1000 * max(second.late_s for second in calm.pulse),
        "load, requests a second within reach": rate_within_reach(list(calm.pulse), RATE) or 0.0,
        "load, not trusted": calm.why_not_trusted or "no",
    }


def _plan(port: int, rate: float) -> LoadPlan:
    page = Operation(name="trang", asks=(Ask(path="/", shows=("Trang đúng",)),))
    return LoadPlan(
        base_url=f"http://127.0.0.1:{port}",
        errands=(Errand(name="xem", operations=(page,)),),
        phases=(Phase(name="đều", rate=rate, seconds=SECONDS),),
        caps=Caps(citizens=CITIZENS, rate=1e6),
        brake=None,
        timeout_s=2,
    )


@contextmanager
def _trivial_server() -> Iterator[int]:
    """Its port."""
    server = subprocess.Popen([sys.executable, str(SERVER), "trivial"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None and server.stdout is not None
    try:
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()
        server.stdin.close()
        server.stdout.close()
