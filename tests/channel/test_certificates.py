"""Certificates as servers show them: what is wrong is named, what only looks wrong stays silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from suites.security import test_4_1_tls as s41_tls
from suites.security.channel_policy import channel_policy
from tests.channel.conftest import Look, record_of
from tests.channel.papers import Paper, between, between_of_old, cross, paper, root
from tests.suites_pages.conftest import verdict_of
from toantrinh.mistakes import UserMistake
from toantrinh.observations.channel import Answer, ChannelFacts, TrustFacts
from toantrinh.observers.channel import tls
from toantrinh.observers.channel.certificates import read_chain, stands_for
from toantrinh.observers.channel.handshake import wide_context
from toantrinh.observers.channel.trust import load_authority
from toantrinh.verdicts import Verdict

P, F, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
Show = Callable[..., int]
ELSEWHERE = "dichvucong.saomai.gov.vn"

CASES: dict[str, tuple[Callable[[], tuple[Paper, ...]], Verdict, str]] = {
    "below an authority in between": (lambda: (paper("a", between()), between()), P, ""),
    "root sent along": (lambda: (paper("a", between()), between(), root()), P, ""),
    "expired cross-sign sent along": (lambda: (paper("a", between()), between(), cross()), P, ""),
    "expired twin sent first": (lambda: (paper("a", between()), between_of_old(), between()), P, ""),
    "expired authority in between": (
        lambda: (paper("a", between()), between_of_old()),
        F,
        "chứng thư trung gian “CN=CA trung gian thử” hết hạn",
    ),
    "RSA of 2048 bits": (lambda: (paper("a", root(), key="rsa2048"),), P, ""),
    "20 days left": (lambda: (paper("a", root(), days=(-70, 20)),), P, ""),
    "by address alone": (lambda: (paper("a", root(), hosts=("127.0.0.1",)),), P, ""),
    "self-signed": (lambda: (paper("a"),), F, "chứng thư tự ký"),
    "missing authority in between": (lambda: (paper("a", between()),), F, "thiếu chứng thư trung gian"),
    "expired": (lambda: (paper("a", root(), days=(-90, -1)),), F, "hết hạn ngày"),
    "not yet valid": (lambda: (paper("a", root(), days=(2, 90)),), F, "chỉ có hiệu lực từ"),
    "wrong name": (
        lambda: (paper("a", root(), hosts=("cong-khac.gov.vn",)),),
        F,
        "không đúng tên 127.0.0.1 (chỉ của cong-khac.gov.vn)",
    ),
    "name in the common name alone": (lambda: (paper("127.0.0.1", root(), hosts=("x.vn",)),), F, "không đúng tên"),
    "RSA of 1024 bits": (lambda: (paper("a", root(), key="rsa1024"),), F, "khóa RSA 1024 bit, cần từ 2048"),
    "EC of 224 bits": (lambda: (paper("a", root(), key="ec224"),), F, "khóa EC 224 bit, cần từ 256"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_certificate_is_judged_for_what_it_is(case: str, shown: Show, look: Look) -> None:
    made, verdict, words = CASES[case]
    facts = look(shown(*made(), curve="secp224r1" if case == "EC of 224 bits" else ""))
    said, told = verdict_of(s41_tls.test_certificate_holds, record_of(facts))
    assert (facts.answer, said) == (Answer.TLS, verdict)
    assert words in told
    if verdict is F:
        assert facts.place in told and f"openssl s_client -connect {facts.place}" in told


def test_all_that_is_wrong_with_a_certificate_is_named_at_once(shown: Show, look: Look) -> None:
    facts = look(shown(paper("a", key="rsa1024", hosts=("x.vn",), days=(-9, -1))))
    _, told = verdict_of(s41_tls.test_certificate_holds, record_of(facts))
    assert all(words in told for words in ("tự ký", "không đúng tên", "hết hạn", "1024 bit"))


def test_a_private_authority_counts_only_when_somebody_names_it(shown: Show, look: Look) -> None:
    port = shown()
    unnamed, named = look(port, trusts=False), look(port)
    assert verdict_of(s41_tls.test_certificate_holds, record_of(unnamed))[0] is F
    assert verdict_of(s41_tls.test_certificate_holds, record_of(named))[0] is P
    assert named.named and named.named.holds and named.trust and named.trust.holds is False


def moved(facts: ChannelFacts, **more: object) -> ChannelFacts:
    """The same, seen of a host elsewhere, with a certificate in its name."""
    leaf = facts.chain[0].model_copy(update={"names": (ELSEWHERE,)})
    return facts.model_copy(update={"host": ELSEWHERE, "port": 443, "chain": (leaf, *facts.chain[1:]), **more})


TRUSTED, DISTRUSTED = TrustFacts(store="x", holds=True), TrustFacts(store="x", holds=False, code=20, why="no issuer")


@pytest.mark.parametrize(
    ("trusts", "verdict", "words"),
    [
        ({"trust": TRUSTED}, P, ""),
        ({"trust": DISTRUSTED, "named": TRUSTED}, REVIEW, "người dân không có"),
        ({"trust": DISTRUSTED}, REVIEW, "mạng của máy đo có thể chen vào giữa"),
        ({"trust": DISTRUSTED, "canary": DISTRUSTED}, REVIEW, "mạng của máy đo có thể chen vào giữa"),
        ({"trust": DISTRUSTED, "canary": TRUSTED}, F, "CA không được tin “CN=CA gốc thử”"),
        ({"trust": TrustFacts(store="x", holds=None, why="không có kho CA")}, OPEN, "không có kho CA"),
    ],
)
def test_elsewhere_our_own_network_is_never_held_against_the_system(
    shown: Show, look: Look, trusts: dict[str, TrustFacts], verdict: Verdict, words: str
) -> None:
    facts = moved(look(shown()), **{"trust": None, "named": None, **trusts})
    said, told = verdict_of(s41_tls.test_certificate_holds, record_of(facts, f"https://{ELSEWHERE}"))
    assert said is verdict and words in told
    versions, _ = verdict_of(s41_tls.test_only_current_versions, record_of(facts, f"https://{ELSEWHERE}"))
    assert versions is OPEN  # by the standard library alone; and where a stranger may have answered, at all


@pytest.mark.parametrize(
    ("days", "advised"), [((-70, 20), True), ((-70, 31), False), ((-2, 4), False), ((-5, 1), True), ((-90, -1), False)]
)
def test_a_certificate_that_ends_soon_is_advice(
    shown: Show, look: Look, days: tuple[float, float], advised: bool
) -> None:
    facts = look(shown(paper("a", root(), days=days)))
    said, told = verdict_of(s41_tls.test_certificate_is_renewed_in_time, record_of(facts))
    assert said is (F if advised else P)
    assert not advised or "chỉ còn" in told


@pytest.mark.parametrize(("beside", "words"), [((cross,), "gửi thừa"), ((root,), ""), ((between_of_old,), "gửi thừa")])
def test_what_is_sent_and_not_needed_is_advice_when_it_is_bad(
    shown: Show, look: Look, beside: tuple[Callable[[], Paper], ...], words: str
) -> None:
    facts = look(shown(paper("a", between()), between(), *(one() for one in beside)))
    assert verdict_of(s41_tls.test_certificate_holds, record_of(facts))[0] is P
    said, told = verdict_of(s41_tls.test_certificate_is_renewed_in_time, record_of(facts))
    assert said is (F if words else P) and words in told


@pytest.mark.parametrize(
    ("names", "host", "covered"),
    [
        (("*.saomai.gov.vn",), "dichvucong.saomai.gov.vn", True),
        (("*.saomai.gov.vn",), "DichVuCong.SaoMai.gov.vn.", True),
        (("*.saomai.gov.vn",), "saomai.gov.vn", False),
        (("*.saomai.gov.vn",), "a.b.saomai.gov.vn", False),
        (("*.vn",), "saomai.vn", False),
        (("dich*.saomai.gov.vn",), "dichvucong.saomai.gov.vn", False),
        (("xn--cng-4l2b.vn",), "cổng.vn", False),
        (("saomai.gov.vn", "dichvucong.saomai.gov.vn"), "dichvucong.saomai.gov.vn", True),
        ((), "127.0.0.1", False),
    ],
)
def test_which_hosts_a_name_stands_for(
    shown: Show, look: Look, names: tuple[str, ...], host: str, covered: bool
) -> None:
    leaf = look(shown()).chain[0].model_copy(update={"names": names, "addresses": ()})
    assert stands_for(leaf, host) is covered


@pytest.mark.parametrize(("digest", "verdict"), [("sha1", F), ("md5", F), ("sha384", P)])
def test_an_old_digest_costs_the_check_but_not_that_of_a_root(
    shown: Show, look: Look, digest: str, verdict: Verdict
) -> None:
    leaf, inside, above = look(shown(paper("a", between()), between(), root())).chain
    assert above.signed_by_itself and not inside.signed_by_itself
    facts = look(shown())
    old = facts.model_copy(update={"chain": (leaf.model_copy(update={"digest": digest}), inside, above)})
    assert verdict_of(s41_tls.test_certificate_holds, record_of(old))[0] is verdict
    old_root = facts.model_copy(update={"chain": (leaf, inside, above.model_copy(update={"digest": digest}))})
    assert verdict_of(s41_tls.test_certificate_holds, record_of(old_root))[0] is P


@pytest.mark.parametrize("twice", [False, True])
def test_names_that_our_library_cannot_read_leave_it_open(
    monkeypatch: pytest.MonkeyPatch, shown: Show, look: Look, twice: bool
) -> None:
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), bytes.fromhex("3004a302a100"))  # x400Address
    made = paper("a", hosts=())
    builder = x509.CertificateBuilder(
        made.certificate.issuer,
        made.certificate.subject,
        made.key.public_key(),
        5,
        made.certificate.not_valid_before_utc,
        made.certificate.not_valid_after_utc,
    ).add_extension(odd, critical=False)
    encoded = builder.sign(made.key, SHA256()).public_bytes(Encoding.DER)
    if twice:  # a second extension of the same kind
        more = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.18"), b"\x30\x00")
        encoded = builder.add_extension(more, critical=False).sign(made.key, SHA256()).public_bytes(Encoding.DER)
        encoded = encoded.replace(bytes.fromhex("0603551d12"), bytes.fromhex("0603551d11"))
    monkeypatch.setattr(tls, "read_chain", lambda _: read_chain([encoded]))
    said, told = verdict_of(s41_tls.test_certificate_holds, record_of(look(shown())))
    assert said is OPEN and "tên trong chứng thư có dạng lạ" in told


@pytest.mark.parametrize("content", [None, "chẳng phải chứng thư"])
def test_a_file_without_an_authority_is_the_mistake_of_who_names_it(tmp_path, content: str | None) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(UserMistake, match=r"ca\.pem"):
        load_authority(wide_context(), file)


def test_the_policy_says_when_it_was_made_and_where_its_figures_come_from() -> None:
    policy = channel_policy()
    assert f"{policy.date:%d/%m/%Y}" in policy.named
    assert all(source.address or source.certainty == "I" for source in policy.sources)


def test_a_named_authority_that_could_not_be_asked_leaves_it_open(shown: Show, look: Look) -> None:
    facts = look(shown())
    lost = TrustFacts(store="x", holds=None, why="im lặng quá 1 giây khi bắt tay")
    for trusts in ({"named": lost}, {"named": None, "trust": lost}):
        said, told = verdict_of(s41_tls.test_certificate_holds, record_of(facts.model_copy(update=trusts)))
        assert said is OPEN and "im lặng" in told
