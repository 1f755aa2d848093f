"""Watches what the browser does: requests, beacons, dialogs, downloads, new windows. One watch per browser context."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toantrinh.driver.pace import REFUSALS, Pace, pace_of
from toantrinh.driver.seen_requests import Seen, Way, is_journey, page_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog, Page, Request

    from toantrinh.observations.page import BeaconRecord, RequestRecord
    from toantrinh.system_model import System

NATIONAL_TRACKER = "https://f-emc.ngsp.gov.vn/tracking"
LONG_POLL_S = 3.0
POLLS = 3  # a call that came back so often in one step is polling
SAFE = ("GET", "HEAD", "OPTIONS")  # methods that change nothing (RFC 9110, 9.2.1)
MOST_DIALOGS = 30  # so many in one step are one that never ends
CLOSED = "cancelled: window closed"
NOT_ALLOWED = "host-not-allowed"


@dataclass(frozen=True)
class Arrival:
    """The last answer to a navigation of a top frame. `retry_after` as it was said."""

    address: str
    status: int
    method: str
    retry_after: str


@dataclass
class Watch:
    """Everything seen in one browser context since `mark()` was last called.

    With a `system` it also knows which hosts may be asked, and tells the pace how the system bears us. `notes` are what
    we did besides, for the record of the step.
    """

    context: BrowserContext
    system: System | None = None
    seen: list[Seen] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    trackers: set[str] = field(default_factory=lambda: {NATIONAL_TRACKER})
    documents: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    arrival: Arrival | None = None
    journeys: int = 0  # navigations of top frames so far
    crashed: bool = False
    pace: Pace | None = None
    _open: dict[Any, Seen] = field(default_factory=dict)
    _mark: int = 0
    _spoken: int = 0

    def __post_init__(self) -> None:
        if self.system:
            self.pace = pace_of(self.system.base_url, self.system.pace.pause_ms)
        self.context.on("request", self._on_request)
        self.context.on("response", self._on_response)
        self.context.on("requestfinished", lambda request: self._on_end(request, ""))
        self.context.on("requestfailed", lambda request: self._on_end(request, request.failure or "failed"))
        self.context.on("page", self._on_page)
        for page in self.context.pages:
            self._listen_to(page)
        self.context.on("dialog", self._on_dialog)

    def _on_request(self, request: Request) -> None:
        try:
            page = request.frame.page.url
        except Exception:
            page = ""
        self._open[request] = seen = Seen(request, time.perf_counter(), page)
        self.seen.append(seen)
        if is_journey(request):
            self.journeys += 1

    def _on_page(self, page: Page) -> None:
        self.pages.append(page)
        self._listen_to(page)

    def _listen_to(self, page: Page) -> None:
        def crashed(_: Page) -> None:
            self.crashed = True

        page.on("crash", crashed)
        page.on("close", self._on_close)

    def _on_close(self, page: Page) -> None:
        """Nobody waits any more for what a closed page has asked for; of that the browser tells nothing."""
        for request in [one for one in self._open if page_of(one) is page]:
            self._on_end(request, CLOSED)

    def _on_response(self, response: Any) -> None:
        seen = self._open.get(response.request)
        if seen is None:
            return
        seen.status = response.status
        journey = is_journey(response.request)
        if response.request.is_navigation_request():
            self.documents[response.url.split("#")[0]] = response.status
        if journey:
            said = response.headers.get("retry-after", "")
            self.arrival = Arrival(response.url, response.status, response.request.method, said)
        self._tell_pace(response, journey, time.perf_counter() - seen.started)

    def _tell_pace(self, response: Any, journey: bool, took_s: float) -> None:
        """How the system itself bears us; other hosts and beacons say nothing about it."""
        if self.pace is None or urlsplit(response.url).netloc != self.pace.netloc or self.is_beacon(response.url):
            return
        if response.status in REFUSALS and response.request.method == "GET":
            self.pace.refused(response.status, response.headers.get("retry-after"), counts=journey)
        elif journey and response.status < 500:
            self.pace.answered(took_s)

    def _on_end(self, request: Request, failure: str) -> None:
        if seen := self._open.pop(request, None):
            seen.ended, seen.failure = time.perf_counter(), failure
            host = urlsplit(request.url).hostname or ""
            if failure and self.is_foreign(host):
                seen.failure = f"{NOT_ALLOWED} ({failure})"

    def _on_dialog(self, dialog: Dialog) -> None:
        if len(self.dialogs) < MOST_DIALOGS:
            self.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.accept()
        if self.floods and dialog.page:
            dialog.page.close()  # nobody gets past the next one either

    @property
    def floods(self) -> bool:
        """True when the page has opened dialogs without end in this step."""
        return len(self.dialogs) >= MOST_DIALOGS

    def is_foreign(self, host: str) -> bool:
        """True for a host that the system's file does not name."""
        return bool(host) and self.system is not None and host not in self.system.allowed_hosts

    def foreign_scripts(self) -> tuple[str, ...]:
        """Hosts that the file does not name and whose scripts this step was refused, each once."""
        hosts = [
            urlsplit(s.request.url).hostname or ""
            for s in self.seen[self._mark :]
            if s.failure.startswith(NOT_ALLOWED) and s.request.resource_type == "script"
        ]
        return tuple(dict.fromkeys(hosts))

    def note(self, what: str) -> None:
        """Keeps for the record what we did besides."""
        if what not in self.notes:
            self.notes.append(what)

    def failed_journey(self) -> Way | None:
        """The last navigation of a top frame, if it came to nothing and nobody has spoken of it yet."""
        for seen in reversed(self.seen[self._spoken :]):
            if seen.is_journey:
                return seen.way if seen.failure and not seen.was_left else None
        return None

    def last_journey(self) -> Way | None:
        """The last navigation of a top frame, whatever became of it."""
        return next((seen.way for seen in reversed(self.seen) if seen.is_journey), None)

    def gave_a_file(self, page: Page) -> bool:
        """True when what this window was opened for came as a file: its navigation was answered and broken off."""
        return any(
            seen.status is not None and seen.was_left and page_of(seen.request) is page
            for seen in reversed(self.seen)
            if seen.is_journey
        )

    def size_of_last(self) -> int:
        """Bytes of the last document of a top frame; 0 when it has not come wholly, or nobody knows."""
        seen = next((s for s in reversed(self.seen) if s.is_journey), None)
        if seen is None or seen.ended is None or seen.failure:
            return 0
        try:
            return int(seen.request.sizes()["responseBodySize"])
        except Exception:  # its page has gone
            return 0

    def forget_failures(self) -> None:
        """What has failed so far has been spoken of."""
        self._spoken = len(self.seen)

    def under_way(self) -> Way | None:
        """A navigation of a top frame that has not been answered wholly yet."""
        return next((s.way for s in self._open.values() if s.is_journey and s.lives), None)

    def mark(self) -> None:
        """Starts a new step: what follows is counted for it."""
        self._mark = len(self.seen)
        self.dialogs.clear()
        self.notes.clear()

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
            or (seen.is_call and now - seen.started < LONG_POLL_S and not self._polls(seen))
            for seen in self._open.values()
            if not self.is_beacon(seen.request.url)
        )

    def sent_since(self, mark: int) -> bool:
        """True when a script has sent the system something since the `mark`th request, answered or not."""
        return any(map(self._sends, self.seen[mark:]))

    def spoke_since(self, mark: int) -> bool:
        """True when a page, or a script, has asked for something since the `mark`th request; beacons are left out."""
        return any(
            (one.request.is_navigation_request() or one.is_call) and not self.is_beacon(one.request.url)
            for one in self.seen[mark:]
        )

    def asked_since(self, mark: int) -> bool:
        """True when a script has asked for something since the `mark`th request that was never asked for before."""
        earlier = {one.bare for one in self.seen[:mark]}
        return any(
            one.is_call and one.bare not in earlier and not self.is_beacon(one.request.url) for one in self.seen[mark:]
        )

    def sending(self) -> bool:
        """True while something that a script has sent the system is not answered, however long that takes."""
        return any(map(self._sends, self._open.values()))

    def _sends(self, one: Seen) -> bool:
        """True for a call that may change something; beacons and what comes again and again are left out."""
        return (
            one.is_call
            and one.request.method not in SAFE
            and not self.is_foreign(urlsplit(one.request.url).hostname or "")
            and not self.is_beacon(one.request.url)
            and not self._polls(one)
        )

    def _polls(self, seen: Seen) -> bool:
        earlier = [s for s in self.seen[self._mark :] if s.ended and s.bare == seen.bare]
        return len(earlier) >= POLLS

    def requests(self) -> tuple[RequestRecord, ...]:
        """The requests since the last mark, beacons excepted, in order."""
        return tuple(s.record() for s in self.seen[self._mark :] if not self.is_beacon(s.request.url))

    def beacons(self, since: int | None = None) -> tuple[BeaconRecord, ...]:
        """The beacons since the last mark, in order; or since so many requests had been seen (`len(watch.seen)`)."""
        some = self.seen[self._mark if since is None else since :]
        return tuple(s.beacon() for s in some if self.is_beacon(s.request.url))

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
