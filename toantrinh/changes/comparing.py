"""Two scorecards, result by result.

A result is known again by its check and its service. What was charged and is right now is mended; what was right and is
charged now is new. Where one of the runs could not tell (`not-tested`, `needs-review`, `tool-error`), it is said to be
neither. Another tool, catalogue or set of criteria may change a verdict on a system that stayed the same, so they are
named beside the changes and never mixed with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from toantrinh.scorecard_model import CheckRow, ResultRow, Scorecard
from toantrinh.verdicts import FINDINGS, Verdict

RIGHT = (Verdict.PASS, Verdict.NOT_APPLICABLE)


class Change(StrEnum):
    """What became of a result between two runs."""

    NEW = "new"  # right before, charged now
    FIRST_SEEN = "first-seen"  # charged now; the run before could not tell, or did not ask
    WORSE = "worse"  # charged in both, more now
    BETTER = "better"  # charged in both, less now
    ANOTHER = "another"  # charged in both, and something else was seen
    SAME = "same"  # charged in both, and the same was seen
    MENDED = "mended"  # charged before, right now
    LOST = "lost"  # charged or right before; this run could not tell, or did not ask
    DECIDED = "decided"  # people said something else of it


CHARGES = (Change.NEW, Change.FIRST_SEEN, Change.WORSE, Change.ANOTHER)  # what whoever runs the system should look at


@dataclass(frozen=True)
class Changed:
    """One result in both runs; None where a run has none. `check` is the newest wording."""

    change: Change
    check: CheckRow
    service: str | None
    before: ResultRow | None
    after: ResultRow | None


@dataclass(frozen=True)
class Comparison:
    """Two runs of one system, the earlier one first. `measure`: what judged otherwise, one Vietnamese line each."""

    before: Scorecard
    after: Scorecard
    changes: tuple[Changed, ...]
    measure: tuple[str, ...]

    def of(self, *kinds: Change) -> tuple[Changed, ...]:
        """The changes of these kinds, in the order of the criteria."""
        return tuple(one for one in self.changes if one.change in kinds)


def compare(before: Scorecard, after: Scorecard) -> Comparison:
    """What changed from one run to the other."""
    checks = {check.id: check for check in (*_checks(before), *_checks(after))}
    old, new = _results(before), _results(after)
    changes = []
    for key in dict.fromkeys((*new, *old)):
        check, service = key
        one, other = old.get(key), new.get(key)
        if (change := _change(one, other)) is not None:
            changes.append(Changed(change, checks[check], service, one, other))
    order = {check: place for place, check in enumerate(checks)}
    changes.sort(key=lambda one: (order[one.check.id], one.service or ""))
    return Comparison(before, after, tuple(changes), tuple(_measure(before, after)))


def _change(before: ResultRow | None, after: ResultRow | None) -> Change | None:
    """None where both are right, or neither can tell."""
    was, now = _charged(before), _charged(after)
    if was and now and before and after:
        if _said(before) != _said(after):
            return Change.DECIDED
        if before.share != after.share and before.share is not None and after.share is not None:
            return Change.WORSE if after.share < before.share else Change.BETTER
        return Change.SAME if before.fingerprint == after.fingerprint else Change.ANOTHER
    if now:
        return Change.NEW if _right(before) else Change.FIRST_SEEN
    if was:
        return Change.MENDED if _right(after) else Change.LOST
    return Change.LOST if _right(before) and not _right(after) else None


def _charged(row: ResultRow | None) -> bool:
    return row is not None and row.verdict in FINDINGS


def _right(row: ResultRow | None) -> bool:
    return row is not None and row.verdict in RIGHT


def _said(row: ResultRow) -> tuple[str, bool] | None:
    return (row.decision.said, row.decision.counts) if row.decision else None


def _checks(card: Scorecard) -> Iterator[CheckRow]:
    """Every check once: one may stand in several criteria."""
    rows = [check for group in card.groups for criterion in group.criteria for check in criterion.checks]
    yield from {check.id: check for check in (*rows, *card.advice)}.values()


def _results(card: Scorecard) -> dict[tuple[str, str | None], ResultRow]:
    return {(check.id, row.service): row for check in _checks(card) for row in check.results}


def _measure(before: Scorecard, after: Scorecard) -> Iterator[str]:
    old, new = before.criteria_set, after.criteria_set
    if before.tool.version != after.tool.version:
        yield f"công cụ: phiên bản {before.tool.version} → {after.tool.version}"
    if (old.id, old.version) != (new.id, new.version):
        yield f"bộ tiêu chí: {old.id} {old.version} → {new.id} {new.version}"
    elif old.sha256 != new.sha256:
        yield f"bộ tiêu chí {new.id} {new.version} đã sửa mà không đổi phiên bản"
    if old.catalogue.sha256 != new.catalogue.sha256:
        yield f"danh mục phép kiểm: {old.catalogue.version} → {new.catalogue.version}"
    was, now = ({check.id for check in _checks(card)} for card in (before, after))
    if added := sorted(now - was):
        yield f"phép kiểm thêm: {', '.join(added)}"
    if dropped := sorted(was - now):
        yield f"phép kiểm bỏ: {', '.join(dropped)}"
    if before.system.digest != after.system.digest:
        yield "tệp mô tả hệ thống đã sửa"
    if before.run.browser != after.run.browser:
        yield f"trình duyệt: {before.run.browser} → {after.run.browser}"
    for family in sorted(before.run.fonts.keys() & after.run.fonts.keys()):
        if (was_drawn := before.run.fonts[family]) != (is_drawn := after.run.fonts[family]):
            yield f"phông chữ {family}: {was_drawn} → {is_drawn}"
    for when, card in (("trước", before), ("sau", after)):
        if not card.run.complete:
            yield f"lần chạy {when} ({card.run.id}) chưa trọn"
