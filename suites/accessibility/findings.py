"""What axe found, gathered by cause: one rule is one finding, with the pages and elements that it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fixtures.pages import SiteRecord
from toantrinh.judgement import Grounds, fail, needs_review, tool_error
from toantrinh.observations.site import AxeFacts, PageFacts, RuleFacts


@dataclass
class Violation:
    """One rule of axe with the pages on which it does not hold, and the first element of each."""

    rule: RuleFacts
    places: dict[str, tuple[PageFacts, AxeFacts, RuleFacts]] = field(default_factory=dict)

    def __str__(self) -> str:
        first = next(iter(self.places.values()))[2].elements
        element = f" – {first[0].selector}" if first else ""
        return f"{self.rule.rule} ({self.rule.help}): {', '.join(self.places)}{element}"


def judge_level(site: SiteRecord, tags: frozenset[str], level: str) -> None:
    """Fails when a rule of this level is violated in any frame of any page.

    What axe leaves undecided opens the check only where nothing else speaks: no violation anywhere, and a rule that
    axe could decide for no element of that frame.
    """
    pages = site.pages()
    frames = [(page, frame) for page in pages for frame in page.axe]
    broken = [(page, frame) for page, frame in frames if frame.error]
    violations = _violations(pages, tags)
    open_rules = _undecided(frames, tags)
    if violations:
        site.look_at(list({place[0].name: place[0] for one in violations for place in one.places.values()}.values()))
        more = f"; chưa quyết được: {', '.join(open_rules)}" if open_rules else ""
        fail(
            f"{len(violations)} quy tắc {level} bị vi phạm: {'; '.join(map(str, violations))}{more}",
            _grounds(violations, level),
        )
    if broken or not frames:
        page, frame = broken[0] if broken else (pages[0], None)
        why = frame.error if frame else "axe không chạy ở trang nào"
        tool_error(f"{page.name.vietnamese}: {why}", Grounds(where=frame.frame if frame else page.address))
    if open_rules:
        needs_review(
            f"axe không quyết được {', '.join(open_rules)} cho phần tử nào; cần người xem",
            Grounds(expected=f"không vi phạm {level}", seen="; ".join(open_rules.values())),
        )


def _violations(pages: Sequence[PageFacts], tags: frozenset[str]) -> list[Violation]:
    found: dict[str, Violation] = {}
    for page in pages:
        for frame in page.axe:
            for rule in frame.violations:
                if tags & set(rule.tags):
                    one = found.setdefault(rule.rule, Violation(rule))
                    one.places.setdefault(page.name.vietnamese, (page, frame, rule))
    return sorted(found.values(), key=lambda one: -len(one.places))


def _undecided(frames: Sequence[tuple[PageFacts, AxeFacts]], tags: frozenset[str]) -> dict[str, str]:
    """Rules that axe could decide for no element of a frame, with one element each."""
    found: dict[str, str] = {}
    for page, frame in frames:
        for rule in frame.undecided:
            if tags & set(rule.tags) and rule.rule not in frame.decided:
                element = rule.elements[0] if rule.elements else None
                where = f"{element.selector}: {element.why}" if element else ""
                found.setdefault(rule.rule, f"{rule.rule} ở {page.name.vietnamese} ({where})")
    return found


def _grounds(violations: Sequence[Violation], level: str) -> Grounds:
    seen, where = [], []
    for one in violations:
        for page, frame, rule in one.places.values():
            for element in rule.elements[:2]:
                seen.append(f"{rule.rule}: {element.markup} ({element.why})")
                inside = (
                    f" trong khung {frame.frame}" if frame.frame.split("#")[0] != page.address.split("#")[0] else ""
                )
                where.append(f"{page.address} {element.selector}{inside}")
    return Grounds(
        expected=f"không vi phạm quy tắc {level}",
        seen="; ".join(seen[:6]),
        where="; ".join(where[:6]),
        identity="+".join(sorted(one.rule.rule for one in violations)),
    )
