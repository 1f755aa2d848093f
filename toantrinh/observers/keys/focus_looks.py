"""Pictures of an element with and without focus, and how many of their pixels differ."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageChops, ImageFilter

from toantrinh.observations.keyboard import FocusLook, Stop
from toantrinh.observers.asking.isolated import Isolated
from toantrinh.observers.pictures.crops import outlined
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

CLEARLY = 24  # of 255, in one channel
AROUND = 15  # pixels by which what moves is widened: the next picture of it stands elsewhere
LEAST_PIXELS = 12  # fewer are an accident of drawing
MOST_DOUBTS = 8  # elements of a page that are seen a second time


def looks_of(
    keys: Isolated,
    chosen: Sequence[int],
    order: Sequence[int],
    stops: Sequence[Stop],
    attachments: Attachments | None,
) -> tuple[FocusLook, ...]:
    """The focus of the chosen places of the walk. One that shows nothing is seen again, reached by Tab."""
    found, doubts = [], 0
    keys.begin()
    keys.press("Tab")  # so that the browser knows that this person uses the keyboard
    for place in chosen:
        number, stop = order[place], stops[place]
        seen = keys.ask("keyboard.focused", number, False)
        if seen is None:
            continue
        focused, changed, slightly = _compared(keys, number, seen)
        sure = False
        if changed < LEAST_PIXELS and not seen["caret"] and doubts < MOST_DOUBTS:
            doubts += 1
            changed, slightly, sure = _again(keys, number, order[place - 1] if place else None)
            sure = sure and not seen["covered"]
        found.append(
            FocusLook(
                selector=stop.selector,
                markup=stop.markup,
                kind=stop.kind,
                changed=changed,
                slightly=slightly,
                caret=seen["caret"],
                sure=sure,
                picture=_kept(attachments, focused, seen, place)
                if attachments and focused and changed < LEAST_PIXELS and not seen["caret"]
                else "",
            )
        )
    return tuple(found)


def _compared(keys: Isolated, number: int, seen: dict[str, Any]) -> tuple[bytes, int, int]:
    """The picture with focus, and the pixels of its clip that differ without, but for what moves by itself."""
    if seen["outside"]:
        keys.ask("keyboard.blurred", number)
        return b"", 0, 0
    clip = tuple(seen["clip"])
    focused = keys.picture(clip)
    moved = keys.ask("keyboard.blurred", number)
    without = keys.picture(clip)
    if focused == without:
        return focused, 0, 0
    restless = None
    if moved or seen["restless"]:
        keys.ask("keyboard.rest")
        restless = keys.picture(clip)
    return focused, *_difference(focused, without, restless)


def _again(keys: Isolated, number: int, previous: int | None) -> tuple[int, int, bool]:
    """The whole window with focus, reached by Tab, and without it. The last value: it was reached so."""
    if previous is None:
        keys.begin()
    else:
        keys.ask("keyboard.refocus", previous)
    keys.press("Tab")
    reached = keys.ask("keyboard.isAt", number)
    if not reached and not keys.ask("keyboard.refocus", number):
        return 0, 0, False
    keys.ask("keyboard.rest")
    seen = keys.ask("keyboard.focused", number, True)
    focused = keys.picture()
    keys.ask("keyboard.blurred", number)
    without = keys.picture()
    if focused == without:
        return 0, 0, reached and seen is not None
    keys.ask("keyboard.rest")
    later = keys.picture()
    sure = reached and seen is not None and later == without  # in what moves a focus may hide
    return *_difference(focused, without, later), sure


def _difference(focused: bytes, without: bytes, restless: bytes | None) -> tuple[int, int]:
    """Pixels that clearly differ, and that differ at all, where `without` and `restless` are alike."""
    a, b = _opened(focused), _opened(without)
    if a.size != b.size:
        return 0, 1
    change = _strongest(ImageChops.difference(a, b))
    if restless:
        c = _opened(restless)
        if c.size == a.size:
            moving = _strongest(ImageChops.difference(b, c))
            if moving.getbbox():
                around = moving.point(lambda value: 255 if value else 0).filter(ImageFilter.MaxFilter(AROUND))
                change = ImageChops.subtract(change, around)
    counts = change.histogram()
    return sum(counts[CLEARLY:]), sum(counts[1:])


def _strongest(picture: Picture) -> Picture:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _opened(png: bytes) -> Picture:
    return Image.open(io.BytesIO(png)).convert("RGB")


def with_focus(keys: Isolated, number: int, place: int, attachments: Attachments) -> str:
    """The path of a picture of one stop that has the focus; empty when it does not show itself. Raises CannotAsk."""
    if not keys.ask("keyboard.refocus", number):
        return ""
    seen = keys.ask("keyboard.focused", number, False)
    if seen is None or seen["outside"]:
        return ""
    return _kept(attachments, keys.picture(tuple(seen["clip"])), seen, place)


def _kept(attachments: Attachments, focused: bytes, seen: dict[str, Any], place: int) -> str:
    """The picture with focus, the element outlined."""
    left, top, width, height = seen["own"]
    part = outlined(_opened(focused), (left, top, width, height))
    return attachments.save(f"tieu-diem-{place}.png", part) if part else ""
