"""Reads Set-Cookie as a browser does, and keeps everything but the value."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime

from toantrinh.observations.http_answers import CookieSet

SECRET_VALUE = re.compile(r"[\w.\-~+/=%]{16,}")
SAME_SITE = {"strict": "Strict", "lax": "Lax", "none": "None"}


def is_opaque(value: str) -> bool:
    """True for a value that may be a secret: sixteen characters or more of which numbers and tokens are made."""
    return bool(SECRET_VALUE.fullmatch(value))


def read_set_cookie(header: str, default_path: str = "/") -> CookieSet | None:
    """One Set-Cookie header (RFC 6265 §5.2); None when it names no cookie. The last attribute of a name counts."""
    pair, *rest = header.split(";")
    name, equals, value = (part.strip() for part in pair.partition("="))
    if not equals or not name:
        return None
    said: dict[str, str] = {}
    for part in rest:
        key, _, given = part.partition("=")
        said[key.strip().lower()] = given.strip()
    path = said.get("path", "")
    return CookieSet(
        name=name,
        domain=said.get("domain", "").lstrip(".").lower(),
        path=path if path.startswith("/") else default_path,
        secure="secure" in said,
        http_only="httponly" in said,
        same_site=SAME_SITE.get(said.get("samesite", "").lower(), ""),
        lifetime_s=_lifetime(said),
        opaque=is_opaque(value.strip('"')),
    )


def default_path(path: str) -> str:
    """The path of a cookie that was set without one by an answer at `path` (RFC 6265 §5.1.4)."""
    return path.rsplit("/", 1)[0] or "/" if path.startswith("/") else "/"


def _lifetime(said: dict[str, str]) -> float | None:
    """Seconds by Max-Age, which goes before Expires; None for a cookie that ends with the browser."""
    if re.fullmatch(r"-?\d+", said.get("max-age", "")):
        return float(said["max-age"])
    try:
        return round(parsedate_to_datetime(said["expires"].replace("-", " ")).timestamp() - time.time())
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
