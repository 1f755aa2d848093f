"""Which cookies would go over plain HTTP, where anybody on the way can read them."""

from __future__ import annotations

from suites.security.cookie_names import may_be_session, named_like_session, of_identity_provider
from toantrinh.driver.set_cookies import read_set_cookie
from toantrinh.observations.channel import PlainFacts
from toantrinh.observations.site import CookieFacts


def may_hold_session(cookie: CookieFacts) -> bool:
    """True for a cookie that may be a session's: a secret value, and named so or kept as long as the browser."""
    if not cookie.opaque or not may_be_session(cookie.name):
        return False
    return cookie.lifetime_s is None or named_like_session(cookie.name)


def surely_holds_session(cookie: CookieFacts) -> bool:
    """True for one that is named so, and not as an identity provider names its own."""
    elsewhere = of_identity_provider(cookie.name, cookie.domain)
    return may_hold_session(cookie) and named_like_session(cookie.name) and not elsewhere


def sets_by_http(plain: PlainFacts | None) -> list[str]:
    """The names of session cookies that answers over plain HTTP set, and do not clear."""
    headers = (header for entry in (plain.entries if plain else ()) for hop in entry.hops for header in hop.headers)
    found = [read_set_cookie(value) for name, value in headers if name.lower() == "set-cookie"]
    names = dict.fromkeys(one.name for one in found if one is not None and not one.cleared)
    return [name for name in names if named_like_session(name) and not of_identity_provider(name)]
