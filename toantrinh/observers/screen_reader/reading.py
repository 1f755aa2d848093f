"""Reads the page that is open as a screen reader would, beside what the eye sees; one look, bounded in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.observations.reading import (
    Displaced,
    DrawnHeading,
    DrawnList,
    FieldFacts,
    HeadingFacts,
    MisnamedControl,
    Passage,
    PlainLink,
    ReadingFacts,
    ReadLink,
    TableFacts,
)
from toantrinh.observations.site import ElementFacts
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.asking.patience import within
from toantrinh.observers.pictures.crops import Subject, crops_of
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

READING = (Path(__file__).parent / "reading.js").read_text(encoding="utf-8")
READ_MS = 15_000
LOOK_S = 45.0
MOST_SHOTS = 16
MOST_ALIKE = 2  # pictures of elements of one kind
LISTS = {
    "headings": HeadingFacts,
    "drawn_headings": DrawnHeading,
    "drawn_lists": DrawnList,
    "tables": TableFacts,
    "links": ReadLink,
    "plain_links": PlainLink,
    "colour_words": ElementFacts,
    "displaced": Displaced,
    "fields": FieldFacts,
    "misnamed": MisnamedControl,
    "passages": Passage,
}


def reading_of(page: Page, attachments: Attachments | None = None, *, picture: Path | None = None) -> ReadingFacts:
    """What a screen reader's user gets of the page that is open, and pictures of what looks wrong.

    `picture`: one of the whole page as it stands, where there is one already. Raises NotObserved as `patience.within`.
    """
    return within(page, LOOK_S, "đọc trang", lambda: _reading_of(page, attachments, picture))


def _reading_of(page: Page, attachments: Attachments | None, picture: Path | None) -> ReadingFacts:
    said = _read(page)
    shaped: dict[str, Any] = {name: tuple(model(**one) for one in said.pop(name)) for name, model in LISTS.items()}
    shots = _shots(page, suspects(shaped), attachments, picture) if attachments else {}
    return ReadingFacts(**said, **shaped, shots=shots)


def suspects(shaped: dict[str, Any]) -> Iterable[ElementFacts]:
    """The elements that a judge may want to look at, the gravest first; two of each kind."""
    for name in ("displaced", "drawn_headings", "drawn_lists"):
        yield from (one.element for one in shaped[name][:MOST_ALIKE])
    tables = [one for one in shaped["tables"] if bool(one.headers) == bool(one.presentation or one.blocks)]
    fields = [one for one in shaped["fields"] if not one.name or (one.mark and not one.told_required) or one.hint]
    plain = [one for one in shaped["plain_links"] if one.contrast < 3]
    headings, links = _headings(shaped["headings"]), _alike(shaped["links"])
    for some in (tables, fields, plain, headings, links, _foreign(shaped["passages"])):
        yield from (one.element for one in some[:MOST_ALIKE])
    yield from shaped["colour_words"][:MOST_ALIKE]
    yield from (one.element for one in shaped["misnamed"][:MOST_ALIKE])


def _foreign(passages: Sequence[Passage]) -> list[Passage]:
    """Those declared as Vietnamese with hardly a marked letter, and the other way round."""

    def marked(text: str) -> bool:
        return sum(not word.isascii() for word in text.split()) > 0.3 * len(text.split())

    told = [one for one in passages if one.language]
    return [one for one in told if marked(one.text) != one.language.lower().startswith("vi")]


def _headings(headings: Sequence[HeadingFacts]) -> list[HeadingFacts]:
    """Those that are empty, leave a level out, or say again what another one says."""
    found, last, said = [], 0, set[str]()
    for one in headings:
        if not one.text or one.level > last + 1 or one.text in said:
            found.append(one)
        last = one.level
        said.add(one.text)
    return sorted(found, key=lambda one: bool(one.text))


def _alike(links: Sequence[ReadLink]) -> list[ReadLink]:
    """Those that lead elsewhere than the first one of the same words, then those whose words stand alone."""
    first: dict[str, ReadLink] = {}
    others = [one for one in links if first.setdefault(one.name.strip().lower(), one).address != one.address]
    return [*others[:MOST_ALIKE], *(one for one in links if len(one.context.split()) < 2 and len(one.name.split()) < 3)]


def _read(page: Page) -> dict[str, Any]:
    world = World(page)
    try:
        found: dict[str, Any] = world.run(READING, READ_MS)
        return found
    finally:
        world.close()


def _shots(
    page: Page, elements: Iterable[ElementFacts], attachments: Attachments, picture: Path | None
) -> dict[str, str]:
    """One picture for each element by its selector, outlined; those that cannot be pictured are left out."""
    number = len(attachments.saved)
    named = {element.selector: f"{number + n:02d}-reading" for n, element in enumerate(elements, 1)}
    subjects = [Subject(name, (selector,)) for selector, name in list(named.items())[:MOST_SHOTS]]
    kept = crops_of(page, subjects, attachments, picture)
    return {selector: kept[name] for selector, name in named.items() if name in kept}
