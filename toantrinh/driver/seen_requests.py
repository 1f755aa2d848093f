"""A request that a browser was seen to make: what became of it, and how it is written down."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from toantrinh.observations.page import BeaconRecord, RequestRecord
from toantrinh.redaction import mask_tokens

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

CALLS = ("xhr", "fetch")
LEFT = ("ERR_ABORTED", "BINDING_ABORTED", "cancelled", "interrupted")  # left for another page, or a download
LONGEST_BODY = 4000  # characters of a beacon's body that are kept


@dataclass(frozen=True)
class Way:
    """A navigation of a top frame on its way, or come to nothing: for so many seconds."""

    address: str
    method: str
    seconds: float
    failure: str
    answered: bool  # with its headers at least


@dataclass
class Seen:
    """A request with the page (its address) that made it. `started`, `ended` as of `time.perf_counter()`, in s."""

    request: Request
    started: float
    page: str
    status: int | None = None
    ended: float | None = None
    failure: str = ""

    @property
    def bare(self) -> str:
        """The address without its query."""
        return self.request.url.split("?")[0]

    @property
    def is_call(self) -> bool:
        """True for what a script has asked for."""
        return self.request.resource_type in CALLS

    @property
    def is_journey(self) -> bool:
        """True for the navigation of a top frame."""
        return is_journey(self.request)

    @property
    def was_left(self) -> bool:
        """True when it was broken off for another page, or became a download."""
        return any(word in self.failure for word in LEFT)

    @property
    def lives(self) -> bool:
        """True while the page that made it is open."""
        page = page_of(self.request)
        return page is not None and not page.is_closed()

    @property
    def way(self) -> Way:
        """It as a navigation, so far."""
        seconds = (self.ended or time.perf_counter()) - self.started
        return Way(self.request.url, self.request.method, seconds, self.failure, self.status is not None)

    def record(self) -> RequestRecord:
        """It for the record of a step; tokens in its address are masked."""
        return RequestRecord(
            method=self.request.method,
            address="data:" if self.request.url.startswith("data:") else mask_tokens(self.request.url),
            kind=self.request.resource_type,
            status=self.status,
            duration_ms=round((self.ended - self.started) * 1000, 1) if self.ended else None,
            failure=self.failure,
        )

    def beacon(self) -> BeaconRecord:
        """It as what a measuring script has sent."""
        return BeaconRecord(
            address=self.bare,
            method=self.request.method,
            parameters=dict(parse_qsl(urlsplit(self.request.url).query, keep_blank_values=True)),
            body=(self.request.post_data or "")[:LONGEST_BODY],
            status=self.status,
            failure=self.failure,
            page=self.page,
        )


def is_journey(request: Request) -> bool:
    """True for the navigation of a top frame."""
    if not request.is_navigation_request():
        return False
    try:
        return request.frame.parent_frame is None
    except Exception:  # a window that is just being opened has no frame yet
        return True


def page_of(request: Request) -> Page | None:
    """The page that has made it; None while its window is just being opened."""
    try:
        return request.frame.page
    except Exception:  # such a window has no frame yet
        return None
