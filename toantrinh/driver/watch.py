"""Watches what the browser does: requests, beacons, dialogs, downloads, new windows. One watch per browser context."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from toantrinh.observations.page import BeaconRecord, RequestRecord
from toantrinh.redaction import mask_tokens

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog, Page, Request

NATIONAL_TRACKER = "https://f-emc.ngsp.gov.vn/tracking"
LONG_POLL_S = 3.0
POLLS = 3  # a call that came back so often in one step is polling
CALLS = ("xhr", "fetch")


@dataclass
class _Seen:
    request: Request
    started: float
    page: str
    status: int | None = None
    ended: float | None = None
    failure: str = ""


@dataclass
class Watch:
    """Everything seen in one browser context since `mark()` was last called."""

    context: BrowserContext
    seen: list[_Seen] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    trackers: set[str] = field(default_factory=lambda: {NATIONAL_TRACKER})
    documents: dict[str, int] = field(default_factory=dict)
    _open: dict[Any, _Seen] = field(default_factory=dict)
    _mark: int = 0

    def __post_init__(self) -> None:
        self.context.on("request", self._on_request)
        self.context.on("response", self._on_response)
        self.context.on("requestfinished", lambda request: self._on_end(request, ""))
        self.context.on("requestfailed", lambda request: self._on_end(request, request.failure or "failed"))
        self.context.on("page", lambda page: self.pages.append(page))
        self.context.on("dialog", self._on_dialog)

    def _on_request(self, request: Request) -> None:
        try:
            page = request.frame.page.url
        except Exception:
            page = ""
        self._open[request] = seen = _Seen(request, time.perf_counter(), page)
        self.seen.append(seen)

    def _on_response(self, response: Any) -> None:
        if seen := self._open.get(response.request):
            seen.status = response.status
            if response.request.is_navigation_request():
                self.documents[response.url.split("#")[0]] = response.status

    def _on_end(self, request: Request, failure: str) -> None:
        if seen := self._open.pop(request, None):
            seen.ended, seen.failure = time.perf_counter(), failure

    def _on_dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.accept()

    def mark(self) -> None:
        """Starts a new step: what follows is counted for it."""
        self._mark = len(self.seen)
        self.dialogs.clear()

    def is_beacon(self, address: str) -> bool:
        """True when the address is that of a measuring tracker (with a query or without)."""
        bare = address.split("?")[0]
        return any(bare == tracker.split("?")[0] for tracker in self.trackers)

    def waiting(self) -> bool:
        """True while a navigation or a call that a citizen waits for is under way.

        Beacons are not waited for, nor calls that take longer than 3 s or come again and again (polling).
        """
        now = time.perf_counter()
        return any(
            seen.request.is_navigation_request()
            or (seen.request.resource_type in CALLS and now - seen.started < LONG_POLL_S and not self._polls(seen))
            for seen in self._open.values()
            if not self.is_beacon(seen.request.url)
        )

    def _polls(self, seen: _Seen) -> bool:
        address = seen.request.url.split("?")[0]
        earlier = [s for s in self.seen[self._mark :] if s.ended and s.request.url.split("?")[0] == address]
        return len(earlier) >= POLLS

    def requests(self) -> tuple[RequestRecord, ...]:
        """The requests since the last mark, beacons excepted, in order."""
        return tuple(
            RequestRecord(
                method=s.request.method,
                address="data:" if s.request.url.startswith("data:") else mask_tokens(s.request.url),
                kind=s.request.resource_type,
                status=s.status,
                duration_ms=round((s.ended - s.started) * 1000, 1) if s.ended else None,
                failure=s.failure,
            )
            for s in self.seen[self._mark :]
            if not self.is_beacon(s.request.url)
        )

    def beacons(self) -> tuple[BeaconRecord, ...]:
        """The beacons since the last mark, in order."""
        return tuple(
            BeaconRecord(
                address=s.request.url.split("?")[0],
                method=s.request.method,
                parameters=dict(parse_qsl(urlsplit(s.request.url).query, keep_blank_values=True)),
                body=(s.request.post_data or "")[:4000],
                status=s.status,
                failure=s.failure,
                page=s.page,
            )
            for s in self.seen[self._mark :]
            if self.is_beacon(s.request.url)
        )

    def status_of(self, address: str) -> int | None:
        """The HTTP status with which this address was last delivered as a page; None when it was not asked for."""
        return self.documents.get(address.split("#")[0])

    def hosts(self) -> tuple[str, ...]:
        """Hosts (with port) of the pages navigated to since the last mark, in order, repetitions dropped."""
        visited = [
            urlsplit(s.request.url).netloc
            for s in self.seen[self._mark :]
            if s.request.is_navigation_request() and s.request.frame.parent_frame is None
        ]
        return tuple(host for at, host in enumerate(visited) if at == 0 or visited[at - 1] != host)
