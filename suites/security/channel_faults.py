"""What is wrong with a channel, in words: facts on one side, the policy on the other. Nothing here asks anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from suites.security.channel_policy import ChannelPolicy
from toantrinh.observations.channel import CertificateFacts, ChannelFacts, Spoken, TrustFacts, VersionFacts
from toantrinh.observers.channel.certificates import stands_for

SELF_SIGNED, SELF_SIGNED_ABOVE = 18, 19  # X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, …_SELF_SIGNED_CERT_IN_CHAIN
NO_ISSUER = (2, 20, 21)  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, …_LOCALLY, …_VERIFY_LEAF_SIGNATURE


def spoken(facts: ChannelFacts, versions: tuple[str, ...]) -> list[VersionFacts]:
    """Those of the versions that the host speaks."""
    return [one for one in facts.versions if one.version in versions and one.spoken is Spoken.ACCEPTED]


def untested(facts: ChannelFacts, versions: tuple[str, ...]) -> list[str]:
    """Those of the versions of which nobody knows whether the host speaks them, and why."""
    known = {one.version for one in facts.versions if one.spoken is not Spoken.NOT_TESTED}
    reasons = {one.version: one.why for one in facts.versions}
    return [f"{name} ({reasons.get(name) or 'không hỏi được'})" for name in versions if name not in known]


def suite_faults(facts: ChannelFacts, policy: ChannelPolicy) -> tuple[list[str], list[str]]:
    """(suites that must never be on, with the reason; suites that are merely not in the list), each with its version.

    Versions that must be off have their own check: of theirs only broken suites are named.
    """
    broken, outside = [], []
    for version in facts.versions:
        for suite in version.suites:
            if why := policy.suites.why_broken(suite.name, suite.exchange_bits):
                broken.append(f"{suite.name} ({version.version}: {why})")
            elif suite.name not in policy.suites.accepted and version.version in policy.versions.accepted:
                outside.append(f"{suite.name} ({version.version})")
    return broken, outside


def certificate_faults(facts: ChannelFacts, policy: ChannelPolicy) -> list[str]:
    """What is wrong with the certificate itself: names, dates, keys, digests. Trust is another question."""
    if not facts.chain:
        return []
    leaf = facts.chain[0]
    return [
        *([] if stands_for(leaf, facts.host) else [f"chứng thư không đúng tên {facts.host} (chỉ của {_names(leaf)})"]),
        *(said for one in _counted(facts) if (said := _dates(one, facts))),
        *(said for one in _counted(facts) for said in _strength(one, facts, policy)),
    ]


def distrust(facts: ChannelFacts) -> str:
    """Why no authority vouches for the chain; empty when one does, the named one or a public one, or nobody knows."""
    trusts = [one for one in (facts.named, facts.trust) if one is not None]
    if not trusts or any(one.holds is not False for one in trusts):
        return ""
    return _distrusted(facts, trusts[0])


def undecided(facts: ChannelFacts) -> str:
    """Why nobody can say whether the chain is trusted; empty when it is, or is not."""
    trusts = [one for one in (facts.named, facts.trust) if one is not None]
    if any(one.holds for one in trusts):
        return ""
    return next((one.why for one in trusts if one.holds is None), "" if trusts else "chưa đối chiếu chuỗi với CA nào")


def genuine(facts: ChannelFacts) -> bool:
    """True when it was surely the host that answered, and no device of our own network in between (on other machines).

    Somebody vouches for the chain; or nobody does, but a host elsewhere shows that our network does not step in.
    """
    return any(one is not None and one.holds for one in (facts.trust, facts.named, facts.canary))


def renewal(facts: ChannelFacts, policy: ChannelPolicy) -> str:
    """Why the certificate should be renewed now, though it still holds; empty when there is time."""
    for one in _counted(facts):
        ends, begins = datetime.fromisoformat(one.ends), datetime.fromisoformat(one.begins)
        enough = min(timedelta(days=policy.certificate.advised_days_left), (ends - begins) / 3)
        left = ends - datetime.fromisoformat(facts.seen)
        if timedelta() <= left < enough:
            return f"{_which(one, facts)} chỉ còn {left.days} ngày (đến {ends:%d/%m/%Y})"
    return ""


def left_over(facts: ChannelFacts, policy: ChannelPolicy) -> str:
    """What is wrong with certificates that are sent and that nobody needs; empty when nothing is."""
    found = (text for one in _superfluous(facts) for text in (_dates(one, facts), *_strength(one, facts, policy)))
    if said := "; ".join(text for text in found if text):
        return f"máy chủ gửi thừa, nên bỏ: {said}"
    return ""


def described(facts: ChannelFacts) -> str:
    """The certificate in one line."""
    if not facts.chain:
        return facts.why or "không nhận được chứng thư"
    leaf = facts.chain[0]
    ends, begins = datetime.fromisoformat(leaf.ends), datetime.fromisoformat(leaf.begins)
    return (
        f"chứng thư “{leaf.subject}” của {_names(leaf)}, do “{leaf.issuer}” cấp, từ {begins:%d/%m/%Y} đến "
        f"{ends:%d/%m/%Y}, khóa {leaf.key} {leaf.key_bits or '?'} bit, ký {leaf.digest}; "
        f"máy chủ gửi {len(facts.chain)} chứng thư"
    )


def _distrusted(facts: ChannelFacts, trust: TrustFacts) -> str:
    if not facts.chain:
        return f"chứng thư không dẫn về CA được tin ({trust.why})"
    leaf, subjects = facts.chain[0], {one.subject for one in facts.chain[1:]}
    if trust.code == SELF_SIGNED or leaf.signed_by_itself:
        return "chứng thư tự ký, không CA nào xác nhận"
    if trust.code in NO_ISSUER and leaf.issuer not in subjects:
        return f"chuỗi thiếu chứng thư của nơi cấp “{leaf.issuer}” (thiếu chứng thư trung gian, hoặc CA không được tin)"
    if trust.code == SELF_SIGNED_ABOVE or trust.code in NO_ISSUER:
        return f"chuỗi dẫn về CA không được tin “{facts.chain[-1].issuer}”"
    return f"chuỗi không dẫn về CA được tin ({trust.why})"


def _counted(facts: ChannelFacts) -> Iterator[CertificateFacts]:
    """The certificates that count: the host's own, and those between it and the authority on a path that was verified.

    Whatever else was sent (a root, a cross-sign that nobody needs any more) takes no part in that (RFC 5280 §6.1).
    """
    paths = [one.path for one in (facts.trust, facts.named) if one is not None and one.holds and one.path]
    yield from facts.chain[:1]
    yield from (one for one in facts.chain[1:] if paths and one.sha256 in paths[0][1:-1])


def _superfluous(facts: ChannelFacts) -> Iterator[CertificateFacts]:
    """What was sent beside a path that was verified, roots left aside; nothing where there is no such path."""
    paths = [one.path for one in (facts.trust, facts.named) if one is not None and one.holds and one.path]
    if paths:
        yield from (one for one in facts.chain[1:] if one.sha256 not in paths[0] and not one.signed_by_itself)


def _dates(one: CertificateFacts, facts: ChannelFacts) -> str:
    begins, ends = datetime.fromisoformat(one.begins), datetime.fromisoformat(one.ends)
    seen = datetime.fromisoformat(facts.seen)
    if seen > ends:
        return f"{_which(one, facts)} hết hạn ngày {ends:%d/%m/%Y}"
    return f"{_which(one, facts)} chỉ có hiệu lực từ {begins:%d/%m/%Y}" if seen < begins else ""


def _strength(one: CertificateFacts, facts: ChannelFacts, policy: ChannelPolicy) -> Iterator[str]:
    least = policy.certificate.least_bits.get(one.key)
    if least is None:
        yield f"{_which(one, facts)} dùng khóa {one.key}"
    elif one.key_bits is not None and one.key_bits < least:
        yield f"{_which(one, facts)} có khóa {one.key} {one.key_bits} bit, cần từ {least}"
    if one.digest not in policy.certificate.digests:
        yield f"{_which(one, facts)} ký bằng {one.digest}"


def _which(one: CertificateFacts, facts: ChannelFacts) -> str:
    return "chứng thư" if one is facts.chain[0] else f"chứng thư trung gian “{one.subject}”"


def _names(leaf: CertificateFacts) -> str:
    names = [*leaf.names, *leaf.addresses]
    return ", ".join(names[:4]) + (" …" if len(names) > 4 else "") if names else "không tên nào"
