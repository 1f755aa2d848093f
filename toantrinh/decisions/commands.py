"""`toantrinh explain` and `toantrinh review`: what the latest run left open, one after another, with its evidence."""

from __future__ import annotations

import argparse
import datetime
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from toantrinh.decisions import questions
from toantrinh.decisions.files import EXPLANATIONS, REVIEWS, Line, file_beside, read_decisions
from toantrinh.decisions.open_ones import Waiting, latest_card, to_accept, to_explain, to_review
from toantrinh.decisions.questions import Stopped
from toantrinh.decisions.writing import put
from toantrinh.places import shown
from toantrinh.reports.people import KINDS
from toantrinh.reports.words import VERDICTS, day
from toantrinh.systems import load_system, system_file

MOST_PICTURES = 4
MOST_EVIDENCE = 12
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
VERDICT_CHOICES = {"pass": "đạt", "fail": "không đạt", "partial": "đạt một phần", "open": "để ngỏ, ghi lại lý do"}
ANSWERS = {
    "accepted": "chấp nhận: phát hiện vẫn hiện, không trừ điểm",
    "refused": "không chấp nhận, ghi rõ vì sao: vẫn trừ điểm, người giải trình viết lại được",
}
STOPPED = "Dừng. Điều đã trả lời trọn vẹn được giữ trong tệp."


def explain(chosen: argparse.Namespace) -> int:
    """Asks for an explanation of each finding; 0 at the end, 1 when it was stopped. Raises UserMistake."""
    walk = _Walk(chosen)
    return walk.through((one, walk.explain) for one in to_explain(walk.card, walk.explanations, walk.today))


def review(chosen: argparse.Namespace) -> int:
    """Asks for a decision on each result that needs a person, and for consent to explanations. Raises UserMistake."""
    walk = _Walk(chosen)
    decide = [(one, walk.decide) for one in to_review(walk.card, walk.reviews, walk.today)]
    accept = [(one, walk.accept) for one in to_accept(walk.card, walk.explanations, walk.today)]
    return walk.through([*decide, *accept])


