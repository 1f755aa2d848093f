"""Judges what was read of the pages: one cause is one finding, with the pages and the first element that show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

import yaml

from fixtures.reading import ReadingRecord
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, partial, some_of
from toantrinh.observations.reading import ReadingFacts
from toantrinh.observations.site import ElementFacts, PageName
from toantrinh.verdicts import Evidence

MOST_ELEMENTS = 4  # named of one cause
MOST_GROUNDS = 8
MOST_SHOTS, MOST_PAGES = 8, 4


@dataclass(frozen=True)
class Finding:
    """Something at one element. `cause` is the same for all elements of one cause; `sure` False: a person decides."""

    cause: str
    element: ElementFacts
    said: str = ""
    sure: bool = True

    @property
    def pattern(self) -> str:
        """The element's selector without what differs between rows and pages of one template."""
        return re.sub(r":nth-of-type\(\d+\)|\d+", "", self.element.selector)


@cache
def words(kind: str) -> frozenset[str]:
    """The words of `reading_words.yaml`: links, headings or titles."""
    data = yaml.safe_load((Path(__file__).parent / "reading_words.yaml").read_text(encoding="utf-8"))
    return frozenset(data[kind])


def bare(text: str) -> str:
    """Letters and digits only, small and without diacritics."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def judge_readings(
    record: ReadingRecord,
    of: Callable[[ReadingFacts], Sequence[Finding]],
    *,
    expected: str,
    subject: Callable[[ReadingFacts], bool] = lambda reading: True,
    nothing: str = "",
) -> None:
    """Judges every page by `of`. Sure findings fail the page; doubtful ones open the check only where none is sure.

    Pages without the subject (a page without fields) do not count; `nothing` is said when no page has it.
    """
    pages = {name: reading for name, reading in record.seen().items() if subject(reading)}
    if not pages:
        not_applicable(nothing)
    found = {name: list(of(reading)) for name, reading in pages.items()}
    sure = {name: [one for one in some if one.sure] for name, some in found.items()}
    sure = {name: some for name, some in sure.items() if some}
    chosen = sure or {name: some for name, some in found.items() if some}
    if not chosen:
        return
    record.look_at(chosen, _pictures(record, chosen, pages))
    said, grounds = _told(chosen, pages, expected)
    if not sure:
        needs_review(f"cần người xem: {said}", grounds)
    if len(sure) == len(pages):
        fail(said, grounds)
    partial(1 - len(sure) / len(pages), f"{len(sure)}/{len(pages)} trang: {said}", grounds)


def _pictures(
    record: ReadingRecord, chosen: dict[PageName, list[Finding]], pages: dict[PageName, ReadingFacts]
) -> list[Evidence]:
    """Of each cause the elements, outlined, once for all pages alike; where none was pictured, the pages at fault."""
    shown: dict[str, dict[str, Evidence]] = {}
    for name, findings in chosen.items():
        for one in findings:
            if shot := pages[name].shots.get(one.element.selector):
                quoted = f": “{one.said}”" if one.said else ""
                piece = Evidence(path=shot, title=f"{one.cause}{quoted} – {name.vietnamese}"[:200])
                shown.setdefault(one.cause, {}).setdefault(one.pattern, piece)
    if shown:
        turns = zip_longest(*(some.values() for some in shown.values()))  # the first of each cause before any second
        return [piece for turn in turns for piece in turn if piece][:MOST_SHOTS]
    visits = ((name, visit.data.page) for name in chosen if (visit := record.site.visits.get(name)) and visit.data)
    return [Evidence(path=page.shot, title=name.vietnamese) for name, page in visits if page and page.shot][:MOST_PAGES]


def _told(
    chosen: dict[PageName, list[Finding]], pages: dict[PageName, ReadingFacts], expected: str
) -> tuple[str, Grounds]:
    """One sentence per cause, with its elements and their pages, and the grounds."""
    causes: dict[str, dict[str, dict[PageName, Finding]]] = {}
    for name, findings in chosen.items():
        for one in findings:
            causes.setdefault(one.cause, {}).setdefault(one.pattern, {}).setdefault(name, one)
    parts, seen, where = [], [], []
    for cause, patterns in causes.items():
        elements = sorted(patterns.values(), key=lambda places: -len(places))
        named = []
        for places in elements[:MOST_ELEMENTS]:
            page, first = next(iter(places.items()))
            quoted = f"“{first.said}” " if first.said else ""
            named.append(f"{quoted}{first.element.selector} ({some_of(name.vietnamese for name in places)})")
            seen.append(f"{cause} {quoted}– {first.element.markup}")
            where.append(f"{pages[page].address} {first.element.selector}")
        more = f" và {len(elements) - MOST_ELEMENTS} chỗ khác" if len(elements) > MOST_ELEMENTS else ""
        parts.append(f"{cause}: {', '.join(named)}{more}")
    grounds = Grounds(
        expected=expected,
        seen="; ".join(seen[:MOST_GROUNDS]),
        where="; ".join(where[:MOST_GROUNDS]),
        identity="+".join(sorted(causes)),
    )
    return "; ".join(parts), grounds
