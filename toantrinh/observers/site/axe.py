"""axe in every frame of a page: the wrapper that brings axe runs it in the top frame only, here each frame is a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from toantrinh.driver.window import first_line
from toantrinh.observations.site import AxeFacts, ElementFacts, RuleFacts
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.pictures.crops import Subject, crops_of
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
MOST_FRAMES = 30
MOST_ELEMENTS = 20
MOST_SHOTS = 8  # pictures of one page
MOST_ALIKE = 2  # of one rule in one observation
# Rules about the page as a whole: axe itself leaves them to the top frame.
WHOLE_PAGE = ("document-title", "html-has-lang", "bypass", "aria-hidden-body", "meta-viewport", "meta-viewport-large")
# Of what axe left undecided the first element of each reason is kept before others: a reason is never left out for its
# likes. What a reason quotes or counts makes no other one of it.
RUN = r"""([tags, off, most]) => axe.run(document, {
  runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'], iframes: false,
  rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
}).then((result) => {
  const why = (node) => [...node.any, ...node.all, ...node.none].map((one) => one.message).join('; ').slice(0, 300);
  const varied = (nodes) => {
    const kind = (node) => why(node).replace(/"[^"]*"|[0-9.]+/g, '');
    const first = new Map(nodes.map((node) => [kind(node), node]).reverse());
    const begins = (node) => first.get(kind(node)) === node;
    return [...nodes.filter(begins), ...nodes.filter((node) => !begins(node))].slice(0, most);
  };
  const rule = (found, nodes) => ({
    rule: found.id, help: found.help, impact: found.impact || '', tags: found.tags, count: found.nodes.length,
    path: nodes.length ? nodes[0].target.flat(5) : [],
    elements: nodes.map((node) => ({
      selector: node.target.flat(5).join(' '), markup: node.html.slice(0, 300), why: why(node),
    })),
  });
  return {
    version: result.testEngine.version,
    violations: result.violations.map((found) => rule(found, found.nodes.slice(0, most))),
    undecided: result.incomplete.map((found) => rule(found, varied(found.nodes))),
    decided: [...result.passes, ...result.violations].map((found) => found.id),
  };
})"""


# In a frame whose sandbox allows no scripts no timer ever ends, and axe would wait for ever for those that only yield.
AT_ONCE = """globalThis.setTimeout = ((later) => (what, ms, ...given) => {
  if (ms > 1) return later(what, ms, ...given);
  queueMicrotask(() => what(...given));
  return 0;
})(globalThis.setTimeout);"""


@cache
def _source() -> str:
    return f"{AT_ONCE}\n{(files('axe_playwright_python') / 'axe.min.js').read_text(encoding='utf-8')}\n;0"


def axe_of(page: Page, attachments: Attachments | None = None) -> tuple[AxeFacts, ...]:
    """What axe saw in each frame that holds a document (at most 30, the top one first); WCAG rules only.

    A frame in which axe could not run is in the list with its `error`, but for one that the page took away meanwhile.
    With `attachments`, the first element of what a check may speak of is pictured: of each rule that is violated, or
    that axe could decide for no element.
    """
    found = [
        (
            frame,
            frame.url,
            _found(frame, WHOLE_PAGE if frame.parent_frame else (), again=frame.parent_frame is not None),
        )
        for frame in page.frames[:MOST_FRAMES]
        if frame.url.startswith(("http", "about:srcdoc", "blob:")) or not frame.parent_frame
    ]
    found = [one for one in found if isinstance(one[2], dict) or not one[0].is_detached()]
    if attachments is not None:
        _picture(page, [(frame, said) for frame, _, said in found if isinstance(said, dict)], attachments)
    return tuple(_facts(address, said) for _, address, said in found)


def prepare(page: Page) -> None:
    """Brings axe to the page's main frame ahead of its run. Raises as World does."""
    _ready(page.main_frame)


def _ready(frame: Frame) -> World:
    world = World(frame)
    if not world.run("typeof axe === 'object' && typeof axe.run === 'function'"):
        world.load(_source())
    return world


def _found(frame: Frame, off: tuple[str, ...], *, again: bool = False) -> dict[str, Any] | str:
    """What axe found in one frame, or why it could not run; with `again` one that changed meanwhile is asked twice."""
    from playwright.sync_api import Error

    try:
        world = _ready(frame)
        found: dict[str, Any] = world.answer(RUN, [list(TAGS), [*off, "frame-tested"], MOST_ELEMENTS])
    except (Error, RuntimeError) as error:
        return _found(frame, off) if again and not frame.is_detached() else first_line(error)
    return found


def _picture(page: Page, found: Sequence[tuple[Frame, dict[str, Any]]], attachments: Attachments) -> None:
    """Gives the rules their `shot`: violations before what is undecided, a rule at most twice in one observation."""
    asked = [(frame, rule) for frame, one in found for rule in one["violations"]]
    asked += [(frame, rule) for frame, one in found for rule in one["undecided"] if rule["rule"] not in one["decided"]]
    times = Counter(name.rsplit("-axe-", 1)[-1] for name in attachments.saved)
    subjects: dict[str, tuple[Frame, dict[str, Any]]] = {}
    for frame, rule in asked:
        times[f"{rule['rule']}.png"] += 1
        if rule["path"] and times[f"{rule['rule']}.png"] <= MOST_ALIKE and len(subjects) < MOST_SHOTS:
            number = len(attachments.saved) + len(subjects) + 1
            subjects[f"{number:02d}-axe-{rule['rule']}"] = (frame, rule)
    wanted = [Subject(name, tuple(rule["path"]), frame) for name, (frame, rule) in subjects.items()]
    for name, shot in crops_of(page, wanted, attachments).items():
        subjects[name][1]["shot"] = shot


def _facts(address: str, found: dict[str, Any] | str) -> AxeFacts:
    if isinstance(found, str):
        return AxeFacts(frame=address, version="", violations=(), undecided=(), decided=(), error=found)
    return AxeFacts(
        frame=address,
        version=found["version"],
        violations=tuple(map(_rule, found["violations"])),
        undecided=tuple(map(_rule, found["undecided"])),
        decided=tuple(sorted(set(found["decided"]))),
    )


def _rule(found: dict[str, Any]) -> RuleFacts:
    given = {name: value for name, value in found.items() if name != "path"}
    return RuleFacts(**{**given, "elements": tuple(ElementFacts(**element) for element in found["elements"])})
