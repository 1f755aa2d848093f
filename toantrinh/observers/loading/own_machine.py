"""How much of this machine's processors others took while a page was loading: their work must not be its slowness."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

import psutil

from toantrinh.system_model import System

IDLE = ("idle", "iowait", "guest", "guest_nice")  # a guest's time is in the user's already


def processes_of(system: System) -> frozenset[int]:
    """The processes that answer for a system on this machine, as far as it tells; none for any other."""
    found: set[int] = set()
    if not system.is_loopback:
        return frozenset()
    parts = urlsplit(system.base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    with suppress(psutil.Error, OSError):
        for one in psutil.net_connections("tcp"):
            if one.status == psutil.CONN_LISTEN and one.laddr and one.laddr.port == port and one.pid:
                found.add(one.pid)
    return frozenset(found)


class Neighbours:
    """Counts from its making. `own`: processes that belong to the measurement beside this one and its children."""

    def __init__(self, own: Iterable[int] = ()) -> None:
        self._own = frozenset(own)
        self._all, self._mine = _all_s(), self._own_s()

    def share(self) -> float:
        """The share of all processors' time that others took since, 0 to 1; a hypervisor's other guests count, too."""
        busy, idle = (now - then for now, then in zip(_all_s(), self._all, strict=True))
        before, mine = self._mine, self._own_s()
        ours = sum(max(0.0, seconds - before.get(pid, 0.0)) for pid, seconds in mine.items())
        return max(0.0, busy - ours) / (busy + idle) if busy + idle > 0 else 0.0

    def _own_s(self) -> dict[int, float]:
        found: dict[int, float] = {}
        for pid in {os.getpid(), *self._own}:
            with suppress(psutil.Error):
                top = psutil.Process(pid)
                for one in (top, *top.children(recursive=True)):
                    with suppress(psutil.Error):
                        times = one.cpu_times()
                        found[one.pid] = float(times.user + times.system)
        return found


def _all_s() -> tuple[float, float]:
    """(busy, idle) seconds of all processors since the machine began."""
    times = psutil.cpu_times()._asdict()
    idle = float(times["idle"] + times.get("iowait", 0.0))
    return sum(float(seconds) for name, seconds in times.items() if name not in IDLE), idle
