"""What the provider remembers for a short while, in memory: log-ins under way, authorization codes, access tokens."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

VISIT_LIFE = 900.0  # s from the first page to the last
CODE_LIFE = 60.0  # s (RFC 6749 §4.1.2 allows ten minutes at most)
TOKEN_LIFE = 900  # s
MOST = 5000  # things of a kind that are remembered at once

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Things that are forgotten after `life` seconds, by key."""

    def __init__(self, life: float) -> None:
        self._life = life
        self._lock = threading.Lock()
        self._things: dict[str, tuple[float, Kept]] = {}

    def put(self, key: str, thing: Kept) -> None:
        """Remember; the oldest thing makes room when there are too many."""
        with self._lock:
            self._forget_old()
            while len(self._things) >= MOST:
                del self._things[next(iter(self._things))]
            self._things[key] = (time.monotonic() + self._life, thing)

    def get(self, key: str) -> Kept | None:
        """The thing, when it is still remembered."""
        with self._lock:
            until, thing = self._things.get(key, (0.0, None))
            return thing if until > time.monotonic() else None

    def take(self, key: str) -> Kept | None:
        """The thing, which is then forgotten: only one of two takers gets it."""
        with self._lock:
            until, thing = self._things.pop(key, (0.0, None))
            return thing if until > time.monotonic() else None

    def drop(self, wanted: object) -> None:
        """Forget a thing by itself."""
        with self._lock:
            for key in [key for key, (_, thing) in self._things.items() if thing is wanted]:
                del self._things[key]

    def _forget_old(self) -> None:
        now = time.monotonic()
        for key in [key for key, (until, _) in self._things.items() if until <= now]:
            del self._things[key]


@dataclass
class Visit:
    """One log-in under way in one browser: the authorization request that brought it, and how far it got."""

    request: dict[str, str]
    browser: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    number: str | None = None  # after the right password
    confirmed: bool = False  # after the right one-time code
    denied: bool = False
    wrong_codes: int = 0

    def asks_same(self, request: Mapping[str, str]) -> bool:
        """True when an authorization request is the one of this visit."""
        return dict(request) == self.request
