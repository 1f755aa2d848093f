"""The score as a table for the terminal, at most 100 columns wide."""

from __future__ import annotations

import math
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterator

from toantrinh.reports.people import left_aside, stale_in_a_line, summary
from toantrinh.reports.words import VERDICTS, grades, number, span
from toantrinh.scorecard_model import Scorecard
from toantrinh.verdicts import Verdict

_TITLE, _POINTS, _BAR = 42, 20, 30
_BLOCKS, _PLAIN = "█░·", "#-."


def table(scorecard: Scorecard, *, plain: bool = False) -> str:
    """Groups with their points and bars, the score, the grade and the tally of verdicts; no newline at the end.

    `plain` draws the bars in ASCII, for terminals that cannot show blocks. Sure points are full, open ones half.
    """
    marks = _PLAIN if plain else _BLOCKS
    lines = [f"{'Nhóm tiêu chí':<{_TITLE}} {'Điểm':>{_POINTS}}", _rule(plain)]
    for group in scorecard.groups:
        title = _fitted(f"{group.id}. {group.title}")
        points = f"{span(group.low, group.high)} / {number(group.points)}"
        lines.append(f"{title} {points:>{_POINTS}}  {_bar(group.low, group.high, group.points, marks)}".rstrip())
    low, high, total = scorecard.score.low, scorecard.score.high, scorecard.criteria_set.points
    points = f"{span(low, high)} / {number(total)}"
    grade = f"Xếp loại {grades(scorecard.grade.low, scorecard.grade.high)}"
    lines += [_rule(plain), f"{_fitted('Tổng điểm')} {points:>{_POINTS}}  {grade}", _tally(scorecard)]
    return "\n".join(lines)


def decisions(scorecard: Scorecard) -> Iterator[str]:
    """One line on what people said of the findings, and one for each entry of their files that is not applied."""
    if said := summary(scorecard):
        yield f"Quyết định của người: {said}."
    if stale := scorecard.decisions.stale:
        yield f"{len(stale)} mục không được áp dụng:"
        yield from (f"  {stale_in_a_line(one)}" for one in stale)
    if left := left_aside(scorecard):
        yield left


def _bar(low: float, high: float, points: float, marks: str) -> str:
    if not points:
        return ""
    sure = int(low / points * _BAR + 1e-9)
    reach = max(sure, math.ceil(high / points * _BAR - 1e-9))
    return marks[0] * sure + marks[1] * (reach - sure) + marks[2] * (_BAR - reach)


def _tally(scorecard: Scorecard) -> str:
    rows = [check for group in scorecard.groups for criterion in group.criteria for check in criterion.checks]
    found = Counter(check.verdict for check in rows if not check.excused)
    excused = sum(1 for check in rows if check.excused)
    said = [f"{found[verdict]} {VERDICTS[verdict].lower()}" for verdict in Verdict if found[verdict]]
    said += [f"{excused} đã giải trình, không trừ điểm"] if excused else []
    text = f"{len(rows)} phép kiểm: {', '.join(said)}" if rows else "Không có phép kiểm nào."
    return textwrap.fill(text, _TITLE + 1 + _POINTS + 2 + _BAR, subsequent_indent="  ")


def _rule(plain: bool) -> str:
    return ("-" if plain else "─") * (_TITLE + 1 + _POINTS + 2 + _BAR)


def _fitted(text: str) -> str:
    shown = unicodedata.normalize("NFC", text)
    shown = shown if len(shown) <= _TITLE else shown[: _TITLE - 1] + "…"
    return f"{shown:<{_TITLE}}"
