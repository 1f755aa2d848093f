"""How long a host is waited for, and how often it is asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Patience:
    """Limits in seconds: for a connection, for a handshake, for all handshakes of ours, and for sslyze as a whole.

    `pause_s` lies between two handshakes of ours.
    """

    connect_s: float = 8.0
    handshake_s: float = 8.0
    altogether_s: float = 90.0
    sslyze_s: float = 150.0
    pause_s: float = 0.0


@dataclass
class Count:
    """Handshakes begun so far, and the end of the time that there is for them.

    `spend` takes one request of the budget for a question in plain HTTP, or says why there is none left.
    """

    patience: Patience
    handshakes: int = 0
    started: float = field(default_factory=time.monotonic)
    spend: Callable[[], str] = lambda: ""

    @property
    def over(self) -> bool:
        """True when no more handshakes should be begun."""
        return time.monotonic() - self.started > self.patience.altogether_s
