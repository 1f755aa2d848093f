"""A comparison in words (for the terminal), as Markdown and as JSON: the same figures in each."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator

from toantrinh.changes.comparing import Change, Changed, Comparison
from toantrinh.criteria_model import Severity
from toantrinh.reports.people import in_a_line
from toantrinh.reports.words import SEVERITIES, VERDICTS, grades, moment, number, span
from toantrinh.scorecard_model import ResultRow, Scorecard

FORMATS = ("text", "markdown", "json")
TITLES = {
    Change.NEW: "Mới hỏng: lần trước đạt, lần này bị trừ điểm",
    Change.FIRST_SEEN: "Lần đầu thấy: lần trước chưa kiểm được",
    Change.WORSE: "Nặng hơn",
    Change.ANOTHER: "Vẫn hỏng, nhưng khác lần trước",
    Change.BETTER: "Đỡ hơn",
    Change.MENDED: "Đã sửa",
    Change.LOST: "Không còn biết: lần này chưa kiểm được",
    Change.DECIDED: "Người quyết định khác đi",
    Change.SAME: "Vẫn hỏng như trước",
}
UNTOLD = (Change.SAME,)  # counted, and told one by one only in JSON
WIDTH, SAID = 100, 300


def told(comparison: Comparison, form: str) -> str:
    """The whole comparison in one of FORMATS; no newline at the end."""
    return {"text": _text, "markdown": _markdown, "json": _json}[form](comparison)


def in_a_sentence(comparison: Comparison) -> str:
    """How many of each kind; `Không có gì thay đổi.` when there is nothing at all."""
    found = Counter(one.change for one in comparison.changes)
    said = [
        f"{found[kind]} {title.split(':')[0].split(',')[0].lower()}" for kind, title in TITLES.items() if found[kind]
    ]
    return "; ".join(said) + "." if said else "Không có gì thay đổi."


def _text(comparison: Comparison) -> str:
    lines = [_head(comparison), *_scores(comparison)]
    lines += [f"Phép đo khác nhau: {line}" for line in comparison.measure]
    for kind, some in _parts(comparison):
        lines += ["", f"{TITLES[kind]} ({len(some)})"]
        for one in some:
            lines.append(f"  {_subject(one)}")
            lines += textwrap.wrap(_what(one), WIDTH, initial_indent="    ", subsequent_indent="    ")
    return "\n".join([*lines, "", in_a_sentence(comparison)])


def _markdown(comparison: Comparison) -> str:
    lines = [f"# {_plain(_head(comparison))}", "", "| | Trước | Sau |", "|---|---:|---:|"]
    lines += [f"| {name} | {before} | {after} |" for name, before, after in _rows(comparison)]
    if comparison.measure:
        lines += ["", "Phép đo khác nhau, nên có thể không phải hệ thống thay đổi:", ""]
        lines += [f"- {_plain(line)}" for line in comparison.measure]
    for kind, some in _parts(comparison):
        lines += ["", f"## {TITLES[kind]} ({len(some)})", ""]
        lines += [f"- **{_plain(_subject(one))}**: {_plain(_what(one))}" for one in some]
    return "\n".join([*lines, "", in_a_sentence(comparison)])


def _json(comparison: Comparison) -> str:
    def side(card: Scorecard) -> dict[str, object]:
        return {
            "run": card.run.id, "started": card.run.started, "complete": card.run.complete, "tool": card.tool.version,
            "criteria_set": {"id": card.criteria_set.id, "version": card.criteria_set.version},
            "score": card.score.model_dump(), "grade": card.grade.model_dump(),
            "groups": {group.id: {"low": group.low, "high": group.high} for group in card.groups},
        }  # fmt: skip

    def result(row: ResultRow | None) -> dict[str, object] | None:
        if row is None:
            return None
        told = row.model_dump(mode="json", include={"verdict", "share", "message", "seen", "where", "fingerprint"})
        return {**told, "excused": row.excused}

    data = {
        "system": comparison.after.system.id,
        "before": side(comparison.before),
        "after": side(comparison.after),
        "measure": list(comparison.measure),
        "counts": {kind.value: len(comparison.of(kind)) for kind in Change},
        "changes": [
            {
                "change": one.change.value, "check": one.check.id, "service": one.service,
                "severity": one.check.severity.value, "before": result(one.before), "after": result(one.after),
            }
            for one in comparison.changes
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1)


def _head(comparison: Comparison) -> str:
    before, after = comparison.before.run, comparison.after.run
    return (
        f"{comparison.after.system.name}: {before.id} ({moment(before.started)}) → {after.id} ({moment(after.started)})"
    )


def _scores(comparison: Comparison) -> Iterator[str]:
    for name, before, after in _rows(comparison):
        yield f"{name}: {before}" if before == after else f"{name}: {before} → {after}"


def _rows(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """The score and each group whose points changed: its name, points before and after."""
    old, new = comparison.before, comparison.after

    def score(card: Scorecard) -> str:
        return f"{span(card.score.low, card.score.high)} ({grades(card.grade.low, card.grade.high)})"

    yield "Tổng điểm", score(old), score(new)
    groups = {group.id: group for group in old.groups}
    for group in new.groups:
        was = groups.get(group.id)
        before = f"{span(was.low, was.high)} / {number(was.points)}" if was else "–"
        after = f"{span(group.low, group.high)} / {number(group.points)}"
        if before != after:
            yield f"{group.id}. {group.title}", before, after


def _parts(comparison: Comparison) -> Iterator[tuple[Change, tuple[Changed, ...]]]:
    """The kinds that are told one by one, with the gravest checks first."""
    gravity = {severity: place for place, severity in enumerate(Severity)}
    for kind in TITLES:
        if kind not in UNTOLD and (some := comparison.of(kind)):
            yield kind, tuple(sorted(some, key=lambda one: gravity[one.check.severity]))


def _subject(one: Changed) -> str:
    of = f", thủ tục {one.service}" if one.service else ""
    return f"{one.check.id}{of}: {one.check.title} ({SEVERITIES[one.check.severity].lower()})"


def _what(one: Changed) -> str:
    before, after = _verdict(one.before), _verdict(one.after)
    told = f"{before} → {after}" if before != after else after
    row = one.after if one.after and one.after.message else one.before
    when = "trước đây: " if one.after and row is one.before else ""
    said = f": {when}{' '.join(row.message.split())[:SAID]}" if row and row.message else ""
    decision = f" ({in_a_line(one.after.decision)})" if one.after and one.after.decision else ""
    return f"{told}{said}{decision}"


def _verdict(row: ResultRow | None) -> str:
    if row is None:
        return "không hỏi"
    part = f" ({number(100 * row.share)}%)" if row.share is not None and 0 < row.share < 1 else ""
    return f"{VERDICTS[row.verdict].lower()}{part}"


def _plain(text: str) -> str:
    """Words of a system as Markdown shows them, and never as a mark of its own."""
    return "".join(f"\\{letter}" if letter in r"\`*_[]<>#|~" else letter for letter in text)
