"""The IPv6 check: fails only when the name is seen by the world, the resolver gives AAAA records, and has none of it."""

from __future__ import annotations

import socket

import pytest

from suites.layout import test_2_5_domain_and_characters as l25
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.addresses import NameKind
from toantrinh.observers.site.addresses import CONTROL, Resolve, addresses_of
from toantrinh.verdicts import Verdict

HOST = "dichvucong.saomai.gov.vn"
FOUR, SIX = "113.160.1.10", "2001:ee0::10"
ROOT = (CONTROL, "2001:503:ba3e::2:30")


def resolver(*records: tuple[str, str]) -> Resolve:
    def ask(host: str, family: int) -> list[str]:
        return [to for name, to in records if name == host and (":" in to) == (family == socket.AF_INET6)]

    return ask


def silent(host: str, family: int) -> list[str]:
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


@pytest.mark.parametrize(
    ("host", "ask", "kind", "verdict"),
    [
        (HOST, resolver((HOST, FOUR), (HOST, SIX)), NameKind.PUBLISHED, Verdict.PASS),
        (HOST, resolver((HOST, SIX)), NameKind.PUBLISHED, Verdict.PASS),
        (HOST, resolver((HOST, FOUR), ROOT), NameKind.NONE, Verdict.FAIL),
        (HOST, resolver((HOST, FOUR), (HOST, "fe80::1"), ROOT), NameKind.NONE, Verdict.FAIL),
        (HOST, resolver((HOST, FOUR)), NameKind.UNHEARD, Verdict.NOT_TESTED),  # a resolver without any AAAA record
        (HOST, resolver((HOST, FOUR), (HOST, f"64:ff9b::{FOUR}"), ROOT), NameKind.UNHEARD, Verdict.NOT_TESTED),
        (HOST, resolver((HOST, FOUR), (HOST, f"::ffff:{FOUR}"), ROOT), NameKind.UNHEARD, Verdict.NOT_TESTED),
        (HOST, resolver((HOST, "10.0.0.5"), ROOT), NameKind.INTERNAL, Verdict.NOT_TESTED),
        (HOST, resolver(ROOT), NameKind.UNHEARD, Verdict.NOT_TESTED),  # a name that only the hosts file knows
        (HOST, silent, NameKind.UNHEARD, Verdict.NOT_TESTED),
        ("127.0.0.1", silent, NameKind.LITERAL, Verdict.NOT_TESTED),
        ("::1", silent, NameKind.LITERAL, Verdict.NOT_TESTED),
        ("113.160.1.10", silent, NameKind.LITERAL, Verdict.NOT_TESTED),
        ("localhost", silent, NameKind.LITERAL, Verdict.NOT_TESTED),
    ],
)
def test_verdict_on_the_addresses_of_a_name(host: str, ask: Resolve, kind: NameKind, verdict: Verdict) -> None:
    facts = addresses_of(host, ask)
    said, words = verdict_of(l25.test_ipv6, facts)
    assert (facts.kind, said) == (kind, verdict)
    assert verdict is Verdict.PASS or host in words


@pytest.mark.parametrize("said", [socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL])
def test_a_name_that_no_resolver_knows_is_never_held_against_the_system(
    monkeypatch: pytest.MonkeyPatch, said: int
) -> None:
    asked: list[str] = []

    def getaddrinfo(host: str, *_: object) -> list[object]:
        asked.append(host)
        raise socket.gaierror(said, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert addresses_of(HOST).kind is NameKind.UNHEARD
    assert set(asked) == {f"{HOST}."}  # the whole name: no search domain of our network is tried
