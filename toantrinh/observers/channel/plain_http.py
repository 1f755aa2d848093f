"""What plain HTTP answers at the addresses of the pages that were seen: hop by hop, until HTTPS or until it ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urldefrag, urlsplit

from toantrinh.observations.channel import Answer, EntryFacts, PlainFacts
from toantrinh.observers.channel.handshake import Host
from toantrinh.observers.channel.patience import Patience
from toantrinh.observers.channel.places import http_address
from toantrinh.observers.channel.tls import PLENTY, greeting
from toantrinh.observers.prober.answer import Answer as Said
from toantrinh.observers.prober.likeness import alike, title_of
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.system_model import System

MOST_HOPS = 5
UNKNOWN_PORT = "hệ thống chạy ở cổng riêng và không ai nêu cổng http của nó (channel.http_port, hoặc --http-port)"
TO_HTTPS = re.compile(
    r"""(?:location(?:\.href|\.protocol)?\s*=\s*|location\.(?:replace|assign)\(\s*)["'`]https:"""
    r"""|location\.href\.replace\(|http-equiv\s*=\s*["']?refresh[^<>]{1,200}?url\s*=\s*["']?https:""",
    re.I,
)


def plain_of(
    place: Host,
    port: int | None,
    pages: Mapping[str, Sequence[str]],
    titles: Mapping[str, str],
    prober: Prober,
    patience: Patience = PLENTY,
) -> PlainFacts:
    """What the host says to plain HTTP. `pages`: address → the pages, in words, that it is of; `titles`: of these.

    Every address is asked once; a page that comes is compared with the one that HTTPS gives. No redirect is followed
    beyond HTTPS or to a host that the file does not name.
    """
    if port is None:
        return PlainFacts(host=place.name, port=None, answer=Answer.UNREACHED, why=UNKNOWN_PORT)
    answer, why = greeting(Host(place.name, port), patience, prober.spend)
    if answer is not Answer.PLAIN:
        return PlainFacts(host=place.name, port=port, answer=answer, why=why, spent=prober.record().spent)
    entries = tuple(
        _entry(address, tuple(names), http_address(address, port), titles.get(address, ""), prober)
        for address, names in pages.items()
    )
    prober.settle()
    record = prober.record()
    by_number = {exchange.number: exchange for exchange in record.exchanges}  # a ban may have taken some back
    entries = tuple(
        one.model_copy(update={"hops": tuple(by_number[hop.number] for hop in one.hops)}) for one in entries
    )
    facts = PlainFacts(host=place.name, port=port, answer=Answer.PLAIN, entries=entries)
    return facts.model_copy(update={"spent": record.spent, "stopped": record.stopped})


def _entry(address: str, names: tuple[str, ...], start: str, title: str, prober: Prober) -> EntryFacts:
    who = nobody()
    hops: list[Said] = []
    asked: set[tuple[str, tuple[str, ...]]] = set()
    here, circle = start, False
    while here:
        hops.append(prober.ask(who, here, f"{', '.join(names)} bằng http"))
        here = hops[-1].onward
        if not _by_http(here, prober.system):
            break
        key = (urldefrag(here)[0], tuple(sorted(who.cookies(here))))  # with new cookies it is another question
        circle = key in asked or len(hops) >= MOST_HOPS
        if circle:
            break
        asked.add(key)
    last = hops[-1]
    seen = EntryFacts(
        pages=names,
        address=address,
        http_address=start,
        hops=tuple(hop.exchange for hop in hops),
        onward=here,
        circle=circle,
    )
    if here or not last.ok:
        return seen
    same, by_script = _compared(address, last, title, prober), _leads_on(last.text)
    return seen.model_copy(update={"same_page": same, "by_script": by_script})


def _by_http(address: str, system: System) -> bool:
    """True for a plain address at a host that the file names; False, too, for what no browser can read."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "http" and parts.hostname in system.allowed_hosts and parts.port != 0
    except ValueError:
        return False


def _compared(address: str, came: Said, title: str, prober: Prober) -> bool | None:
    """Whether what came over plain HTTP is the page that HTTPS gives at the same address."""
    if title and " ".join(title.split()) == title_of(came.text):
        return True
    secure = prober.ask(nobody(), address, "cùng trang bằng https, để so")
    return alike(came.text, secure.text, came.address, secure.address) if secure.ok else None


def _leads_on(source: str) -> bool:
    """True for a page that sends the citizen on to HTTPS by itself."""
    return bool(TO_HTTPS.search(source))
