"""Which cookie carries a session, and how well it is kept.

A session's cookie has a secret value, is no protection against forgery and of no load balancer or measuring program.
Surely it is the session's when it is named like one and was set at log-in; where log-in set none of that name, one that
is named so and was held while logged in. Where no name tells, those that an answer set at log-in may be: nobody can say
from outside whether the account hangs on them, nor whether it does on an identity provider's. A person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from suites.security.cookie_names import may_be_session, named_like_session, of_identity_provider
from toantrinh.observations.http_answers import HeldCookie, HttpAnswer

LONGEST_S = 24 * 3600
LOCAL_HOST = "Secure không xét vì dùng http trên chính máy này"


@dataclass(frozen=True)
class Found:
    """The cookies of one role's session: those that surely are, and those that may be."""

    sure: tuple[HeldCookie, ...]
    maybe: tuple[HeldCookie, ...]


def sessions_in(cookies: Iterable[HeldCookie], at_log_in: Sequence[str]) -> Found:
    """The session's among the cookies of one browser; `at_log_in` are the steps in which it logged in."""
    held = [one for one in cookies if one.opaque and may_be_session(one.name)]
    elsewhere = [one for one in held if of_identity_provider(one.name, _setter(one))]
    here = [one for one in held if one not in elsewhere]
    renewed = [one for one in here if set(one.changed) & set(at_log_in)]
    named = [one for one in renewed if named_like_session(one.name)]
    if named:
        others = [one for one in here if named_like_session(one.name) and one not in named]
        return Found(tuple(named), (*others, *elsewhere))
    if kept := [one for one in here if named_like_session(one.name)]:
        return Found(tuple(kept), tuple(elsewhere))
    return Found((), (*(one for one in renewed if one.set_by), *elsewhere))


def _setter(cookie: HeldCookie) -> str:
    """The host whose answer set it, or the one that it is kept for."""
    return urlsplit(cookie.set_by.partition(" ")[2]).hostname or cookie.domain


def lacks(cookie: HeldCookie, host: str, *, plain: bool) -> list[str]:
    """What the cookie lacks (RFC 6265bis §4.1.2, §5.7). `plain`: http on this machine, where no Secure is asked."""
    gone = [] if cookie.secure or plain else ["Secure"]
    gone += [] if cookie.http_only else ["HttpOnly"]
    gone += [] if cookie.same_site in ("Lax", "Strict") else [f"SameSite (là {cookie.same_site or 'không đặt'})"]
    owner = urlsplit(cookie.set_by.partition(" ")[2]).hostname or host.lower()
    if not cookie.host_only and cookie.domain != owner:
        gone.append(f"phạm vi hẹp (gửi tới mọi máy chủ của {cookie.domain})")
    if cookie.lifetime_s is not None and cookie.lifetime_s > LONGEST_S:
        gone.append(f"thời hạn ngắn (sống {cookie.lifetime_s / 3600:.0f} giờ)")
    return gone


def broken_prefixes(answer: HttpAnswer) -> list[str]:
    """Cookies of an answer whose name promises what they do not keep: browsers throw them away (RFC 6265bis §4.1.3)."""
    found = []
    secure = answer.address.startswith("https:")
    for cookie in answer.cookies:
        name = cookie.name.lower()
        bound = name.startswith("__host-")
        kept = cookie.secure and secure and not (bound and (cookie.domain or cookie.path != "/"))
        if (bound or name.startswith("__secure-")) and not kept and not cookie.cleared:
            found.append(f"{cookie.name} không giữ điều tiền tố hứa")
    return found
