"""Cookies of a log-in that a browser has made, put where the generator's requests find them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from contextlib import suppress
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit


def jar_policy(base_url: str) -> DefaultCookiePolicy:
    """As browsers do: cookies marked as secure go over TLS alone, but to this machine over plain HTTP, too."""
    safe = ("https", "wss", "http") if _is_here(urlsplit(base_url).hostname or "") else ("https", "wss")
    return DefaultCookiePolicy(secure_protocols=safe)


def fill(jar: CookieJar, cookies: Iterable[Mapping[str, str | bool | float]]) -> None:
    """Empties the jar and puts these in: `name`, `value`, `domain`, `path`, `secure`, as a browser keeps them."""
    jar.clear()
    for one in cookies:
        domain = str(one.get("domain", ""))
        if "." not in domain:
            domain += ".local"  # so http.cookiejar calls hosts without a dot
        jar.set_cookie(
            Cookie(
                version=0, name=str(one["name"]), value=str(one["value"]), port=None, port_specified=False,
                domain=domain, domain_specified=domain.startswith("."), domain_initial_dot=domain.startswith("."),
                path=str(one.get("path", "/")), path_specified=True, secure=bool(one.get("secure", False)),
                expires=None, discard=True, comment=None, comment_url=None, rest={},
            )
        )  # fmt: skip


def _is_here(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")
