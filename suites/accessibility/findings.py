"""What axe found, gathered by cause: one rule is one finding, with the pages, states and elements that it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import yaml

from fixtures.looking import Looks
from fixtures.pages import SiteRecord
from fixtures.phone_pages import PhonePages
from fixtures.states import StateName
from fixtures.tour import TourRecord
from suites.accessibility.doubts import for_a_person
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, some_of, tool_error
from toantrinh.observations.colours import ColoursFacts
from toantrinh.observations.site import AxeFacts, ElementFacts, PageFacts, PageName, RuleFacts
from toantrinh.observations.tour import StateFacts
from toantrinh.store import Outcome
from toantrinh.verdicts import Evidence

MOST_EVIDENCE, MOST_RECORDS, MOST_PAGES = 12, 4, 4
CONTRAST = "zoom.contrast"


@dataclass(frozen=True)
class Place:
    """A page, one on a phone, or a state of the journey, as axe saw it.

    `again`: it can be visited once more. `of`: the page of the set that it is. `measured`: its contrast was measured on
    pixels, and none of its words left out. `asked`: a state of which that was not asked is told by others like it.
    """

    name: str
    address: str
    axe: tuple[AxeFacts, ...]
    shot: str
    page: PageFacts | None = None
    again: bool = True
    of: PageName | None = None
    measured: bool = True
    asked: bool = True


@dataclass
class Violation:
    """One rule of axe with the places in which it does not hold (or is not decided), and the first element of each."""

    rule: RuleFacts
    places: dict[str, tuple[Place, AxeFacts, RuleFacts]] = field(default_factory=dict)

    def __str__(self) -> str:
        first = next(iter(self.places.values()))[2].elements
        element = f" – {first[0].selector}" if first else ""
        return f"{self.rule.rule} ({said(self.rule)}): {some_of(self.places)}{element}"


@cache
def _vietnamese() -> dict[str, str]:
    text = (Path(__file__).parent / "axe_rules.yaml").read_text(encoding="utf-8")
    return {str(rule): str(words) for rule, words in yaml.safe_load(text).items()}


def said(rule: RuleFacts) -> str:
    """What the rule asks, in Vietnamese where we have the words."""
    return _vietnamese().get(rule.rule, rule.help)


@dataclass(frozen=True)
class Asked:
    """Which of axe's rules a check asks about: those of these tags, but for some; `named` in words."""

    named: str
    tags: frozenset[str]
    without: frozenset[str] = frozenset()

    def about(self, rule: RuleFacts) -> bool:
        """True for a rule that is asked about."""
        return bool(self.tags & set(rule.tags)) and rule.rule not in self.without


def judge_rules(
    site: SiteRecord, tour: TourRecord, phones: PhonePages, asked: Asked, colours: Looks[ColoursFacts] | None = None
) -> None:
    """Fails when such a rule is violated in any frame of any page, on a phone too, or of any state.

    Without any it is open: a person looks at what axe could not decide and no other check does; and states of the
    application that were not seen are not tested. `colours`: what `zoom.contrast` reads, for rules about contrast.
    """
    places = [_page(page) for page in site.pages()] + [_state(state) for state in tour.judged]
    places += map(_on_phone, phones.pages.values())
    if colours is not None:
        places = [replace(place, measured=_measured(place, colours), asked=_asked(place, colours)) for place in places]
    frames = [(place, frame) for place in places for frame in place.axe]
    broken = [(place, frame) for place, frame in frames if frame.error and place.again]  # a state comes but once
    violations = _violations(places, asked)
    open_rules = _undecided(frames, asked)
    if violations:
        _look_at(site, tour, violations)
        more = f"; chưa quyết được: {', '.join(open_rules)}" if open_rules else ""
        fail(
            f"{len(violations)} quy tắc {asked.named} bị vi phạm: {'; '.join(map(str, violations))}{more}",
            _grounds(violations, asked.named),
        )
    if tour.outcome is Outcome.TOOL_ERROR:
        tool_error(tour.why)
    if broken or not frames:
        place, frame = broken[0] if broken else (places[0], None)
        why = frame.error if frame else "axe không chạy ở trang nào"
        tool_error(f"{place.name}: {why}", Grounds(where=frame.frame if frame else place.address))
    if open_rules:
        _look_at(site, tour, list(open_rules.values()))
        needs_review(
            f"axe không quyết được, cần người xem: {'; '.join(map(str, open_rules.values()))}",
            Grounds(expected=f"không vi phạm {asked.named}", seen="; ".join(map(_doubt, open_rules.values()))),
        )
    if unseen := [*_not_visited(site), *_not_looked_into(frames), *([tour.unseen] if tour.unseen else [])]:
        not_tested(
            f"không thấy vi phạm ở {len(places)} trang và trạng thái đã xem; chưa xem được: {'; '.join(unseen)}",
            Grounds(
                expected=f"không vi phạm {asked.named} ở mọi trang và mọi trạng thái của luồng", seen="; ".join(unseen)
            ),
        )


def _measured(place: Place, colours: Looks[ColoursFacts]) -> bool:
    """True when the colours of this page (or of one of its template), or of this state, are known without a gap."""
    name = place.of or StateName(place.name)
    looks = (colours.looks.get(one) for one in (name, *colours.alike.get(name, ())))
    return any(look is not None and look.data is not None and not look.data.truncated for look in looks)


