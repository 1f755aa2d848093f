"""One request on the wire and what came back: no redirect followed, bounded in bytes and in time."""

from __future__ import annotations

import http.client
import http.cookiejar
import queue
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toantrinh.driver.fetching import CHUNK, ascii_address, distrust_of, open_once, said_of
from toantrinh.observations.exchanges import Ended


@dataclass(frozen=True)
class Bounds:
    """At most so many bytes are read, in so many seconds altogether; `silence_s` without a word is silence."""

    most_bytes: int = 1024 * 1024
    seconds: float = 15.0
    silence_s: float = 10.0


@dataclass
class Came:
    """What came. `cut`: why `body` is not whole. `jar`: the cookies that the answer sets."""

    ended: Ended
    why: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: str = ""
    ms: float = 0.0
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)


def send(
    method: str,
    address: str,
    headers: Mapping[str, str],
    body: bytes | None,
    bounds: Bounds,
    authority: Path | None = None,
) -> Came:
    """Sends one request. Never raises for what the other side does. `authority`: a file of one more to trust.

    Reads in a thread of its own: a server that sends its headers byte by byte keeps no one waiting.
    """
    started = time.monotonic()
    done: queue.Queue[Came] = queue.Queue()

    def work() -> None:
        done.put(_sent(method, address, headers, body, bounds, started + bounds.seconds, authority))

    threading.Thread(target=work, daemon=True, name="probe").start()
    try:
        came = done.get(timeout=bounds.seconds + 0.5)
    except queue.Empty:
        came = Came(Ended.SILENT, f"không trả lời xong trong {bounds.seconds:g} giây")
    came.ms = round((time.monotonic() - started) * 1000, 1)
    return came


def _sent(
    method: str,
    address: str,
    headers: Mapping[str, str],
    body: bytes | None,
    bounds: Bounds,
    deadline: float,
    authority: Path | None,
) -> Came:
    try:
        request = urllib.request.Request(ascii_address(address), data=body, headers=dict(headers), method=method)
        response = open_once(request, max(0.1, min(bounds.silence_s, deadline - time.monotonic())), authority)
    except urllib.error.HTTPError as error:
        response = error
    except (OSError, http.client.HTTPException, ValueError) as error:
        silent = isinstance(getattr(error, "reason", error), TimeoutError)
        if silent:
            return Came(Ended.SILENT, f"im lặng quá {bounds.silence_s:g} giây")
        ended = Ended.DISTRUSTED if distrust_of(error) else Ended.DROPPED
        return Came(ended, said_of(error))
    with response:
        came = Came(Ended.ANSWERED, status=int(response.status or 0), headers=tuple(response.headers.items()))
        came.jar.extract_cookies(response, request)
        came.body, came.cut = _read(response, bounds.most_bytes, deadline)
    return came


def _read(response: Any, most: int, deadline: float) -> tuple[bytes, str]:
    """(the body as far as it was read, why it is not whole)."""
    coding = (response.headers.get("Content-Encoding") or "").strip().lower()
    unpack = zlib.decompressobj(wbits=47) if coding in ("gzip", "x-gzip", "deflate") else None
    body = b""
    try:
        while part := response.read1(CHUNK):
            body += unpack.decompress(part, most + 1 - len(body)) if unpack else part
            if len(body) > most:
                return body[:most], f"chỉ đọc {most} byte đầu"
            if time.monotonic() > deadline:
                return body, "không tải xong trong thời hạn"
        announced = response.headers.get("Content-Length") or ""
        if not unpack and announced.isdigit() and len(body) < int(announced) and response.status not in (204, 304):
            return body, f"đứt giữa chừng sau {len(body)} byte"
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        return body, f"đứt giữa chừng sau {len(body)} byte: {said_of(error)}"
    return body, ""
