"""Content-Disposition as a browser reads it: the file name, and whether the header is what RFC 6266 §4.1 allows."""

from __future__ import annotations

import re
from urllib.parse import unquote

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_QUOTED = r'"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\.)*"'
_WHOLE = re.compile(rf"\s*{_TOKEN}(?:\s*;\s*{_TOKEN}\s*=\s*(?:{_TOKEN}|{_QUOTED}))*\s*;?\s*")
_PART = re.compile(rf";\s*({_TOKEN})\s*=\s*({_QUOTED}|[^;]*)")


def as_meant(header: str) -> str:
    """A header's text; urllib reads bytes as Latin-1, and most systems send UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def is_well_formed(header: str) -> bool:
    """True for no header at all, and for one of the form that the RFC allows; letters beyond ASCII do no harm."""
    return not header or _WHOLE.fullmatch(header) is not None


def name_in(header: str) -> str:
    """The file name; the extended one (RFC 8187) goes before the plain one. Empty when there is none."""
    parts: dict[str, str] = {name.lower(): value.strip() for name, value in _PART.findall(header)}
    extended = parts.get("filename*", "").strip('"')
    charset, _, rest = extended.partition("'")
    if rest:
        try:
            return unquote(rest.partition("'")[2], encoding=charset or "utf-8")
        except LookupError:
            pass
    plain = parts.get("filename", "")
    if plain.startswith('"') and plain.endswith('"') and len(plain) > 1:
        plain = re.sub(r"\\(.)", r"\1", plain[1:-1])
    return plain
