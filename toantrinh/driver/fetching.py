"""Fetching one file with the cookies of a browser context: streamed, bounded in bytes and in time, hop by hop."""

from __future__ import annotations

import http.client
import http.cookiejar
import queue
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from toantrinh.system_model import is_loopback

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

MOST_BYTES = 25 * 1024 * 1024
LIMIT_S = 30.0
SILENCE_S = 10.0  # a server that says nothing for so long has stopped
MOST_HOPS = 6
CHUNK = 64 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
PASSING = (500, 502, 503, 504)  # statuses that a second request may mend
RETRY_PAUSE_S = 1.0


@dataclass(frozen=True)
class Fetched:
    """What came. `why` says in one line why `content` is not the whole file (then empty); `status` None: no answer.

    `notes` are for the record: that it was asked for twice. `address`: the last one that was come to.
    """

    status: int | None
    content: bytes = b""
    kind: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Limits:
    """At most so many bytes, in so many seconds altogether."""

    most_bytes: int = MOST_BYTES
    seconds: float = LIMIT_S


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def fetch(
    context: BrowserContext,
    address: str,
    allowed_hosts: frozenset[str],
    *,
    agent: str = "toantrinh",
    limits: Limits = Limits(),
) -> Fetched:
    """GETs `address` as the context would, each redirect checked against `allowed_hosts` before it is followed.

    A status of 500, 502, 503 or 504 is asked for once more after a pause. Never raises for what the other side does.
    """
    deadline = time.monotonic() + limits.seconds
    notes: list[str] = []
    for _ in range(MOST_HOPS):
        host = urlsplit(address).hostname or ""
        if urlsplit(address).scheme not in ("http", "https") or host not in allowed_hosts:
            why = f"máy chủ {host or address} không có trong hosts"
            return Fetched(None, why=why, notes=tuple(notes), address=address)
        answer, onward = _one_hop(context, address, agent, limits.most_bytes, deadline)
        if answer.status in PASSING and not notes:
            notes.append(f"GET {urlsplit(address).path} trả {answer.status}: hỏi lại một lần")
            threading.Event().wait(RETRY_PAUSE_S)
            answer, onward = _one_hop(context, address, agent, limits.most_bytes, deadline)
        if not onward:
            return Fetched(answer.status, answer.content, answer.kind, answer.why, tuple(notes), address)
        address = urljoin(address, onward)
    return Fetched(None, why=f"chuyển hướng quá {MOST_HOPS} lần", notes=tuple(notes), address=address)


def _one_hop(
    context: BrowserContext, address: str, agent: str, most_bytes: int, deadline: float
) -> tuple[Fetched, str]:
    """(what came, where it leads on: empty when nowhere). The answer's cookies go back into the context."""
    jar = http.cookiejar.CookieJar()
    request = urllib.request.Request(ascii_address(address), headers={"User-Agent": agent, "Accept": "*/*"})
    if cookies := context.cookies(address):
        request.add_header("Cookie", "; ".join(f"{c['name']}={c['value']}" for c in cookies))
    answer = _within(lambda: _read(request, jar, most_bytes, deadline), deadline)
    keep_cookies(context, jar)
    return answer


def _within(read: Callable[[], tuple[Fetched, str]], deadline: float) -> tuple[Fetched, str]:
    """Reads in a thread of its own: a server that sends its headers byte by byte keeps no one waiting."""
    done: queue.Queue[tuple[Fetched, str]] = queue.Queue()
    threading.Thread(target=lambda: done.put(read()), daemon=True, name="fetch").start()
    try:
        return done.get(timeout=max(0.1, deadline + 0.5 - time.monotonic()))
    except queue.Empty:
        return Fetched(None, why="không tải xong trong thời hạn"), ""


