"""The public pages of a portal on this machine: what its home page, its site map and its sitemap.xml lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import ProxyHandler, build_opener

from lxml import etree, html

DIRECT = build_opener(ProxyHandler({}))
SITE_MAP = ("sơ đồ", "site map", "sitemap")
LEAVES = re.compile(r"dang-xuat|log-?out|/api/", re.IGNORECASE)  # a visit there does something
MOST_BYTES = 5_000_000


def public_pages(home: str, most: int) -> list[str]:
    """At most `most` addresses that answer 200 with HTML, the home page first; one to a path, redirects followed."""
    found: dict[str, str] = {}
    for address in dict.fromkeys(_candidates(home)):
        if len(found) == most:
            break
        if urlsplit(address).path not in found and (page := _page(address)):
            found.setdefault(urlsplit(page[0]).path, urldefrag(page[0])[0])
    return list(found.values())


def _candidates(home: str) -> Iterator[str]:
    yield home
    links = list(_links(home))
    maps = [address for address, words in links if any(name in words.lower() for name in SITE_MAP)]
    for address, _ in chain.from_iterable(_links(one) for one in dict.fromkeys(maps)):
        yield address
    yield from (address for address, _ in links)
    with suppress(HTTPError, etree.XMLSyntaxError), DIRECT.open(urljoin(home, "/sitemap.xml"), timeout=10) as answer:
        places = etree.fromstring(answer.read(MOST_BYTES)).iter("{*}loc")
        yield from (place.text for place in places if place.text and _at_home(place.text, home))


def _links(address: str) -> Iterator[tuple[str, str]]:
    """(address without its fragment, words) of each link of a page that stays on its origin and leaves nothing."""
    if not (page := _page(address)):
        return
    for link in html.fromstring(page[1]).iter("a"):
        target = urldefrag(urljoin(page[0], link.get("href") or ""))[0]
        if _at_home(target, address) and not LEAVES.search(target):
            yield target, " ".join(link.text_content().split())


def _page(address: str) -> tuple[str, str] | None:
    """(its address in the end, its source) of a page that is HTML; None for anything else."""
    try:
        with DIRECT.open(address, timeout=10) as answer:
            is_page = answer.headers.get_content_type() == "text/html" and _at_home(answer.url, address)
            charset = answer.headers.get_content_charset("utf-8")
            return (answer.url, answer.read(MOST_BYTES).decode(charset, "replace")) if is_page else None
    except HTTPError:
        return None


def _at_home(address: str, home: str) -> bool:
    return urlsplit(address)[:2] == urlsplit(home)[:2]
