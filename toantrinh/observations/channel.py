"""Facts about the channel to one host: what TLS it speaks, which certificate it shows, what plain HTTP answers there.

Times are ISO 8601 in UTC, key sizes bits. Versions are named `SSL 2`, `SSL 3`, `TLS 1.0` to `TLS 1.3`.
"""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.exchanges import Exchange
from toantrinh.observations.page import Facts

VERSIONS = ("SSL 2", "SSL 3", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3")


class Answer(StrEnum):
    """How a port answers somebody who wants to speak TLS."""

    TLS = "tls"  # a handshake was completed
    OTHER_TLS = "other-tls"  # it speaks TLS, but no version or suite that this machine knows
    PLAIN = "plain"  # it answers in plain HTTP
    STRANGE = "strange"  # it answers neither TLS nor HTTP
    CLOSED = "closed"  # the connection is refused: nothing listens there
    DROPPED = "dropped"  # it takes the connection and breaks it off
    SILENT = "silent"  # nothing came in time: no connection, or no word in the handshake
    NO_NAME = "no-name"  # the name is unknown
    UNREACHED = "unreached"  # the network does not lead there


class Spoken(StrEnum):
    """Whether a version is spoken. `not-tested`: nobody here could ask, or the answer says nothing."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_TESTED = "not-tested"


class SuiteFacts(Facts):
    """A cipher suite that was accepted, by its OpenSSL name. `exchange_bits`: size of a DHE group; None: not known."""

    name: str
    exchange: str = ""
    exchange_bits: int | None = None


class VersionFacts(Facts):
    """One version of the protocol. `why`: what the refusal was, or why it was not tested.

    `suites`: those accepted, as far as they were looked for. `untried`: why weaker ones than these could be missing;
    empty when all were tried.
    """

    version: str
    spoken: Spoken
    why: str = ""
    suites: tuple[SuiteFacts, ...] = ()
    untried: str = ""


class CertificateFacts(Facts):
    """A certificate. `names` and `addresses`: its subject alternative names. `digest`: of its signature, lower case."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    begins: str
    ends: str
    key: str  # RSA | EC | Ed25519 | Ed448 | DSA | …
    key_bits: int | None
    curve: str
    digest: str
    signed_by_itself: bool
    serial: str
    sha256: str


class TrustFacts(Facts):
    """Whether the chain leads to an authority of `store`; dates and names left aside. `holds` None: not tested.

    `path`: SHA-256 of the certificates over which it does, the host's own first, the authority last.
    """

    store: str
    holds: bool | None
    code: int | None = None
    why: str = ""
    path: tuple[str, ...] = ()


class ChannelFacts(Facts):
    """What one host and port says to TLS.

    `chain`: as the server sent it, its own certificate first. `named`: trust in the authority that the person who runs
    this has named; None when none is. `canary`: trust in a host elsewhere, asked where the chain was not trusted.
    `tool`: who asked for versions and suites; `aside`: why not sslyze. `handshakes`: how many were begun, by whomever.
    """

    host: str
    port: int
    seen: str
    answer: Answer
    why: str = ""
    versions: tuple[VersionFacts, ...] = ()
    chain: tuple[CertificateFacts, ...] = ()
    trust: TrustFacts | None = None
    named: TrustFacts | None = None
    canary: TrustFacts | None = None
    tool: str = ""
    aside: str = ""
    handshakes: int = 0

    @property
    def place(self) -> str:
        """Host and port, as an address would say it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    def version(self, name: str) -> VersionFacts | None:
        """What was seen of a version; None when it was not asked about."""
        return next((one for one in self.versions if one.version == name), None)


class EntryFacts(Facts):
    """What plain HTTP says at the address of a page that was seen. `pages`: in words.

    `hops`: the questions, the first at `http_address`, each later one where the answer before it led. `onward`: where
    the last answer leads; empty when nowhere. `same_page`: a page that came over plain HTTP is the one that HTTPS
    shows; None when there was none to compare. `by_script`: that page leads to HTTPS by a script or a meta element.
    """

    pages: tuple[str, ...]
    address: str
    http_address: str
    hops: tuple[Exchange, ...] = ()
    onward: str = ""
    same_page: bool | None = None
    by_script: bool = False
    circle: bool = False


class PlainFacts(Facts):
    """What one host says to plain HTTP. `port` None: nobody said where it would listen.

    `answer`: of the port itself; `plain` when it takes connections. `spent`: requests, of which the answers tell.
    """

    host: str
    port: int | None
    answer: Answer
    why: str = ""
    entries: tuple[EntryFacts, ...] = ()
    spent: int = 0
    stopped: str = ""
