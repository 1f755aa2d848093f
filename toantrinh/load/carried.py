"""Where a request carries values: segments of its path, parameters, fields of forms, members of JSON, headers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote, unquote_plus

PAIR = re.compile(r"(?:^|&)([^&=]*)=([^&]*)")
MEMBER = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|(?<![\w.\-+])(\d+)(?=\s*[,\]}])')
FIELD = re.compile(r'name="([^"\r\n]*)"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)(?=\r\n--)', re.S)
INSIDE = re.compile(r"(?<=%2F|%3F|%3D|%26)[\w\-.~]+(?=%2F|%3F|%3D|%26|$)|(?<=[/=])[\w\-.~]+(?=[/?&#]|$)", re.I)
ID_KEY = re.compile(r"id$|ids?\]$|code|number|(^|[_\-.])(ma|so|key|ref|draft|dossier|ho_?so|file|tep)([_\-.]|$)", re.I)


class Place(StrEnum):
    """What kind of place a value stands in."""

    SEGMENT = "segment"
    PARAMETER = "parameter"
    FIELD = "field"
    MEMBER = "member"
    PART = "part"
    HEADER = "header"


ENCODED = (Place.PARAMETER, Place.FIELD)


@dataclass(frozen=True)
class Carried:
    """One value: where it stands in the text, what it is called there, and what it means. `raw`: as it was written."""

    start: int
    raw: str
    key: str
    value: str
    place: Place

    @property
    def end(self) -> int:
        return self.start + len(self.raw)

    @property
    def names_something(self) -> bool:
        """True where identifiers stand: in a path, or under a name that says so."""
        return self.place is Place.SEGMENT or ID_KEY.search(self.key) is not None

    @property
    def encoded(self) -> bool:
        """True where another value would have to be percent-encoded (RFC 3986; forms, WHATWG URL §5)."""
        plain = self.raw == self.value != quote(self.value, safe="")  # such places take it as it is
        return self.raw != self.value if self.place is Place.SEGMENT else self.place in ENCODED and not plain


def in_address(address: str) -> Iterator[Carried]:
    """The values of a path or a whole address, in order."""
    begun = address.find("/", address.find("://") + 3) if "://" in address else 0
    path, mark, query = address.partition("?")
    before = ""
    for found in re.finditer(r"[^/]+", path[max(begun, 0) :]):
        yield Carried(max(begun, 0) + found.start(), found[0], before, unquote(found[0]), Place.SEGMENT)
        before = found[0]
    if mark:
        yield from _pairs(query, len(path) + 1, Place.PARAMETER)


def in_body(body: str) -> Iterator[Carried]:
    """The values of a body: JSON, multipart (RFC 7578), or a form, as it looks."""
    if body.lstrip()[:1] in ("{", "["):
        yield from _members(body)
    elif body.startswith("--") and "\r\n" in body:
        for found in FIELD.finditer(body):
            yield Carried(found.start(2), found[2], found[1], found[2], Place.PART)
    elif "=" in body:
        yield from _pairs(body, 0, Place.FIELD)


def in_header(name: str, value: str) -> Iterator[Carried]:
    """The last word of a header: a token alone, or behind its scheme (RFC 6750)."""
    raw = value.rpartition(" ")[2]
    if raw:
        yield Carried(len(value) - len(raw), raw, name, raw, Place.HEADER)


def _pairs(text: str, offset: int, place: Place) -> Iterator[Carried]:
    for found in PAIR.finditer(text):
        start, raw = offset + found.start(2), found[2]
        if not raw:
            continue
        yield Carried(start, raw, unquote_plus(found[1]), unquote_plus(raw), place)
        for inner in INSIDE.finditer(raw):  # an address as a value has identifiers of its own
            if inner[0] != raw:
                yield Carried(start + inner.start(), inner[0], unquote_plus(found[1]), inner[0], Place.SEGMENT)


def _members(body: str) -> Iterator[Carried]:
    key = ""
    for found in MEMBER.finditer(body):
        if found[2]:
            key = found[1]
        elif found[3] is not None:
            yield Carried(found.start(3), found[3], key, found[3], Place.MEMBER)
        elif found[1]:
            yield Carried(found.start(1), found[1], key, _unescaped(found[1]), Place.MEMBER)


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
