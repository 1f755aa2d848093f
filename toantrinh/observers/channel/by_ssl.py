"""Versions and cipher suites as the standard library can ask for them, where there is no sslyze.

What the local OpenSSL does not speak (SSL 2 and 3, suites that it was built without) stays not-tested: a server is not
cleared by a question that nobody asked.
"""

from __future__ import annotations

import ssl

from toantrinh.observations.channel import VERSIONS, Spoken, SuiteFacts, VersionFacts
from toantrinh.observers.channel.handshake import ALL, SPOKEN_HERE, Ended, Host, Shaken, shake, wide_context
from toantrinh.observers.channel.patience import Count

MOST_SUITES = 60  # of one version
UNKNOWN_HERE = "OpenSSL của máy đo không có các bộ mã RC4, DES, 3DES, EXPORT"
NOT_CHOSEN = "thư viện chuẩn không chọn được bộ mã của TLS 1.3"


def versions_of(host: Host, count: Count) -> tuple[VersionFacts, ...]:
    """All versions, oldest first, each with the suites that were accepted."""
    return tuple(_version(host, name, count) for name in VERSIONS)


def _version(host: Host, name: str, count: Count) -> VersionFacts:
    if not SPOKEN_HERE.get(name, False):
        return _untested(name, f"OpenSSL của máy đo ({ssl.OPENSSL_VERSION.split('  ')[0]}) không nói {name}")
    if count.over:
        return _untested(name, "hết thời gian dành cho các lần bắt tay")
    first = _offer(host, name, ALL, count)
    if first.ended is Ended.BROKEN:  # some servers refuse without a word; a connection may also break by chance
        first = _offer(host, name, ALL, count)
    if first.ended in (Ended.ALERT, Ended.BROKEN):
        return VersionFacts(version=name, spoken=Spoken.REFUSED, why=first.why)
    if first.ended is not Ended.DONE:
        return _untested(name, first.why)
    if first.version != name:
        return VersionFacts(version=name, spoken=Spoken.REFUSED, why=f"máy chủ chọn {first.version}")
    suites: tuple[str, ...] = (first.suite,)
    untried = NOT_CHOSEN
    if name != "TLS 1.3":
        suites, untried = _suites(host, name, first.suite, count)
    facts = tuple(SuiteFacts(name=suite) for suite in suites)
    return VersionFacts(version=name, spoken=Spoken.ACCEPTED, suites=facts, untried=untried)


def _suites(host: Host, version: str, first: str, count: Count) -> tuple[tuple[str, ...], str]:
    """(suites accepted, why there may be more): what the server chooses is left out of the next offer, to the end."""
    found = [first]
    for _ in range(MOST_SUITES):
        if count.over:
            return tuple(found), "hết thời gian dành cho các lần bắt tay"
        got = _offer(host, version, ":".join([ALL, *(f"!{name}" for name in found)]), count)
        if got.ended is Ended.DONE and got.version == version and got.suite not in found:
            found.append(got.suite)
        elif got.ended in (Ended.ALERT, Ended.BROKEN, Ended.UNABLE):
            return tuple(found), UNKNOWN_HERE
        else:
            return tuple(found), got.why or f"máy chủ chọn {got.version} {got.suite}"
    return tuple(found), f"chỉ hỏi {MOST_SUITES} bộ mã"


def _offer(host: Host, version: str, ciphers: str, count: Count) -> Shaken:
    try:
        context = wide_context((version, version), ciphers)
    except (ssl.SSLError, ValueError) as error:
        return Shaken(Ended.UNABLE, f"OpenSSL của máy đo không làm được ({error})")
    return shake(host, context, count)


def _untested(name: str, why: str) -> VersionFacts:
    return VersionFacts(version=name, spoken=Spoken.NOT_TESTED, why=why)
