"""Requests go out one by one through a gate that lets so many a second pass, whatever the plan says."""

from __future__ import annotations

import time

import gevent

LONG_S = 0.05  # a wait that a citizen's being late may come from


class Gate:
    """Every request passes it: one each 1/rate seconds at the most, in the order in which they came."""

    def __init__(self, rate: float) -> None:
        self._gap, self._free = 1 / rate, 0.0
        self.waited_s, self.long_wait_at = 0.0, 0.0

    def wait(self) -> float:
        """Waits for its turn; how long that was, s."""
        now = time.perf_counter()
        turn = max(now, self._free)
        self._free = turn + self._gap
        if turn <= now:
            return 0.0
        gevent.sleep(turn - now)
        waited = time.perf_counter() - now
        self.waited_s += waited
        if waited > LONG_S:
            self.long_wait_at = time.perf_counter()
        return waited
