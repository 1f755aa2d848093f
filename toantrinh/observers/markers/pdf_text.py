"""What a PDF shows of the markers: as the text that was typed, or as mark-up that whoever made the paper carried out.

Programs that print HTML swallow a tag and show what stood beside it. Such a paper may be told to fetch addresses and to
read files of the server (CWE-79, CWE-918).
"""

from __future__ import annotations

import io
import re
from typing import NamedTuple

from toantrinh.observers.markers.marker import Name

MOST_BYTES = 4 * 2**20
MOST_PAGES = 10
CUT = ("…", "...", "<", "&lt;")  # what follows where the text was cut short, or goes on as it was typed


class ShownInPdf(NamedTuple):
    """Numbers of markers: `as_text`, and `swallowed`: only what stood beside its tag is there."""

    as_text: tuple[int, ...] = ()
    swallowed: tuple[int, ...] = ()


def shown_in(name: Name, content: bytes) -> ShownInPdf:
    """What the first pages show. Nothing for a file that is large, broken, or a picture without text."""
    if len(content) > MOST_BYTES:
        return ShownInPdf()
    text = _text(content)
    whole = {int(found) for found in re.findall(rf"{name.word}-(\d+)", text)}
    beside = {
        int(found[1])
        for found in re.finditer(rf"onplay={name.word}\((\d+)\)>?", text)
        if not text[found.end() : found.end() + 4].startswith(CUT)
    }
    return ShownInPdf(tuple(sorted(whole)), tuple(sorted(beside - whole)))


def _text(content: bytes) -> str:
    """The text without spaces, for lines are broken anywhere."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        pages = (reader.pages[number].extract_text() for number in range(min(MOST_PAGES, len(reader.pages))))
        return re.sub(r"\s+", "", "".join(pages))
    except Exception:  # whatever a broken file makes the reader stumble over; `marked_scripts` says so
        return ""
