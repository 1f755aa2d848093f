"""How a step can end early, and the faults by which a page does not come: each has a name, none is a crash of ours."""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.journey import Reach


class StepEnded(Exception):
    """The present step cannot go on: how it ended and why, in one line for a person."""

    def __init__(self, reach: Reach, why: str) -> None:
        self.reach, self.why = reach, why
        super().__init__(why)


class Fault(StrEnum):
    """Why a page did not come, or cannot be looked at."""

    HANGS = "hangs"  # the connection stands, the answer does not come
    CLOSES = "closes"  # the connection is closed before the answer is whole
    UNREACHABLE = "unreachable"  # no connection: name, route, port
    CERTIFICATE = "certificate"  # expired, revoked, of another host
    UNKNOWN_ISSUER = "unknown-issuer"  # a certificate that nobody vouches for, perhaps our own network's
    REDIRECTS = "redirects"  # from one address to the next without end
    FOREIGN_HOST = "foreign-host"  # leads to a host that the system file does not name
    TOO_LARGE = "too-large"
    ENDLESS_SCRIPT = "endless-script"
    ENDLESS_DIALOGS = "endless-dialogs"
    CRASHED = "crashed"  # our browser died over it
    HELD_OFF = "held-off"  # the system asks to be left alone
    OUT_OF_TIME = "out-of-time"  # our own limit for one journey

    @property
    def reach(self) -> Reach:
        """How a step ends by it. Only what is surely the system's own doing is `refused`."""
        return _REACHES.get(self, Reach.BLOCKED)

    @property
    def of_the_network(self) -> bool:
        """True when the system was not heard, or asked not to be: nothing was observed of it."""
        return self in (Fault.HANGS, Fault.CLOSES, Fault.UNREACHABLE, Fault.HELD_OFF)

    @property
    def passing(self) -> bool:
        """True for what a second try may mend."""
        return self in (Fault.HANGS, Fault.CLOSES, Fault.ENDLESS_SCRIPT, Fault.CRASHED)


_REACHES = {
    Fault.CERTIFICATE: Reach.REFUSED,
    Fault.REDIRECTS: Reach.REFUSED,
    Fault.ENDLESS_SCRIPT: Reach.UNANSWERED,
    Fault.ENDLESS_DIALOGS: Reach.REFUSED,
    Fault.CRASHED: Reach.TOOL_ERROR,
}


class Unreached(StepEnded):
    """A page did not come, or cannot be looked at: by which fault. `again`: the address that may be asked for once more
    (empty when it was no plain GET)."""

    def __init__(self, fault: Fault, why: str, reach: Reach | None = None) -> None:
        self.fault, self.again = fault, ""
        super().__init__(reach or fault.reach, why)
