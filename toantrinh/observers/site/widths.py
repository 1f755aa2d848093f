"""How wide a page is on each of three screens, and what sticks out of it, outlined in a picture at that width."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.observations.site import WidthFacts
from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.pictures.crops import Subject, crops_of
from toantrinh.observers.screens import WIDTHS as WIDTHS
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

LATER_MS = 400  # for scripts that wait until a window has its size before they act on it
SCRIPT = (Path(__file__).parent / "widths.js").read_text(encoding="utf-8")


def widths_of(
    page: Page, attachments: Attachments, name: str, widths: Sequence[int] = WIDTHS
) -> tuple[WidthFacts, ...]:
    """The page that is open at each width; its window gets its size back, for the next document, too, where the page
    goes away (playwright's Error). Pictures are called after `name`.
    """
    from playwright.sync_api import Error

    size = page.viewport_size
    if size is None:
        return ()
    found: list[WidthFacts] = []
    try:
        for width in widths:
            wanted: ViewportSize = {"width": width, "height": size["height"]}
            if anew := page.viewport_size != wanted:
                page.set_viewport_size(wanted)
            # In the first frame the page hears of its size; in the second, what it has done about it is drawn.
            seen: dict[str, Any] = ask(page, SCRIPT, 1 + anew)
            if anew and seen["sticking_out"]:
                page.wait_for_timeout(LATER_MS)
                seen = ask(page, SCRIPT, 1)
            out = tuple(seen["sticking_out"])
            shots = crops_of(page, [Subject(f"{name}-{width}", out[:1])], attachments) if out else {}
            facts = WidthFacts(
                width=width, content_width=seen["content_width"], sticking_out=out, layout_width=seen["layout_width"]
            )
            found.append(facts.model_copy(update={"shot": next(iter(shots.values()), "")}))
    finally:
        with suppress(Error):  # the page is closed, which its next question tells
            page.set_viewport_size(size)
    return tuple(found)
