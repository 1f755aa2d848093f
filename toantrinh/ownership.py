"""Whose page an address shows: the system's own, or that of a party to which it sends us."""

from __future__ import annotations

from urllib.parse import urlsplit

from toantrinh.system_model import is_loopback

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


def left_to_http(address: str, base: str) -> bool:
    """True for plain HTTP at the host of a system that is on this machine and speaks HTTPS: whatever port it has there
    stands for the usual one."""
    try:
        home, there = urlsplit(base), urlsplit(address)
        same = home.hostname == there.hostname
    except ValueError:
        return False
    return same and (home.scheme, there.scheme) == ("https", "http") and is_loopback(base)


def _server(address: str) -> tuple[str, int]:
    """(host, port); the usual ports of http and https count as one."""
    parts = urlsplit(address)
    host, usual = parts.hostname or "", PORTS.get(parts.scheme)
    if not host or usual is None:
        return "", 0
    return host, 0 if parts.port in (None, usual) else parts.port
