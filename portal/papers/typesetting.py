"""Sets the papers: a Typst template and its facts give a tagged PDF (PDF/UA-1, language vi)."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"

_ONE_AT_A_TIME = threading.Lock()  # a Typst compiler keeps state between two documents


@dataclass(frozen=True)
class Row:
    """One labelled line of a paper."""

    label: str
    value: str

    def as_pair(self) -> list[str]:
        """[label, value]; an empty value is printed as a dash."""
        return [self.label, self.value.strip() or "—"]


def date_line(day: date | datetime) -> str:
    """`ngày 05 tháng 01 năm 2026`: a zero before days under 10 and months under 3 (NĐ 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date | datetime) -> str:
    """`dd/mm/yyyy`, with the time when `day` has one."""
    return day.strftime("%H:%M ngày %d/%m/%Y") if isinstance(day, datetime) else day.strftime("%d/%m/%Y")


def money(amount: int) -> str:
    """Whole đồng, grouped by dots: `8.000 đồng`."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def typeset(template: str, facts: Mapping[str, Any], *, accessible: bool = True) -> bytes:
    """The PDF of `templates/<template>.typ` with `facts` (anything that JSON can hold).

    `accessible` asks for PDF/UA-1. A letter that no bundled font can draw (an emoji in somebody's address) makes
    PDF/UA impossible; the paper is then still a tagged PDF.
    """
    import typst

    inputs = {"facts": json.dumps(facts, ensure_ascii=False)}
    source = TEMPLATES / f"{template}.typ"
    with _ONE_AT_A_TIME:
        compiler = _compiler()
        if accessible:
            try:
                return _one_file(compiler.compile(source, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"]))
            except typst.TypstError as refusal:
                if "could not be displayed" not in str(refusal):
                    raise
        return _one_file(compiler.compile(source, format="pdf", sys_inputs=inputs))


def _one_file(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single PDF")
    return made


@cache
def _compiler() -> typst.Compiler:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
    return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)