def _read(
    request: urllib.request.Request, jar: http.cookiejar.CookieJar, most_bytes: int, deadline: float
) -> tuple[Fetched, str]:
    try:
        response = open_once(request, max(0.1, min(SILENCE_S, deadline - time.monotonic())))
    except urllib.error.HTTPError as error:
        response = error
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Fetched(None, why=said_of(error)), ""
    with response:
        jar.extract_cookies(response, request)
        status, headers = int(response.status or 0), response.headers
        kind = headers.get("Content-Type", "")
        if status in REDIRECTS and headers.get("Location"):
            return Fetched(status), str(headers["Location"])
        announced = headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > most_bytes:
            return Fetched(status, kind=kind, why=_too_large(most_bytes)), ""
        return _body(response, status, kind, most_bytes, deadline), ""


def _body(response: Any, status: int, kind: str, most_bytes: int, deadline: float) -> Fetched:
    parts: list[bytes] = []
    size = 0
    try:
        while part := response.read1(CHUNK):
            size += len(part)
            if size > most_bytes:
                return Fetched(status, kind=kind, why=_too_large(most_bytes))
            if time.monotonic() > deadline:
                return Fetched(status, kind=kind, why="không tải xong trong thời hạn")
            parts.append(part)
        announced = response.headers.get("Content-Length", "")
        if announced.isdigit() and size < int(announced):
            return Fetched(status, kind=kind, why=f"đứt giữa chừng sau {size} byte")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Fetched(status, kind=kind, why=f"đứt giữa chừng sau {size} byte: {said_of(error)}")
    return Fetched(status, b"".join(parts), kind)


def open_once(request: urllib.request.Request, timeout_s: float, authority: Path | None = None) -> Any:
    """The response to one request, no redirect followed. Raises HTTPError for a status of 300 and more, OSError,
    HTTPException and ValueError when there is none. `authority`: a file (PEM) of one more authority to trust."""
    return _opener(is_loopback(request.full_url), authority).open(request, timeout=timeout_s)


def distrust_of(error: BaseException) -> str:
    """Why the certificate is not trusted, in one line; empty when that is not what was wrong."""
    reason = getattr(error, "reason", error)
    if not isinstance(reason, ssl.SSLCertVerificationError):
        return ""
    return f"máy đo không tin chứng thư của hệ thống ({reason.verify_message})"


@cache
def _opener(local: bool, authority: Path | None) -> urllib.request.OpenerDirector:
    """Reading the machine's list of trusted authorities takes longer than most answers: once for the process."""
    trust = ssl.create_default_context()
    if authority is not None:
        trust.load_verify_locations(cafile=authority)
    if local:  # a system on this machine may show a certificate of its own
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    proxies, secure = urllib.request.ProxyHandler({} if local else None), urllib.request.HTTPSHandler(context=trust)
    return urllib.request.build_opener(proxies, secure, _NoRedirect)


def keep_cookies(context: BrowserContext, jar: http.cookiejar.CookieJar) -> None:
    """Gives a browser context the cookies of a jar."""
    from playwright.sync_api import Error

    for cookie in list(jar):
        host = cookie.domain.removesuffix(".local") if cookie.domain == "localhost.local" else cookie.domain
        try:
            context.add_cookies(
                [
                    {
                        "name": cookie.name,
                        "value": cookie.value or "",
                        "domain": host,
                        "path": cookie.path,
                        "expires": float(cookie.expires) if cookie.expires else -1,
                        "secure": bool(cookie.secure),
                        "httpOnly": cookie.has_nonstandard_attr("HttpOnly"),
                    }
                ]
            )
        except Error:
            continue  # a cookie that the browser itself would refuse


def ascii_address(address: str) -> str:
    """An address as it goes over the wire: without its fragment, letters beyond ASCII encoded; no `%` is touched."""
    return quote(urldefrag(address)[0], safe="%/:=&?~+!$,;'@()*[]")


def said_of(error: BaseException) -> str:
    """Why no answer came, in one line."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return f"im lặng quá {SILENCE_S:g} giây"
    if distrusted := distrust_of(error):
        return distrusted
    return " ".join(str(getattr(reason, "strerror", None) or reason).split())[:200] or type(error).__name__


def _too_large(most_bytes: int) -> str:
    return f"lớn hơn {most_bytes // (1024 * 1024)} MiB nên không tải hết"
