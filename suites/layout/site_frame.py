"""Header, menu and footer of the pages: as they are marked up, else as the pages have them in common.

A portal of layout tables or plain blocks marks nothing up, and its citizens see its header all the same: what most
pages begin with, and what they end with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from toantrinh.driver.lexicon import fold
from toantrinh.observations.site import LinkFacts, PageFacts

AROUND = ("header", "nav")
LEAST_PAGES = 3  # that must agree
STRANGERS = 2  # things of a page's own in a row with which its content begins


def marks_header(page: PageFacts) -> bool:
    """True when the page tells where its header or menu is, with links in it."""
    return any(link.landmark in AROUND for link in page.links)


def header_of(page: PageFacts, pages: Sequence[PageFacts]) -> tuple[str, ...]:
    """The lines of the page's header."""
    if marks_header(page):
        return page.header
    lines = _lines(page)
    return tuple(dict.fromkeys([*page.header, *_run(lines, _shared([_lines(one) for one in pages]))]))


def footer_of(page: PageFacts, pages: Sequence[PageFacts]) -> tuple[str, ...]:
    """The lines of the page's footer."""
    if page.footer:
        return page.footer
    shared = _shared([_lines(one) for one in pages])
    return tuple(reversed(_run(_lines(page)[::-1], shared)))


def menu_of(page: PageFacts, pages: Sequence[PageFacts]) -> list[LinkFacts]:
    """The links of header and menu, those behind a button, too."""
    if marks_header(page):
        return [link for link in page.links if link.landmark in AROUND]
    shared = _shared([[_bare(link.text) for link in one.links] for one in pages])
    links = [link for link in page.links if _bare(link.text)]
    kept = set(_run([_bare(link.text) for link in links], shared))
    return [link for link in links if _bare(link.text) in kept]


def _lines(page: PageFacts) -> list[str]:
    """The lines of the page's text; a counter or a clock is no difference, and stays in the line."""
    return [line for text in page.text.splitlines() if (line := " ".join(text.split()))]


def _shared(of_pages: Iterable[Sequence[str]]) -> frozenset[str]:
    """What more than half of the pages have; nothing where too few pages can be compared."""
    known = [set(map(_bare, entries)) for entries in of_pages]
    counts = Counter(entry for entries in known for entry in entries)
    if len(known) < LEAST_PAGES:
        return frozenset()
    return frozenset(entry for entry, count in counts.items() if entry and count > len(known) / 2)


def _run(entries: Sequence[str], shared: frozenset[str]) -> list[str]:
    """The shared ones at the beginning, up to where the page's own content begins."""
    found: list[str] = []
    strangers = 0
    for entry in entries:
        strangers = 0 if _bare(entry) in shared else strangers + 1
        if strangers >= STRANGERS:
            break
        if not strangers:
            found.append(entry)
    return found


def _bare(text: str) -> str:
    """Folded and without figures."""
    return " ".join("".join(" " if c.isdigit() else c for c in fold(text)).split())
