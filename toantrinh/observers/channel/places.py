"""Where the channel is looked at: host and port for TLS, and the address where a citizen would come by plain HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from toantrinh.observers.channel.handshake import Host
from toantrinh.system_model import System

HTTPS_PORT, HTTP_PORT = 443, 80


def own_place(system: System, pages: Iterable[str] = ()) -> Host | None:
    """Where the system itself speaks TLS: by its base address, else by the addresses of pages that were seen.

    A system on this machine that is reached by plain HTTP has no channel that anybody could listen to: None.
    """
    for address in (system.base_url, *pages):
        parts = urlsplit(address)
        if parts.scheme == "https" and parts.hostname == urlsplit(system.base_url).hostname:
            return Host(system.host, parts.port or HTTPS_PORT)
    return None if system.is_loopback else Host(system.host, HTTPS_PORT)


def further_places(system: System) -> tuple[Host, ...]:
    """The further hosts of the file, at the usual port. None of a system on this machine: its ports are anybody's."""
    if system.is_loopback:
        return ()
    return tuple(Host(name, HTTPS_PORT) for name in system.hosts if name != system.host)


def runs_it(host: str, system: System) -> bool:
    """True when whoever runs the system runs this host, too: it is its own, or one under the same name of a body.

    Hosts of one province (`sso.<name>.gov.vn` beside `dichvucong.<name>.gov.vn`) are; a bank's or the nation's are not.
    """
    if host == system.host or host.endswith(f".{system.host}"):
        return True
    body = system.host.partition(".")[2]
    return body.count(".") >= 2 and (host == body or host.endswith(f".{body}"))


def may_scan(host: str, system: System) -> bool:
    """True when a host may be asked for every version and suite: the system's own, else one that the authorisation to
    try intrusive probes covers. Of any other, what one handshake shows is enough."""
    if host == system.host:
        return True
    permission = system.authorisation
    covered = permission is not None and (permission.hosts is None or host in permission.hosts)
    return covered and system.may("intrusive")


def http_port(system: System, place: Host) -> int | None:
    """Where plain HTTP would be asked: as the file says, else beside the usual port of HTTPS; None: nobody can know."""
    if system.channel.http_port is not None:
        return system.channel.http_port
    base = urlsplit(system.base_url)
    if base.scheme == "http":
        return base.port or HTTP_PORT
    return HTTP_PORT if place.port == HTTPS_PORT else None  # beside a port of its own, 80 may be anybody's


def http_address(address: str, port: int) -> str:
    """The same page by plain HTTP, as somebody asks who types the address without https."""
    parts = urlsplit(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    netloc = host if port == HTTP_PORT else f"{host}:{port}"
    return parts._replace(scheme="http", netloc=netloc, fragment="").geturl()
