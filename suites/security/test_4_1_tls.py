"""4.1 Kênh truyền: TLS."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from fixtures.channel import ChannelRecord
from fixtures.checks import check
from suites.security import channel_faults as faults
from suites.security.channel_policy import channel_policy
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial, some_of
from toantrinh.observations.channel import Answer, ChannelFacts, Spoken

OPTIONS = {"TLS 1.0": "-tls1", "TLS 1.1": "-tls1_1", "TLS 1.2": "-tls1_2", "TLS 1.3": "-tls1_3"}
STRANGER = "không CA nào xác nhận máy chủ này, và mạng của máy đo có thể chen vào giữa (nêu canary để loại trừ)"


@check("channel.certificate-valid")
def test_certificate_holds(channel: ChannelRecord) -> None:
    """Chứng thư dẫn về CA được tin, khớp tên miền, còn hạn, khóa và chữ ký đủ mạnh."""
    policy = channel_policy()
    facts = channel.tls(without_tls="chứng thư hợp lệ ở cổng https")
    if not facts.chain:
        not_tested(f"{facts.place}: không nhận được chứng thư ({facts.why or 'máy đo không bắt tay được'})")
    own, distrusted = faults.certificate_faults(facts, policy), faults.distrust(facts)
    grounds = _grounds(
        facts,
        f"CA được tin, đúng tên, còn hạn, khóa đủ mạnh ({policy.named})",
        faults.described(facts),
        "-showcerts",
        " | openssl x509 -noout -subject -issuer -dates -ext subjectAltName",
    )
    if distrusted and not channel.system.is_loopback and not faults.genuine(facts):
        needs_review("; ".join([distrusted, *own, STRANGER]), grounds)
    if distrusted or own:
        fail("; ".join([*([distrusted] if distrusted else []), *own]), grounds)
    if facts.trust is not None and facts.trust.holds is False and not channel.system.is_loopback:
        needs_review(
            f"chỉ được tin nhờ {facts.named.store if facts.named else 'CA riêng'}, người dân không có", grounds
        )
    if why := faults.undecided(facts):
        not_tested(f"chưa đối chiếu được với CA: {why}", grounds)
    _others(channel, lambda one: "; ".join(_certificate_of(one)), grounds)


@check("channel.protocol-versions")
def test_only_current_versions(channel: ChannelRecord) -> None:
    """Chỉ nhận TLS 1.2 trở lên; SSL 2, SSL 3, TLS 1.0, TLS 1.1 bị từ chối."""
    policy, facts = channel_policy(), _genuine(channel)
    old = [one.version for one in faults.spoken(facts, policy.versions.forbidden)]
    new = faults.spoken(facts, policy.versions.accepted)
    grounds = _grounds(
        facts,
        f"chỉ {', '.join(policy.versions.accepted)} ({policy.named})",
        "nhận " + (", ".join(one.version for one in facts.versions if one.spoken is Spoken.ACCEPTED) or "không rõ gì"),
        OPTIONS.get(old[0], "") + " -cipher 'ALL:@SECLEVEL=0'" if old and old[0] in OPTIONS else "",
    )
    if old and all(name not in OPTIONS for name in old):
        grounds.where = f"{facts.place}; thử lại: sslyze --sslv2 --sslv3 {facts.place}"
    if old:
        fail(f"{facts.place} còn nhận {', '.join(old)}" + ("" if new else ", và không nhận bản nào mới hơn"), grounds)
    if unknown := faults.untested(facts, policy.versions.forbidden):
        not_tested(f"chưa biết {facts.place} có nhận: {'; '.join(unknown)} – {facts.aside or facts.tool}", grounds)
    if not new:
        not_tested(f"{facts.place}: không thấy phiên bản nào được nhận ({facts.why})", grounds)
    _others(channel, lambda one: _old_of(one), grounds)


@check("channel.cipher-suites")
def test_no_weak_cipher_suite(channel: ChannelRecord) -> None:
    """Không nhận bộ mã yếu hay bộ mã ngoài danh sách của chính sách."""
    policy, facts = channel_policy(), _genuine(channel)
    if not any(one.suites for one in facts.versions):
        not_tested(f"{facts.place}: chưa thấy bộ mã nào được nhận ({facts.why or facts.aside})")
    broken, outside = faults.suite_faults(facts, policy)
    first = (broken or outside or [""])[0]
    version = next((name for name in OPTIONS if f"({name}" in first), "")
    by = "-ciphersuites" if version == "TLS 1.3" else "-cipher"
    grounds = _grounds(
        facts,
        f"chỉ bộ mã trong danh sách ({policy.named})",
        "nhận " + ", ".join(dict.fromkeys(suite.name for one in facts.versions for suite in one.suites)),
        f"{OPTIONS.get(version, '')} {by} {first.split(' ')[0]}:@SECLEVEL=0".strip() if first else "",
    )
    if broken:
        fail(f"{facts.place} nhận bộ mã không được dùng: {some_of(broken)}", grounds)
    if outside:
        said = f"{facts.place} nhận bộ mã ngoài danh sách: {some_of(outside)}"
        partial(policy.suites.share_outside, said, grounds)
    spoken = faults.spoken(facts, policy.versions.accepted)
    if unsure := dict.fromkeys(one.untried for one in spoken if one.untried):
        not_tested(
            f"bộ mã đã hỏi đều tốt, nhưng chưa hỏi hết: {'; '.join(unsure)} – {facts.aside or facts.tool}", grounds
        )
    _others(
        channel, lambda one: some_of([text for group in faults.suite_faults(one, policy) for text in group]), grounds
    )


@check("channel.certificate-renewal")
def test_certificate_is_renewed_in_time(channel: ChannelRecord) -> None:
    """Chứng thư còn đủ ngày để gia hạn kịp; không chứng thư thừa nào đã hỏng được gửi kèm."""
    policy, facts = channel_policy(), channel.tls()
    soon, left_over = faults.renewal(facts, policy), faults.left_over(facts, policy)
    if soon or left_over:
        grounds = _grounds(
            facts,
            f"còn từ {policy.certificate.advised_days_left} ngày, không gửi kèm chứng thư hỏng",
            faults.described(facts),
            "" if soon else "-showcerts",
            " | openssl x509 -noout -enddate" if soon else "",
        )
        fail("; ".join(said for said in (soon, left_over) if said), grounds)


def _genuine(channel: ChannelRecord) -> ChannelFacts:
    """What the system's host says to TLS, when it is surely the host that said it."""
    facts = channel.tls()
    if facts.answer is Answer.TLS and not channel.system.is_loopback and not faults.genuine(facts):
        not_tested(f"{facts.place}: {STRANGER}")
    return facts


