"""What the first visit of a portal found, as frozen facts. Words are as the portal shows them, addresses whole."""

from __future__ import annotations

from toantrinh.observations.page import Facts


class Way(Facts):
    """A page and how it was come to: `by` names the words of the link or button, empty address when none was found."""

    intent: str
    address: str = ""
    by: str = ""

    @property
    def found(self) -> bool:
        """True when a way there was seen."""
        return bool(self.address or self.by)


class ServiceSeen(Facts):
    """A service as its public page shows it. `level` and `code` are empty, `fee` (VND) None where none could be read.

    `labels`: which of the labels that a public page ought to have were seen. `apply`: the words of its button.
    """

    code: str
    name: str
    level: str
    fee: int | None
    fee_text: str
    address: str
    labels: tuple[str, ...]
    apply: str


class LogInSeen(Facts):
    """The way to the log-in. `leads_to`: hosts of others that it redirects to, which were named but never entered."""

    way: Way
    offers: tuple[str, ...] = ()
    asks_password: bool = False
    captcha: bool = False
    leads_to: tuple[str, ...] = ()


class TagSeen(Facts):
    """The measuring tag: site ids and where it sends to, as far as the page tells."""

    present: bool
    site_ids: tuple[str, ...] = ()
    collectors: tuple[str, ...] = ()
    label: str = ""


class PlatformGuess(Facts):
    """The product that the portal seems to be built on, and the facts that say so. `sure`: two facts or more."""

    name: str = "generic"
    facts: tuple[str, ...] = ()
    sure: bool = False
    hints: tuple[str, ...] = ()


class PortalSeen(Facts):
    """Everything that the first visit found. `needed_hosts` serve parts of the pages, `other_hosts` only measure them.

    `stopped`: what the pages tried that a read-only visit does not do (other methods than GET, other hosts).
    """

    base_url: str
    name: str
    kind: str
    owner: str
    hotline: str
    search_field: str
    pages: tuple[Way, ...]
    services_at: Way
    total: int | None
    services: tuple[ServiceSeen, ...]
    log_in: LogInSeen
    code_field: str
    look_up_captcha: bool
    tag: TagSeen
    platform: PlatformGuess
    needed_hosts: tuple[str, ...]
    other_hosts: tuple[str, ...]
    stopped: tuple[str, ...]
    unseen: tuple[str, ...]
    seconds: float

    def way(self, intent: str) -> Way:
        """The way to a page; an empty one when none was found."""
        return next((way for way in self.pages if way.intent == intent), Way(intent=intent))

    @property
    def is_portal(self) -> bool:
        """True when something is there that only a portal of public services has."""
        return bool(self.code_field or any(s.code or s.apply or len(s.labels) >= 3 for s in self.services))
