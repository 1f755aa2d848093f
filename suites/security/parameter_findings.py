"""From what came of the questions about parameters to a verdict, with all that a finding has to name."""

from __future__ import annotations

from collections.abc import Sequence

from fixtures.parameters import Parameters
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested, some_of
from toantrinh.observations.leaks import State
from toantrinh.observations.parameters import Choice, Trial
from toantrinh.observers.prober.role import NAMES
from toantrinh.verdicts import Evidence

MOST_EVIDENCE = 6


def judge(
    trials: Sequence[Trial],
    chosen: Choice,
    record: Parameters,
    subject: str,
    what: str,
    expected: str,
    *,
    posts: bool = False,
) -> None:
    """Ends the check by what was shown; returns where every question was answered and nothing was.

    `subject`: which parameters are meant; `what`: what it means that something was shown; `posts`: forms that send by
    POST would have been a subject, too.
    """
    if found := _of(trials, State.FOUND):
        fail(f"{what}: {_said(found)}", _grounds(found, record, expected))
    if unsure := _of(trials, State.UNSURE):
        needs_review(f"cần người xem: {_said(unsure)}", _grounds(unsure, record, expected))
    if left := _of(trials, State.UNASKED):
        causes = some_of((one.why for one in left), 2)
        not_tested(f"{len(left)}/{len(trials)} tham số chưa hỏi xong: {causes}", _grounds(left, record, expected))
    if why := record.data.private_why:
        not_tested(f"chưa hỏi tham số của các trang sau đăng nhập: {why}")
    if not chosen.known:
        if unasked := [*record.data.elsewhere, *(record.data.posts if posts else ())]:
            not_tested(f"không thấy {subject} nào hỏi được; chưa thử biểu mẫu POST, máy khác: {some_of(unasked)}")
        if not record.data.quote_choice.known:
            not_tested("lần chạy này không thấy tham số nào của hệ thống nên chưa thử được gì")
        not_applicable(f"không thấy {subject} nào ở các trang và hành trình của lần chạy này")
    if not trials:
        why = record.exchanges.stopped or "yêu cầu gốc không cho trang nào để so sánh, hoặc đã hết số yêu cầu"
        not_tested(f"chưa hỏi được {subject} nào trong {chosen.known} tham số đã thấy: {why}")


def _of(trials: Sequence[Trial], state: State) -> list[Trial]:
    return [one for one in trials if one.state is state]


def _said(trials: Sequence[Trial]) -> str:
    return some_of((f"{one.parameter}: {one.what} ({NAMES.get(one.role, one.role)})" for one in trials), 3)


def _grounds(trials: Sequence[Trial], record: Parameters, expected: str) -> Grounds:
    """Request, role and response of each, and the command that asks the first again."""
    asked = [record.exchanges.of(number) for one in trials for number in one.exchanges]
    sent = [one for one in asked if not one.ended.unasked]
    shown = [
        Evidence(path=path, title=f"Trao đổi: {one.parameter}", kind="observation")
        for one in trials
        for path in one.shown
    ]
    again = f"; làm lại: {sent[0].curl}" if sent else ""
    return Grounds(
        expected=expected,
        seen=some_of(exchange.summary for exchange in asked) + again,
        where=some_of(one.address for one in trials),
        identity="; ".join(sorted(f"{one.kind} {one.parameter}" for one in trials)),
        evidence=[*shown[:MOST_EVIDENCE], *record.evidence],
    )