def _asked(place: Place, colours: Looks[ColoursFacts]) -> bool:
    return place.of is not None or StateName(place.name) in colours.looks


def _not_visited(site: SiteRecord) -> list[str]:
    """Pages of the set to which there is a way, and that did not come, or came as another page."""
    found = []
    for name, visit in site.visits.items():
        page = visit.data.page if visit.data else None
        if visit.data is None:
            found.append(f"{name.vietnamese} ({visit.reason})")
        elif page is not None and page.own and not page.proof.holds:
            found.append(f"{name.vietnamese} ({page.proof.why or page.proof.kind})")
    return found


def _not_looked_into(frames: Sequence[tuple[Place, AxeFacts]]) -> list[str]:
    """Frames of states in which axe did not run; those of a page are our own fault."""
    return [f"{place.name} (khung {frame.frame}: {frame.error})" for place, frame in frames if frame.error]


def _page(page: PageFacts) -> Place:
    return Place(page.name.vietnamese, page.address, page.axe, page.shot, page, of=page.name)


def _state(state: StateFacts) -> Place:
    return Place(state.name, state.address, state.axe, state.shot, again=False)


def _on_phone(page: PageFacts) -> Place:
    return Place(f"{page.name.vietnamese} trên điện thoại", page.address, page.axe, page.shot, of=page.name)


def _look_at(site: SiteRecord, tour: TourRecord, rules: Sequence[Violation]) -> None:
    """The evidence: of each rule one element outlined, else the page at fault; then other pages, states and records."""
    first = [_picture(one) for one in rules]
    places = {place.name: place for one in rules for place, _, _ in one.places.values()}
    states = places.keys() & {state.name for state in tour.judged}
    rest = [Evidence(path=place.shot, title=place.name) for place in places.values() if place.shot]
    site.look_at([place.page for place in places.values() if place.page])
    records = [piece for piece in site.evidence if piece.kind == "observation"][: MOST_RECORDS - bool(states)]
    if states and tour.observation:
        records.append(Evidence(path=tour.observation, title="Bản ghi các trạng thái", kind="observation"))
    pictures: dict[str, Evidence] = {}
    for piece in [*first, *rest[:MOST_PAGES]]:
        if piece.path:
            pictures.setdefault(piece.path, piece)
    site.evidence[:] = [*list(pictures.values())[: MOST_EVIDENCE - len(records)], *records]


def _picture(one: Violation) -> Evidence:
    """The first element that was pictured, outlined; the first page where none was."""
    for place, _, rule in one.places.values():
        if rule.shot:
            return Evidence(path=rule.shot, title=f"{rule.rule} – {place.name}: {rule.elements[0].selector}")
    place = next(iter(one.places.values()))[0]
    return Evidence(path=place.shot, title=f"{one.rule.rule} – {place.name}")


def _violations(places: Sequence[Place], asked: Asked) -> list[Violation]:
    found: dict[str, Violation] = {}
    for place in places:
        for frame in place.axe:
            for rule in frame.violations:
                if asked.about(rule):
                    one = found.setdefault(rule.rule, Violation(rule))
                    one.places.setdefault(place.name, (place, frame, rule))
    return sorted(found.values(), key=lambda one: -len(one.places))


def _undecided(frames: Sequence[tuple[Place, AxeFacts]], asked: Asked) -> dict[str, Violation]:
    """Rules that axe left undecided for an element that is for a person to look at."""
    found: dict[str, Violation] = {}
    seen: dict[str, list[ElementFacts]] = {}
    for place, frame in frames:
        for rule in frame.undecided if place.measured else ():
            seen.setdefault(rule.rule, []).extend(rule.elements)
    for place, frame in frames:
        for rule in frame.undecided:
            if not asked.about(rule):
                continue
            blind = () if place.measured else (CONTRAST,)
            decided = rule.rule in frame.decided
            if open_rule := for_a_person(
                rule, decided=decided, blind=blind, seen=seen.get(rule.rule, ()), asked=place.asked
            ):
                one = found.setdefault(rule.rule, Violation(open_rule))
                one.places.setdefault(place.name, (place, frame, open_rule))
    return found


def _doubt(one: Violation) -> str:
    place, _, rule = next(iter(one.places.values()))
    where = f"{rule.elements[0].selector}: {rule.elements[0].why}" if rule.elements else ""
    return f"{rule.rule} ở {place.name} ({where})"


def _grounds(violations: Sequence[Violation], level: str) -> Grounds:
    seen, where = [], []
    for one in violations:
        for place, frame, rule in one.places.values():
            for element in rule.elements[:2]:
                seen.append(f"{rule.rule}: {element.markup} ({element.why})")
                inside = (
                    f" trong khung {frame.frame}" if frame.frame.split("#")[0] != place.address.split("#")[0] else ""
                )
                where.append(f"{place.address} {element.selector}{inside}")
    return Grounds(
        expected=f"không vi phạm quy tắc {level}",
        seen="; ".join(list(dict.fromkeys(seen))[:6]),
        where="; ".join(where[:6]),
        identity="+".join(sorted(one.rule.rule for one in violations)),
    )
