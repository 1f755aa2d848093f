"""Pictures of an element with and without focus, and how many of their pixels differ."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
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
RETURNS = 3  # of the focus to what moves: two faces that take turns by themselves do not keep step with it so often
MOST_AHEAD = 10  # stops that may share one picture without focus
Clip = tuple[int, int, int, int]  # left, top, width, height in CSS pixels of the page


@dataclass
class _Plain:
    """A picture without focus, which serves for every stop within `box` until the page says that something moved."""

    picture: Picture | None = None
    box: Clip = (0, 0, 0, 0)

    def covers(self, clip: Clip) -> bool:
        (left, top, width, height), (x, y, wide, high) = self.box, clip
        return left <= x and top <= y and x + wide <= left + width and y + high <= top + height

    def part(self, clip: Clip) -> Picture:
        """What it shows within a clip that it covers."""
        assert self.picture
        x, y, width, height = clip[0] - self.box[0], clip[1] - self.box[1], clip[2], clip[3]
        return self.picture.crop((x, y, x + width, y + height))


def looks_of(
    keys: Isolated,
    chosen: Sequence[int],
    order: Sequence[int],
    stops: Sequence[Stop],
    attachments: Attachments | None,
) -> tuple[FocusLook, ...]:
    """The focus of the chosen places of the walk. One that shows nothing is seen again, reached by Tab."""
    found, doubts, plain = [], 0, _Plain()
    keys.begin()
    keys.press("Tab")  # so that the browser knows that this person uses the keyboard
    for turn, place in enumerate(chosen):
        number, stop = order[place], stops[place]
        seen = keys.ask("keyboard.focused", number, [order[other] for other in chosen[turn + 1 :][:MOST_AHEAD]])
        if seen is None:
            continue
        focused, changed, slightly = _compared(keys, number, seen, plain)
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


def _compared(keys: Isolated, number: int, seen: dict[str, Any], plain: _Plain) -> tuple[bytes, int, int]:
    """The picture with focus, and the pixels of its clip that differ without, but for what moves by itself."""
    if seen["outside"]:
        keys.ask("keyboard.blurred", number, False)
        return b"", 0, 0
    clip = _whole(seen["clip"])
    focused = keys.picture(clip)
    kept = seen["kept"] and plain.covers(clip)
    moved = keys.ask("keyboard.blurred", number, not kept)
    restless = bool(moved or seen["restless"])
    if restless or not kept:
        plain.box = clip if restless else _whole(seen["wide"])
        plain.picture = _opened(keys.picture(plain.box))
    with_focus, without = _opened(focused), plain.part(clip)
    if with_focus.tobytes() == without.tobytes():
        return focused, 0, 0
    if not restless:
        return focused, *_difference(with_focus, without)
    keys.ask("keyboard.rest")
    return focused, *_lasting(keys, number, with_focus, without, _opened(keys.picture(clip)), clip)


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
    seen = keys.ask("keyboard.focused", number, None)
    focused = keys.picture()
    keys.ask("keyboard.blurred", number, False)
    without = keys.picture()
    if focused == without:
        return 0, 0, reached and seen is not None
    keys.ask("keyboard.rest")
    later = keys.picture()
    sure = reached and seen is not None and later == without  # in what moves a focus may hide
    return *_lasting(keys, number, _opened(focused), _opened(without), _opened(later)), sure


def _lasting(
    keys: Isolated, number: int, focused: Picture, without: Picture, later: Picture, clip: Clip | None = None
) -> tuple[int, int]:
    """What the focus itself changes where other things move: it is the same without focus a little later, and the same
    again with it, and so each time it comes and goes. A clock that turns the hour between two pictures is neither."""
    moving = [(without, later)]
    changed, slightly = _difference(focused, without, *moving)
    for _ in range(RETURNS):
        if changed < LEAST_PIXELS:
            break
        if not keys.ask("keyboard.focusedAgain", number):
            return 0, max(changed, slightly)
        keys.ask("keyboard.rest")
        moving.append((focused, _opened(keys.picture(clip))))
        keys.ask("keyboard.blurred", number, False)
        keys.ask("keyboard.rest")
        moving.append((without, _opened(keys.picture(clip))))
        changed, slightly = _difference(focused, without, *moving)
    return changed, slightly


def _difference(a: Picture, b: Picture, *moving: tuple[Picture, Picture]) -> tuple[int, int]:
    """Pixels of `a` and `b` that clearly differ, and that differ at all, but for what differs in a `moving` pair."""
    if a.size != b.size:
        return 0, 1
    change = _strongest(ImageChops.difference(a, b))
    for before, after in moving:
        if before.size != after.size or before.size != a.size:
            continue
        moved = _strongest(ImageChops.difference(before, after))
        if moved.getbbox():
            around = moved.point(lambda value: 255 if value else 0).filter(ImageFilter.MaxFilter(AROUND))
            change = ImageChops.subtract(change, around)
    counts = change.histogram()
    return sum(counts[CLEARLY:]), sum(counts[1:])


def _whole(clip: Sequence[int]) -> Clip:
    left, top, width, height = clip
    return left, top, width, height


def _strongest(picture: Picture) -> Picture:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _opened(png: bytes) -> Picture:
    return Image.open(io.BytesIO(png)).convert("RGB")


def with_focus(keys: Isolated, number: int, place: int, attachments: Attachments) -> str:
    """The path of a picture of one stop that has the focus; empty when it does not show itself. Raises CannotAsk."""
    if not keys.ask("keyboard.refocus", number):
        return ""
    seen = keys.ask("keyboard.focused", number, [])
    if seen is None or seen["outside"]:
        return ""
    return _kept(attachments, keys.picture(_whole(seen["clip"])), seen, place)


def _kept(attachments: Attachments, focused: bytes, seen: dict[str, Any], place: int) -> str:
    """The picture with focus, the element outlined."""
    left, top, width, height = seen["own"]
    part = outlined(_opened(focused), (left, top, width, height))
    return attachments.save(f"tieu-diem-{place}.png", part) if part else ""
