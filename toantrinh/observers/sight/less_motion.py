"""Whether a page that was opened with a wish for less motion can be watched as one that was opened without.

Opened anew it always can; that takes as long as opening it did. It needs not be where the wish has told its scripts
nothing, and its rules nothing but how animations run: these the browser starts when the wish is taken back. A script
that reads how an element is animated, and from that decides once whether to move something else, is not known of.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.sight.timers import TIMERS, timers_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

LESS_MOTION = (Path(__file__).parent / "less_motion.js").read_text(encoding="utf-8")
FRESH_MS = 4_000  # by then, what moves for more than 5 s from the start has not come to its end
REST_S = 0.6
OURS_MS = 1_000  # a timer that ends sooner may have been started by what was done to the page: its window's size
STILL_MS, LOOK_MS = 120, 30


def as_for_most_people(page: Page) -> None:
    """Lets the page, which is still to be opened, move as it does for most people, and its timers be known."""
    page.emulate_media(reduced_motion="no-preference")
    page.add_init_script(TIMERS)


@contextmanager
def moving_freely(page: Page) -> Iterator[None]:
    """The page that is open without a wish for less motion, which it has again afterwards."""
    from playwright.sync_api import Error

    page.emulate_media(reduced_motion="no-preference")
    try:
        yield
    finally:
        with suppress(Error):
            page.emulate_media(reduced_motion="reduce")


def moves_as_for_most_people(page: Page) -> bool:
    """True where the page that is open, `moving_freely`, moves as it would had it been opened so. Waits 0.6 s at most.

    It came not long ago, has come to rest and would not be another page: `less_motion.js`, `timers.js`.
    """
    from playwright.sync_api import Error

    try:
        if not _at_rest(page):
            return False
        seen = ask(page, LESS_MOTION)
        return bool(seen["live"]) and seen["age"] < FRESH_MS
    except (Error, RuntimeError):
        return False


def _at_rest(page: Page) -> bool:
    """True when what was done to the page has had its effect; False where a script asked for the wish."""
    deadline, frames = time.monotonic() + REST_S, None
    while (timers := timers_of(page)) is not None and not timers.asked:
        ours = timers.coming or any(ms <= OURS_MS and not again for ms, again in timers.waiting)
        if not ours and timers.quiet_ms >= STILL_MS:
            return True
        if time.monotonic() > deadline or (frames is not None and timers.frames > frames + 1):
            return False  # it draws frame by frame
        frames = timers.frames
        page.wait_for_timeout(LOOK_MS)
    return False
