"""How a portal behaves that does not bear many people, each thing only under its defect. Pages alone are concerned."""

from __future__ import annotations

import itertools
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
COUNTING_S = 0.05  # the book of visits is written under the lock
RECALLING_S = 0.0005  # for each visit that was ever remembered
EXHAUSTED_S = 0.12  # each page, once connections were lost in a rush
COLD_S = 2.0
RUSH, RUSH_S = 25, 2.0  # pages a second, over so many seconds
LICENCES, PRESENT_S = 110, 5.0  # visitors, each of whom is there for so many seconds after a page
OVERLOADED_S = 0.3  # each page, while more visitors are there than it bears
BUSY = Refusal("Hệ thống đang bận", "Hiện có nhiều người truy cập cùng lúc. Vui lòng quay lại sau ít phút.")


class Visits:
    """The visits of the last `seconds`: when each came, and from where."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._known: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    def note(self, visitor: str = "") -> tuple[int, int]:
        """Notes one more; how many visits there are now, and of how many visitors."""
        with self._lock:
            moment = self._clock()
            self._known.append((moment, visitor))
            while self._known[0][0] <= moment - self._seconds:
                self._known.popleft()
            return len(self._known), len({one for _, one in self._known})


def install(app: Flask) -> None:
    """Have every page go through what is switched on. Without any, nothing of `app` changes."""
    if not any(map(has_defect, NAMES)):
        return
    counting, starting = threading.Lock(), threading.Lock()
    remembered: list[tuple[str, float]] = []
    rushing, present = Visits(RUSH_S), Visits(PRESENT_S)
    exhausted = threading.Event()
    beyond = itertools.count(1)

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
            remembered.append((request.path, time.time()))
            time.sleep(len(remembered) * RECALLING_S)
        if has_defect("peak.never-recovers"):
            if rushing.note()[0] > RUSH * RUSH_S:
                exhausted.set()
            if exhausted.is_set():
                time.sleep(EXHAUSTED_S)
        is_beyond = present.note(f"{request.remote_addr}:{request.environ.get('REMOTE_PORT')}")[1] > LICENCES
        if is_beyond and (has_defect("errors.under-load") or has_defect("slow.block-page")):
            time.sleep(OVERLOADED_S)  # who is overloaded is slow; quick refusals alone would be a limit per address
        if is_beyond and next(beyond) % 2 == 0:
            if has_defect("errors.under-load"):
                return page(503), 503
            if has_defect("slow.block-page"):
                return render_template("refusal.html", code="", refusal=BUSY)
        return None
