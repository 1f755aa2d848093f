"""Films a page while it loads: a small picture whenever something changes, with the moment at which it was shown."""

from __future__ import annotations

import base64
import io
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

WIDTH, HEIGHT, QUALITY = 342, 342, 60  # at most; a window of a desk becomes 342 × 192
MOST_FRAMES = 900
WHITE = 250
Picture = NDArray[numpy.uint8]


@dataclass(frozen=True)
class Shown:
    """What was shown from a moment on (seconds since 1970): a JPEG."""

    at: float
    jpeg: bytes

    def picture(self) -> Picture:
        """Its pixels: rows, columns, red green blue."""
        with Image.open(io.BytesIO(self.jpeg)) as image:
            return numpy.asarray(image.convert("RGB"), dtype=numpy.uint8)


class Film:
    """Begins when it is made. `changed`: when a picture last came that differs from the one before (monotonic, s)."""

    def __init__(self, session: CDPSession) -> None:
        self.frames: list[Shown] = []
        self.changed = time.monotonic()
        self._session = session
        session.on("Page.screencastFrame", self._on_frame)
        how = {"format": "jpeg", "quality": QUALITY, "maxWidth": WIDTH, "maxHeight": HEIGHT, "everyNthFrame": 1}
        session.send("Page.startScreencast", how)

    def _on_frame(self, event: dict[str, Any]) -> None:
        from playwright.sync_api import Error

        with suppress(Error):  # the page may have gone
            self._session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})
        jpeg = base64.b64decode(event["data"])
        if self.frames and self.frames[-1].jpeg == jpeg:
            return
        self.changed = time.monotonic()
        if len(self.frames) < MOST_FRAMES:
            self.frames.append(Shown(float(event["metadata"]["timestamp"]), jpeg))

    def shows_something(self) -> bool:
        """False while the window is as empty as it was."""
        return len(self.frames) > 1 or any(int(one.picture().min()) < WHITE for one in self.frames)

    def since(self, zero: float) -> list[Shown]:
        """What was shown from the moment `zero` on (seconds since 1970): an empty window first, then what came."""
        came = [one for one in self.frames if one.at > zero]
        if not self.frames:
            return []
        return [Shown(zero, _white(self.frames[0].jpeg)), *came]

    def end(self) -> None:
        """Films no more."""
        from playwright.sync_api import Error

        with suppress(Error):
            self._session.send("Page.stopScreencast")


def _white(like: bytes) -> bytes:
    """A window that shows nothing yet, as large as another picture."""
    with Image.open(io.BytesIO(like)) as image:
        size = image.size
    made = io.BytesIO()
    Image.new("RGB", size, "white").save(made, "JPEG", quality=QUALITY)
    return made.getvalue()
