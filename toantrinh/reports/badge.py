"""A badge (SVG) for a vendor's page: the criteria set's score and grade of one run, and whether they are final."""

from __future__ import annotations

import zlib
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh.reports.words import grades, span
from toantrinh.scorecard_model import Scorecard

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

LETTERS = Path(__file__).parents[1] / "fonts" / "BeVietnamPro-Regular.ttf"
FAMILY = "'Be Vietnam Pro',Verdana,'DejaVu Sans',sans-serif"
SIZE, HEIGHT, SIDE, MOST = 12, 24, 9, 48  # px; MOST: letters of a name
COLOURS = {"A": "#0a6b4c", "B": "#1a6aa8", "C": "#806000", "D": "#b34a06", "E": "#a01a3a"}  # those of the scorecard
OPEN, LEFT = "#4a5560", "#24323b"


def badge(card: Scorecard) -> str:
    """The whole file; the same scorecard gives the same text. What is not final is an interval, and grey."""
    name = card.system.name if len(card.system.name) <= MOST else card.system.name[: MOST - 1].rstrip() + "…"
    said = f"{span(card.score.low, card.score.high)} điểm · {grades(card.grade.low, card.grade.high)}"
    if not card.run.complete:
        said += " · chưa trọn"
    colour = COLOURS.get(card.grade.low, OPEN) if is_final(card) else OPEN
    left, right = (round(_letters().getlength(text)) + 2 * SIDE for text in (name, said))
    own = f"r{zlib.crc32(f'{name}{said}{card.run.id}'.encode()):x}"  # several may stand on one page
    title = escape(f"{card.system.name}: {said}, {card.criteria_set.id}, {card.run.id}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{HEIGHT}" '
        f'viewBox="0 0 {left + right} {HEIGHT}" role="img" aria-label="{title}"><title>{title}</title>'
        f'<clipPath id="{own}"><rect width="{left + right}" height="{HEIGHT}" rx="4"/></clipPath>'
        f'<g clip-path="url(#{own})"><path fill="{LEFT}" d="M0 0h{left}v{HEIGHT}H0z"/>'
        f'<path fill="{colour}" d="M{left} 0h{right}v{HEIGHT}H{left}z"/></g>'
        f'<g fill="#fff" font-family="{FAMILY}" font-size="{SIZE}">'
        f"{_text(name, SIDE, left - 2 * SIDE)}{_text(said, left + SIDE, right - 2 * SIDE)}</g></svg>\n"
    )


def is_final(card: Scorecard) -> bool:
    """True when nothing of the score is open any more."""
    return card.run.complete and card.score.low == card.score.high


def _text(text: str, left: int, width: int) -> str:
    """`textLength` keeps it in its place whatever font the reader's machine has."""
    return f'<text x="{left}" y="16" textLength="{width}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'


@lru_cache(maxsize=1)
def _letters() -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(LETTERS, SIZE)
