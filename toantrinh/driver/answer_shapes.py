"""What kind of answer it is, by its status and headers; and the table in which each set of headers stands once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Response

KEPT = (
    "content-security-policy",
    "content-security-policy-report-only",
    "x-frame-options",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "feature-policy",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "cross-origin-resource-policy",
    "strict-transport-security",
    "cache-control",
    "pragma",
    "vary",
    "content-disposition",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "server",
    "x-powered-by",
)
LONGEST = 4_000  # characters of one header
MOST_SHAPES = 80
NONCE = re.compile(r"'nonce-([A-Za-z0-9+/_-]+={0,2})'", re.I)  # CSP3 §2.3.1
FILE_NAME = re.compile(r"filename\*?=[^;]*", re.I)
BODILESS = (204, 205, 304)
KEEPABLE = (200, 203, 206, 404, 410)  # of the statuses that may be kept without a word, those that carry content
HTML = ("text/html", "application/xhtml+xml")
LIVING = ("document", "xhr", "fetch")
READABLE = (*HTML, "application/json", "text/plain", "text/xml", "application/xml", "application/problem+json")


class Shapes:
    """Sets of headers, each once."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, str], ...], int] = {}

    def place(self, headers: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
        """The place of these headers in the table, and the nonces of their policies, each once.

        When the table is full, the place is -1: the headers are not known, which does not mean that there were none.
        """
        kept = {name: headers[name][:LONGEST] for name in KEPT if name in headers}
        nonces = tuple(dict.fromkeys(NONCE.findall(kept.get("content-security-policy", ""))))
        for name in ("content-security-policy", "content-security-policy-report-only"):
            if name in kept:
                kept[name] = NONCE.sub("'nonce-seen'", kept[name])
        if "content-disposition" in kept:  # the name of a file may be a person's
            kept["content-disposition"] = FILE_NAME.sub("filename=…", kept["content-disposition"])
        shape = tuple(sorted(kept.items()))
        if shape not in self._known and len(self._known) >= MOST_SHAPES:
            return -1, nonces
        return self._known.setdefault(shape, len(self._known)), nonces

    def table(self) -> tuple[dict[str, str], ...]:
        """All of them, in the order of their places."""
        return tuple(dict(shape) for shape in self._known)


def is_redirect(response: Response) -> bool:
    """True for an answer that only sends the browser elsewhere."""
    return 300 <= response.status < 400 and response.status != 304


def is_document(response: Response) -> bool:
    """True for what a window or a frame was sent to."""
    return response.request.resource_type == "document"


def is_html(response: Response, headers: Mapping[str, str]) -> bool:
    """True for a document that the browser shows as HTML."""
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    shown = not headers.get("content-disposition", "").strip().lower().startswith("attachment")
    return is_document(response) and shown and kind in HTML and not is_redirect(response)


def lacks_words(headers: Mapping[str, str]) -> bool:
    """True for headers that leave something open which the document may say itself, in its meta elements."""
    policy = headers.get("content-security-policy", "").lower()
    limits = ("script-src" in policy or "default-src" in policy) and "base-uri" in policy
    return not limits or "'unsafe-inline'" in policy or "referrer-policy" not in headers


def is_top(response: Response) -> bool:
    """True for an answer to the top frame of a window."""
    try:
        return response.request.frame.parent_frame is None
    except Exception:  # a window that is just being opened has no frame yet
        return True


def is_shown(response: Response) -> bool:
    """True while the frame still shows this document."""
    try:
        return response.request.frame.url.split("#")[0] == response.url.split("#")[0]
    except Exception:  # a window that is just being opened has no frame yet
        return False


def has_body(response: Response, headers: Mapping[str, str]) -> bool:
    """True when the answer surely carries content for the browser: neither its status nor its headers deny it."""
    if response.request.method in ("HEAD", "OPTIONS") or response.status < 200 or response.status in BODILESS:
        return False
    if is_redirect(response) or headers.get("content-length", "").strip() == "0":
        return False
    return any(name in headers for name in ("content-type", "content-length", "content-encoding"))


def may_be_shared(response: Response, headers: Mapping[str, str]) -> bool:
    """True for readable content that a shared cache may keep and give to others (RFC 9111 §3, §3.5)."""
    request = response.request
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    if request.method != "GET" or response.status not in KEEPABLE or request.resource_type not in LIVING:
        return False
    if not (kind in READABLE or kind.endswith("+json") or kind == "application/pdf"):
        return False
    leave = keeps_shared(headers)
    if "authorization" in request.headers:
        return any(word in leave for word in ("public", "s-maxage", "must-revalidate"))
    return leave != ""


def keeps_shared(headers: Mapping[str, str]) -> str:
    """What lets a shared cache keep the answer and give it to others, in words; empty where it may not.

    With `no-cache` or no time it has to ask the system first; what varies by cookie is given to nobody else. Silence
    lets it guess (RFC 9111 §4.1, §4.2.2, §5.2.2).
    """
    said = [part.strip().lower() for part in headers.get("cache-control", "").split(",") if part.strip()]
    times = dict(part.split("=", 1) for part in said if "=" in part)
    if {part.split("=")[0].strip() for part in said} & {"no-store", "private", "no-cache"}:
        return ""
    if {part.strip().lower() for part in headers.get("vary", "").split(",")} & {"*", "cookie", "authorization"}:
        return ""
    if times.get("s-maxage", times.get("max-age", "")).strip('" ') == "0":
        return ""
    if said:
        return f"Cache-Control: {', '.join(said)}"
    return "" if "no-cache" in headers.get("pragma", "").lower() else "không có Cache-Control"
