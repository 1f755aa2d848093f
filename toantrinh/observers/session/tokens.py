"""The anti-forgery tokens that the system has given somebody, and a request that carries somebody else's instead."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.observers.session.forged import TOKEN, Sent, token_of_page
from toantrinh.observers.session.witness import CREDENTIALS
from toantrinh.ownership import at_home

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_PAGES = 4  # of a visitor, asked for a token
LINK = re.compile(
    r"""<a\b[^<>]{0,500}?href=["']([^"'<>]*(?:phan-anh|gop-y|feedback|danh-gia|contact|lien-he)[^"'<>]*)""", re.I
)
ON_PAGE = """() => [...document.querySelectorAll('input[type=hidden][name], meta[name]')]
    .map(one => [one.getAttribute('name'), one.value || one.content || ''])"""


def tokens_on(page: Page) -> dict[str, str]:
    """The tokens on the page as it stands in the browser, by name."""
    from playwright.sync_api import Error

    found: dict[str, str] = {}
    for frame in page.frames:
        try:
            pairs = frame.evaluate(ON_PAGE)
        except Error:  # gone, or of another host
            continue
        found |= {str(name): str(value) for name, value in pairs if value and TOKEN.search(str(name))}
    return found


def tokens_of_visitor(prober: Prober, names: Iterable[str]) -> dict[str, str]:
    """The tokens of these names that a visitor is given, at home or on a page with a form; empty when not all are."""
    return visitor_with_tokens(prober, names)[1]


def visitor_with_tokens(prober: Prober, names: Iterable[str]) -> tuple[Role, dict[str, str]]:
    """A visitor with a session of their own, and the tokens of these names that belong to it."""
    stranger, asked, names = nobody(), 0, list(names)
    pages = [""] if names else []
    while pages and asked < MOST_PAGES:
        asked += 1
        purpose = "mã chống giả mạo của một khách"
        answer = prober.follow(stranger, prober.ask(stranger, pages.pop(0), purpose))
        found = {name: token_of_page(answer.text, name) for name in names}
        if answer.ok and all(found.values()):
            return stranger, found
        if asked == 1:
            links = [urljoin(answer.address, html.unescape(link)) for link in LINK.findall(answer.text)]
            pages = [one for one in dict.fromkeys(links) if at_home(one, prober.system.base_url)]
    return stranger, {}


def in_the_name_of(sent: Sent, role: Role, tokens: Mapping[str, str]) -> tuple[Sent, tuple[str, ...]]:
    """(the request with this person's tokens, the names of those that they do not have).

    A token in a header is the page's, or a cookie's, of the same name but for signs and a leading X
    (the usual X-CSRF-Token beside csrf-token, X-XSRF-TOKEN beside XSRF-TOKEN). Credentials in headers are left out.
    """
    known = {_plain(name): value for name, value in {**role.cookies(sent.address), **tokens}.items()}
    body: dict[str, str | None] = {name: known.get(_plain(name)) for name in sent.tokens}
    headers: dict[str, str] = {}
    for name, value in sent.headers.items():
        if TOKEN.search(name):
            body.setdefault(f"header {name}", known.get(_plain(name)))
            headers |= {name: own} if (own := known.get(_plain(name))) else {}
        elif not CREDENTIALS.fullmatch(name):
            headers[name] = value
    lacking = tuple(name.removeprefix("header ") for name, value in body.items() if value is None)
    return replace(sent.with_tokens({name: body[name] for name in sent.tokens}), headers=headers), lacking


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^x-", "", name.lower()))
