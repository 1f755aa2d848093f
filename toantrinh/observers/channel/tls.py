"""The look at one host and port: contact, certificate, trust, versions, suites; and whether it answers after that."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from toantrinh.observations.channel import Answer, ChannelFacts, Spoken, TrustFacts, VersionFacts
from toantrinh.observers.channel.by_ssl import versions_of
from toantrinh.observers.channel.by_sslyze import NoSslyze, read_scan, scan
from toantrinh.observers.channel.certificates import read_chain
from toantrinh.observers.channel.handshake import (
    Ended,
    Host,
    Shaken,
    connect,
    shake,
    short_curve_contexts,
    wide_context,
)
from toantrinh.observers.channel.patience import Count, Patience
from toantrinh.observers.channel.trust import named_trust, public_trust
from toantrinh.store import Attachments

PLENTY = Patience()
NO_SSLYZE = "không có sslyze trên máy đo"
CERTIFICATE_ALONE = "máy chủ này ngoài phạm vi được phép dò, nên chỉ xem chứng thư"
BANNED = "sau khi hỏi, máy chủ không bắt tay nữa: có thể đã chặn, nên lời từ chối không nói lên điều gì"


def channel_of(
    host: Host,
    attachments: Attachments,
    *,
    sslyze: tuple[str, ...] = (),
    authority: Path | None = None,
    canary: Host | None = None,
    connections: int = 4,
    patience: Patience = PLENTY,
    scans: bool = True,
    spend: Callable[[], str] = lambda: "",
) -> ChannelFacts:
    """Everything that is asked of one host and port, within `patience`. Never raises for what the other side does.

    `sslyze`: the command that starts it; without one the standard library asks. `connections`: how many there may be
    at once. `authority`: a file with authorities to trust beside those of this machine. `canary`: a host elsewhere,
    asked when the chain is not trusted: when its chain is not either, our own network may be at fault. `scans`: whether
    versions and suites are asked for; if not, the certificate and the trust in it are all. `spend`: as in Count.
    """
    count = Count(patience, spend=spend)
    seen = datetime.now(UTC).isoformat(timespec="seconds")
    first, answer, why = contact(host, count)
    facts = ChannelFacts(host=host.name, port=host.port, seen=seen, answer=answer, why=why)
    if answer not in (Answer.TLS, Answer.OTHER_TLS):
        return facts.model_copy(update={"handshakes": count.handshakes})
    try:
        chain = read_chain(first.chain)
    except ValueError as error:
        chain, why = (), f"không đọc được chứng thư: {error}"
    trusts = _trusts(host, authority, canary, count) if answer is Answer.TLS else {}
    if not scans:
        found = {"chain": chain, "why": why, "aside": CERTIFICATE_ALONE, **trusts}
        return facts.model_copy(update={**found, "handshakes": count.handshakes})
    versions, tool, aside, asked = _versions(host, sslyze, connections, count, attachments)
    if answer is Answer.TLS and _gone(host, count):
        versions = tuple(_doubted(one) for one in versions)
    found = {"chain": chain, "why": why, "versions": versions, "tool": tool, "aside": aside, **trusts}
    return facts.model_copy(update={**found, "handshakes": count.handshakes + asked})


def contact(host: Host, count: Count) -> tuple[Shaken, Answer, str]:
    """The first handshake, with everything offered; a connection that breaks is tried once more."""
    raw, answer, why = connect(host, count.patience.connect_s)
    if raw is None:
        return Shaken(Ended.UNCONNECTED, why), answer, why
    raw.close()
    first = shake(host, wide_context(), count)
    if first.ended in (Ended.BROKEN, Ended.UNCONNECTED):
        first = shake(host, wide_context(), count)
    if first.ended is Ended.ALERT:  # a key on a curve that nobody offers any more, to see the certificate at least
        tries = (shake(host, context, count) for context in short_curve_contexts())
        first = next((one for one in tries if one.ended is Ended.DONE), first)
    match first.ended:
        case Ended.DONE:
            return first, Answer.TLS, ""
        case Ended.ALERT | Ended.UNABLE:
            return first, Answer.OTHER_TLS, first.why
        case Ended.NO_TLS:
            plain = _says_http(host, count)
            return first, Answer.PLAIN if plain else Answer.STRANGE, plain or first.why
        case _:
            # A server of plain HTTP waits for the end of a line that never comes, or hangs up on what it cannot read.
            # One that waits for TLS may answer, too, but with 400.
            plain = _says_http(host, count)
            if plain and not plain.partition(" ")[2].startswith("400"):
                return first, Answer.PLAIN, plain
            return first, Answer.SILENT if first.ended is Ended.SILENT else Answer.DROPPED, first.why


def greeting(host: Host, patience: Patience, spend: Callable[[], str]) -> tuple[Answer, str]:
    """How a port answers one question in plain HTTP, and its status line, or why there is none.

    The question is one of the budget's, that `spend` gives; without one it is not asked.
    """
    raw, answer, why = connect(host, patience.connect_s)
    if raw is None:
        return answer, why
    with raw:
        if why := spend():
            return Answer.UNREACHED, f"không hỏi: {why}"
        raw.settimeout(patience.handshake_s)
        try:
            raw.sendall(f"HEAD / HTTP/1.1\r\nHost: {host.name}\r\nConnection: close\r\n\r\n".encode("ascii", "replace"))
            got = raw.recv(200)
        except TimeoutError:
            return Answer.SILENT, f"im lặng quá {patience.handshake_s:g} giây"
        except OSError as error:
            return Answer.DROPPED, f"ngắt kết nối ({error.strerror or error})"
    line = got.split(b"\r\n")[0].decode("latin-1", "replace").strip()[:100]
    if line.startswith("HTTP/"):
        return Answer.PLAIN, line
    return (Answer.STRANGE, "trả lời không phải HTTP") if got else (Answer.DROPPED, "ngắt kết nối mà không trả lời")


def _says_http(host: Host, count: Count) -> str:
    answer, line = greeting(host, count.patience, count.spend)
    return line if answer is Answer.PLAIN else ""


def _trusts(host: Host, authority: Path | None, canary: Host | None, count: Count) -> dict[str, TrustFacts]:
    found = {"trust": public_trust(host, count)}
    if authority is not None:
        found["named"] = named_trust(host, authority, count)
    if canary is not None and not any(one.holds for one in found.values()):
        found["canary"] = public_trust(canary, count)
    return found


def _versions(
    host: Host, sslyze: tuple[str, ...], connections: int, count: Count, attachments: Attachments
) -> tuple[tuple[VersionFacts, ...], str, str, int]:
    """(versions, who asked, why not sslyze, handshakes of sslyze)."""
    aside = NO_SSLYZE
    if sslyze:
        try:
            found = scan(sslyze, host, count.patience.sslyze_s, connections)
            versions, tool, asked = read_scan(found)
            attachments.save("sslyze.json", json.dumps(found, ensure_ascii=False, indent=1))
            return versions, tool, "", asked
        except NoSslyze as lost:
            aside = str(lost)
    own = Count(count.patience, count.handshakes)  # the time that sslyze lost is not theirs
    versions = versions_of(host, own)
    count.handshakes = own.handshakes
    return versions, f"thư viện ssl của Python ({ssl.OPENSSL_VERSION.split('  ')[0]})", aside, 0


def _gone(host: Host, count: Count) -> bool:
    """True when a host that shook hands at first does not any more, twice."""
    return all(shake(host, wide_context(), count).ended is not Ended.DONE for _ in range(2))


def _doubted(one: VersionFacts) -> VersionFacts:
    if one.spoken is not Spoken.REFUSED:
        return one
    return one.model_copy(update={"spoken": Spoken.NOT_TESTED, "why": f"{one.why}; {BANNED}"})
