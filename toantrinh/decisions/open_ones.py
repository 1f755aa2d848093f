"""What of the latest run still waits for a person: findings to explain, results to review, explanations to accept."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toantrinh.decisions.files import Line
from toantrinh.decisions.model import Explanation
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.scorecard import FILE_NAME, validate_scorecard
from toantrinh.scorecard_model import CheckRow, ResultRow, Scorecard
from toantrinh.verdicts import FINDINGS, Verdict


@dataclass(frozen=True)
class Waiting:
    """One finding: the check and the results (one for each service) of which it says the same.

    `explained`: the explanation that waits for consent, or that was refused.
    """

    check: CheckRow
    results: tuple[ResultRow, ...]
    explained: Explanation | None = None

    @property
    def first(self) -> ResultRow:
        """The result that is shown for all."""
        return self.results[0]

    @property
    def findings(self) -> list[tuple[str, str | None, str]]:
        """Check, service and fingerprint of each."""
        return [(self.check.id, result.service, result.fingerprint) for result in self.results]


def latest_card(reports_dir: Path, system: str) -> tuple[Path, Scorecard]:
    """The folder and the scorecard of the newest run of a system. Raises UserMistake."""
    home = reports_dir / system
    named = home / "latest.txt"
    folder = home / named.read_text(encoding="utf-8").strip() if named.is_file() else home / "latest"
    if not (folder / FILE_NAME).is_file():
        raise UserMistake(f"there is no run of {system} here.", shown(home), f"Judge it: pytest --system={system}.")
    return folder.resolve(), validate_scorecard(folder / FILE_NAME)


def to_explain(card: Scorecard, entries: Sequence[Line], today: datetime.date) -> list[Waiting]:
    """Findings of which no entry speaks that still holds; those, too, whose explanation was refused."""
    standing = [line for line in entries if not _refused(line)]
    refused = {
        (*line.entry.finding, line.entry.seen): line.entry for line in entries
        if isinstance(line.entry, Explanation) and line.entry.refused
    }  # fmt: skip
    return [
        replace(one, explained=next(filter(None, (refused.get(key) for key in one.findings)), None))
        for one in _waiting(card, standing, today, lambda verdict: verdict in FINDINGS)
    ]


def to_review(card: Scorecard, entries: Sequence[Line], today: datetime.date) -> list[Waiting]:
    """Results that need a person and that no entry decides."""
    return _waiting(card, entries, today, lambda verdict: verdict is Verdict.NEEDS_REVIEW)


def to_accept(card: Scorecard, entries: Sequence[Line], today: datetime.date) -> list[Waiting]:
    """Findings with an explanation that nobody has accepted or refused yet."""
    found = {(check.id, result.service, result.fingerprint): (check, result) for check, result in _results(card)}
    waiting = []
    for line in entries:
        entry = line.entry
        known = found.get((*entry.finding, entry.seen))
        answered = isinstance(entry, Explanation) and (entry.accepted or entry.refused)
        if isinstance(entry, Explanation) and not answered and entry.ends >= today and known:
            waiting.append(Waiting(known[0], (known[1],), entry))
    return waiting


def _refused(line: Line) -> bool:
    return isinstance(line.entry, Explanation) and line.entry.refused is not None


def _waiting(
    card: Scorecard, entries: Sequence[Line], today: datetime.date, asked: Callable[[Verdict], bool]
) -> list[Waiting]:
    spoken_of = {(*line.entry.finding, line.entry.seen) for line in entries if line.entry.ends >= today}
    alike: dict[tuple[str, ...], list[tuple[CheckRow, ResultRow]]] = {}
    for check, result in _results(card):
        machine = result.decision.machine if result.decision else result.verdict
        if asked(machine) and result.fingerprint and (check.id, result.service, result.fingerprint) not in spoken_of:
            key = (check.id, machine, result.message, result.expected, result.seen)
            alike.setdefault(key, []).append((check, result))
    return [Waiting(found[0][0], tuple(result for _, result in found)) for found in alike.values()]


def _results(card: Scorecard) -> Iterator[tuple[CheckRow, ResultRow]]:
    rows = [check for group in card.groups for criterion in group.criteria for check in criterion.checks]
    for check in {check.id: check for check in (*rows, *card.advice)}.values():
        for result in check.results:
            yield check, result
