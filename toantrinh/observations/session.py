"""Facts about the session of a citizen: whether each of its protections held when it was tried. No value is kept."""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.http_answers import HeldCookie
from toantrinh.observations.journey import Shot
from toantrinh.observations.page import Facts


class State(StrEnum):
    """How one protection came out of a trial."""

    HELD = "held"
    BROKEN = "broken"  # the account's page came, or something changed
    UNSURE = "unsure"  # tried, and a person has to say what the answer means
    OPEN = "open"  # not tried, or without an answer to it
    ABSENT = "absent"  # the system has nothing of the kind


class Tried(Facts):
    """One protection as it was tried. `exchanges`: numbers in the record; `shown`: paths of texts to read.

    `what` says what was seen, `why` why nothing could be told; both in Vietnamese.
    """

    state: State = State.OPEN
    what: str = ""
    why: str = "chưa thử đến"
    place: str = ""
    exchanges: tuple[int, ...] = ()
    shown: tuple[str, ...] = ()
    shots: tuple[Shot, ...] = ()


class FlowTried(Facts):
    """What was tried of the identity flow (OAuth 2.0, OpenID Connect), by name."""

    title: str
    tried: Tried


class Attempt(Facts):
    """One wrong password: for the test account or for a name that nobody has; seconds until the answer came."""

    own_name: bool
    seconds: float
    message: str
    status: int | None = None


class SessionFacts(Facts):
    """One visit with a log-in and a log-out of one account. `kept`: cookies whose value log-in left as it was.

    `own_page` is the page by which it was told whether somebody is logged in, `witness` the address that gives what it
    shows. `at_log_in`: the steps of `cookies` in which the log-in was.
    """

    account: str = ""
    own_page: str = ""
    witness: str = ""
    why_no_witness: str = ""
    cookies: tuple[HeldCookie, ...] = ()
    kept: tuple[str, ...] = ()
    at_log_in: tuple[str, ...] = ()
    renewed: Tried = Tried()
    log_out: Tried = Tried()
    back: Tried = Tried()
    forgery: Tried = Tried()
    flow: tuple[FlowTried, ...] = ()
    why_no_flow: str = ""
    exchanges: Exchanges


class IdleFacts(Facts):
    """A session of `account` that was left alone for `idle_s` seconds, where the file states a limit of `limit_s`.

    `cookies`: those of the session, with their lifetimes.
    """

    account: str = ""
    limit_s: float
    idle_s: float = 0.0
    tried: Tried = Tried()
    cookies: tuple[HeldCookie, ...] = ()
    why_no_witness: str = ""
    exchanges: Exchanges


class GuessingFacts(Facts):
    """Wrong passwords, as often as they were tried. `braked`: how the system was seen to slow or stop them."""

    place: str = ""
    reach: State = State.OPEN
    why: str = ""
    attempts: tuple[Attempt, ...] = ()
    braked: str = ""
    shots: tuple[Shot, ...] = ()
    spent: int = 0
    limit: int = 0
