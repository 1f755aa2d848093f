"""What the source of a page tells of it before any script has run: links, places, title, how much it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from toantrinh.observations.links import PageLink, PageLinks

ACTING = ("onclick", "aria-controls", "aria-haspopup", "data-toggle", "data-bs-toggle")
ACTING_ROLES = ("button", "tab", "menuitem")
MOST_LINKS = 2_000
UNREAD = ("script", "style", "template", "noscript", "title")


@dataclass
class _Link:
    href: str
    tag: str
    label: str
    acts: bool
    words: list[str] = field(default_factory=list)


class SourceText(HTMLParser):
    """One document, read as it was sent."""

    def __init__(self, address: str, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = address
        self.title = self.heading = ""
        self.letters = self.scripts = 0
        self.anchors: list[str] = []
        self._links: list[_Link] = []
        self._within: list[str] = []
        self._open: _Link | None = None
        self.address = address
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in (*UNREAD, "h1"):
            self._within.append(tag)
            self.scripts += tag == "script"
        if tag == "base" and told.get("href"):
            self.base = urljoin(self.address, told["href"])
        self.anchors += [told[name] for name in ("id", "name") if told.get(name) and (name == "id" or tag == "a")]
        if tag in ("a", "area") and "href" in told and "template" not in self._within and len(self._links) < MOST_LINKS:
            acts = any(name in told for name in ACTING) or told.get("role") in ACTING_ROLES
            label = told.get("aria-label") or ""
            self._open = _Link(told["href"], tag, label or told.get("title", ""), acts)
            self._links.append(self._open)
        if tag == "img" and self._open is not None and told.get("alt"):
            self._open.words.append(told["alt"])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            while self._within.pop() != tag:
                pass
        if tag == "a":
            self._open = None

    def handle_data(self, data: str) -> None:
        within = self._within[-1] if self._within else ""
        if within == "title":
            self.title += data
        if within in UNREAD:
            return
        self.letters += len(data.strip())
        if within == "h1":
            self.heading += data
        if self._open is not None:
            self._open.words.append(data)

    @property
    def found(self) -> PageLinks:
        """Its links, with whole addresses."""
        links = []
        for link in self._links:
            try:
                address = urljoin(self.base, link.href.strip())
            except ValueError:
                continue
            words = " ".join(" ".join(link.words).split()) or link.label
            href = link.href.replace("\\", "\\\\").replace('"', '\\"')
            selector = f'{link.tag}[href="{href}"]'[:300]
            links.append(PageLink(text=words[:120], address=address, selector=selector, acts=link.acts))
        return PageLinks(address=self.address, links=tuple(links), anchors=tuple(self.anchors[:5000]))
