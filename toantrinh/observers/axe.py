"""axe in every frame of a page: the wrapper that brings axe runs it in the top frame only, here each frame is a run."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from toantrinh.observations.site import AxeFacts, ElementFacts, RuleFacts
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
MOST_FRAMES = 30
MOST_ELEMENTS = 20
# Rules about the page as a whole: axe itself leaves them to the top frame.
WHOLE_PAGE = ("document-title", "html-has-lang", "bypass", "aria-hidden-body", "meta-viewport", "meta-viewport-large")
RUN = """([tags, off, most]) => axe.run(document, {
  runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'], iframes: false,
  rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
}).then((result) => {
  const why = (node) => [...node.any, ...node.all, ...node.none].map((one) => one.message).join('; ');
  const rule = (found) => ({
    rule: found.id, help: found.help, impact: found.impact || '', tags: found.tags, count: found.nodes.length,
    elements: found.nodes.slice(0, most).map((node) => ({
      selector: node.target.flat(5).join(' '), markup: node.html.slice(0, 300), why: why(node).slice(0, 300),
    })),
  });
  return {
    version: result.testEngine.version, violations: result.violations.map(rule),
    undecided: result.incomplete.map(rule), decided: [...result.passes, ...result.violations].map((found) => found.id),
  };
})"""


@cache
def _source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8") + "\n;0"


def axe_of(page: Page, attachments: Attachments | None = None) -> tuple[AxeFacts, ...]:
    """What axe saw in each frame that holds a document (at most 30, the top one first); WCAG rules only.

    A frame in which axe could not run is in the list with its `error`. With `attachments`, the first element of a rule
    is pictured.
    """
    del attachments
    return tuple(
        _frame(frame, WHOLE_PAGE if frame.parent_frame else ())
        for frame in page.frames[:MOST_FRAMES]
        if frame.url.startswith(("http", "about:srcdoc", "blob:")) or not frame.parent_frame
    )


def _frame(frame: Frame, off: tuple[str, ...]) -> AxeFacts:
    from playwright.sync_api import Error

    address = frame.url
    try:
        frame.evaluate(_source())
        found: dict[str, Any] = frame.evaluate(RUN, [list(TAGS), [*off, "frame-tested"], MOST_ELEMENTS])
    except Error as error:
        return AxeFacts(
            frame=address, version="", violations=(), undecided=(), decided=(), error=str(error).splitlines()[0][:300]
        )
    return AxeFacts(
        frame=address,
        version=found["version"],
        violations=tuple(map(_rule, found["violations"])),
        undecided=tuple(map(_rule, found["undecided"])),
        decided=tuple(sorted(set(found["decided"]))),
    )


def _rule(found: dict[str, Any]) -> RuleFacts:
    return RuleFacts(**{**found, "elements": tuple(ElementFacts(**element) for element in found["elements"])})
