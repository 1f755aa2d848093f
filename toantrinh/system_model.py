"""What a system file says of a system under test, as frozen models."""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import json
import re
import unicodedata
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
)

from toantrinh.accounts import Account, Text
from toantrinh.load_terms import LoadTerms
from toantrinh.secrets import Reference

Action = Literal["submit", "load", "intrusive"]
Level = Literal["toàn trình", "một phần", "thông tin"]

# Pages whose path a system file may give; without one they are found by their links.
PAGES = (
    "home", "search", "service", "lookup", "log-in", "account", "my-dossiers", "notices", "store", "officer",
    "guide", "questions", "feedback", "figures", "site-map", "english",
)  # fmt: skip

_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*")


def address(value: str) -> str:
    """A base address without a slash at its end. Raises ValueError saying what was expected."""
    try:
        parts = urlsplit(value.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"expected an address like https://dichvucong.example.vn, found {value!r} ({error})") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"expected an address like https://dichvucong.example.vn, found {value!r}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("expected an address without user name and password; put them under accounts:")
    if parts.query or parts.fragment:
        raise ValueError(f"expected an address without ? and #, found {value!r}")
    return value.strip().rstrip("/")


def is_loopback(base_url: str) -> bool:
    """True when the address is on this machine."""
    host = urlsplit(base_url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host(value: str) -> str:
    plain = value.strip().lower()
    try:
        ipaddress.ip_address(plain.strip("[]"))
        return plain.strip("[]")
    except ValueError:
        pass
    try:
        ascii_form = plain.encode("idna").decode()
    except UnicodeError:
        ascii_form = ""
    if not _HOST.fullmatch(ascii_form):
        raise ValueError(f"expected a host name like pay.example.vn (no scheme, port or *), found {value!r}")
    return ascii_form


def _level(value: Any) -> Any:
    return unicodedata.normalize("NFC", " ".join(value.split())).casefold() if isinstance(value, str) else value


def _path(value: str) -> str:
    if not value.startswith(("/", "#", "http://", "https://")) or value.startswith("//"):
        raise ValueError(f"expected a path like /tra-cuu (or #/…, or a whole address), found {value!r}")
    return value


def _timezone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"expected a time zone like Asia/Ho_Chi_Minh, found {value!r}") from None
    return value


