"""Pictures of one element and what is around it, the element outlined. The page itself is not changed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

Box = tuple[float, float, float, float]
MARGIN = 60
LARGEST = (900, 600)
COLOUR = (214, 0, 60)
BOX_OF = """(selector) => {
  const found = document.querySelector(selector);
  if (!found) return null;
  found.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const box = found.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}"""


def crop_of(page: Page, where: str | Box, attachments: Attachments, name: str) -> str:
    """The path of a picture kept as `name` (PNG); empty when none can be taken. The page stays scrolled to the element.

    `where`: a selector, or a box (x, y, width, height in CSS pixels of the window as it is scrolled).
    """
    from PIL import Image, ImageDraw
    from playwright.sync_api import Error

    try:
        box = page.evaluate(BOX_OF, where) if isinstance(where, str) else where
        if not box:
            return ""
        picture = page.screenshot(type="png", animations="disabled", timeout=5_000)
        size = page.viewport_size or {"width": 0, "height": 0}
    except Error:
        return ""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    scale = image.width / size["width"] if size["width"] else 1.0
    left, top, right, bottom = (round(n * scale) for n in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
    draw = ImageDraw.Draw(image)
    frame = (max(left - 3, 0), max(top - 3, 0), min(right + 3, image.width - 1), min(bottom + 3, image.height - 1))
    if frame[0] >= frame[2] or frame[1] >= frame[3]:
        return ""
    draw.rectangle(frame, outline=COLOUR, width=3)
    part = _around(frame, image.size)
    kept = io.BytesIO()
    image.crop(part).save(kept, "PNG", optimize=True)
    return attachments.save(name, kept.getvalue())


def _around(frame: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The frame with a margin, no larger than is handy, within the picture."""
    left, top = max(frame[0] - MARGIN, 0), max(frame[1] - MARGIN, 0)
    right, bottom = min(frame[2] + MARGIN, size[0]), min(frame[3] + MARGIN, size[1])
    return left, top, min(right, left + LARGEST[0]), min(bottom, top + LARGEST[1])
