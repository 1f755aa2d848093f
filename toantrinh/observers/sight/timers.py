"""What waits in a page to be done later, and whether its scripts know of a wish for less motion."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh.observers.asking.page_world import ask_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

TIMERS = (Path(__file__).parent / "timers.js").read_text(encoding="utf-8")  # in each document before its own scripts
TOLD = "(() => { const told = window[Symbol.for('toantrinh.timers')]; return told ? told() : ''; })()"


@dataclass(frozen=True)
class Timers:
    """How often the page asked for a frame and how many are to come; the timers that wait: their ms, and whether again
    and again. `asked`: a script asked for the wish for less motion. `quiet_ms` since the document changed, -1: unknown.
    """

    frames: int
    coming: int
    asked: bool
    quiet_ms: float
    waiting: tuple[tuple[float, bool], ...]


def timers_of(page: Page) -> Timers | None:
    """What TIMERS noted; None where it did not run, or the page does not let it be asked."""
    try:
        head, *waiting = str(ask_page(page, TOLD)).split(";")
        frames, coming, asked, quiet = head.split(",")
        pairs = (one.split(",") for one in waiting)
        soon = tuple((float(delay), again == "again") for delay, again in pairs)
        return Timers(int(frames), int(coming), asked == "yes", float(quiet), soon)
    except (RuntimeError, ValueError):
        return None
