"""Applying people's decisions to results: a pure function, so that a record that is judged again gives the same.

An explanation speaks of a machine's `fail` or `partial`; a review of `needs-review`. Nothing else is ever touched:
neither our own faults, nor what was not tested, nor what the machine has decided.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from toantrinh.decisions.files import Decisions, Line
from toantrinh.decisions.fingerprint import fingerprint, steady
from toantrinh.decisions.model import Explanation, Review
from toantrinh.scorecard_model import DecisionFacts, StaleLine
from toantrinh.verdicts import FINDINGS, CheckResult, Decision, Evidence, Verdict

State = Literal["unknown-check", "unknown-service", "gone", "lapsed", "expired", "double", "future", "decided"]
UNSEEN = (Verdict.NOT_TESTED, Verdict.TOOL_ERROR)
VERDICTS = {"pass": Verdict.PASS, "fail": Verdict.FAIL, "partial": Verdict.PARTIAL, "open": Verdict.NEEDS_REVIEW}
SHARES = {"pass": 1.0, "fail": 0.0}


@dataclass(frozen=True)
class Moment:
    """`day`: when the run was judged, which decides what has expired; `today`: what lies beyond it is in the future."""

    day: datetime.date
    today: datetime.date


@dataclass(frozen=True)
class Known:
    """What entries may name: the checks of the catalogue and the services of the system; and the system's address."""

    checks: Collection[str]
    services: Collection[str]
    base_url: str = ""


def with_decisions(
    results: Sequence[CheckResult], decisions: Decisions, known: Known, moment: Moment
) -> tuple[list[CheckResult], DecisionFacts]:
    """The results with their fingerprints and with what people said of them; and which entries are stale."""
    printed = [result.model_copy(update={"fingerprint": fingerprint(result, known.base_url)}) for result in results]
    judge = _Entries(printed, known, moment)
    said = {**judge.apply(decisions.explanations), **judge.apply(decisions.reviews)}
    applied = [said.get((result.check, result.service), result) for result in printed]
    return applied, DecisionFacts(files=decisions.files, stale=tuple(judge.stale), not_asked=judge.not_asked)


class _Entries:
    """Goes through the entries of a file, each against the result that it names."""

    def __init__(self, results: Sequence[CheckResult], known: Known, moment: Moment) -> None:
        self._results = {(result.check, result.service): result for result in results}
        self._known, self._moment = known, moment
        self.stale: list[StaleLine] = []
        self.not_asked = 0

    def apply(self, lines: Sequence[Line]) -> dict[tuple[str, str | None], CheckResult]:
        applied: dict[tuple[str, str | None], CheckResult] = {}
        for line in lines:
            result = self._results.get(line.entry.finding)
            if why := self._written_wrongly(line) or next(_doubles(line, lines), None):
                self._leave(line, *why)
            elif result is None or result.verdict in UNSEEN:
                self.not_asked += 1
            elif why := self._of_another_finding(line, result):
                self._leave(line, *why)
            else:
                applied[line.entry.finding] = _spoken_of(result, line)
        return applied

    def _leave(self, line: Line, state: State, why: str) -> None:
        entry = line.entry
        self.stale.append(StaleLine(place=line.place, check=entry.check, service=entry.service, state=state, why=why))

    def _written_wrongly(self, line: Line) -> tuple[State, str] | None:
        entry = line.entry
        if entry.check not in self._known.checks:
            return "unknown-check", "không còn phép kiểm này; bỏ mục này"
        if entry.service is not None and entry.service not in self._known.services:
            return "unknown-service", "tệp hệ thống không còn dịch vụ này; bỏ mục này"
        answer = (entry.accepted or entry.refused) if isinstance(entry, Explanation) else None
        last = max(entry.date, answer.date) if answer else entry.date
        if last > self._moment.today:
            return "future", f"ghi ngày {_day(last)}, ngày chưa đến; sửa ngày"
        if entry.ends < self._moment.day:
            return "expired", f"hết hạn ngày {_day(entry.ends)}; xem lại rồi ghi mục mới"
        return None

    def _of_another_finding(self, line: Line, result: CheckResult) -> tuple[State, str] | None:
        entry = line.entry
        spoken_of = FINDINGS if isinstance(entry, Explanation) else (Verdict.NEEDS_REVIEW,)
        if result.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE):
            return "gone", "lần này không còn phát hiện này; bỏ mục này"
        if result.verdict not in spoken_of:
            return "decided", "máy nay kết luận khác, mục này không nói về kết luận đó; xem lại"
        same_cause = self._cause(entry.identity) == self._cause(result.identity)
        if not same_cause or entry.seen != result.fingerprint:
            return "lapsed", f"điều thấy được nay đã khác ({result.fingerprint}); xem lại rồi ghi mục mới"
        return None

    def _cause(self, identity: str) -> str:
        return steady(identity, self._known.base_url)


def _doubles(line: Line, lines: Sequence[Line]) -> Iterator[tuple[State, str]]:
    """The entry before it that says the same of the same finding."""
    for other in lines:
        if other is line:
            return
        if (other.entry.finding, other.entry.seen) == (line.entry.finding, line.entry.seen):
            yield "double", f"trùng với mục ở dòng {other.line}; giữ một mục"


def _spoken_of(result: CheckResult, line: Line) -> CheckResult:
    entry = line.entry
    common: dict[str, Any] = {
        "machine": result.verdict,
        "by": entry.by,
        "date": entry.date.isoformat(),
        "expires": entry.ends.isoformat(),
        "document": Evidence(path=line.document, title=entry.document, kind="document") if entry.document else None,
        "document_sha256": line.document_sha256,
        "place": line.place,
    }
    if isinstance(entry, Review):
        verdict = VERDICTS[entry.verdict]
        counts = verdict is not Verdict.NEEDS_REVIEW
        said = Decision(said="review", counts=counts, verdict=verdict, reason=entry.grounds, **common)
        share = entry.share if entry.verdict == "partial" else SHARES.get(entry.verdict)
        return result.model_copy(update={"verdict": verdict, "share": share, "decision": said})
    assert isinstance(entry, Explanation)
    accepted, refused = entry.accepted, entry.refused
    said = Decision(
        said="explanation",
        counts=accepted is not None,
        kind=entry.kind,
        reason=entry.reason,
        law=entry.law or "",
        accepted_by=accepted.by if accepted else "",
        accepted_on=accepted.date.isoformat() if accepted else "",
        refused_by=refused.by if refused else "",
        refused_on=refused.date.isoformat() if refused else "",
        refusal=refused.grounds if refused else "",
        **common,
    )
    return result.model_copy(update={"decision": said})


def _day(date: datetime.date) -> str:
    return date.strftime("%d/%m/%Y")
