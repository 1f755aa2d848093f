"""A request that changes something, as a page sent it, and the same without its anti-forgery token or with another."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl, urlencode

from toantrinh.driver.watch import SAFE
from toantrinh.ownership import at_home

if TYPE_CHECKING:
    from playwright.sync_api import Request

TOKEN = re.compile(r"csrf|xsrf|antiforgery|requestverification|authenticity|^_?token$|p_auth|formkey|nonce", re.I)
FORM, PLAIN = "application/x-www-form-urlencoded", "text/plain"
SIMPLE = (FORM, "multipart/form-data", PLAIN)  # what another site's form can send (Fetch Standard, CORS-safelisted)


class _Heard(Protocol):
    @property
    def request(self) -> Request: ...


@dataclass(frozen=True)
class Sent:
    """Method, address, body and content type of a request; `headers` that only the page's own scripts can add."""

    method: str
    address: str
    body: str = field(repr=False)
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def simple_kind(self) -> str:
        """The type under which another site could send the body."""
        return self.kind if self.kind.split(";")[0].strip().lower() in SIMPLE else PLAIN

    @property
    def tokens(self) -> dict[str, str]:
        """The anti-forgery tokens in the body, by name."""
        return {name: value for name, value in self._pairs() if TOKEN.search(name) and value}

    def without_tokens(self) -> Sent:
        """The same without any token."""
        return self.with_tokens({name: None for name in self.tokens})

    def with_tokens(self, tokens: Mapping[str, str | None]) -> Sent:
        """The same with other tokens; None leaves one out."""
        body = self.body
        if self._is_form:
            pairs = [(name, tokens.get(name, value)) for name, value in self._pairs()]
            body = urlencode([(name, value) for name, value in pairs if value is not None])
        elif (data := self._json) is not None:
            changed = {name: tokens.get(name, value) for name, value in data.items()}
            body = json.dumps(
                {name: value for name, value in changed.items() if name not in tokens or value is not None},
                ensure_ascii=False,
            )
        else:
            for name, value in tokens.items():
                if found := _part(name).search(body):
                    inside = "" if value is None else f"{found.group(1)}{value}{found.group(3)}"
                    body = body[: found.start()] + inside + body[found.end() :]
        return replace(self, body=body)

    @property
    def _is_form(self) -> bool:
        return self.kind.startswith(FORM)

    @property
    def _json(self) -> dict[str, object] | None:
        if "json" not in self.kind:
            return None
        try:
            data = json.loads(self.body)
        except ValueError:
            return None
        return data if isinstance(data, dict) else None

    def _pairs(self) -> list[tuple[str, str]]:
        if self._is_form:
            return parse_qsl(self.body, keep_blank_values=True)
        if (data := self._json) is not None:
            return [(name, value) for name, value in data.items() if isinstance(value, str)]
        names = re.findall(r'name="([^"]+)"', self.body)
        return [(name, found.group(2)) for name in names if (found := _part(name).search(self.body))]


def sent_of(request: Request) -> Sent:
    """What a browser sent, or was about to: with the headers that the page's own scripts gave it."""
    try:
        body = request.post_data or ""
    except UnicodeDecodeError:  # a file is inside
        body = (request.post_data_buffer or b"").decode("latin-1")
    given = request.headers
    kept = {name: value for name, value in given.items() if name.startswith("x-") or TOKEN.search(name)}
    return Sent(request.method, request.url, body, given.get("content-type", ""), kept)


def request_with(seen: Iterable[_Heard], mark: str, base: str) -> Sent | None:
    """The first request to the system itself that changes something and whose body carries the mark."""
    for one in seen:
        if one.request.method in SAFE or not at_home(one.request.url, base):
            continue
        sent = sent_of(one.request)
        if mark in sent.body:
            return sent
    return None


def token_of_page(source: str, name: str) -> str:
    """The token of this name in a page: of a hidden field or of a meta element; empty when there is none."""
    for tag in re.findall(r"<(?:input|meta)\b[^<>]{0,1000}>", source, re.I):
        if re.search(rf"""name\s*=\s*["']?{re.escape(name)}["'\s>]""", tag):
            found = re.search(r"""(?:value|content)\s*=\s*["']([^"']+)["']""", tag)
            if found:
                return html.unescape(found.group(1))
    return ""


def _part(name: str) -> re.Pattern[str]:
    """One field of a multipart body: boundary and head, value, end."""
    return re.compile(
        rf'(--[^\r\n]+\r\nContent-Disposition: form-data; name="{re.escape(name)}"\r\n\r\n)([^\r\n]*)(\r\n)'
    )
