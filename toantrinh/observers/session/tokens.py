"""The anti-forgery tokens that the system has given somebody, and a request that carries somebody else's instead."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.observers.session.forged import TOKEN, Sent, token_of_page
from toantrinh.observers.trespass.credentials import (
    Sends,
    in_its_place,
    in_query,
    lacks,
    named_values,
    never,
    personal,
    plain,
    values_of,
)
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


def in_the_name_of(
    sent: Sent,
    role: Role,
    tokens: Mapping[str, str],
    owner: Role | None = None,
    sends: Sends = never,
) -> tuple[Sent, tuple[str, ...], tuple[str, ...]]:
    """(the request with this person's tokens and none of the owner's credentials, the names of the tokens that they do
    not have, the names of the credentials that they do not have).

    A token in a header is the page's, or a cookie's, of the same name but for signs and a leading X
    (the usual X-CSRF-Token beside csrf-token, X-XSRF-TOKEN beside XSRF-TOKEN). Credentials in headers are left out:
    each role brings its own. Those in the body and in the address become this person's of the same name, or nothing.
    `sends`: what the second citizen's browser sends, too, and so is no credential. The `owner`'s own
    request keeps them.
    """
    known = {plain(name): value for name, value in {**role.cookies(sent.address), **role.headers, **tokens}.items()}
    body: dict[str, str | None] = {name: known.get(plain(name)) for name in sent.tokens}
    known_as = owner.headers if owner else {}
    theirs = set() if role is owner else personal(sent.headers, known_as, sent.headers, sends)
    headers: dict[str, str] = {}
    for name, value in sent.headers.items():
        if TOKEN.search(name):
            body.setdefault(f"header {name}", known.get(plain(name)))
            headers |= {name: own} if (own := known.get(plain(name))) else {}
        elif name not in theirs:
            headers[name] = value
    lacking = tuple(name.removeprefix("header ") for name, value in body.items() if value is None)
    tokened = replace(sent.with_tokens({name: body[name] for name in sent.tokens}), headers=headers)
    if role is owner:
        return tokened, lacking, ()
    unknown = lacks((name for name in theirs if not TOKEN.search(name)), role)
    own_sent, more = _without(tokened, role, owner)
    return own_sent, lacking, (*unknown, *more)


def _without(sent: Sent, role: Role, owner: Role | None) -> tuple[Sent, tuple[str, ...]]:
    """(the request with this person's credentials in body and address, the names of those that they do not have)."""
    carried = dict(values_of(owner, sent.address)) if owner else {}
    carried = {name: value for name, value in carried.items() if value in unquote(sent.address) or value in sent.body}
    carried |= dict(named_values(sent.body, sent.kind)) | dict(in_query(sent.address))
    tokens = sent.tokens
    carried = {name: value for name, value in carried.items() if name not in tokens}
    own_ones = {**role.cookies(sent.address), **role.headers}
    mine = {plain(name): value.split(" ", 1)[-1] for name, value in own_ones.items()}
    address, body = sent.address, sent.body
    for name, value in carried.items():
        own = mine.get(plain(name), "")
        address, body = in_its_place(address, name, value, own), in_its_place(body, name, value, own)
    missing = () if role.key == "nobody" else tuple(name for name in carried if not mine.get(plain(name)))
    return replace(sent, address=address, body=body), missing
