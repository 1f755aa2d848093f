"""The citizen's e-form: what was filled in online, set as a paper to be signed before the dossier is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.papers.typesetting import Row, date_line, typeset

DECLARATION = (
    "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật "
    "về lời khai của mình."
)


@dataclass(frozen=True)
class EFormSection:
    """A part of the form under its own title, with the answers in their order."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class EFormFacts:
    """What an e-form says: to whom, by whom, the answers."""

    title: str
    service_name: str
    agency: str
    applicant: tuple[Row, ...]
    sections: tuple[EFormSection, ...]
    signer_name: str
    day: date | datetime
    place: str = "Sao Mai"
    declaration: str = DECLARATION


def make(facts: EFormFacts) -> bytes:
    """The e-form as a tagged PDF, with room for the signature at the bottom right of its last page."""
    return typeset(
        "eform",
        {
            "title": facts.title,
            "agency": facts.agency,
            "place": facts.place,
            "date_line": date_line(facts.day),
            "rows": [["Thủ tục hành chính", facts.service_name], *(row.as_pair() for row in facts.applicant)],
            "sections": [
                {"title": section.title, "rows": [row.as_pair() for row in section.rows]}
                for section in facts.sections
                if section.rows
            ],
            "declaration": facts.declaration,
            "signer_name": facts.signer_name,
        },
    )
