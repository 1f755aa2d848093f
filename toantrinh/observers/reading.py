"""Reads the page that is open as a screen reader would, beside what the eye sees; one look, bounded in time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver.alarm import alarm
from toantrinh.observations.reading import (
    Displaced,
    DrawnHeading,
    DrawnList,
    FieldFacts,
    HeadingFacts,
    Passage,
    PlainLink,
    ReadingFacts,
    ReadLink,
    TableFacts,
)
from toantrinh.observations.site import ElementFacts
from toantrinh.observers.page_world import World
from toantrinh.store import Attachments, NotObserved, Outcome

if TYPE_CHECKING:
    from playwright.sync_api import Page

READING = (Path(__file__).parent / "reading.js").read_text(encoding="utf-8")
READ_MS = 15_000
LOOK_S = 45.0
MOST_SHOTS = 10
MOST_ALIKE = 2  # pictures of elements of one kind
ROOM = 24  # CSS pixels around an element in its picture
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
    "passages": Passage,
}


def reading_of(page: Page, attachments: Attachments | None = None) -> ReadingFacts:
    """What a screen reader's user gets of the page that is open, and pictures of what looks wrong.

    Raises NotObserved when the page does not let itself be read in time.
    """
    from playwright.sync_api import Error

    with alarm(page, LOOK_S) as bell:
        try:
            said = _read(page)
            shaped: dict[str, Any] = {
                name: tuple(model(**one) for one in said.pop(name)) for name, model in LISTS.items()
            }
            shots = _shots(page, suspects(shaped), attachments) if attachments else {}
        except Error as error:
            why = f"trang không đọc xong trong {LOOK_S:g} giây" if bell.rang else str(error).splitlines()[0]
            raise NotObserved(Outcome.NOT_TESTED, why) from error
    return ReadingFacts(**said, **shaped, shots=shots)


def suspects(shaped: dict[str, Any]) -> Iterable[ElementFacts]:
    """The elements that a judge may want to look at, the gravest first."""
    for name in ("displaced", "drawn_headings", "drawn_lists"):
        yield from (one.element for one in shaped[name][:MOST_ALIKE])
    tables = [one for one in shaped["tables"] if bool(one.headers) == bool(one.presentation or one.blocks)]
    fields = [one for one in shaped["fields"] if not one.name or (one.mark and not one.told_required) or one.hint]
    for some in (tables, [one for one in shaped["plain_links"] if one.contrast < 3], fields):
        yield from (one.element for one in some[:MOST_ALIKE])


def _read(page: Page) -> dict[str, Any]:
    world = World(page)
    try:
        found: dict[str, Any] = world.run(READING, READ_MS)
        return found
    finally:
        world.close()


MARK = """([selector, on]) => {
  const el = document.querySelector(selector);
  if (!el) return null;
  if (on) el.scrollIntoView({ block: 'center', behavior: 'instant' });
  el.style.setProperty('outline', on ? '3px solid #d00000' : '', 'important');
  el.style.setProperty('outline-offset', on ? '2px' : '', 'important');
  const box = el.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height, innerWidth, innerHeight];
}"""


def _shots(page: Page, elements: Iterable[ElementFacts], attachments: Attachments) -> dict[str, str]:
    """One picture for each element, outlined; at most ten. An element that cannot be pictured is left out."""
    from playwright.sync_api import Error

    shots: dict[str, str] = {}
    for element in elements:
        if len(shots) >= MOST_SHOTS or element.selector in shots:
            continue
        try:
            box = page.evaluate(MARK, [element.selector, True])
            if not box:
                continue
            x, y, width, height, across, down = box
            left, top = max(0, x - ROOM), max(0, y - ROOM)
            clip = {
                "x": left,
                "y": top,
                "width": max(1, min(across, x + width + ROOM) - left),
                "height": max(1, min(down, y + height + ROOM) - top),
            }
            picture = page.screenshot(type="jpeg", quality=60, clip=clip, timeout=5_000)  # type: ignore[arg-type]
            shots[element.selector] = attachments.save(f"{len(shots) + 1}.jpg", picture)
            page.evaluate(MARK, [element.selector, False])
        except Error:
            continue
    return shots
