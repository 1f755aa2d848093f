"""Takes secrets out of everything that is kept."""

from __future__ import annotations

import base64
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

from toantrinh.secrets import Secret

MARK = "•••"
TOKEN = "***"
_TOKEN_NAME = (
    r"code|state|nonce|ticket|sid|jsessionid|phpsessid|session_state|code_verifier|code_challenge"
    r"|[a-z_-]*(?:token|csrf|xsrf)[a-z_-]*|captcha|otp|pin|password|passwd|mat[-_]khau|session_?(?:id|key)|jwt|api[-_]?key"
    r"|p_auth|formkey|p_instance|saml(?:response|art)|__eventvalidation|__viewstate"  # Liferay, web2py, APEX, ASP.NET
    r"|sig|signature|awsaccesskeyid|x-(?:amz|goog)-(?:credential|signature)"  # of an address that opens a file
)
_TOKEN_VALUE = re.compile(rf"(?<=[?&#;])((?:{_TOKEN_NAME})=)[^&#;\s\"'<>\\]+", re.I)
_APEX = re.compile(r"(?<=[?&])(p=\w{1,40}:\w{0,40}:)\d{4,}", re.I)  # f?p=application:page:session
_IS_TOKEN = re.compile(_TOKEN_NAME, re.I)
_SHORT = 6  # characters; a shorter secret is replaced only where it stands alone, or every "an" would vanish

_LONGEST_CODE = 8  # digits of a one-time code or PIN; within a longer number it is another number


def mask_tokens(text: str) -> str:
    """A text whose addresses carry `***` for one-time codes, tokens and session ids; their names stay visible."""
    return _APEX.sub(rf"\g<1>{TOKEN}", _TOKEN_VALUE.sub(rf"\g<1>{TOKEN}", text))


def is_token(name: str) -> bool:
    """True when a parameter of this name carries a one-time code, a token or a session id."""
    return _IS_TOKEN.fullmatch(name) is not None


def without(text: str, values: Iterable[str]) -> str:
    """`text` without so many exact values, as they are and as an address writes them: many of them in little time."""
    for value in sorted(values, key=len, reverse=True):
        for form in {value, quote(value, safe=""), html.escape(value)}:
            text = text.replace(form, MARK)
    return text


class Redactor:
    """Replaces every known secret by `•••`: as it is, and URL-encoded, JSON-escaped, HTML-escaped, in hex and base64.

    A secret shorter than 6 characters is replaced only where no letter or digit touches it, one of up to 8 digits where
    no digit does. Empty ones are ignored.
    """

    def __init__(self, secrets: Iterable[Secret | str] = ()) -> None:
        values = {secret.reveal() if isinstance(secret, Secret) else secret for secret in secrets}
        self._values = frozenset(value for value in values if value.strip())
        self._pattern = _pattern(self._values)

    def with_more(self, secrets: Iterable[Secret | str]) -> Redactor:
        """A redactor that also knows `secrets` (session tokens, one-time codes, …)."""
        return Redactor([*self._values, *secrets])

    def clean(self, text: str) -> str:
        """`text` without any known secret."""
        return self._pattern.sub(MARK, text) if self._pattern else text

    def clean_bytes(self, raw: bytes) -> bytes:
        """`raw` without any known secret; bytes that are not UTF-8 stay as they are."""
        if self._pattern is None:
            return raw
        text = raw.decode("utf-8", "surrogateescape")
        return self._pattern.sub(MARK, text).encode("utf-8", "surrogateescape")

    def clean_data(self, data: Any) -> Any:
        """Plain data (mappings, lists, texts) without any known secret, keys included."""
        if isinstance(data, str):
            return self.clean(data)
        if isinstance(data, dict):
            return {self.clean_data(key): self.clean_data(value) for key, value in data.items()}
        if isinstance(data, list | tuple):
            return [self.clean_data(item) for item in data]
        return data

    def __repr__(self) -> str:
        return f"Redactor({len(self._values)} secrets)"


def _pattern(values: Iterable[str]) -> re.Pattern[str] | None:
    alternatives: set[str] = set()
    for value in values:
        for form in (value, unicodedata.normalize("NFC", value), unicodedata.normalize("NFD", value)):
            alternatives.update(_alternatives(form))
    if not alternatives:
        return None
    return re.compile("|".join(sorted(alternatives, key=lambda one: (-len(one), one))))


def _alternatives(value: str) -> Iterator[str]:
    written = {
        value,
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(json.dumps(value)[1:-1])[1:-1],
        html.escape(value),
        html.escape(value, quote=False),
    }
    if value.isdigit() and len(value) <= _LONGEST_CODE:
        alone = (r"(?<!\d)", r"(?!\d)")  # "OTP123456ABC" holds the code, 9123456 does not
    elif len(value) < _SHORT:
        alone = (r"(?<![^\W_])", r"(?![^\W_])")
    else:
        alone = ("", "")
    for form in written:
        yield f"{alone[0]}{re.escape(form)}{alone[1]}"
    encoded = (quote(value, safe=""), quote(value), quote_plus(value), quote(quote(value, safe=""), safe=""))
    for form in set(encoded) - written:
        yield _any_case(form)
    if len(value) >= _SHORT:
        yield re.escape(value.encode().hex())
        for form in _base64_forms(value.encode()):
            yield re.escape(form)


def _any_case(form: str) -> str:
    """A pattern for a percent-encoded text whose hex digits may be in either case."""
    parts = re.split("(%(?:25)*[0-9A-F]{2})", form)
    return "".join(f"(?i:{part})" if part.startswith("%") else re.escape(part) for part in parts)


def _base64_forms(raw: bytes) -> Iterator[str]:
    """What of `raw` shows in base64 whatever stands before and after it: three ways to be aligned, two alphabets."""
    for before in range(3):
        padded = b"\0" * before + raw
        text = base64.b64encode(padded).decode().rstrip("=")
        first = (0, 2, 3)[before]
        last = len(text) - (1 if len(padded) % 3 else 0)
        core = text[first:last]
        if len(core) >= _SHORT:
            yield core
            yield core.replace("+", "-").replace("/", "_")
