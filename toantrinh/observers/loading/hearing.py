"""Hears every request of a page while it loads: when it began, when its first byte came, when it ended, how large."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toantrinh.observations.loading import FileLoaded
from toantrinh.redaction import mask_tokens

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

TEXT = re.compile(r"^text/|javascript|json|[+/]xml|svg|wasm", re.I)
COMPRESSED = ("gzip", "br", "zstd", "deflate")
LEAST_BYTES = 1024
ENDLESS = ("EventSource", "WebSocket", "Ping", "CSPViolationReport", "Preflight")
CALLS = ("XHR", "Fetch")
POLLS = 3  # a call that comes back more often is polling
LONG_S = 4.0  # a call that is open for so long after all else has come is one that waits for news
MOST = 600


@dataclass
class _Heard:
    address: str
    kind: str
    begun: float  # the browser's own clock, s
    since: float  # ours, s
    first_byte: float | None = None
    ended: float | None = None
    status: int | None = None
    sent: int = 0
    body: int = 0
    protocol: str = ""
    content_type: str = ""
    encoding: str = ""
    failure: str = ""


@dataclass
class Ears:
    """Listens from its making. `zero`: when the first request was sent, seconds since 1970; None before it."""

    session: CDPSession
    zero: float | None = None
    loaded: bool = False
    heard: list[_Heard] = field(default_factory=list)
    changed: float = field(default_factory=time.monotonic)  # when a request that counts last began or ended
    _open: dict[str, _Heard] = field(default_factory=dict)
    _times: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        on = self.session.on
        on("Network.requestWillBeSent", self._sent)
        on("Network.responseReceived", self._answered)
        on("Network.dataReceived", self._came)
        on("Network.loadingFinished", lambda event: self._ended(event, ""))
        on("Network.loadingFailed", lambda event: self._ended(event, str(event.get("errorText") or "failed")))
        on("Page.loadEventFired", lambda _: self._is_loaded(True))
        self.session.send("Network.enable")
        self.session.send("Page.enable")

    def _is_loaded(self, loaded: bool) -> None:
        self.loaded = loaded
        self.changed = time.monotonic()

    def _sent(self, event: dict[str, Any]) -> None:
        address, key = str(event["request"]["url"]), event["requestId"]
        if address.startswith(("data:", "blob:")):
            return
        if self.zero is None:
            self.zero = float(event["wallTime"])
        if (before := self._open.pop(key, None)) is not None and (led_on := event.get("redirectResponse")):
            _answer(before, led_on, event["timestamp"])
            before.ended, before.sent = event["timestamp"], int(led_on.get("encodedDataLength") or 0)
        one = _Heard(address, str(event.get("type", "Other")), float(event["timestamp"]), time.monotonic())
        self._times[_bare(address)] += 1
        if len(self.heard) < MOST:
            self.heard.append(one)
        self._open[key] = one
        if self._counts(one):
            self.changed = time.monotonic()

    def _answered(self, event: dict[str, Any]) -> None:
        if (one := self._open.get(event["requestId"])) is not None:
            one.kind = str(event.get("type", one.kind))
            _answer(one, event["response"], event["timestamp"])

    def _came(self, event: dict[str, Any]) -> None:
        if (one := self._open.get(event["requestId"])) is not None:
            one.body += int(event["dataLength"])

    def _ended(self, event: dict[str, Any], failure: str) -> None:
        one = self._open.pop(event["requestId"], None)
        if one is None:
            return
        one.ended, one.failure = float(event["timestamp"]), failure
        one.sent = int(event.get("encodedDataLength") or one.sent)
        if self._counts(one):
            self.changed = time.monotonic()

    def _counts(self, one: _Heard) -> bool:
        """False for what goes on for as long as a page is open: it is never waited for."""
        return one.kind not in ENDLESS and (one.kind not in CALLS or self._times[_bare(one.address)] <= POLLS)

    def waiting(self) -> bool:
        """True while something that belongs to the load is under way."""
        now = time.monotonic()
        return any(
            self._counts(one) and not (self.loaded and now - max(one.since, self.changed) > LONG_S)
            for one in self._open.values()
        )

    def files(self) -> tuple[FileLoaded, ...]:
        """All requests so far, in order, with moments from the first one's start."""
        if not self.heard:
            return ()
        start = self.heard[0].begun

        def ms(moment: float | None) -> float | None:
            return None if moment is None else round((moment - start) * 1000, 1)

        return tuple(
            FileLoaded(
                address=mask_tokens(one.address),
                kind=one.kind,
                status=one.status,
                start_ms=ms(one.begun) or 0.0,
                first_byte_ms=ms(one.first_byte),
                end_ms=ms(one.ended),
                sent_bytes=one.sent,
                body_bytes=one.body,
                protocol=one.protocol,
                content_type=one.content_type,
                encoding=one.encoding,
                failure=one.failure,
            )
            for one in self.heard
        )


def _answer(one: _Heard, response: dict[str, Any], at: float) -> None:
    headers = {name.lower(): str(value) for name, value in (response.get("headers") or {}).items()}
    one.first_byte, one.status = float(at), int(response["status"])
    one.protocol, one.content_type = str(response.get("protocol") or ""), headers.get("content-type", "")
    one.encoding = headers.get("content-encoding", "").strip().lower()
    one.sent = int(response.get("encodedDataLength") or 0)


def _bare(address: str) -> str:
    return address.split("?")[0]


def first_byte_of(files: tuple[FileLoaded, ...]) -> float | None:
    """When the first byte of the page itself came, ms: of the first document that led nowhere else."""
    own = (file for file in files if file.kind == "Document" and not 300 <= (file.status or 0) < 400)
    return next((file.first_byte_ms for file in own), None)


def protocols_of(files: tuple[FileLoaded, ...]) -> dict[str, int]:
    """How many requests were answered by which protocol."""
    return dict(Counter(file.protocol for file in files if file.protocol).most_common())


def text_and_compressed(files: tuple[FileLoaded, ...]) -> tuple[int, int]:
    """(bytes of text in bodies over 1 KB, decoded; those of them that came compressed)."""
    texts = [file for file in files if TEXT.search(file.content_type) and file.body_bytes > LEAST_BYTES]
    packed = [file for file in texts if any(one.strip() in COMPRESSED for one in file.encoding.split(","))]
    return sum(file.body_bytes for file in texts), sum(file.body_bytes for file in packed)
