"""Facts about one page: the proof that it is the page we meant, its requests and its beacons."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Facts(BaseModel):
    """An immutable record; unknown keys are refused, so that a changed format is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PageKind(StrEnum):
    """What kind of page answered. Only `page` can carry a verdict about the system."""

    PAGE = "page"
    BLOCK = "block"  # a firewall's or robot filter's page
    ERROR = "error"  # an error page, whatever its status
    CAPTCHA = "captcha"  # nothing but a captcha
    MAINTENANCE = "maintenance"
    LOG_IN_WALL = "log-in-wall"
    BLANK = "blank"
    ELSEWHERE = "elsewhere"  # a host that the system file does not name


class ProofOfPage(Facts):
    """Why we believe that this is the page that the step is about.

    `status` is the HTTP status, None after in-page moves.
    """

    address: str
    title: str
    status: int | None
    kind: PageKind
    step: str
    logged_in: bool | None = None
    why: str = ""

    @property
    def holds(self) -> bool:
        """True when the page can carry a verdict."""
        return self.kind is PageKind.PAGE


class RequestRecord(Facts):
    """One request that the browser made. `duration_ms` from its start to its end; None when it did not end."""

    method: str
    address: str
    kind: str
    status: int | None = None
    duration_ms: float | None = None
    failure: str = ""


class BeaconRecord(Facts):
    """One thing sent to a measuring host: page view, service event (`trackDVC`) or other."""

    address: str
    method: str
    parameters: dict[str, str]
    body: str = ""
    status: int | None = None
    failure: str = ""
    page: str = ""
