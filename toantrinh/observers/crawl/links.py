"""The links of a page that is open, and how addresses compare."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

from toantrinh.observations.links import PageLink, PageLinks
from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.asking.patience import within

if TYPE_CHECKING:
    from playwright.sync_api import Page

LINKS = (Path(__file__).parent / "links.js").read_text(encoding="utf-8")
LOOK_S = 20.0


def links_of(page: Page) -> PageLinks:
    """The links of a page that is open and settled, and the places in it. Raises NotObserved as `patience.within`."""
    found: dict[str, Any] = within(page, LOOK_S, "đọc liên kết", lambda: ask(page, LINKS))
    return PageLinks(
        address=found["address"],
        links=tuple(PageLink(**link) for link in found["links"]),
        anchors=tuple(dict.fromkeys(found["anchors"])),
    )


def place_of(address: str) -> str:
    """The address without a fragment that only marks a place in the page, also in one that a script's route names."""
    bare, fragment = urldefrag(address)
    bare = bare if urlsplit(bare).path else f"{bare}/"
    return f"{bare}#{fragment.split('#')[0]}" if fragment.startswith(("/", "!")) else bare


def template_of(address: str) -> str:
    """What addresses of one kind have in common: the path with its codes, numbers and names of files left out."""
    parts = urlsplit(address)
    path = re.sub(r"[^/]+(\.\w{2,5})$", r"*\1", parts.path)
    return re.sub(r"[^/]*\d[^/]*", "#", path) + ("?" if parts.query else "") + re.sub(r"\d+", "#", parts.fragment)
