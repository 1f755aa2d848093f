"""What the text of a PDF says of a marker: shown as it was typed, carried out as mark-up, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typst

from tests.markers.test_judging import NAME, pdf
from toantrinh.observers.markers.marker import FORMS, PLAINEST
from toantrinh.observers.markers.pdf_text import ShownInPdf, shown_in

WHOLE, ATTRIBUTE = (NAME.marker(3, form) for form in FORMS[:2])


def paper(folder: Path, text: str) -> bytes:
    """A page that holds the text as text."""
    source = folder / "paper.typ"
    source.write_text(f"Người nộp: #{json.dumps(text, ensure_ascii=False)} và các giấy tờ kèm theo", encoding="utf-8")
    made = typst.compile(str(source), format="pdf")
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Nguyễn Văn A {WHOLE}", ShownInPdf((3,))),
        (NAME.marker(3, PLAINEST), ShownInPdf((3,))),
        ("Nguyễn Văn A '\" onplay=k3zz9q(3) >", ShownInPdf((), (3,))),  # the tags were carried out
        (f"Nguyễn Văn A {WHOLE[:26]}", ShownInPdf()),  # cut short before its first tag was whole
        (f"{ATTRIBUTE[:24]}…", ShownInPdf()),
        (ATTRIBUTE.replace("<", "&lt;"), ShownInPdf((3,))),  # encoded twice: ugly and harmless
        ("Nguyễn Văn A", ShownInPdf()),
    ],
)
def test_what_a_paper_shows(tmp_path: Path, text: str, shown: ShownInPdf) -> None:
    assert shown_in(NAME, paper(tmp_path, text)) == shown


def test_what_cannot_be_read_says_nothing() -> None:
    assert shown_in(NAME, b"%PDF-1.7\nbroken") == shown_in(NAME, pdf("")) == ShownInPdf()
