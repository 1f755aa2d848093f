"""Which cookies would go over plain HTTP, where anybody on the way can read them."""

from __future__ import annotations

import re

from toantrinh.observations.channel import PlainFacts
from toantrinh.observations.site import CookieFacts

NAMED = re.compile(r"sess|(^|[_.-])sid(?![a-z])|auth|token|jwt|login|phien|ticket|identity|connect\.", re.I)
# Protection against forgery, load balancers, measuring, choices: a secret value does not make them a session.
NO_SESSION = re.compile(
    r"csrf|xsrf|antiforgery|requestverification|^_ga|^_gid|^_pk_|^_hj|^__utm|^bigip|^ts[0-9a-f]{6,}|^awsalb|^__cf|^cf_"
    r"|^incap_|^visid_|^nlbi_|^nsc_|lang|locale|consent",
    re.I,
)


def gives_session_away(cookie: CookieFacts, *, whatever: bool = False) -> bool:
    """True for a session's cookie without Secure; with `whatever` for any that may be a session's, kept well or not."""
    if not cookie.opaque or NO_SESSION.search(cookie.name):
        return False
    sessions = cookie.lifetime_s is None or bool(NAMED.search(cookie.name))
    return sessions and (whatever or not cookie.secure)


def sets_by_http(plain: PlainFacts | None) -> list[str]:
    """The names of session cookies that answers over plain HTTP set."""
    headers = (header for entry in (plain.entries if plain else ()) for hop in entry.hops for header in hop.headers)
    names = (value.partition("=")[0].strip() for name, value in headers if name.lower() == "set-cookie")
    return [name for name in dict.fromkeys(names) if NAMED.search(name) and not NO_SESSION.search(name)]
