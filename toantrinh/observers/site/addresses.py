"""Asks the system's resolver for the addresses of a host: IPv4 (A) and IPv6 (AAAA)."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable

from toantrinh.observations.addresses import AddressFacts, NameKind

LIMIT_S = 10.0
# A name with an AAAA record since 2008: a resolver that has none of it gives none of anybody (RFC 8806 names the root).
CONTROL = "a.root-servers.net"
# Addresses that a resolver makes up out of IPv4 for its own network (RFC 6147, RFC 8215).
MADE_UP = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, family: int) -> list[str]:
    """The addresses of a host in one family, by the system's resolver; none when the name has none there.

    Raises OSError when the resolver does not answer within 10 s, or not to the question.
    """
    done: queue.Queue[list[str] | OSError] = queue.Queue()
    threading.Thread(target=lambda: done.put(_asked(host, family)), daemon=True, name="resolve").start()
    try:
        got = done.get(timeout=LIMIT_S)
    except queue.Empty:
        raise TimeoutError(f"bộ phân giải tên miền im lặng quá {LIMIT_S:g} giây") from None
    if isinstance(got, OSError):
        raise got
    return got


def _asked(host: str, family: int) -> list[str] | OSError:
    none = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME), getattr(socket, "EAI_ADDRFAMILY", 0)}
    try:
        # With the dot at its end the name is whole: no search domain of our network is tried.
        found = socket.getaddrinfo(f"{host.rstrip('.')}.", 443, family, socket.SOCK_STREAM)
    except socket.gaierror as error:
        return [] if error.errno in none else error
    except (OSError, UnicodeError) as error:
        return error if isinstance(error, OSError) else OSError(str(error))
    return list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))


def addresses_of(host: str, ask: Resolve = resolve) -> AddressFacts:
    """The addresses of `host`. `ask` gives those of a name in a family, and raises OSError when nobody answers."""
    if _is_literal(host):
        return AddressFacts(host=host, kind=NameKind.LITERAL, why=f"{host} là địa chỉ, không phải tên miền")
    try:
        ipv4, found = ask(host, socket.AF_INET), ask(host, socket.AF_INET6)
    except OSError as error:
        return AddressFacts(host=host, kind=NameKind.UNHEARD, why=f"không phân giải được tên miền: {error}")
    own = [address for address in found if ipaddress.ip_address(address).is_global and not _made_up(address)]

    def facts(kind: NameKind, why: str = "") -> AddressFacts:
        return AddressFacts(host=host, kind=kind, ipv4=tuple(ipv4), ipv6=tuple(found), why=why)

    if own:
        return facts(NameKind.PUBLISHED)
    if not ipv4:
        return facts(NameKind.UNHEARD, "bộ phân giải của máy đo không biết tên miền này")
    if not any(ipaddress.ip_address(address).is_global for address in ipv4):
        return facts(NameKind.INTERNAL, f"tên miền trỏ tới địa chỉ nội bộ {ipv4[0]} trong mạng của máy đo")
    if any(_made_up(address) for address in found):
        return facts(NameKind.UNHEARD, "mạng của máy đo tự tạo địa chỉ IPv6 (DNS64)")
    try:
        gives = bool(ask(CONTROL, socket.AF_INET6))
    except OSError:
        gives = False
    if not gives:
        return facts(NameKind.UNHEARD, "bộ phân giải của máy đo không trả bản ghi AAAA của tên miền nào")
    return facts(NameKind.NONE)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost") or "." not in host
    return True


def _made_up(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return isinstance(parsed, ipaddress.IPv6Address) and (
        parsed.ipv4_mapped is not None or any(parsed in network for network in MADE_UP)
    )
