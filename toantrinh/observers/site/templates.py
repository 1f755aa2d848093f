"""Which pages are made from one template: what needs interaction is tried on one of them, not on each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toantrinh.observers.asking.page_world import World

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEMPLATE = (Path(__file__).parent / "template.js").read_text(encoding="utf-8")
ALIKE = 0.95  # share of what either is built of that both are built of
LOOK_MS = 5_000
Key = TypeVar("Key")


def template_of(page: Page) -> tuple[int, ...]:
    """What the page that is open is built of: numbers, sorted, at most 2,000."""
    world = World(page)
    try:
        return tuple(world.run(f"({TEMPLATE})()", LOOK_MS))
    finally:
        world.close()


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True for two pages of one template. A page of which nothing is known is like no other."""
    first, second = set(one), set(other)
    return bool(first) and len(first & second) >= ALIKE * len(first | second)


def representatives(templates: Mapping[Key, tuple[int, ...]]) -> dict[Key, Key]:
    """For each page, in order, the first one of its template: itself, when it is that."""
    found: dict[Key, Key] = {}
    for page, template in templates.items():
        first = (known for known, of in found.items() if known == of and alike(templates[known], template))
        found[page] = next(first, page)
    return found
