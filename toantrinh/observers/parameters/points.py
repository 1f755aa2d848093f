"""One request that a run saw, and one parameter of it in whose place another value can be put."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from toantrinh.observers.comparing import pattern_of
from toantrinh.observers.trespass.places import identifiers
from toantrinh.redaction import is_token

MOST_LEAVES = 10  # values of one JSON body
QUERY, PATH, JSON = "query", "path", "json"
_NUMBER = re.compile(r"-?\d{1,12}")
_SECRET = re.compile(r"csrf|xsrf|token|viewstate|eventvalidation|nonce|captcha|signature|checksum|hash$", re.I)


@dataclass(frozen=True)
class Request:
    """A question that the system's own pages ask. `data`: the JSON that a POST carries; `private`: asked only by
    somebody who has logged in; `headers`: those that the page's script adds."""

    address: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    data: Any = field(default=None, hash=False)
    private: bool = False


@dataclass(frozen=True)
class Parameter:
    """One parameter: its `place` (query, path or json), `name` and `value` as it was seen.

    `at`: the keys that lead to it in a JSON body; the number of the segment in a path.
    """

    request: Request
    place: str
    name: str
    value: str
    at: tuple[Any, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What parameters of one kind have in common."""
        path = pattern_of(self.request.address.split("?")[0])
        return (self.request.method, path, self.place, self.name if self.place != PATH else str(self.at))

    @property
    def is_number(self) -> bool:
        """True for a whole number."""
        return _NUMBER.fullmatch(self.value) is not None

    @property
    def said(self) -> str:
        """The parameter in words, with the path that it belongs to."""
        path = urlsplit(self.request.address).path
        if self.place == PATH:
            return f"đoạn “{self.value}” của đường dẫn {path}"
        return f"tham số “{self.name}” của {self.request.method} {path}"

    def put(self, value: str, *, raw: bool = False, name: str = "") -> tuple[str, Any]:
        """(address, JSON) with another value. `raw`: as it goes over the wire; `name`: under another name."""
        parts = urlsplit(self.request.address)
        written = value if raw else quote(value, safe="")
        if self.place == JSON:
            return self.request.address, _changed(self.request.data, self.at, value, name)
        if self.place == PATH:
            segments = parts.path.split("/")
            segments[self.at[0]] = written
            return parts._replace(path="/".join(segments), fragment="").geturl(), self.request.data
        pairs = [
            f"{quote(name or known, safe='[]')}={written}" if known == self.name else f"{quote(known)}={quote(old)}"
            for known, old in parse_qsl(parts.query, keep_blank_values=True)
        ]
        return parts._replace(query="&".join(pairs), fragment="").geturl(), self.request.data

    def without(self) -> tuple[str, Any] | None:
        """(address, JSON) without the parameter; None where it cannot be left out."""
        parts = urlsplit(self.request.address)
        if self.place == QUERY:
            pairs = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] != self.name]
            return parts._replace(query=urlencode(pairs), fragment="").geturl(), self.request.data
        if self.place == JSON and len(self.at) == 1 and isinstance(self.request.data, dict):
            return self.request.address, {key: one for key, one in self.request.data.items() if key != self.at[0]}
        return None


def parameters_of(request: Request) -> Iterator[Parameter]:
    """All parameters of a request; what carries a token or a signature is none of them."""
    parts = urlsplit(request.address)
    for name, value in dict(parse_qsl(parts.query, keep_blank_values=True)).items():
        if not is_secret(name):
            yield Parameter(request, QUERY, name, value)
    known = set(identifiers(parts._replace(query="").geturl()))
    for at, segment in enumerate(parts.path.split("/")):
        if segment in known:
            yield Parameter(request, PATH, "", unquote(segment), (at,))
    for keys, leaf in list(_leaves(request.data))[:MOST_LEAVES]:
        if not is_secret(str(keys[-1])):
            yield Parameter(request, JSON, ".".join(str(key) for key in keys), str(leaf), keys)


def is_secret(name: str) -> bool:
    """True for what protects a request or a session: another value there tells nothing."""
    return is_token(name) or _SECRET.search(name) is not None


def _leaves(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str | int]]:
    if isinstance(data, dict):
        for key, inside in data.items():
            yield from _leaves(inside, (*at, key))
    elif isinstance(data, list):
        for number, inside in enumerate(data[:3]):
            yield from _leaves(inside, (*at, number))
    elif at and isinstance(data, str | int) and not isinstance(data, bool):
        yield at, data


def _changed(data: Any, at: tuple[Any, ...], value: str, name: str) -> Any:
    """A copy with another value; with `name`, a list of it (what a[]= means in JSON)."""
    if not at:
        return [value] if name else value
    if isinstance(data, dict):
        return {key: _changed(one, at[1:], value, name) if key == at[0] else one for key, one in data.items()}
    return [_changed(one, at[1:], value, name) if number == at[0] else one for number, one in enumerate(data)]
