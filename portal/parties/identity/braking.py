"""Slows repeated wrong passwords without ever locking the right person out.

A wrong answer after the third is held back for a while; further answers for the same account queue behind it.
Guessing gets slow, whoever knows the password waits a few seconds at most.
"""

from __future__ import annotations

import threading
import time

FREE_FAILURES = 3  # wrong answers that are not slowed
FIRST_PAUSE = 0.5  # s, doubled with each further wrong answer
LONGEST_PAUSE = 4.0  # s
FORGET_AFTER = 300.0  # s without a wrong answer
MAX_WAITING = 8  # requests that may wait at once, over all accounts: the rest are told to come again


class TooMany(Exception):
    """Too many answers are waiting: come again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Brake:
    """Counts failures per account (known or not: both look the same from outside). `first_pause` in s."""

    def __init__(self, first_pause: float = FIRST_PAUSE) -> None:
        self._first_pause = first_pause
        self._lock = threading.Lock()
        self._failures: dict[str, tuple[int, float]] = {}
        self._held: dict[str, threading.Event] = {}
        self._waiting = 0

    def wait_in_turn(self, account: str) -> None:
        """Return when no wrong answer for this account is held back. Raises TooMany."""
        with self._lock:
            released = self._held.get(account)
            if released is None:
                return
            self._enter()
        try:
            released.wait(LONGEST_PAUSE)
        finally:
            self._leave()

    def succeeded(self, account: str) -> None:
        """Forget the failures of the account."""
        with self._lock:
            self._failures.pop(account, None)

    def failed(self, account: str) -> float:
        """Count a failure and hold the answer back; returns for how long (s). Raises TooMany."""
        now = time.monotonic()
        with self._lock:
            count = self._count(account, now)
            if count <= FREE_FAILURES:
                return 0.0
            self._enter()
            pause = min(self._first_pause * 2.0 ** (count - FREE_FAILURES - 1), LONGEST_PAUSE)
            released = self._held[account] = threading.Event()
        try:
            time.sleep(pause)
        finally:
            released.set()
            with self._lock:
                if self._held.get(account) is released:
                    del self._held[account]
            self._leave()
        return pause

    def _count(self, account: str, now: float) -> int:
        if len(self._failures) > 1000:
            self._failures = {who: seen for who, seen in self._failures.items() if now - seen[1] < FORGET_AFTER}
        before, last = self._failures.get(account, (0, now))
        count = before + 1 if now - last < FORGET_AFTER else 1
        self._failures[account] = (count, now)
        return count

    def _enter(self) -> None:
        if self._waiting >= MAX_WAITING:
            raise TooMany(int(LONGEST_PAUSE))
        self._waiting += 1

    def _leave(self) -> None:
        with self._lock:
            self._waiting -= 1
