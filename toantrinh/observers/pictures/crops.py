"""Pictures of elements and what is around them, outlined. The outline is drawn in the picture, never in the page."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.observers.asking.page_world import ask
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Frame, Page

Box = tuple[float, float, float, float]  # left, top, width, height in CSS pixels
CROPS = (Path(__file__).parent / "crops.js").read_text(encoding="utf-8")
MARGIN = 60
SMALLEST = (480, 200)  # so that a small element is seen where it stands
LARGEST, WIDEST_PART = (900, 600), (1350, 900)  # as it is kept, and as it is cut out
SMALL = 4  # of zlib's levels: what is above takes longer and saves nothing
COLOUR, HALO = (214, 0, 60), (255, 255, 255)
ROOM = MARGIN + SMALLEST[1]
TALLEST, WIDEST = 3_000, 2_500  # CSS pixels of the page in one picture
MOST_REVEALED = 3
SHOT_MS = 5_000
BOX_OF = """(selector) => {
  const found = document.querySelector(selector);
  if (!found) return null;
  found.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const box = found.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}"""
INSIDE = """(frame) => {
  const { x, y } = frame.getBoundingClientRect();
  const { paddingLeft, paddingTop } = getComputedStyle(frame);
  return `${x + frame.clientLeft + parseFloat(paddingLeft)} ${y + frame.clientTop + parseFloat(paddingTop)}`;
}"""  # a text comes whole whatever the page has made of its arrays


@dataclass(frozen=True)
class Subject:
    """An element to be pictured as `name` (a file's name without its ending).

    `path`: a selector, or selectors that lead through open shadow roots. `frame` None: the page's main frame.
    """

    name: str
    path: tuple[str, ...]
    frame: Frame | None = None


def crops_of(
    page: Page, subjects: Sequence[Subject], attachments: Attachments, picture: Path | None = None
) -> dict[str, str]:
    """The paths of the pictures by the subjects' names, one picture of the page cut many times.

    Without those that are not there, not rendered, or the page itself. The page is not scrolled, but for at most 3
    elements that lie out of sight in a box of their own; it is scrolled back. `picture`: one of the whole page as it
    stands, where there is one already.
    """
    from playwright.sync_api import Error

    kept: dict[str, str] = {}
    try:
        sight = _sight(page, subjects)
        if (known := _whole(picture, sight)) is not None:
            kept |= _cut(known, sight.placed, attachments)
        else:
            kept |= _pictured(page, sight, attachments)
        for subject in sight.hidden[:MOST_REVEALED]:
            kept |= _pictured(page, _sight(page, [subject], reveal=True), attachments)
            ask(subject.frame or page.main_frame, CROPS, [[], False])
        if sight.hidden:
            ask(page, "([left, top]) => scrollTo({ left, top, behavior: 'instant' })", sight.scroll)
    except (Error, RuntimeError):
        return kept  # the page has gone, or draws no more
    return kept


def crops_at(page: Page, boxes: Mapping[str, Box], attachments: Attachments) -> dict[str, str]:
    """The same for boxes of the page by the pictures' names, where a selector would not do."""
    from playwright.sync_api import Error

    sight = _sight(page, [Subject("", ("html",))])
    sight.placed = [
        (Subject(name, ()), box) for name, box in boxes.items() if box[0] < sight.size[0] and box[1] < sight.size[1]
    ]
    try:
        return _pictured(page, sight, attachments)
    except Error:
        return {}


def crop_of(page: Page, where: str | Box, attachments: Attachments, name: str) -> str:
    """The path of a picture kept as `name` (PNG); empty when none can be taken. The page stays scrolled to the element.

    `where`: a selector, or a box of the window as it is scrolled.
    """
    from playwright.sync_api import Error

    try:
        box = ask(page, BOX_OF, where) if isinstance(where, str) else where
        if not box:
            return ""
        picture = page.screenshot(type="png", animations="disabled", scale="css", timeout=SHOT_MS)
    except (Error, RuntimeError):
        return ""
    part = outlined(_opened(picture), (box[0], box[1], box[2], box[3]))
    return attachments.save(name, part) if part else ""


def outlined(image: Image, box: Box) -> bytes:
    """The part of a picture around a box, which is outlined, as PNG; empty when the box is not in the picture.

    What is too large to be shown is made smaller, down to two thirds; then the rest is left out.
    """
    from PIL import ImageDraw

    left, top, right, bottom = (round(n) for n in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
    frame = (max(left - 4, 1), max(top - 4, 1), min(right + 3, image.width - 2), min(bottom + 3, image.height - 2))
    if frame[0] >= frame[2] or frame[1] >= frame[3]:
        return b""
    part = _around(frame, image.size)
    crop = image.crop(part).convert("RGB")
    crop.thumbnail(LARGEST)
    scale = crop.width / (part[2] - part[0])
    x, y, far, low = (round((n - at) * scale) for n, at in zip(frame, (*part[:2], *part[:2]), strict=True))
    draw = ImageDraw.Draw(crop)
    draw.rectangle((x - 1, y - 1, far + 1, low + 1), outline=HALO, width=5)
    draw.rectangle((x, y, far, low), outline=COLOUR, width=3)
    out = io.BytesIO()
    crop.save(out, "PNG", compress_level=SMALL)
    return out.getvalue()


@dataclass
class _Sight:
    """What of some subjects can be seen: `placed` with boxes of the page; `hidden` lie out of sight."""

    scroll: list[float] = field(default_factory=list)
    size: tuple[float, float] = (0, 0)
    placed: list[tuple[Subject, Box]] = field(default_factory=list)
    hidden: list[Subject] = field(default_factory=list)


def _sight(page: Page, subjects: Sequence[Subject], *, reveal: bool = False) -> _Sight:
    """Asks each frame once. With `reveal` the first subject of each is scrolled to."""
    from playwright.sync_api import Error

    sight = _Sight()
    for frame in dict.fromkeys(one.frame or page.main_frame for one in subjects):
        inside = [one for one in subjects if (one.frame or page.main_frame) is frame]
        try:
            seen: dict[str, Any] = ask(frame, CROPS, [[one.path for one in inside], reveal])
            left, top = _offset(frame)
            whole = seen if frame is page.main_frame else ask(page, CROPS, [[], False])
        except (Error, RuntimeError, ValueError):
            continue  # this frame has gone
        sight.scroll, sight.size = whole["scroll"], (min(whole["size"][0], WIDEST), whole["size"][1])
        for one, found in zip(inside, seen["found"], strict=True):
            if found is None:
                continue
            x, y, width, height = found["box"]
            x, y = x + left + sight.scroll[0], y + top + sight.scroll[1]
            if found["out"]:
                sight.hidden.append(one)
            elif x + width > 0 and y + height > 0 and x < sight.size[0] and y < sight.size[1]:
                sight.placed.append((one, (x, y, width, height)))
    return sight


def _offset(frame: Frame) -> tuple[float, float]:
    """Where the frame's window begins in the page's window."""
    left = top = 0.0
    while frame.parent_frame is not None:
        x, y = map(float, str(frame.frame_element().evaluate(INSIDE)).split())
        left, top, frame = left + x, top + y, frame.parent_frame
    return left, top


def _pictured(page: Page, sight: _Sight, attachments: Attachments) -> dict[str, str]:
    """Takes as few pictures as the subjects need, and cuts them."""
    kept: dict[str, str] = {}
    waiting = sorted(sight.placed, key=lambda one: one[1][1])
    while waiting:
        above = max(0.0, waiting[0][1][1] - ROOM)
        below = min(above + TALLEST, sight.size[1])
        ends = {one: min(box[1] + min(box[3], WIDEST_PART[1]) + ROOM, sight.size[1]) for one, box in waiting}
        band = [one for one in waiting if ends[one[0]] <= below]
        waiting = [one for one in waiting if one not in band]
        clip = {"x": 0, "y": above, "width": sight.size[0], "height": below - above}
        picture = page.screenshot(
            type="png",
            full_page=True,
            clip=clip,  # type: ignore[arg-type]
            animations="disabled",
            scale="css",
            timeout=SHOT_MS,
        )
        kept |= _cut(_opened(picture), band, attachments, above)
    return kept


def _cut(
    image: Image, placed: Sequence[tuple[Subject, Box]], attachments: Attachments, above: float = 0
) -> dict[str, str]:
    """The elements cut from a picture of the page that begins `above`."""
    kept: dict[str, str] = {}
    for subject, (x, y, width, height) in placed:
        if part := outlined(image, (x, y - above, width, height)):
            kept[subject.name] = attachments.save(f"{subject.name}.png", part)
    return kept


def _whole(picture: Path | None, sight: _Sight) -> Image | None:
    """The picture of the page when it still shows all of it, in CSS pixels; None otherwise."""
    if picture is None or not sight.placed or not picture.is_file():
        return None
    image = _opened(picture.read_bytes())
    return image if image.size == (round(sight.size[0]), round(sight.size[1])) else None


def _opened(picture: bytes) -> Image:
    from PIL import Image

    return Image.open(io.BytesIO(picture)).convert("RGB")


def _around(frame: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The frame with a margin, no smaller than shows where it stands, no larger than is handy, within the picture."""
    found = []
    for low, high, least, most, end in zip(frame[:2], frame[2:], SMALLEST, WIDEST_PART, size, strict=True):
        margin = max(MARGIN, (least - (high - low)) // 2)
        start, stop = max(low - margin, 0), min(high + margin, end)
        # At an edge of the page, the other side gives what is missing.
        start, stop = max(min(start, stop - least), 0), min(max(stop, start + least), end)
        found.append((start, min(stop, start + most)))
    (left, right), (top, bottom) = found
    return left, top, right, bottom
