"""What people said of findings, in words: explanations, reviews, and entries of their files that are stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from toantrinh.reports.words import VERDICTS, day, number
from toantrinh.scorecard_model import CheckRow, ResultRow, Scorecard, StaleLine
from toantrinh.verdicts import Decision, Verdict

KINDS = {
    "not-required": "quy định không yêu cầu",
    "measured-wrongly": "phép đo chưa đúng",
    "third-party": "lỗi của dịch vụ bên ngoài",
    "agreed-exception": "ngoại lệ đã được đồng ý bằng văn bản",
}
STAYS_OPEN = "để ngỏ"


def standing(decision: Decision) -> str:
    """What a decision comes to, in a few words."""
    if decision.said == "review":
        verdict = decision.verdict or Verdict.NEEDS_REVIEW
        return f"người đánh giá: {STAYS_OPEN if verdict is Verdict.NEEDS_REVIEW else VERDICTS[verdict].lower()}"
    if decision.refused_by:
        return "có giải trình, không được chấp nhận"
    return "giải trình được chấp nhận, không trừ điểm" if decision.counts else "có giải trình, chưa được chấp nhận"


def in_a_line(decision: Decision) -> str:
    """Who said what and until when it holds, for the terminal and for report.html."""
    kind = f"{KINDS[decision.kind]}: " if decision.kind else ""
    accepted = f", {decision.accepted_by} chấp nhận {day(decision.accepted_on)}" if decision.accepted_by else ""
    refused = f", {decision.refused_by} không chấp nhận {day(decision.refused_on)}" if decision.refused_by else ""
    until = f"{decision.by}, {day(decision.date)}{accepted}{refused}, đến hết {day(decision.expires)}"
    why_not = f"; từ chối vì: {' '.join(decision.refusal.split())}" if decision.refusal else ""
    return f"{standing(decision)} – {kind}{' '.join(decision.reason.split())}{why_not} ({until})"


def share_said(decision: Decision, share: float | None) -> str:
    """The part that an evaluator gave, in per cent; empty when it was all or nothing."""
    partly = decision.said == "review" and decision.verdict is Verdict.PARTIAL and share is not None
    return f"{number(100 * share)}%" if partly and share is not None else ""


def stale_in_a_line(stale: StaleLine) -> str:
    """Where a stale entry stands, of which check, and what to do."""
    of = stale.check + (f", dịch vụ {stale.service}" if stale.service else "")
    return f"{stale.place}: {of}: {stale.why}."


def summary(scorecard: Scorecard) -> str:
    """How many results people spoke of, and how; empty when nobody did."""
    found = Counter(standing(decision) for decision in _decisions(scorecard))
    return "; ".join(f"{count} {said}" for said, count in found.items())


def left_aside(scorecard: Scorecard) -> str:
    """How many entries wait for a run that asks for them; empty when there are none."""
    count = scorecard.decisions.not_asked
    return f"{count} mục khác nói về điều mà lần chạy này không xét." if count else ""


def spoken_of(scorecard: Scorecard) -> list[tuple[CheckRow, ResultRow]]:
    """Every result that somebody spoke of, once, in the order of the criteria."""
    rows = [check for group in scorecard.groups for criterion in group.criteria for check in criterion.checks]
    once = {check.id: check for check in (*rows, *scorecard.advice)}
    return [(check, result) for check in once.values() for result in check.results if result.decision]


def _decisions(scorecard: Scorecard) -> Iterator[Decision]:
    for _, result in spoken_of(scorecard):
        if result.decision:
            yield result.decision
