"""Which addresses a source list of a Content-Security-Policy lets in (CSP Level 3, §6.7.2)."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

KEYWORDS = re.compile(r"'.*'")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
HOST = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*)(?::(?P<port>\d+|\*))?(?P<path>/[^?#]*)?",
    re.I,
)
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
UPGRADES = {"http": ("http", "https"), "ws": ("ws", "wss", "http", "https"), "wss": ("wss", "https")}


def lets_in(sources: tuple[str, ...], address: str, page: str) -> str:
    """The first of the sources that lets `address` in on the page at `page`; empty when none does."""
    return next((source for source in sources if _matches(source, address, page)), "")


def _matches(source: str, address: str, page: str) -> bool:
    target, own = urlsplit(address), urlsplit(page)
    if source == "*":
        return target.scheme in PORTS or target.scheme == own.scheme
    if source == "'self'":
        return _origin(address) == _origin(page)
    if KEYWORDS.fullmatch(source):
        return False
    if SCHEME.fullmatch(source):
        return target.scheme in UPGRADES.get(source[:-1].lower(), (source[:-1].lower(),))
    found = HOST.fullmatch(source)
    if not found or not target.hostname:
        return False
    scheme = (found["scheme"] or own.scheme).lower()
    if target.scheme not in UPGRADES.get(scheme, (scheme,)):
        return False
    return (
        _host_matches(found["host"].lower(), target.hostname)
        and _port_matches(found["port"], scheme, target.scheme, target.port)
        and _path_matches(found["path"] or "", target.path)
    )


def _host_matches(pattern: str, host: str) -> bool:
    if pattern == "*":
        return True
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _port_matches(pattern: str | None, scheme: str, target_scheme: str, port: int | None) -> bool:
    number = port or PORTS.get(target_scheme)
    if pattern == "*":
        return True
    if pattern is None:
        return number == PORTS.get(target_scheme)
    return int(pattern) == number or (int(pattern) == 80 and number == 443)


def _path_matches(pattern: str, path: str) -> bool:
    if pattern in ("", "/"):
        return True
    wanted, given = unquote(pattern), unquote(path)
    return given.startswith(wanted) if wanted.endswith("/") else given == wanted


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)
