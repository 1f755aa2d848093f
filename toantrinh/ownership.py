"""Whose page an address shows: the system's own, or that of a party to which it sends us."""

from __future__ import annotations

from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


def at_home(address: str, base: str) -> bool:
    """True when both addresses are of one web server: the same host and port, plain or secure at their usual ports.

    An address that names no host, or cannot be read, is nobody's.
    """
    try:
        home, there = _server(base), _server(address)
    except ValueError:
        return False
    return there == home != ("", 0)


def _server(address: str) -> tuple[str, int]:
    """(host, port); the usual ports of http and https count as one."""
    parts = urlsplit(address)
    host, usual = parts.hostname or "", PORTS.get(parts.scheme)
    if not host or usual is None:
        return "", 0
    return host, 0 if parts.port in (None, usual) else parts.port
