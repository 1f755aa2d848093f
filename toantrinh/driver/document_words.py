"""What a document says of its own protection: meta elements in the place of headers, and files of other hosts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toantrinh.observations.http_answers import Written

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

MOST_POLICIES = 4
MOST_FILES = 200
WRITTEN = """() => {
  const all = Array.from(document.querySelectorAll('head meta'));
  const said = (key, name) => all.filter((el) => (el.getAttribute(key) || '').toLowerCase() === name)
    .map((el) => el.getAttribute('content') || '');
  return { policies: said('http-equiv', 'content-security-policy'), referrer: said('name', 'referrer').pop() || '' };
}"""
STRANGERS = r"""(most) => Array.from(document.querySelectorAll('script[src],link[rel~=stylesheet][href]'))
  .slice(0, most).map((el) => ({ address: el.src || el.href, kind: el.tagName === 'SCRIPT' ? 'script' : 'stylesheet',
    integrity: /(^|\s)sha(256|384|512)-\S/i.test(el.integrity) })).filter((file) => typeof file.address === 'string')"""


def written_in(frame: Frame) -> Written:
    """The policies and the referrer policy of the meta elements in a frame's head (HTML, pragma directives)."""
    said = frame.evaluate(WRITTEN)
    return Written(policies=tuple(map(str, said["policies"][:MOST_POLICIES])), referrer=str(said["referrer"]))


def files_of(page: Page) -> list[dict[str, Any]]:
    """Address, kind and integrity (a digest that browsers know, W3C SRI §3.2) of the scripts and style sheets in the
    page's top document, at most 200."""
    return list(page.evaluate(STRANGERS, MOST_FILES))


def without_values(address: str) -> str:
    """An address without its fragment, and with the names of its parameters alone: `/x;jsessionid=…?ma=…`."""
    path, mark, query = address.split("#")[0].partition("?")
    return re.sub(r"(;[^;=/]+)=[^;/]+", r"\1=…", path) + mark + re.sub(r"=[^&;]+", "=…", query)
