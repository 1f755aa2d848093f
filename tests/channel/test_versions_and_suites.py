"""Versions and suites of real servers, asked by the standard library; and servers that do not let themselves be asked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable

import pytest

from fixtures.pages import SiteRecord
from suites.security import test_4_1_tls as s41_tls
from suites.security.channel_policy import channel_policy
from tests.channel import servers
from tests.channel.conftest import Look, Serve, record_of
from tests.channel.papers import between, paper
from tests.suites_pages.conftest import verdict_of
from toantrinh.judgement import Judgement
from toantrinh.observations.channel import VERSIONS, Answer, ChannelFacts, Spoken, SuiteFacts, VersionFacts
from toantrinh.verdicts import Verdict

P, F, HALF, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED
Show = Callable[..., int]
V = ssl.TLSVersion
RSA = "rsa2048"


def spoken(facts: ChannelFacts) -> set[str]:
    return {one.version for one in facts.versions if one.spoken is Spoken.ACCEPTED}


def verdicts(facts: ChannelFacts) -> tuple[Verdict, Verdict]:
    """Of versions and of suites."""
    record = record_of(facts)
    return verdict_of(s41_tls.test_only_current_versions, record)[0], verdict_of(
        s41_tls.test_no_weak_cipher_suite, record
    )[0]


def served(show: Show, versions: tuple[V, V], ciphers: str = "ALL") -> int:
    return show(paper("127.0.0.1", between(), key=RSA), between(), versions=versions, ciphers=ciphers)


@pytest.mark.parametrize("old", ["TLS 1.0", "TLS 1.1"])
def test_a_server_that_speaks_an_old_version_alone_fails(shown: Show, look: Look, old: str) -> None:
    version = {"TLS 1.0": V.TLSv1, "TLS 1.1": V.TLSv1_1}[old]
    facts = look(served(shown, (version, version)))
    said, told = verdict_of(s41_tls.test_only_current_versions, record_of(facts))
    assert (said, spoken(facts)) == (F, {old})
    assert f"còn nhận {old}, và không nhận bản nào mới hơn" in told
    assert f"openssl s_client -connect {facts.place} {s41_tls.OPTIONS[old]}" in told
    assert facts.chain  # its certificate is seen all the same


def test_an_old_version_beside_the_new_ones_fails(shown: Show, look: Look) -> None:
    facts = look(served(shown, (V.TLSv1, V.TLSv1_3)))
    said, told = verdict_of(s41_tls.test_only_current_versions, record_of(facts))
    assert said is F and "còn nhận TLS 1.0, TLS 1.1" in told


def test_without_sslyze_a_sound_server_stays_open_and_says_what_was_not_asked(shown: Show, look: Look) -> None:
    facts = look(shown())
    assert spoken(facts) == {"TLS 1.2", "TLS 1.3"}
    said, told = verdict_of(s41_tls.test_only_current_versions, record_of(facts))
    assert said is OPEN and "SSL 2" in told and "không có sslyze" in told and "TLS 1.0" not in told
    said, told = verdict_of(s41_tls.test_no_weak_cipher_suite, record_of(facts))
    assert said is OPEN and "RC4" in told
    refused = {one.version for one in facts.versions if one.spoken is Spoken.REFUSED}
    assert refused == {"TLS 1.0", "TLS 1.1"}


@pytest.mark.parametrize(
    ("ciphers", "verdict", "words"),
    [
        ("NULL-SHA256:AES128-GCM-SHA256", F, "NULL-SHA256 (TLS 1.2: không mã hóa)"),
        ("AECDH-AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256", F, "không xác thực máy chủ"),
        ("ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256", HALF, "ECDHE-RSA-AES128-SHA (TLS 1.2)"),
        ("AES256-GCM-SHA384", HALF, "AES256-GCM-SHA384 (TLS 1.2)"),
        ("ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305", OPEN, "chưa hỏi hết"),
    ],
)
def test_suites_are_found_one_after_the_other(
    shown: Show, look: Look, ciphers: str, verdict: Verdict, words: str
) -> None:
    facts = look(served(shown, (V.TLSv1_2, V.TLSv1_2), ciphers))
    said, told = verdict_of(s41_tls.test_no_weak_cipher_suite, record_of(facts))
    assert {suite.name for one in facts.versions for suite in one.suites} == set(ciphers.split(":"))
    assert said is verdict and words in told
    assert verdict is OPEN or "openssl s_client" in told


def as_if_all_were_asked(*suites: SuiteFacts, **of_version: str) -> ChannelFacts:
    """What sslyze would tell of a server that takes TLS 1.2 and 1.3 with these suites."""
    good = (SuiteFacts(name="ECDHE-RSA-AES128-GCM-SHA256"),)
    versions = tuple(
        VersionFacts(version=name, spoken=Spoken(of_version.get(name.replace(" ", "").replace(".", ""), "accepted" if name >= "TLS 1.2" else "refused")), suites=(good + suites) if name == "TLS 1.2" else ())
        for name in VERSIONS
    )  # fmt: skip
    return ChannelFacts(
        host="127.0.0.1", port=443, seen="2026-11-22T00:00:00+00:00", answer=Answer.TLS, versions=versions
    )


@pytest.mark.parametrize(
    ("suite", "verdict"),
    [
        (SuiteFacts(name="DHE-RSA-AES128-GCM-SHA256", exchange="DH", exchange_bits=2048), P),
        (SuiteFacts(name="DHE-RSA-AES128-GCM-SHA256", exchange="DH", exchange_bits=1024), F),
        (SuiteFacts(name="DES-CBC3-SHA"), F),
        (SuiteFacts(name="RC4-SHA"), F),
        (SuiteFacts(name="EXP-RC2-CBC-MD5"), F),
        (SuiteFacts(name="TLS_ECDH_anon_WITH_AES_128_CBC_SHA"), F),
        (SuiteFacts(name="ECDHE-RSA-AES256-SHA384"), HALF),
        (SuiteFacts(name="ECDHE-ECDSA-CHACHA20-POLY1305"), P),
    ],
)
def test_every_suite_has_its_place_in_the_policy(suite: SuiteFacts, verdict: Verdict) -> None:
    assert verdicts(as_if_all_were_asked(suite)) == (P, verdict)


@pytest.mark.parametrize(
    ("of_version", "verdict"),
    [
        ({}, P),
        ({"SSL3": "accepted"}, F),
        ({"SSL2": "not-tested"}, OPEN),
        ({"SSL2": "accepted", "TLS10": "not-tested"}, F),
        ({"TLS13": "refused"}, P),
        ({"TLS12": "refused"}, P),
    ],
)
def test_versions_are_judged_each_for_itself(of_version: dict[str, str], verdict: Verdict) -> None:
    assert verdicts(as_if_all_were_asked(**of_version))[0] is verdict


class Shy:
    """Shakes hands so many times and then hangs up on everybody, as a firewall does that has seen enough."""

    def __init__(self, context: ssl.SSLContext, patience: int) -> None:
        self._talk, self._left, self._lock = servers.secure(context), patience, threading.Lock()

    def __call__(self, connection: socket.socket) -> None:
        with self._lock:
            self._left -= 1
            left = self._left
        (self._talk if left >= 0 else servers.hang_up)(connection)


def test_refusals_after_a_ban_say_nothing(serve: Serve, look: Look, tmp_path) -> None:  # type: ignore[no-untyped-def]
    files = paper("127.0.0.1", between()).kept(tmp_path, "may-chu", between())
    facts = look(serve(Shy(servers.context_of(files), 5)))  # one is spent on the bare connection
    assert facts.answer is Answer.TLS
    assert all(one.spoken is Spoken.NOT_TESTED for one in facts.versions if one.version <= "TLS 1.1")
    said, told = verdict_of(s41_tls.test_only_current_versions, record_of(facts))
    assert said is OPEN and "có thể đã chặn" in told


@pytest.mark.parametrize(
    ("talk", "answer"),
    [
        (servers.hang_up, Answer.DROPPED),
        (servers.say_nothing, Answer.SILENT),
        (servers.dribble, Answer.SILENT),
        (servers.rubbish, Answer.STRANGE),
        (servers.plain(lambda path, head: servers.answer()), Answer.PLAIN),
        (servers.flood, Answer.PLAIN),
    ],
)
def test_what_does_not_speak_tls_has_a_name(serve: Serve, look: Look, talk: servers.Talk, answer: Answer) -> None:
    facts = look(serve(talk))
    assert (facts.answer, facts.versions, facts.chain) == (answer, (), ())
    assert facts.handshakes <= 6
    expected = {Answer.PLAIN: Verdict.NOT_APPLICABLE, Answer.STRANGE: Verdict.NOT_APPLICABLE}.get(answer, OPEN)
    assert verdicts(facts) == (expected, expected)


def test_a_closed_port_has_a_name(look: Look) -> None:
    facts = look(servers.free_port())
    assert (facts.answer, facts.handshakes) == (Answer.CLOSED, 0)
    assert verdicts(facts) == (OPEN, OPEN)


@pytest.mark.parametrize(
    ("answer", "base_url", "verdict"),
    [
        (Answer.CLOSED, "http://dichvucong.saomai.gov.vn", F),  # its pages come by http: there is no channel
        (Answer.PLAIN, "http://dichvucong.saomai.gov.vn", F),
        (Answer.PLAIN, "https://dichvucong.saomai.gov.vn", F),
        (Answer.CLOSED, "https://dichvucong.saomai.gov.vn", OPEN),  # it has just ended
        (Answer.SILENT, "http://dichvucong.saomai.gov.vn", OPEN),
        (Answer.DROPPED, "https://dichvucong.saomai.gov.vn", OPEN),
        (Answer.UNREACHED, "https://dichvucong.saomai.gov.vn", OPEN),
    ],
)
def test_no_tls_at_all_is_one_fail_and_only_with_proof(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, base_url: str, verdict: Verdict
) -> None:
    facts = ChannelFacts(
        host="dichvucong.saomai.gov.vn", port=443, seen="2026-11-22T00:00:00+00:00", answer=answer, why="x"
    )
    record = record_of(facts, base_url)
    assert verdict_of(s41_tls.test_certificate_holds, record)[0] is OPEN  # no page of the system was seen
    monkeypatch.setattr(SiteRecord, "pages", lambda *_, **__: [])
    assert verdict_of(s41_tls.test_certificate_holds, record)[0] is verdict
    assert verdict_of(s41_tls.test_only_current_versions, record)[0] in (OPEN, Verdict.NOT_APPLICABLE)


def test_a_further_host_of_somebody_else_goes_to_a_person() -> None:
    sound, old = as_if_all_were_asked(), as_if_all_were_asked(TLS10="accepted")
    own = record_of(sound)
    for name, verdict in (("thanh-toan.example.vn", Verdict.NEEDS_REVIEW), ("sso.saomai.gov.vn", F)):
        trusted = {"trust": {"store": "x", "holds": True}}
        theirs = ChannelFacts.model_validate({**old.model_dump(), "host": name, **trusted})
        system = own.system.model_copy(update={"base_url": "https://dichvucong.saomai.gov.vn"})
        mine = ChannelFacts.model_validate({**sound.model_dump(), "host": system.host, **trusted})
        record = record_of(mine, system.base_url, further=(theirs,))
        with pytest.raises(Judgement) as told:
            s41_tls.test_only_current_versions(record)
        assert told.value.verdict is verdict and name in told.value.message


def test_the_lists_of_the_policy_do_not_contradict_each_other() -> None:
    policy = channel_policy()
    assert not set(policy.versions.accepted) & set(policy.versions.forbidden)
    assert {*policy.versions.accepted, *policy.versions.forbidden} == set(VERSIONS)
    assert not [name for name in policy.suites.accepted if policy.suites.why_broken(name, None)]
