"""From questions about leaks to a verdict: what was found is a fail, what a person must see a review, the rest open."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toantrinh.advisories.model import Advisories, Hole
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial, some_of
from toantrinh.observations.exchanges import Ended, Exchanges
from toantrinh.observations.leaks import LibraryFound, ScriptFacts, State
from toantrinh.reports.words import SEVERITIES
from toantrinh.verdicts import Evidence

MOST_EVIDENCE = 8


@dataclass(frozen=True)
class Answered:
    """One question as it is judged: what it was about, what was found, and the number of its exchange.

    `half`: what was found is a lesser fault, which costs half.
    """

    title: str
    state: State
    exchange: int
    what: str = ""
    why: str = ""
    shown: str = ""
    half: bool = False


def judge(answers: Sequence[Answered], exchanges: Exchanges, *, expected: str, evidence: Iterable[Evidence]) -> None:
    """Ends the check by what was found; returns where every question was answered and nothing was.

    A question that no authorisation allows is left out as long as others were asked.
    """
    kept = list(evidence)
    found = [one for one in answers if one.state is State.FOUND]
    grave = [one for one in found if not one.half]
    if found:
        grounds = _grounds(grave or found, exchanges, expected, kept)
        said = _said(grave or found)
        if grave:
            fail(said, grounds)
        partial(0.5, said, grounds)
    unsure = [one for one in answers if one.state is State.UNSURE]
    if unsure:
        needs_review(f"cần người xem: {_said(unsure)}", _grounds(unsure, exchanges, expected, kept))
    open_ones = [one for one in answers if one.state is State.UNASKED]
    forbidden = [one for one in open_ones if exchanges.of(one.exchange).ended is Ended.NOT_ALLOWED]
    if len(forbidden) < len(answers):
        open_ones = [one for one in open_ones if one not in forbidden]
    if open_ones:
        causes = some_of((one.why for one in open_ones), 2)
        names = some_of(one.title for one in open_ones)
        not_tested(
            f"{len(open_ones)}/{len(answers)} câu hỏi chưa có trả lời ({causes}): {names}",
            _grounds(open_ones, exchanges, expected, kept),
        )


def _said(answers: Sequence[Answered]) -> str:
    """What was found, each once, with the questions that it answers."""
    causes: dict[str, list[str]] = {}
    for one in answers:
        causes.setdefault(one.what or one.why, []).append(one.title)
    return some_of(f"{some_of(titles, 3)}: {what}" for what, titles in causes.items())


def _grounds(answers: Sequence[Answered], exchanges: Exchanges, expected: str, evidence: list[Evidence]) -> Grounds:
    """Request, response and role of each, and how to ask the first again."""
    asked = [exchanges.of(one.exchange) for one in answers]
    shown = [
        Evidence(path=one.shown, title=f"Trao đổi: {one.title}", kind="observation") for one in answers if one.shown
    ]
    again = f"; làm lại: {asked[0].curl}" if not asked[0].ended.unasked else ""
    return Grounds(
        expected=expected,
        seen=some_of(exchange.summary for exchange in asked) + again,
        where=some_of(exchange.address for exchange in asked),
        evidence=[*shown[:MOST_EVIDENCE], *evidence],
    )


@dataclass(frozen=True)
class Holed:
    """A library with known holes, or one that nobody mends any more, in a script."""

    script: ScriptFacts
    found: LibraryFound
    title: str
    holes: tuple[Hole, ...]
    ended: datetime.date | None

    @property
    def certain(self) -> bool:
        """True when the script itself, as it stands or as it runs, or a host that never changes its files, says which
        version it is. Of what runs it is not known which parts are in it."""
        if self.found.how == "global":
            return any(not hole.part for hole in self.holes)
        return bool(self.holes) and self.found.how in ("banner", "cdn")

    @property
    def said(self) -> str:
        """The library, its holes with their severity, from which version on they are mended, and where it is."""
        parts = [
            f"{', '.join(hole.ids)} ({SEVERITIES[hole.severity].lower()}; "
            + (f"vá từ {hole.below})" if hole.below else "chưa có bản vá)")
            for hole in self.holes
        ]
        if self.ended:
            parts.append(f"không còn được vá từ {self.ended:%d/%m/%Y}")
        how = {
            "banners": ", tệp nêu nhiều bản",
            "partial": ", bản rút gọn không có đủ thành phần",
            "file-name": ", chỉ đoán theo tên tệp",
            "global": f", trang tự nêu khi chạy ({self.found.words})",
        }.get(self.found.how, "")
        return f"{self.title} {self.found.version} ở {some_of(self.script.pages, 3)}{how}: {', '.join(parts)}"


def holed(scripts: Iterable[ScriptFacts], advisories: Advisories) -> list[Holed]:
    """The libraries of these scripts that have known holes, or had reached their end on the day of the advisories."""
    rows = []
    for script in scripts:
        for found in script.libraries:
            library = advisories.libraries.get(found.library)
            if library is None:
                continue
            holes = tuple(library.holes_of(found.version))
            end = library.ended(found.version, advisories.date)
            if holes or end:
                rows.append(Holed(script, found, library.title, holes, end.since if end else None))
    return rows
