"""Pictures of a page for measuring: PNG in CSS pixels, quickly, the page left as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toantrinh.observers.asking.page_world import ask, session_of
from toantrinh.observers.pictures.capturing import captured

if TYPE_CHECKING:
    from playwright.sync_api import Page

Box = tuple[float, float, float, float]  # left, top, width, height in CSS pixels of the page
SHOT_MS = 8_000


class Camera:
    """Takes pictures of one page, by Chromium's own order where there is one: Playwright's takes longer."""

    def __init__(self, page: Page, pixels: float | None = None) -> None:
        """`pixels` of the screen to one of CSS, where they are known already."""
        self._page, self._session = page, session_of(page)
        self._scale = 1 / (pixels or float(ask(page, "() => devicePixelRatio"))) if self._session else 1.0

    def picture_at(self, box: Box, *, quality: int | None = None) -> bytes:
        """The part of the page inside a box, also where the window does not reach; JPEG with a `quality`, else PNG.

        Raises playwright's Error.
        """
        clip = dict(zip(("x", "y", "width", "height"), box, strict=True))
        if self._session is None:
            return self._page.screenshot(
                full_page=True,
                clip=clip,  # type: ignore[arg-type]
                animations="disabled",
                scale="css",
                timeout=SHOT_MS,
                **({"type": "jpeg", "quality": quality} if quality else {"type": "png"}),
            )
        asked = {
            **({"format": "jpeg", "quality": quality} if quality else {"format": "png"}),
            "optimizeForSpeed": True,
            "captureBeyondViewport": True,
            "clip": {**clip, "scale": self._scale},
        }
        return captured(self._session, asked)