class _Walk:
    """The latest run of a system, its files of decisions, and what the person said last."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.only_list, self.opens = chosen.list, chosen.open
        self.file = system_file(chosen.system)
        decisions = read_decisions(self.file)
        self.explanations, self.reviews = decisions.explanations, decisions.reviews
        system = load_system(chosen.system)
        self.folder, self.card = latest_card(chosen.reports_dir, system.id)
        self.today = datetime.datetime.now(ZoneInfo(system.timezone)).date()
        self.names = {
            "explained": _last(self.explanations, lambda line: line.entry.by),
            "decided": _last(self.reviews, lambda line: line.entry.by),
        }
        self.written: set[Path] = set()

    def through(self, waiting: Any) -> int:
        """Shows each, and asks unless it is only to be listed. What was answered in full is written at once."""
        all_of_it = list(waiting)
        print(f"{self.card.system.name}: {len(all_of_it)} mục đang chờ, theo lần chạy {shown(self.folder)}")
        try:
            for number, (one, ask) in enumerate(all_of_it, start=1):
                print(f"\n[{number}/{len(all_of_it)}] {_title(one)}")
                self._show(one)
                if not self.only_list:
                    ask(one)
        except (Stopped, KeyboardInterrupt) as stop:
            print(f"\n{STOPPED}")
            self._tell_files()
            return 130 if isinstance(stop, KeyboardInterrupt) else 1
        self._tell_files()
        return 0

    def explain(self, one: Waiting) -> None:
        """One explanation, for each service of which the finding says the same."""
        if not (kind := questions.choose("Vì sao không phải lỗi", KINDS)):
            return
        reason = questions.ask_reason("Lý do", promises=False)
        law = questions.ask("Căn cứ pháp lý (điều, văn bản)", _needed) if kind == "not-required" else ""
        by = self._who("explained", "Người giải trình (họ tên, đơn vị)")
        document = questions.ask_document(self.file.parent, needed=kind == "agreed-exception")
        expires = questions.ask_expiry(self.today)
        said = {"by": by, "date": self.today, "expires": expires, "kind": kind, "reason": reason, "law": law}
        self._put(EXPLANATIONS, one, {**said, "document": document})

    def decide(self, one: Waiting) -> None:
        """One decision, for each service of which the record shows the same."""
        if not (verdict := questions.choose("Quyết định", VERDICT_CHOICES)):
            return
        share = questions.ask_share() if verdict == "partial" else None
        grounds = questions.ask_reason("Căn cứ của quyết định", promises=True)
        by = self._who("decided", "Người đánh giá (họ tên, đơn vị)")
        document = questions.ask_document(self.file.parent, needed=False)
        expires = questions.ask_expiry(self.today)
        said = {
            "by": by,
            "date": self.today,
            "expires": expires,
            "verdict": verdict,
            "share": share,
            "grounds": grounds,
        }
        self._put(REVIEWS, one, {**said, "document": document})

    def accept(self, one: Waiting) -> None:
        """Consent to an explanation, or a no with its grounds, by another person than its author."""
        assert one.explained is not None
        if not (answer := questions.choose("Giải trình này", ANSWERS)):
            return
        grounds = questions.ask_reason("Vì sao không chấp nhận", promises=True) if answer == "refused" else ""
        by = self._who("decided", "Người quyết định (họ tên, đơn vị)", one.explained.by)
        said = {"by": by, "date": self.today, **({"grounds": grounds} if grounds else {})}
        kept = one.explained.model_dump(exclude={"accepted", "refused"}, exclude_none=True)
        self._put(EXPLANATIONS, one, {**kept, answer: said})

    def _who(self, role: str, question: str, not_this: str = "") -> str:
        usual = self.names[role] if self.names[role].casefold() != not_this.casefold() else ""
        self.names[role] = questions.ask_who(question, usual, not_this)
        return self.names[role]

    def _put(self, what: str, one: Waiting, said: dict[str, Any]) -> None:
        path = file_beside(self.file, what)
        for result in one.results:
            named = {"check": one.check.id, "service": result.service, "identity": result.identity}
            put(path, what, {**named, "seen": result.fingerprint, "saw": result.message, **said})
        read_decisions(self.file)
        self.written.add(path)

    def _show(self, one: Waiting) -> None:
        first = one.first
        services = ", ".join(result.service for result in one.results if result.service)
        evidence = list(dict.fromkeys(piece.path for result in one.results for piece in result.evidence))
        rows = {
            "dịch vụ": services or "cả hệ thống",
            "phải có": first.expected or one.check.expected,
            "đã thấy": first.message,
            "cụ thể": "" if first.seen in first.message else first.seen,
            "ở": first.where,
            "căn cứ": one.check.law.citation,
        }
        if one.explained:
            rows["giải trình"] = f"{KINDS[one.explained.kind]}: {one.explained.reason}"
            rows["người viết"] = f"{one.explained.by}, {day(one.explained.date.isoformat())}"
            rows["tài liệu"] = str(self.file.parent / one.explained.document) if one.explained.document else ""
            if no := one.explained.refused:
                rows["từ chối"] = f"{no.grounds} ({no.by}, {day(no.date.isoformat())})"
        for name, value in rows.items():
            if value:
                print(f"  {name + ':':12}{value}")
        for path in evidence[:MOST_EVIDENCE]:
            print(f"  {'bằng chứng:':12}{shown(self.folder / path)}")
        if self.opens and not self.only_list:
            for path in [path for path in evidence if path.endswith(PICTURES)][:MOST_PICTURES]:
                webbrowser.open((self.folder / path).as_uri())

    def _tell_files(self) -> None:
        for path in sorted(self.written):
            print(f"Đã ghi {shown(path)}")
        if self.written:
            again = f"pytest --replay={shown(self.folder)} --decisions={shown(self.file.parent)}"
            print(f"Áp dụng từ lần chạy sau, hoặc ngay bây giờ: {again}")


def _title(one: Waiting) -> str:
    decision = one.first.decision
    verdict = decision.machine if decision else one.first.verdict
    return f"{one.check.title} ({one.check.id}): {VERDICTS[verdict].lower()}"


def _needed(said: str) -> str:
    return "" if said else "cần có căn cứ"


def _last(lines: Sequence[Line], name: Callable[[Line], str]) -> str:
    return name(lines[-1]) if lines else ""
