"""From questions in another's name to a verdict: what was shown to the wrong person is a fail, a doubt is a review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from fixtures.trespass import Trespasses
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, some_of
from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import Changing
from toantrinh.observers.prober.role import NAMES
from toantrinh.verdicts import Evidence

MOST_EVIDENCE = 8
EXPECTED = "chỉ người có quyền thấy dữ liệu"


class Answered(Protocol):
    """One question in another's name, as it is judged."""

    @property
    def address(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def exchange(self) -> int: ...
    @property
    def seen(self) -> tuple[str, ...]: ...
    @property
    def why(self) -> str: ...
    @property
    def shown(self) -> str: ...


def judge(rows: Sequence[Answered], record: Trespasses, what: str, expected: str = EXPECTED) -> None:
    """Ends the check by what was shown; returns where every question was answered and nothing was."""
    if found := _of(rows, State.FOUND):
        fail(f"{what}: {_said(found)}", _grounds(found, record, expected))
    if unsure := _of(rows, State.UNSURE):
        causes = some_of((one.why for one in unsure), 2)
        needs_review(f"cần người xem: {_said(unsure)} ({causes})", _grounds(unsure, record, expected))
    if left := _of(rows, State.UNASKED):
        causes = some_of((one.why for one in left), 2)
        not_tested(f"{len(left)}/{len(rows)} câu hỏi chưa có trả lời: {causes}", _grounds(left, record, expected))


def judge_changes(record: Trespasses) -> None:
    """Ends the check by what the owner saw afterwards; returns where nobody else could change anything."""
    rows, why = record.data.changes, record.data.changes_why
    left = [f"{what}: {cause}" if what else cause for what, cause in why.items()]
    record.evidence += [Evidence(path=path, title=one.seen[0]) for one in rows for path in one.pictures]
    expected = "bị từ chối, hồ sơ không đổi"
    for state, end in ((State.FOUND, fail), (State.UNSURE, needs_review), (State.UNASKED, not_tested)):
        if found := [one for one in rows if one.state is state]:
            said = "; ".join(_changed(one) for one in found)
            prefix = {State.FOUND: "người khác đổi được hồ sơ của A: ", State.UNSURE: "cần người xem: "}.get(state, "")
            end(prefix + said, _grounds(found, record, expected))
    if not rows or left:
        done = f" (đã thử: {', '.join(dict.fromkeys(one.what for one in rows))})" if rows else ""
        not_tested(f"{'; '.join(left) or 'chưa gửi thao tác ghi nào với vai người khác'}{done}")


def _changed(one: Changing) -> str:
    seen = f" → {', '.join(one.seen)}" if one.seen else ""
    why = f" ({one.why})" if one.why else ""
    return f"{NAMES.get(one.role, one.role)} {one.what}{seen}{why}"


def _of(rows: Iterable[Answered], state: State) -> list[Answered]:
    return [one for one in rows if one.state is state]


def _said(rows: Sequence[Answered]) -> str:
    """Who was shown what, each once, and where."""
    causes: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in rows:
        causes.setdefault((one.role, one.seen), []).append(one.address)
    return "; ".join(
        f"{NAMES.get(role, role)} thấy {', '.join(seen) or 'câu trả lời'} ở {some_of(places, 3)}"
        for (role, seen), places in causes.items()
    )


def _grounds(rows: Sequence[Answered], record: Trespasses, expected: str) -> Grounds:
    """Request, role and response of each, and the command that asks the first again."""
    asked = [record.exchanges.of(one.exchange) for one in rows if one.exchange]
    shown = [
        Evidence(path=one.shown, title=f"Trao đổi: {one.address}", kind="observation") for one in rows if one.shown
    ]
    again = f"; làm lại: {asked[0].curl}" if asked and not asked[0].ended.unasked else ""
    return Grounds(
        expected=expected,
        seen=some_of(exchange.summary for exchange in asked) + again,
        where=some_of(one.address for one in rows),
        evidence=[*shown[:MOST_EVIDENCE], *record.evidence],
    )
