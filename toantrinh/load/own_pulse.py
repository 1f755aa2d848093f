"""Whether the generator itself keeps up: its processor time, and how late its event loop wakes.

A ruler that bends says so: figures taken while it was at its limit are nobody's but ours.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

BEAT_S = 0.01
MOST_OPEN = 65536
LEAST_S = 0.5  # a stretch of time shorter than this says nothing of a second
BUSY = 0.85  # of one processor: one process of Python has no more
LATE_S = 0.02  # its loop woke so much later than it wanted to, in one beat of a hundred
FROZEN_S = 0.5  # once so late, and nobody knows what the answers of that moment took
MOST_SECONDS = 0.1  # share of all seconds that may be so, by chance, on a machine with other things to do


def go_first() -> bool:
    """Asks that this process is woken before others, where the system and its rights allow; whether they do.

    It needs little, but at once. Linux lets root, and whoever has CAP_SYS_NICE.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
        return True
    return False


def open_many() -> None:
    """Asks for as many connections at the same time as the system lets this process have.

    Linux's table of them is made large at once: each time that it grows by itself, all threads wait for some 20 ms.
    """
    with suppress(ImportError, ValueError, OSError):
        import fcntl
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        os.close(fcntl.fcntl(0, fcntl.F_DUPFD, min(most, MOST_OPEN) - 1))


class Second(BaseModel):
    """One second of the generator. `cpu`: share of a processor; `late_s`: 99th percentile of late wakes, s."""

    model_config = ConfigDict(frozen=True)

    cpu: float
    late_s: float

    @property
    def strained(self) -> bool:
        """True when what was measured in it may be our own slowness."""
        return self.cpu > BUSY or self.late_s > LATE_S


@dataclass
class OwnPulse:
    """Counts beats. `beat` is called every BEAT_S with how late it came; `second` ends a second."""

    seconds: list[Second] = field(default_factory=list)
    _late: list[float] = field(default_factory=list)
    _cpu: float = field(default_factory=time.process_time)
    _wall: float = field(default_factory=time.perf_counter)

    def beat(self, late_s: float) -> None:
        """The loop woke so many seconds after it wanted to."""
        self._late.append(late_s)

    def second(self) -> Second:
        """Ends a second and says how it was; the rest at the end, when it is short, is shown and not counted."""
        cpu, wall = time.process_time(), time.perf_counter()
        late = sorted(self._late)
        ended = Second(
            cpu=(cpu - self._cpu) / max(wall - self._wall, 1e-9),
            late_s=late[min(len(late) - 1, int(0.99 * len(late)))] if late else wall - self._wall,
        )
        if wall - self._wall >= LEAST_S:
            self.seconds.append(ended)
        self._late, self._cpu, self._wall = [], cpu, wall
        return ended


def why_strained(seconds: list[Second]) -> str:
    """Why the figures of these seconds are not to be trusted; empty when they are."""
    strained = [second for second in seconds if second.strained]
    if (latest := max((one.late_s for one in strained), default=0.0)) > FROZEN_S:
        return f"máy đo không theo kịp, có lúc đứng yên {latest:.1f} giây".replace(".", ",")
    if len(strained) <= MOST_SECONDS * len(seconds):
        return ""
    busiest = max(one.cpu for one in strained)
    return (
        f"máy đo không theo kịp trong {len(strained)}/{len(seconds)} giây "
        f"(bộ xử lý bận {100 * busiest:.0f}%, vòng lặp trễ {1000 * latest:.0f} ms)"
    )


def rate_within_reach(seconds: list[Second], rate: float) -> float | None:
    """Requests a second that this process could send before its processor is full, seen from what it sent at `rate`."""
    shares = sorted(second.cpu for second in seconds)
    return rate * BUSY / shares[len(shares) // 2] if shares and shares[len(shares) // 2] > 0 else None
