"""What shows the system who asks: headers of scripts, parameters of addresses, values of bodies; whose is which.

What both citizens' browsers send alike is the application's; what differs, or looks like a secret, is a person's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from toantrinh.observers.prober.role import Role

Sends = Callable[[str, str], bool]  # (name of a header, value): whether the other citizen's browser sends it, too
CSRF = re.compile(r"csrf|xsrf|antiforgery|requestverification", re.I)  # stands beside a credential, and is none
_HEADER = re.compile(
    r"auth|token|jwt|bearer|sess|sid\b|cookie|ticket|credential|secret|api-?key|sso|passport|user|account|identity",
    re.I,
)
_NEVER = re.compile(
    r"request-?id|requested-with|trace|span|correlation|b3|version|agent|lang|locale|time|accept|content|forwarded",
    re.I,
)
_RANDOM = re.compile(r"(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[\w\-.=+/~]{16,}")
PARAMETER = re.compile(
    r"token|jwt|bearer|sid|(?:(?!csrf|xsrf)\w*[_-])?(?:(?:access|id|auth|refresh|user|login|session|bearer|sso)[_-]?token|"
    r"authorization|session[_-]?(?:id|key)?|jsession[_-]?id|php[_-]?sess[_-]?id|asp\.net_sessionid|p_instance|api[_-]?key)",
    re.I,
)
_APEX = re.compile(r"[?&]p=\w+:\w*:(\d{8,})", re.I)  # f?p=application:page:session
_IN_PATH = re.compile(r";([\w.]+)=([^/?#;]+)")
LEAST = 8  # characters of a value that is looked for


def never(name: str, value: str) -> bool:
    """For where the other citizen's browser is not known."""
    return False


def is_secret(name: str, value: str) -> bool:
    """True for a header that, by its name or its value, is a credential."""
    if _NEVER.search(name):
        return False
    return _HEADER.search(name) is not None or _RANDOM.fullmatch(value) is not None


def personal(headers: Iterable[str], owner: Mapping[str, str], values: Mapping[str, str], sends: Sends) -> set[str]:
    """Which of these names carry the owner's credential: known as such, or by looks and not the application's."""
    known = {name.lower() for name in owner}
    return {
        name
        for name in headers
        if name.lower() in known or (is_secret(name, values[name]) and not sends(name.lower(), values[name]))
    }


def lacks(names: Iterable[str], role: Role) -> tuple[str, ...]:
    """The credentials of which this person is not known to have one of their own; a visitor needs none."""
    if role.key == "nobody":
        return ()
    own = {name.lower() for name in role.headers}
    return tuple(sorted({name.lower() for name in names if name.lower() not in own and not CSRF.search(name)}))


def in_address(address: str, owner: Role | None = None) -> tuple[str, ...]:
    """The names of what in an address carries the session of the one who was shown it."""
    parts = urlsplit(address)
    pairs = [*parse_qsl(parts.query), *parse_qsl(parts.fragment.partition("?")[2]), *_IN_PATH.findall(parts.path)]
    found = [name for name, _ in pairs if PARAMETER.fullmatch(name)]
    if _APEX.search(address):
        found.append("p")
    if owner is not None:
        plain = unquote(address)
        found += [name for name, value in values_of(owner, address).items() if value in plain]
    return tuple(dict.fromkeys(found))


def values_of(role: Role, address: str) -> dict[str, str]:
    """The values by which the system knows this person: of header credentials, and of cookies that name a session."""
    found = {name.lower(): value.split(" ", 1)[-1] for name, value in role.headers.items() if not CSRF.search(name)}
    cookies = role.cookies(address)
    found |= {name: value for name, value in cookies.items() if PARAMETER.fullmatch(name) or _HEADER.search(name)}
    return {name: value for name, value in found.items() if len(value) >= LEAST and not CSRF.search(name)}


def plain(name: str) -> str:
    """A name without signs and a leading X."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^x-", "", name.lower()))


def named_values(body: str, kind: str) -> Iterator[tuple[str, str]]:
    """The credentials that a form, a multipart or a JSON body carries by name, at any depth."""
    if "json" in kind:
        try:
            yield from _in_json(json.loads(body))
        except (ValueError, RecursionError):
            return
    elif kind.startswith("application/x-www-form-urlencoded"):
        yield from ((name, value) for name, value in parse_qsl(body) if PARAMETER.fullmatch(name) and value)
    else:
        for name, value in re.findall(r'name="([^"\r\n]{1,80})"\r\n\r\n([^\r\n]+)', body):
            if PARAMETER.fullmatch(name):
                yield name, value


def in_query(address: str) -> Iterator[tuple[str, str]]:
    """The credentials that an address carries by name."""
    parts = urlsplit(address)
    for name, value in [*parse_qsl(parts.query), *_IN_PATH.findall(parts.path)]:
        if PARAMETER.fullmatch(name) and value:
            yield name, value
    if found := _APEX.search(address):
        yield "p", found[1]


def in_its_place(text: str, name: str, value: str, other: str) -> str:
    """`text` with `other` where `value` stands beside its name, or alone if it is long, however it is written there."""
    for write in (str, quote, quote_plus):
        there, put = re.escape(write(value)), write(other)
        text = re.sub(rf"(\b{re.escape(name)}\W{{1,12}}){there}(?!\w)", rf"\g<1>{_literal(put)}", text)
        if len(value) >= LEAST:
            text = re.sub(rf"(?<!\w){there}(?!\w)", _literal(put), text)
    return text


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


def _in_json(data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, value in data.items():
            if isinstance(value, str | int) and PARAMETER.fullmatch(str(name)) and str(value):
                yield str(name), str(value)
            else:
                yield from _in_json(value)
    elif isinstance(data, list):
        for one in data:
            yield from _in_json(one)
