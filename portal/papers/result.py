"""The result of a procedure as a paper: certificate, decision, extract. It is unsigned until `signature.sign`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.papers.typesetting import Row, date_line, typeset


@dataclass(frozen=True)
class ResultFacts:
    """What a result says. `number` is the paper's own number (`125/TLKS-BS`), `code` the dossier's."""

    number: str
    title: str
    agency: str
    code: str
    service_name: str
    rows: tuple[Row, ...]
    issued: date | datetime
    signer_name: str
    signer_title: str = "Chủ tịch"
    parent_agency: str = "Ủy ban nhân dân tỉnh Sao Mai"
    subtitle: str = ""
    grounds: tuple[str, ...] = ()
    opening: str = ""
    paragraphs: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ("Người nộp hồ sơ", "Lưu: VT")
    place: str = "Sao Mai"


def make(facts: ResultFacts) -> bytes:
    """The result as a tagged PDF, with room for the seal at the bottom right of its last page."""
    opening = facts.opening or f"{facts.agency} xác nhận kết quả giải quyết thủ tục “{facts.service_name}”:"
    return typeset(
        "result",
        {
            "number": facts.number,
            "title": facts.title,
            "subtitle": facts.subtitle,
            "agency": facts.agency,
            "parent_agency": facts.parent_agency if facts.parent_agency != facts.agency else "",
            "place": facts.place,
            "date_line": date_line(facts.issued),
            "grounds": list(facts.grounds),
            "opening": opening,
            "rows": [*(row.as_pair() for row in facts.rows), ["Mã hồ sơ", facts.code]],
            "paragraphs": list(facts.paragraphs),
            "signer_title": facts.signer_title,
            "signer_name": facts.signer_name,
            "recipients": list(facts.recipients),
        },
    )
