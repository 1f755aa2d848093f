"""Facts about the addresses that a host's name stands for in the DNS."""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.page import Facts


class NameKind(StrEnum):
    """What the system's resolver let us see of a host."""

    PUBLISHED = "published"  # it has an AAAA record of its own
    NONE = "none"  # it has an A record, and the resolver, which gives AAAA records of others, has none of it
    LITERAL = "literal"  # the host is an address, or this machine: there is no name
    INTERNAL = "internal"  # the name leads to a private address: what the world sees is not seen here
    UNHEARD = "unheard"  # no resolver answers, or it gives no AAAA record of anybody


class AddressFacts(Facts):
    """The addresses of one host as the system's resolver gives them, in order, and what they tell."""

    host: str
    kind: NameKind
    ipv4: tuple[str, ...] = ()
    ipv6: tuple[str, ...] = ()
    why: str = ""
