"""Pictures of several frames (GIF, WebP, APNG): how long they move, and whether they flash."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from toantrinh.observations.motion import LONG_MS, Flashing, SelfMoving
from toantrinh.observers.asking.page_world import session_of
from toantrinh.observers.sight.flashes import LEAST_AREA, cells, flashing

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_FRAMES = 200


def moving_picture(page: Page, one: dict[str, Any]) -> tuple[SelfMoving | None, Flashing | None]:
    """A picture of several frames, when it moves for more than five seconds; and when it flashes."""
    try:
        image = Image.open(BytesIO(_bytes_of(page, one["address"])))
        frames = min(getattr(image, "n_frames", 1), MOST_FRAMES)
        if frames < 2:
            return None, None
        once, series = 0.0, []
        area = one["box"][2] * one["box"][3]
        for index in range(frames):
            image.seek(index)
            delay = float(image.info.get("duration", 0))
            once += delay if delay > 10 else 100  # browsers show a frame without a delay for a tenth of a second
            if area >= LEAST_AREA:
                series.append(cells(image))
        loop = image.info.get("loop", 0 if image.format != "GIF" else None)
    except Exception:  # a picture that Pillow cannot read is none for us
        return None, None
    selector, box = one["selector"], tuple(one["box"])
    lasts = None if loop == 0 else once * (1 if loop is None else loop + 1)
    moving = None
    if lasts is None or lasts > LONG_MS:
        what = f"ảnh động {frames} khung hình"
        moving = SelfMoving(kind="picture", selector=selector, what=what, lasts_ms=lasts, box=box)
    rate, share = flashing([*series, series[0]], once / 1000) if series else (0.0, 0.0)
    flash = Flashing(selector=selector, per_second=round(rate, 1), area=share * area, box=box) if share else None
    return moving, flash


def _bytes_of(page: Page, address: str) -> bytes:
    """The bytes that the browser holds of a picture; nothing is requested."""
    if address.startswith("data:"):
        head, _, body = address.partition(",")
        return base64.b64decode(re.sub(r"\s", "", body)) if "base64" in head else body.encode()
    session = session_of(page)
    if session is None:
        return b""
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    session.send("Page.enable")
    got = session.send("Page.getResourceContent", {"frameId": frame, "url": address})
    return base64.b64decode(got["content"]) if got["base64Encoded"] else got["content"].encode()
