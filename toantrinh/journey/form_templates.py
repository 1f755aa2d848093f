"""The form templates that the public page of a procedure offers: each is downloaded and looked at."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from toantrinh.downloads import is_sound, kind_of
from toantrinh.driver.eyes import View
from toantrinh.driver.fetching import Fetched
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import FormTemplate

MOST_TEMPLATES = 8
FILE_NAME = re.compile(r"\.(docx?|pdf|xlsx?|odt|rtf|zip)(\?|$)", re.IGNORECASE)


def templates_of(who: Traveller, view: View) -> list[FormTemplate]:
    """The templates behind the page's links. A link to a page that lists files stands for the files of that list."""
    intent = who.lexicon["templates"]
    found: dict[str, FormTemplate] = {}
    for link in view.controls:
        if link.role != "link" or not link.href.startswith("http") or link.landmark in ("header", "nav", "footer"):
            continue
        if not (link.download or FILE_NAME.search(link.href)) and intent.nearness(link.name) < 45:
            continue
        if link.href in found or len(found) >= MOST_TEMPLATES:
            continue
        got = who.fetch_file(link.href)
        listed = _files_listed(got.content, link.href) if kind_of(got.content) == "html" else []
        for label, address in listed[: MOST_TEMPLATES - len(found)]:
            found.setdefault(address, _template(label, address, who.fetch_file(address)))
        if not listed:
            found[link.href] = _template(link.name, link.href, got)
    return list(found.values())


def _template(label: str, address: str, got: Fetched) -> FormTemplate:
    return FormTemplate(
        label=label,
        address=address,
        status=got.status,
        bytes=len(got.content),
        kind="unknown" if got.why else kind_of(got.content),
        sound=not got.why and is_sound(got.content),
        why=got.why,
    )


def _files_listed(content: bytes, base: str) -> list[tuple[str, str]]:
    """(words, address) of the links to files in a page."""
    reader = _Links()
    reader.feed(content.decode("utf-8", errors="replace"))
    addresses = ((" ".join(words.split()), urljoin(base, href)) for href, words in reader.links)
    return [(words, address) for words, address in addresses if FILE_NAME.search(address)]


class _Links(HTMLParser):
    """Collects (href, words) of the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attrs).get("href")):
            self._open = href
            self.links.append((href, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            href, words = self.links[-1]
            self.links[-1] = (href, words + data)
