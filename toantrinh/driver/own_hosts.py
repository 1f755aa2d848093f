"""Which answers are the system's own, and which are those of parties that it only sends us to."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from toantrinh.system_model import System, is_loopback

# Second levels under which .vn names are registered (Thông tư 24/2015/TT-BTTTT, Điều 6).
SHARED = frozenset(
    ("com", "biz", "edu", "gov", "net", "org", "int", "ac", "pro", "info", "health", "name", "io", "ai", "id")
)


class OwnHosts:
    """The hosts of a system: that of its address, those under it, and those its file names in the same domain.

    On this machine every port is a party of its own.
    """

    def __init__(self, base_url: str, allowed: frozenset[str]) -> None:
        parts = urlsplit(base_url)
        self._netloc, self._host = parts.netloc, parts.hostname or ""
        self._local = is_loopback(base_url)
        domain = registered_domain(self._host)
        self._hosts = {self._host} | {host for host in allowed if domain and registered_domain(host) == domain}

    @classmethod
    def of(cls, system: System) -> OwnHosts:
        """The hosts of this system."""
        return cls(system.base_url, system.allowed_hosts)

    def __contains__(self, address: object) -> bool:
        """True for an address whose answer is the system's."""
        parts = urlsplit(str(address))
        if parts.scheme not in ("http", "https"):
            return False
        if self._local:
            return parts.netloc == self._netloc
        host = parts.hostname or ""
        return host in self._hosts or host.endswith(f".{self._host}")

    def takes(self, domain: str) -> bool:
        """True for a cookie of this domain that the browser would send to one of these hosts."""
        bare = domain.lstrip(".").lower()
        return any(host == bare or host.endswith(f".{bare}") or bare.endswith(f".{host}") for host in self._hosts)


def registered_domain(host: str) -> str:
    """The part of a host's name that one body registered: tinh.gov.vn, example.vn; empty for an address."""
    try:
        ipaddress.ip_address(host)
        return ""
    except ValueError:
        pass
    labels = host.lower().rstrip(".").split(".")
    if len(labels) < 2:
        return ""
    kept = 3 if len(labels) > 2 and labels[-1] == "vn" and labels[-2] in SHARED else 2
    return ".".join(labels[-kept:])
