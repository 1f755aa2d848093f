"""Pictures of what moves, where it stands at that moment: nothing is stopped for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from PIL import Image

from toantrinh.observations.colours import MovingPart
from toantrinh.observations.motion import Flashing, SelfMoving
from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.pictures.camera import Camera
from toantrinh.observers.pictures.crops import ROOM, TALLEST, WIDEST, WIDEST_PART, outlined

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_SHOTS = 6
SIZE = """() => {
  const page = document.documentElement;
  return [Math.max(page.scrollWidth, innerWidth), Math.max(page.scrollHeight, innerHeight)];
}"""
Part = TypeVar("Part", SelfMoving, Flashing, MovingPart)
Keep = Callable[[str, bytes], str]


class MovingShots:
    """Takes the pictures of one look at a page, at most 6. `keep` stores one under a name and gives its path."""

    def __init__(self, page: Page, keep: Keep | None) -> None:
        self._page, self._keep, self._taken = page, keep, 0

    def of(self, parts: Sequence[Part]) -> list[Part]:
        """The parts, each with a picture in which it is outlined; without one where none can be taken."""
        from playwright.sync_api import Error

        shots: dict[int, str] = {}
        if self._keep and any(one.box for one in parts):
            with suppress(Error, RuntimeError):  # the page has gone, or draws no more
                self._picture(self._keep, parts, shots)
        return [one.model_copy(update={"shot": shots.get(at, "")}) for at, one in enumerate(parts)]

    def _picture(self, keep: Keep, parts: Sequence[Part], shots: dict[int, str]) -> None:
        width, height = ask(self._page, SIZE)
        camera = Camera(self._page)
        waiting = sorted((one.box[1], at, one.box) for at, one in enumerate(parts) if one.box)
        while waiting and self._taken < MOST_SHOTS:
            above = max(0.0, waiting[0][0] - ROOM)
            below = min(above + TALLEST, height)
            if below - above < 1:
                return
            image = Image.open(BytesIO(camera.picture_at((0, above, min(width, WIDEST), below - above))))
            band = [one for one in waiting if one[0] + min(one[2][3], WIDEST_PART[1]) <= below] or waiting[:1]
            waiting = [one for one in waiting if one not in band]
            for top, at, box in band:
                part = b"" if self._taken >= MOST_SHOTS else outlined(image, (box[0], top - above, box[2], box[3]))
                if part:
                    self._taken += 1
                    shots[at] = keep(f"chuyen-dong-{self._taken}.png", part)
