"""The measuring tag of a page: what is written in its document, and what waits in the queue of its script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.observations.site import TagFacts
from toantrinh.observers.asking.page_world import ask, ask_page, kind_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAG_FACTS = (Path(__file__).parent / "tag_facts.js").read_text(encoding="utf-8")
MOST_FRAMES = 60
# Nothing is called that the page may have replaced.
PUSHED = """(() => {
  const queue = window._govaq, said = [];
  for (let i = 0; i < queue.length && i < 200; i += 1) {
    const push = queue[i];
    if (push) said[said.length] = ['' + push[0], '' + push[1]];
  }
  return said;
})()"""


def written_tag(page: Page) -> dict[str, Any]:
    """The tag of the main frame, as TagFacts names its parts. Raises as World does."""
    kind = kind_of(page, "window._govaq")
    pushed: list[list[str]] = []
    if kind == "array":
        try:
            pushed = ask_page(page, PUSHED) or []
        except RuntimeError:
            pushed = []  # what stands there is no queue of pushes
    found: dict[str, Any] = ask(page, TAG_FACTS, pushed)
    return {**found, "queue": bool(kind), "taken_over": kind not in ("", "array")}


def tag_of(page: Page) -> TagFacts:
    """The tag of the page, and the addresses of frames that hold one. Raises as World does."""
    from playwright.sync_api import Error

    facts = written_tag(page)
    others = []
    for frame in page.frames[1:MOST_FRAMES]:
        try:
            inner = ask(frame, TAG_FACTS, [])
        except (Error, RuntimeError):
            continue
        if inner["inline"] or inner["scripts"]:
            others.append(frame.url)
    return TagFacts(**{name: tuple(v) if isinstance(v, list) else v for name, v in facts.items()}, frames=tuple(others))
