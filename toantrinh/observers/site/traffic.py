"""What a page's requests brought: answers with the headers that matter, failures, errors, cookies without values."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from toantrinh.driver.answer_shapes import is_top
from toantrinh.observations.site import CookieFacts, ResourceFacts

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

MOST = 300
SAME_SITE = re.compile(r";\s*samesite\s*=\s*(strict|lax|none)", re.I)
SECRET_VALUE = re.compile(r"[\w.\-~+/=%]{16,}")
PRIVATE_HEADERS = ("set-cookie", "authorization", "proxy-authorization", "www-authenticate")


class Traffic:
    """Listens to one page from its making. Nothing is asked of the browser inside the event handlers."""

    def __init__(self, page: Page) -> None:
        self._responses: list[Response] = []
        self._failed: list[Request] = []
        self.console: list[str] = []
        page.on("response", lambda response: self._responses.append(response))
        page.on("requestfailed", lambda request: self._failed.append(request))
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.console.append(f"error: {error.message[:300]}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(f"{message.type}: {message.text[:300]}")

    def document_headers(self, address: str) -> dict[str, str]:
        """Headers (lower-case names, no cookies) with which the page at `address` was delivered; empty when unknown.

        A script may have given the page another address of the same origin since (HTML, history.replaceState): then
        it is the last document of the window.
        """
        bare = address.split("#")[0]
        documents = [
            response
            for response in reversed(self._responses)
            if response.request.is_navigation_request() and not 300 <= response.status < 400
        ]
        same = [response for response in documents if response.url.split("#")[0] == bare]
        last = [response for response in documents if is_top(response)][:1]
        found = same or [response for response in last if urljoin(response.url, "/") == urljoin(address, "/")]
        if not found:
            return {}
        return {k.lower(): v for k, v in found[0].headers.items() if k.lower() not in PRIVATE_HEADERS}

    def same_site(self) -> dict[str, str]:
        """The SameSite attribute of each cookie that a page set (the last time counts); empty when it set none."""
        from playwright.sync_api import Error

        found: dict[str, str] = {}
        for response in self._responses:
            if not response.request.is_navigation_request():
                continue
            try:
                headers = response.headers_array()
            except Error:
                continue
            for header in headers:
                if header["name"].lower() == "set-cookie":
                    name = header["value"].split("=", 1)[0].strip()
                    said = SAME_SITE.search(header["value"])
                    found[name] = said.group(1).capitalize() if said else ""
        return found

    def resources(self, sizes: Mapping[str, tuple[int, int]]) -> tuple[ResourceFacts, ...]:
        """The answers so far, at most 300. `sizes`: (sent, decoded) bytes by address, as the browser measured them."""
        return tuple(_resource(one, sizes) for one in self._responses[:MOST] if one.url.startswith("http"))

    def blocked(self) -> tuple[str, ...]:
        """Requests that came to nothing, and the browser's word for it."""
        return tuple(f"{request.url} ({request.failure or 'failed'})" for request in self._failed[:50])


def _resource(response: Response, sizes: Mapping[str, tuple[int, int]]) -> ResourceFacts:
    headers = {name.lower(): value for name, value in response.headers.items()}
    sent, body = sizes.get(response.url.split("#")[0], (None, None))
    return ResourceFacts(
        address=response.url,
        kind=response.request.resource_type,
        status=response.status,
        content_type=headers.get("content-type", ""),
        encoding=headers.get("content-encoding", ""),
        cache_control=headers.get("cache-control", ""),
        expires_in_s=_expires_in(headers),
        validator="etag" in headers or "last-modified" in headers,
        nosniff=headers.get("x-content-type-options", "").strip().lower() == "nosniff",
        server=headers.get("server", ""),
        sent_bytes=sent,
        body_bytes=body,
    )


def _expires_in(headers: Mapping[str, str]) -> float | None:
    try:
        end, now = (parsedate_to_datetime(headers[name]) for name in ("expires", "date"))
        return (end - now).total_seconds()
    except (KeyError, ValueError, TypeError):
        return None


def cookies_of(context: BrowserContext, address: str, same_site: Mapping[str, str]) -> tuple[CookieFacts, ...]:
    """The cookies that the browser would send to `address`. `same_site`: what was seen to be set, by name.

    The browser itself tells its own default where the system set nothing.
    """
    now = time.time()
    return tuple(
        CookieFacts(
            name=cookie["name"],
            domain=cookie.get("domain", urlsplit(address).hostname or ""),
            path=cookie.get("path", "/"),
            secure=bool(cookie.get("secure")),
            http_only=bool(cookie.get("httpOnly")),
            same_site=same_site.get(cookie["name"], str(cookie.get("sameSite", ""))),
            lifetime_s=None if cookie.get("expires", -1) < 0 else round(cookie["expires"] - now),
            opaque=bool(SECRET_VALUE.fullmatch(cookie.get("value", ""))),
        )
        for cookie in context.cookies(address)
    )
