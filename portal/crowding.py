"""How a portal behaves that does not bear many people, each thing only under its defect. Pages alone are concerned."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from portal.defects import has_defect
from portal.refusals import Refusal, page

NAMES = (
    "capacity.lock",
    "memory.growth",
    "errors.under-load",
    "slow.block-page",
    "peak.never-recovers",
    "lookalike.one-slow-start",
)
NOT_PAGES = ("static_file", "favicon", "lookup.picture")
COUNTING_S = 0.06  # the book of visits is written under the lock
RECALLING_S = 0.001  # for each visit that was ever remembered
EXHAUSTED_S = 0.4  # each page, once connections were lost in a rush
COLD_S = 2.0
REFUSED_EVERY = 10
BUSY = Refusal("Hệ thống đang bận", "Hiện có nhiều người truy cập cùng lúc. Vui lòng quay lại sau ít phút.")


class Rush:
    """Whether too many requests come: more than `most` a second, over the last `window` seconds. `ever`: so many did."""

    def __init__(self, most: float = 30, window: float = 2.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._window, self._clock = most * window, window, clock
        self._came: deque[float] = deque()
        self._lock = threading.Lock()
        self.ever = 0

    def comes(self) -> int:
        """Notes one more request: which one it is of those that were ever too many, from 1; 0 when it is not."""
        with self._lock:
            moment = self._clock()
            self._came.append(moment)
            while self._came[0] <= moment - self._window:
                self._came.popleft()
            if len(self._came) <= self._most:
                return 0
            self.ever += 1
            return self.ever


def install(app: Flask) -> None:
    """Have every page go through what is switched on. Without any, nothing of `app` changes."""
    if not any(map(has_defect, NAMES)):
        return
    counting, starting = threading.Lock(), threading.Lock()
    visits: list[tuple[str, float]] = []
    rush = Rush()

    @app.before_request
    def _suffer() -> ResponseReturnValue | None:
        if request.endpoint in NOT_PAGES:
            return None
        if has_defect("lookalike.one-slow-start") and starting.acquire(blocking=False):  # never given back
            time.sleep(COLD_S)
        if has_defect("capacity.lock"):
            with counting:
                time.sleep(COUNTING_S)
        if has_defect("memory.growth"):
            visits.append((request.path, time.time()))
            time.sleep(len(visits) * RECALLING_S)
        too_many = rush.comes()
        if has_defect("peak.never-recovers") and rush.ever:
            time.sleep(EXHAUSTED_S)
        if too_many and too_many % REFUSED_EVERY == 0:
            if has_defect("errors.under-load"):
                return page(503), 503
            if has_defect("slow.block-page"):
                return render_template("refusal.html", code="", refusal=BUSY)
        return None
