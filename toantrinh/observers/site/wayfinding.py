"""Where the pages of the set are: by the path in the system file, else by the words of the links, as a person would."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urldefrag, urljoin, urlsplit

from toantrinh.driver.lexicon import Lexicon, fold
from toantrinh.observations.site import LinkFacts, PageName
from toantrinh.ownership import at_home
from toantrinh.system_model import System

INTENTS = {
    PageName.SERVICES: "service-list",
    PageName.LOOK_UP: "look-up",
    PageName.LOG_IN: "log-in",
    PageName.GUIDE: "guide",
    PageName.QUESTIONS: "questions",
    PageName.FEEDBACK: "feedback",
    PageName.FIGURES: "figures",
    PageName.SITE_MAP: "site-map",
    PageName.ENGLISH: "foreign-language",
}
PATHS = {PageName.SERVICES: "search", PageName.LOOK_UP: "lookup"}
LEAST = 45
TTHC_CODE = re.compile(r"\b\d\.\d{6}\b")


class Linking(Protocol):
    """A page as far as its way to other pages goes: its address and its links."""

    @property
    def address(self) -> str: ...
    @property
    def links(self) -> tuple[LinkFacts, ...]: ...


@dataclass(frozen=True)
class Linked:
    """A page of which nothing but its links is kept."""

    address: str
    links: tuple[LinkFacts, ...]


def address_of(
    name: PageName, system: System, lexicon: Lexicon, seen: Callable[[PageName], Linking | None]
) -> tuple[str, str] | None:
    """(address, how it was found) of a page; None when no link leads there. `seen` gives the pages visited so far."""
    if name is PageName.HOME:
        return urljoin(system.base_url + "/", system.paths.get("home", "")), "địa chỉ của hệ thống"
    if path := system.paths.get(PATHS.get(name, name.value)):
        return urljoin(system.base_url + "/", path), "đường dẫn trong tệp hệ thống"
    if name is PageName.SERVICE:
        services = seen(PageName.SERVICES)
        link = first_service(services, system) if services else None
        return (link.address, f"liên kết “{link.text}” trong danh sách thủ tục") if link else None
    for start in (PageName.HOME, PageName.SITE_MAP):
        page = seen(start) if start is not name else None
        link = best_link(page, name, lexicon) if page else None
        if link:
            return link.address, f"liên kết “{link.text}” ở {start.vietnamese.lower()}"
    return None


def best_link(page: Linking, name: PageName, lexicon: Lexicon) -> LinkFacts | None:
    """The link to the page's own server whose words name the wanted page best; visible ones and the menu first."""
    intent = lexicon[INTENTS[name]]
    best: list[tuple[int, int, LinkFacts]] = []
    for at, link in enumerate(page.links):
        near = intent.nearness(link.text)
        if name is PageName.ENGLISH and link.language.lower().startswith("en"):
            near = max(near, 90)
        if near < LEAST or not at_home(link.address, page.address) or _same_place(link.address, page.address):
            continue
        place = {"header": 4, "nav": 4, "": 2}.get(link.landmark, 0)
        best.append((-(near + place + (6 if link.visible else 0)), at, link))
    return min(best, key=lambda row: row[:2])[2] if best else None


def first_service(services: Linking, system: System) -> LinkFacts | None:
    """The link to a service in the list: one that the system file names, else the first with a TTHC code, else
    the first long one of the main part that leads to another path."""
    links = [
        link
        for link in services.links
        if link.role == "link"
        and link.landmark not in ("header", "nav", "footer")
        and at_home(link.address, services.address)
        and not _same_place(link.address, services.address)
    ]
    here = urlsplit(services.address)
    elsewhere = [link for link in links if (there := urlsplit(link.address)).path != here.path or there.fragment]
    for service in system.services:
        for link in elsewhere:
            if service.code in link.address or fold(service.name) == fold(link.text):
                return link
    coded = [link for link in elsewhere if TTHC_CODE.search(f"{link.address} {link.text}")]
    return next(iter(coded or [link for link in elsewhere if len(fold(link.text).split()) >= 3]), None)


def _same_place(address: str, base: str) -> bool:
    one, fragment = urldefrag(address)
    return one == urldefrag(base)[0] and not fragment.startswith(("/", "!"))