Address = Annotated[str, AfterValidator(address)]
Host = Annotated[str, AfterValidator(_host)]
Words = tuple[Text, ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Start(_Part):
    """How to start the system on this machine when its address does not answer."""

    command: tuple[Text, ...] = Field(
        min_length=1, description="Program and arguments; {python}, {port} and {data} are filled in."
    )
    timeout_s: float = Field(30, gt=0, le=600, description="Seconds within which it must be ready.")


class Emc(_Part):
    """What is known of the system's connection to EMC."""

    site_id: str | None = Field(None, pattern=r"^[0-9]+$", description="The registered site id: digits in quotes.")


class Verified(_Part):
    """A person has checked that this file finds all that is there: absence may then be held against the system."""

    by: Text = Field(description="Who checked.")
    date: datetime.date = Field(description="When, like 2026-11-21.")
    note: str = Field("", description="What was looked at.")


class Authorisation(_Part):
    """Who allowed what; without it, a host that is not this machine is only read."""

    by: Text = Field(description="Who gave the permission.")
    document: Text = Field(description="Number or name of the document.")
    until: datetime.date = Field(description="Last day, like 2026-12-31.")
    allows: tuple[Action, ...] = Field(description="Any of: submit, load, intrusive.")
    hosts: tuple[Host, ...] | None = Field(None, description="Hosts it covers; by default those of this file.")


class Service(_Part):
    """A TTHC offered online that is to be tried."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    code: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]*$", description="TTHC code, in quotes: '2.000815'.")
    name: Text = Field(description="Official name of the procedure.")
    keyword: Text | None = Field(None, description="What a citizen types into the search box; by default the name.")
    declared: Annotated[Level, BeforeValidator(_level)] = Field(description="The level that the system declares.")
    fee: int | None = Field(None, ge=0, description="Published fee in VND; 0 when free; left out when not known.")
    signature: bool | None = Field(None, description="Whether the law asks for a digital signature; left out: unknown.")
    documents: Words | None = Field(None, description="Names of the documents of the dossier; left out: unknown.")
    account: Text = Field("citizen", alias="as", description="The account that submits.")
    answers: dict[str, str] = Field(default_factory=dict, description="Answers to odd questions, by label.")
    delivery: Literal["online", "postal"] = Field("online", description="How the result is to come back.")

    @property
    def search_words(self) -> str:
        """What a citizen types into the search box."""
        return self.keyword or self.name


class Captcha(_Part):
    """A fixed captcha answer that the body has lent for the test."""

    answer: Reference = Field(repr=False, description="Reference to the answer.")


class Pace(_Part):
    """How gently the system is visited."""

    connections: int = Field(4, ge=1, le=64, description="Connections to one host at the same time, at most.")
    pause_ms: int = Field(300, ge=0, le=60_000, description="Pause between two page visits, in ms.")


class Channel(_Part):
    """What the address alone does not say of the channel to the system."""

    ca_file: Path | None = Field(
        None, description="File (PEM) of a private authority to trust: a test copy's, not one that citizens need."
    )
    http_port: int | None = Field(
        None, ge=1, le=65535, description="Where plain HTTP is asked for; by default 80, beside HTTPS on 443."
    )


class Sessions(_Part):
    """What the operator says of a citizen's session."""

    idle_minutes: float | None = Field(
        None, gt=0, le=1440, description="Minutes without use after which a session ends; left out: unknown."
    )


class Thresholds(_Part):
    """What is acceptable; the figures and their sources stand in systems/defaults.yaml."""

    first_content_s: float = Field(gt=0, description="First content visible, s.")
    largest_content_s: float = Field(gt=0, description="Largest content visible, s.")
    fully_displayed_s: float = Field(gt=0, description="Fully displayed (Speed Index), s.")
    task_s: float = Field(gt=0, description="Each task while loading, s.")
    mean_response_s: float = Field(gt=0, description="Mean response of an operation, s.")
    slowest_response_s: float = Field(gt=0, description="Slowest response of an operation, s.")
    error_share: float = Field(ge=0, le=1, description="Share of failed requests under load, 0 to 1.")


class Targets(_Part):
    """What the system is expected to reach."""

    concurrent_citizens: int = Field(ge=1, le=100_000, description="Citizens at the same time.")
    full_process_services_share: float = Field(ge=0, le=1, description="Share of services that are toàn trình, 0 to 1.")
    full_process_dossiers_share: float = Field(ge=0, le=1, description="Share of dossiers done toàn trình, 0 to 1.")


class System(_Part):
    """A system under test: defaults, platform, its own file and the command line, merged."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Lower-case letters, digits, hyphens.")
    name: Text = Field(description="Official name, as reports show it.")
    kind: Literal["ministry", "province", "national", "other"] = Field(description="What kind of body runs it.")
    platform: str = Field(description="Product it is built on: a file name in systems/platforms/.")
    extends: Text | None = Field(None, description="The system whose accounts, services and words hold here too.")
    base_url: Address = Field(description="Address of the home page.")
    hosts: tuple[Host, ...] = Field((), description="Further hosts that may be visited (log-in, payment, …).")
    locale: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="Language of the browser.")
    timezone: Annotated[str, AfterValidator(_timezone)] = Field(description="Time zone of the browser.")
    start: Start | None = Field(None, description="How to start it on this machine.")
    emc: Emc = Emc()
    verified: Verified | None = None
    authorisation: Authorisation | None = None
    accounts: dict[str, Account] = Field(
        default_factory=dict, description="citizen, citizen_b, organisation, officer, approver, …"
    )
    services: tuple[Service, ...] = Field((), description="The services to try.")
    captcha: Captcha | None = None
    labels: dict[str, Words] = Field(default_factory=dict, description="Extra words by intent.")
    selectors: dict[str, Text] = Field(default_factory=dict, description="CSS selectors by intent.")
    paths: dict[str, Annotated[str, AfterValidator(_path)]] = Field(
        default_factory=dict, description=f"Paths by page: {', '.join(PAGES)}."
    )
    answers: dict[str, str] = Field(default_factory=dict, description="Answers to odd questions, by label.")
    pace: Pace = Pace()
    channel: Channel = Channel()
    session: Sessions = Sessions()
    canary: Address | None = Field(
        None,
        description="An address elsewhere: when it answers and the system does not, the fault is not the network's.",
    )
    thresholds: Thresholds
    targets: Targets
    load: LoadTerms

    _platform_code: Path | None = PrivateAttr(None)
    _as_of: datetime.datetime | None = PrivateAttr(None)
    _kept_digest: str = PrivateAttr("")

    @property
    def platform_code(self) -> Path | None:
        """The file with the class of the platform, if it has one (toantrinh.platforms)."""
        return self._platform_code

    def with_platform_code(self, code: Path | None) -> System:
        """The same system, with the file that holds the class of its platform."""
        system = self.model_copy()
        system._platform_code = code
        return system

    def as_of(self, moment: datetime.datetime, digest: str) -> System:
        """The same system as a record knows it: judged at that moment, with the digest of its whole file."""
        system = self.model_copy()
        system._as_of, system._kept_digest = moment, digest
        return system

    def now(self) -> datetime.datetime:
        """The moment by which the system is judged, in its time zone: now, or when its record was begun."""
        return (self._as_of or datetime.datetime.now(datetime.UTC)).astimezone(zoneinfo.ZoneInfo(self.timezone))

    @property
    def host(self) -> str:
        """Host name of the base address, lower case."""
        return _host(urlsplit(self.base_url).hostname or "")

    @property
    def is_loopback(self) -> bool:
        """True when the system runs on this machine."""
        return is_loopback(self.base_url)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Every host that may be visited: that of the base address and those under `hosts:`."""
        return frozenset({self.host, *self.hosts})

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of everything this model says, but for where it runs: the same file, the same digest."""
        if self._kept_digest:
            return self._kept_digest
        content = self.model_dump(mode="json", by_alias=True, exclude={"base_url", "start", "extends"})
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def may(self, action: Action | Literal["read"], *, today: datetime.date | None = None) -> bool:
        """Whether `action` may be done to this system: reading always, all on this machine, else what is authorised."""
        return not self.why_not(action, today=today)

    def why_not(self, action: Action | Literal["read"], *, today: datetime.date | None = None) -> str:
        """Why `action` may not be done, as a sentence; empty when it may."""
        if action == "read" or self.is_loopback:
            return ""
        permission = self.authorisation
        if permission is None:
            return f"The system's file carries no authorisation to {_WORDS[action]}."
        if action not in permission.allows:
            return f"The authorisation ({permission.document}) does not allow to {_WORDS[action]}."
        now = today or self.now().date()
        if now > permission.until:
            return f"The authorisation ({permission.document}) ended on {permission.until:%d/%m/%Y}."
        if permission.hosts is not None and self.host not in permission.hosts:
            return f"The authorisation ({permission.document}) does not cover the host {self.host}."
        return ""

    def account_of(self, service: Service) -> Account | None:
        """The account that submits `service`; None when the file lends none."""
        return self.accounts.get(service.account)

    def references(self) -> tuple[str, ...]:
        """Every reference to a secret in this file, user names included, each once."""
        return tuple(dict.fromkeys(self._references()))

    def _references(self) -> Iterator[str]:
        for account in self.accounts.values():
            yield from account.references()
        if self.captcha:
            yield self.captcha.answer


_WORDS = {
    "submit": "submit dossiers",
    "load": "send load",
    "intrusive": "try intrusive probes",
}
