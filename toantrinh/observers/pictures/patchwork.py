"""Pictures of a page for measuring, of which only the parts are taken that something is measured on.

The time of a picture goes with its area, and with whether it reaches beyond the window: then the browser draws the
whole page anew, and tells the page of a new size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from toantrinh.observers.asking.page_world import session_of
from toantrinh.observers.pictures.camera import Camera
from toantrinh.observers.pictures.capturing import captured
from toantrinh.observers.pictures.crops import outlined
from toantrinh.observers.pictures.pixels import Box, Region, edges, picture

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Page

GAP = 1_000  # CSS pixels that cost about as much as another picture
AROUND = (480, 200)  # more than what a crop shows beside its element
Window = Sequence[
    float
]  # width and height of the page's beginning as the window shows it; [0, 0]: it shows another part
Keep = Callable[[str, bytes], str]


@dataclass
class View:
    """A page to be pictured, as far as `size` (CSS pixels) goes; `ratio`: its pixels to one of CSS."""

    page: Page
    size: tuple[int, int]
    ratio: float

    @cached_property
    def _camera(self) -> Camera:
        return Camera(self.page)

    def picture(self, region: Region, window: Window) -> Image:
        """The page within a region. Raises playwright's Error."""
        left, top, right, bottom = region
        width, height = right - left, bottom - top
        session = session_of(self.page) if within(region, window) else None
        if session is None:
            return picture(self._camera.picture_at((left, top, width, height)))
        clip = {"x": left, "y": top, "width": width, "height": height, "scale": 1 / self.ratio}
        asked = {"format": "png", "optimizeForSpeed": True, "clip": clip}
        return picture(captured(session, asked))


@dataclass
class Patchwork:
    """Pictures of a page in one state. What lies in its window is pictured there, and nowhere else: two pictures of it,
    one of the window and one that reaches beyond, may differ in a pixel."""

    view: View
    window: Window
    _seen: list[tuple[Region, Image]] = field(default_factory=list)
    _beyond: list[tuple[Region, Image]] = field(default_factory=list)

    def cover(self, boxes: Iterable[Box], pad: int = 0) -> None:
        """Takes what it lacks of these boxes and of so many pixels around them, while the page is in its state."""
        self.take(region for box in boxes if (region := edges(self.view.size, box, pad)))

    def take(self, regions: Iterable[Region]) -> None:
        """Takes what it lacks of these regions."""
        regions = list(regions)
        for seen in (True, False):
            pieces = self._seen if seen else self._beyond
            ours = [one for one in regions if within(one, self.window) is seen]
            for region in joined(one for one in ours if not any(_holds(piece, one) for piece, _ in pieces)):
                pieces.append((region, self.view.picture(region, self.window)))

    def part(self, box: Box, pad: int = 0) -> Image | None:
        """What is inside a box that is covered, None when that is not wholly on the page or holds nothing."""
        region = edges(self.view.size, box, pad)
        if region is None:
            return None
        (left, top, _, _), image = self._of(region)
        return image.crop((region[0] - left, region[1] - top, region[2] - left, region[3] - top))

    def outlined(self, box: Box) -> bytes:
        """What is around a box, which is outlined (PNG)."""
        wide, high = AROUND
        around = (box[0] - wide, box[1] - high, box[2] + 2 * wide, box[3] + 2 * high)
        left, top = max(0, int(around[0])), max(0, int(around[1]))
        right, bottom = (min(end, ceil(around[at] + around[at + 2])) for at, end in enumerate(self.view.size))
        if right <= left or bottom <= top:
            return b""
        self.take([(left, top, right, bottom)])
        (left, top, _, _), image = self._of((left, top, right, bottom))
        return outlined(image, (box[0] - left, box[1] - top, box[2], box[3]))

    def _of(self, region: Region) -> tuple[Region, Image]:
        for piece in (*self._seen, *self._beyond):
            if _holds(piece[0], region):
                return piece
        raise LookupError(f"no picture covers {region}")


def within(region: Region, window: Window) -> bool:
    """True when the window shows all of it."""
    return region[2] <= window[0] and region[3] <= window[1]


def joined(regions: Iterable[Region]) -> list[Region]:
    """As few regions that hold them all as are worth a picture each, from the top down."""
    found: list[Region] = []
    for one in sorted(regions, key=lambda region: region[1]):
        if found and one[1] - found[-1][3] <= GAP:
            last = found[-1]
            found[-1] = (min(last[0], one[0]), last[1], max(last[2], one[2]), max(last[3], one[3]))
        else:
            found.append(one)
    return found


def _holds(one: Region, other: Region) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one[2] >= other[2] and one[3] >= other[3]


@dataclass
class Shown:
    """Keeps pictures of elements at fault, outlined, `most` at most. `keep` gives the path of what it kept."""

    keep: Keep
    most: int
    _kept: int = 0

    def part(self, name: str, image: Image, box: Box) -> str:
        """The path of the part of a picture around a box; empty when none is kept."""
        return self._keep(name, lambda: outlined(image, box))

    def of_page(self, name: str, whole: Patchwork, box: Box) -> str:
        """The same from pictures of the page, which is in their state still."""
        return self._keep(name, lambda: whole.outlined(box))

    def _keep(self, name: str, crop: Callable[[], bytes]) -> str:
        if self._kept >= self.most:
            return ""
        self._kept += 1
        content = crop()
        return self.keep(f"{name}-{self._kept}.png", content) if content else ""
