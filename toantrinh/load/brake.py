"""Stops the load when the system suffers: looked at each second, over the last few."""

from __future__ import annotations

from collections import deque
from statistics import median

from toantrinh.load.plan import Brake
from toantrinh.load.samples import Came, Sample


class Braking:
    """Watches what ended in the last `window_s` seconds. Once it has said why to stop, it goes on saying so."""

    def __init__(self, brake: Brake) -> None:
        self.brake, self.why = brake, ""
        self._recent: deque[Sample] = deque()

    def see(self, sample: Sample) -> None:
        """An operation has ended."""
        self._recent.append(sample)

    def look(self, now: float, waiting: list[float]) -> str:
        """Why to stop, or nothing. `now`: seconds after the start; `waiting`: how long each request under way has been
        waited for, s: a system that answers nothing at all gives no samples, and is seen by these."""
        while self._recent and self._recent[0].ended < now - self.brake.window_s:
            self._recent.popleft()
        if self.why:
            return self.why
        overdue = [seconds for seconds in waiting if seconds > self.brake.slow_s]
        times = [sample.seconds for sample in self._recent] + overdue
        if len(times) >= self.brake.fewest:
            wrong = sum(sample.came != Came.RIGHT for sample in self._recent)
            if self._recent and wrong / len(self._recent) > self.brake.error_share:
                share = f"{100 * wrong / len(self._recent):.0f}%"
                self.why = f"{share} trong {len(self._recent)} lượt gần nhất không nhận được đúng trang"
            elif (middle := median(times)) > self.brake.slow_s:
                self.why = f"một nửa số lượt gần nhất chờ hơn {middle:.1f} giây".replace(".", ",")
        return self.why
