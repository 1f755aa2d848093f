"""What a process and all that it started take: memory, and time of the processors."""

from __future__ import annotations

import threading
from types import TracebackType

import psutil

FIRST_S, INTERVAL_S = 0.15, 0.5


class Peak:
    """Watches a process and its children while the block runs; `bytes` is the most that they held together.

    Resident set sizes are added up: what the processes of a browser share is counted in each of them. `cpu_s` are the
    seconds of processor time of the whole family from its beginning; of those that have ended, too, where the operating
    system tells them (Linux).
    """

    def __init__(self, pid: int) -> None:
        self.bytes = self.cpu_s = 0.0
        self._pid, self._over = pid, threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Peak:
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        pause = FIRST_S
        while not self._over.wait(pause):
            resident, cpu_s = taken(self._pid)
            self.bytes, self.cpu_s = max(self.bytes, resident), max(self.cpu_s, cpu_s)
            pause = INTERVAL_S


def taken(pid: int) -> tuple[float, float]:
    """(bytes, seconds of processor time) of a process and all below it; 0 once it has gone."""
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0.0, 0.0
    resident = cpu_s = 0.0
    for one in family:
        try:
            with one.oneshot():
                times = one.cpu_times()
                resident += one.memory_info().rss
                cpu_s += times.user + times.system + times.children_user + times.children_system
        except psutil.Error:
            continue
    return resident, cpu_s
