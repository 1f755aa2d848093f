"""From the requests that a browser was heard to send to operations that can be sent again by anybody, any time.

What a request carries and an earlier answer had given (a token, a draft's number, a state of a form) is taken from that
answer again; what never changes stays as it was. Secrets become names.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import quote, unquote, urlsplit

from toantrinh.load.plan import Ask, Operation, Take

HEADERS = ("content-type", "accept", "x-requested-with")
OWN_HEADER = re.compile(r"x-|authorization$", re.I)
MADE = re.compile(
    r"(?=[^ ]*\d)(?:[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_\-+/=.~%]{16,})", re.I
)
NUMBER = re.compile(r"(?=.*\d)[\w\-.]{1,64}")
TOKENS = re.compile(r"token|csrf|xsrf|viewstate|nonce|state|eventvalidation", re.I)
HIDDEN = re.compile(r"<input[^>]*hidden", re.I)  # a browser sends it as it came, whatever it is
KEY = re.compile(r'"(?:\w*id|ma|so|code|number|\w*key)"\s*:\s*"?$', re.I)
LEAST_LEFT, MOST_LEFT = 6, 120


@dataclass(frozen=True)
class Heard:
    """One request of the browser and its answer. `step`: what the citizen was doing; `answer`: the body as text, empty
    for what is no text; `headers` of the request, `given` those of the answer, names in lower case."""

    step: str
    method: str
    address: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    shows: tuple[str, ...] = ()


@dataclass
class _Taken:
    """A value that is taken: from which request, and as what."""

    value: str
    take: Take


class Weaver:
    """Goes through the requests in their order. `secrets`: value → the name that stands for it."""

    def __init__(self, heard: Sequence[Heard], home: str, secrets: Mapping[str, str] | None = None) -> None:
        self._heard, self._home = heard, home.rstrip("/")
        self._secrets = {value: name for value, name in (secrets or {}).items() if value}
        self._taken: dict[int, list[_Taken]] = {}

    def operations(self, think_s: float = 0) -> tuple[Operation, ...]:
        """The steps in their order; one to which the citizen came back stands there twice."""
        asks = [self._ask(number) for number in range(len(self._heard))]
        for number, taken in self._taken.items():
            asks[number] = asks[number].model_copy(update={"takes": tuple(one.take for one in taken)})
        steps = groupby(zip(self._heard, asks, strict=True), key=lambda pair: pair[0].step)
        return tuple(
            Operation(name=step, asks=tuple(ask for _, ask in pairs), think_s=think_s if place else 0)
            for place, (step, pairs) in enumerate(steps)
        )

    def _ask(self, number: int) -> Ask:
        one = self._heard[number]
        path = one.address.removeprefix(self._home) or "/"
        headers = {name: value for name, value in one.headers.items() if name in HEADERS or OWN_HEADER.match(name)}
        return Ask.model_validate(
            {
                "method": one.method,
                "path": self._woven(number, path, _in_address(path)),
                "headers": {
                    name: self._woven(number, value, [value.rpartition(" ")[2]]) if OWN_HEADER.match(name) else value
                    for name, value in headers.items()
                },
                "body": self._woven(number, one.body, _in_body(one.body)),
                "status": (one.status,),
                "shows": one.shows,
            }
        )

    def _woven(self, number: int, text: str, values: Sequence[str]) -> str:
        """The text with names in place of what is secret or was given before, longest first."""
        for raw in sorted(dict.fromkeys(values), key=len, reverse=True):
            value = unquote(raw.replace("+", " ")) if raw != unquote(raw) or "+" in raw else raw
            name = self._secrets.get(value) or self._name_of(number, value)
            if name:
                encoded = raw != value or quote(value, safe="") != value
                text = _replaced(text, raw, "{{" + name + ("|url" if encoded else "") + "}}")
        return text

    def _name_of(self, number: int, value: str) -> str:
        """The name under which an earlier answer's value is taken; empty when none gave it or it never changes."""
        for place in range(number - 1, -1, -1):
            for known in self._taken.get(place, ()):
                if known.value == value:
                    return known.take.name
        for place in range(number - 1, -1, -1):
            if (take := self._take(place, value)) is not None:
                self._taken.setdefault(place, []).append(_Taken(value, take))
                return take.name
        return ""

    def _take(self, place: int, value: str) -> Take | None:
        """How the value is taken from this answer, where it changes from one visit to the next."""
        one = self._heard[place]
        name = f"v{sum(map(len, self._taken.values())) + 1}"
        location = one.given.get("location", "")
        if value in re.split(r"[/?&=#;]", location) and (one.method != "GET" or MADE.fullmatch(value)):
            left, right = _bounds(location, value)
            if left and NUMBER.fullmatch(value):
                return Take(name=name, header="location", left=left, right=right or "#")
        made = bool(MADE.fullmatch(value))
        begun = one.method != "GET" and one.answer.lstrip()[:1] in ("{", "[") and bool(NUMBER.fullmatch(value))
        for spelt, escaped in ((value, False), (html.escape(value), True)):
            for left, right in _places(one.answer, spelt):
                if right and (made or TOKENS.search(left) or HIDDEN.search(left) or (begun and KEY.search(left))):
                    return Take(name=name, left=left, right=right, escaped=escaped)
        return None


def _replaced(text: str, raw: str, name: str) -> str:
    """Whole values only: `15` is not part of `2015`."""
    return re.sub(rf"(?<![\w%]){re.escape(raw)}(?![\w%])", lambda _: name, text)


def _in_address(path: str) -> list[str]:
    parts = urlsplit(path)
    segments = [segment for segment in parts.path.split("/") if segment]
    return segments + [pair.partition("=")[2] for pair in parts.query.split("&") if "=" in pair]


def _in_body(body: str) -> list[str]:
    if body.lstrip()[:1] in ("{", "["):
        return re.findall(r'"((?:[^"\\]|\\.)*)"', body) + re.findall(r"[:\[,]\s*(\d+)", body)
    if "\r\n" in body:  # multipart (RFC 7578)
        return [part.partition("\r\n\r\n")[2].rstrip("\r\n") for part in re.split(r"\r?\n?--[^\r\n]+\r\n", body)]
    return [pair.partition("=")[2] for pair in body.split("&") if "=" in pair]


def _bounds(text: str, value: str) -> tuple[str, str]:
    """What stands before and behind the value's first whole occurrence; the shortest before it that is the first of
    its kind."""
    return next(_places(text + "\0", value), ("", ""))


def _places(text: str, value: str) -> Iterator[tuple[str, str]]:
    """Bounds by which each whole occurrence of the value is found again as the first behind its left bound."""
    if not value:
        return
    for found in re.finditer(rf"(?<![\w%]){re.escape(value)}(?![\w%])", text):
        start, end = found.span()
        right = text[end : end + 1]
        if right == "\0":
            right = ""
        begun = max(text.rfind("<", 0, start), text.rfind(",", 0, start), text.rfind("{", 0, start))
        whole = [start - begun] if LEAST_LEFT <= start - begun <= MOST_LEFT else []  # a tag or a pair says most
        for length in (*whole, *range(min(LEAST_LEFT, start) or 1, min(MOST_LEFT, start) + 1)):
            left = text[start - length : start]
            if text.find(left) + len(left) == start and "\n" not in left:
                yield left, right
                break