def _grounds(facts: ChannelFacts, expected: str, seen: str, options: str = "", after: str = "") -> Grounds:
    """What a finding about TLS rests on, with the line that asks the same again."""
    name = f" -servername {facts.host}" if not facts.host.replace(".", "").isdigit() and ":" not in facts.host else ""
    line = f"openssl s_client -connect {facts.place}{name} {options}".rstrip() + f" </dev/null{after}"
    return Grounds(expected=expected, seen=seen, where=f"{facts.place}; thử lại: {line}")


def _others(channel: ChannelRecord, fault: Callable[[ChannelFacts], str], grounds: Grounds) -> None:
    """The further hosts of the file: one of the same body counts like the system's own, any other goes to a person."""
    for theirs in (False, True):
        wrong = [
            one for one in channel.further if channel.run_by_others(one.host) is theirs and one.answer is Answer.TLS
        ]
        told = [(one, said) for one in wrong if (said := fault(one))]
        if told:
            _told_of_others(told, grounds, theirs)


def _told_of_others(told: list[tuple[ChannelFacts, str]], grounds: Grounds, theirs: bool) -> NoReturn:
    said = "; ".join(f"{one.place}: {words}" for one, words in told)
    first = told[0][0]
    rests_on = _grounds(first, grounds.expected, said)
    if theirs or not faults.genuine(first):
        needs_review(f"máy chủ khác trong hosts, có thể do nơi khác vận hành: {said}", rests_on)
    fail(said, rests_on)


def _certificate_of(facts: ChannelFacts) -> list[str]:
    distrusted = faults.distrust(facts)
    own = faults.certificate_faults(facts, channel_policy())
    return [*([distrusted] if distrusted else []), *own]


def _old_of(facts: ChannelFacts) -> str:
    old = faults.spoken(facts, channel_policy().versions.forbidden)
    return f"còn nhận {', '.join(one.version for one in old)}" if old else ""
