"""What shows up when the pointer rests on a control: whether it can be dismissed, and entered (WCAG 1.4.13)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.observations.tour import HoverContent
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.asking.patience import within
from toantrinh.observers.pictures.crops import crop_of
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOVERING = (Path(__file__).parent / "hovering.js").read_text(encoding="utf-8")
LOOK_S = 30.0
APPEARS_MS, GOES_MS, STAYS_MS = 350, 700, 400
STEPS = 12  # of the pointer's way onto what appeared


def hovers_of(page: Page, attachments: Attachments, kept: str) -> tuple[HoverContent, ...]:
    """What appeared over the page that is open, at most 8 controls tried; nothing is pressed but Escape.

    `kept`: how the names of pictures begin. Raises NotObserved as `patience.within`.
    """
    return within(page, LOOK_S, "rê chuột", lambda: _hovers_of(page, attachments, kept))


def _hovers_of(page: Page, attachments: Attachments, kept: str) -> tuple[HoverContent, ...]:
    world, found = World(page, HOVERING), list[HoverContent]()
    try:
        for trigger in world.call("triggers"):
            _leave(page)
            restless = _restless(world)
            seen = _rest(page, world, trigger)
            if seen is None:
                continue
            page.keyboard.press("Escape")
            dismissed = bool(world.call("gone", GOES_MS))
            picture = "" if dismissed else crop_of(page, _box(seen), attachments, f"{kept}-{len(found) + 1}.png")
            found.append(
                HoverContent(
                    address=page.url,
                    trigger=trigger["selector"],
                    markup=trigger["markup"],
                    name=trigger["name"],
                    content=seen["selector"],
                    text=seen["text"],
                    covers=seen["covers"],
                    dismissed=dismissed,
                    hoverable=None if restless else _can_be_entered(page, world, trigger),
                    shot=picture,
                )
            )
        _leave(page)
    finally:
        world.close()
    return tuple(found)


def _rest(page: Page, world: World, trigger: dict[str, Any]) -> dict[str, Any] | None:
    """What appears when the pointer rests on the control."""
    page.mouse.move(*trigger["at"])
    seen: dict[str, Any] | None = world.call("appeared", APPEARS_MS)
    return seen


def _can_be_entered(page: Page, world: World, trigger: dict[str, Any]) -> bool | None:
    """True when what appears stays while the pointer goes onto it; None where it did not go with the pointer, or did
    not come again with it."""
    _leave(page)
    if not world.call("gone", GOES_MS) or _restless(world):
        return None
    seen = _rest(page, world, trigger)
    if seen is None or not world.call("same"):
        return None
    left, top, width, height = _box(seen)
    page.mouse.move(left + width / 2, top + min(height / 2, 30), steps=STEPS)
    return not world.call("gone", STAYS_MS)


def _restless(world: World) -> bool:
    """True when something appears while the pointer rests nowhere, as long as it would rest on a control."""
    world.call("remember")
    comes = bool(world.call("restless", APPEARS_MS))
    if comes:
        world.call("remember")
    return comes


def _box(seen: dict[str, Any]) -> tuple[float, float, float, float]:
    left, top, width, height = seen["box"]
    return left, top, width, height


def _leave(page: Page) -> None:
    """The pointer goes to the lower edge of the window, where menus seldom are."""
    size = page.viewport_size
    page.mouse.move(2, size["height"] - 2 if size else 600)
