"""The links of a page that is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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
