"""What public figures say in numbers, whatever their form: dossiers received and settled, ratings given.

A count is found in a table by the head of its column and the label of its row, or in a number that stands alone by the
words beside it. Two readings of the same page are compared count by count.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from toantrinh.driver.lexicon import Lexicon, fold
from toantrinh.observations.figures import FigureTable, PublicFigures

LEAST = 40
MONTH = re.compile(r"\b(?:thang )?0?(\d{1,2})(?: nam)? (20\d\d)\b")
YEAR = re.compile(r"\b(?:nam )?(20\d\d)\b")
QUARTER = re.compile(r"\bquy (\d|i{1,3}|iv)\b.*?(20\d\d)")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
IN_BRACKETS = re.compile(r"\(([\d.\s]+)\)")
RATINGS = re.compile(r"(\d[\d.]*)\s*(?:lượt|phiếu|ý kiến)?\s*đánh giá", re.I)
NONE = ("—", "–", "-", "")
WHOLE = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")


class Facet(StrEnum):
    """Where a count stands: over everything, over one period, or over the agencies."""

    TOTAL = "total"
    PERIOD = "period"
    AGENCY = "agency"

    @property
    def vietnamese(self) -> str:
        """Its name in messages."""
        return {"total": "tổng số", "period": "theo kỳ", "agency": "theo cơ quan"}[self]


@dataclass(frozen=True)
class Count:
    """One count: its facet, where it stands (table or tile, row), and the number."""

    facet: Facet
    place: str
    number: int


def counts(figures: PublicFigures, intent: str, lexicon: Lexicon, today: datetime.date) -> dict[str, Count]:
    """The counts of one kind (an intent such as `figures-received`) by place; `today` says which period is on."""
    found = [_tile(words, number, intent, lexicon) for words, number in _tiles(figures, intent)]
    for table in figures.tables:
        found += _of_table(table, intent, lexicon, today)
    return {count.place: count for count in found if count is not None}


def rises(
    before: PublicFigures, after: PublicFigures, intent: str, lexicon: Lexicon, today: datetime.date
) -> dict[Facet, int]:
    """By how much each facet rose between two readings: the greatest rise among its counts. Facets that are not on
    both pages are left out."""
    old, new = counts(before, intent, lexicon, today), counts(after, intent, lexicon, today)
    found: dict[Facet, int] = {}
    for place, count in new.items():
        if place in old or count.facet is Facet.PERIOD:  # the first dossier of a month opens its row
            rise = count.number - (old[place].number if place in old else 0)
            found[count.facet] = max(rise, found.get(count.facet, rise))
    return found


def _tiles(figures: PublicFigures, intent: str) -> list[tuple[str, int]]:
    rows = [(tile.words, tile.number) for tile in figures.tiles]
    if intent == "figures-rated":
        rows = [(RATINGS.sub("", words), _whole(said.group(1))) for words, _ in rows if (said := RATINGS.search(words))]
        alone = [tile for tile in figures.tiles if not RATINGS.search(tile.words)]
        rows += [(tile.words, tile.number) for tile in alone if "luot danh gia" in fold(tile.words)]
    return rows


def _tile(words: str, number: int, intent: str, lexicon: Lexicon) -> Count | None:
    named = lexicon.says(intent, words) and lexicon[intent].nearness(words) > 0
    return Count(Facet.TOTAL, f"ô số “{words}”", number) if named else None


def _of_table(table: FigureTable, intent: str, lexicon: Lexicon, today: datetime.date) -> list[Count | None]:
    near = [(lexicon[intent].nearness(head), -at) for at, head in enumerate(table.heads) if at]
    best = max(near, default=(0, 0))
    if best[0] < LEAST:
        return []
    column = -best[1]
    if intent == "figures-rated" and not _tells_numbers([row[column] for row in table.rows]):
        return []
    rows = [(row[0], _cell(row[column], intent)) for row in table.rows]
    numbers = [(label, number) for label, number in rows if number is not None]
    single = [(label, number) for label, number in numbers if not _is_total(label, lexicon)]
    totals = [number for label, number in numbers if _is_total(label, lexicon)]
    name = f"bảng “{table.caption or table.heads[0]}”"
    found: list[Count | None] = [Count(Facet.PERIOD, f"{name}, {label}", n) for label, n in single if _on(label, today)]
    periods = any(MONTH.search(fold(label)) or QUARTER.search(fold(label)) for label, _ in single)
    if single:
        found.append(Count(Facet.TOTAL if periods else Facet.AGENCY, name, sum(number for _, number in single)))
    return found + [Count(Facet.TOTAL, f"{name}, dòng cộng", number) for number in totals[:1]]


def _is_total(label: str, lexicon: Lexicon) -> bool:
    return lexicon["figures-total"].nearness(label) >= 85


def _cell(text: str, intent: str) -> int | None:
    if intent == "figures-rated":
        if inside := IN_BRACKETS.search(text):
            return _whole(inside.group(1))
        if text.strip() in NONE:
            return 0
    return _whole(text) if WHOLE.fullmatch(text.strip()) else None


def _tells_numbers(cells: list[str]) -> bool:
    """True for a column that tells how many ratings there were, in brackets or alone; False for one of means."""
    if any(IN_BRACKETS.search(cell) for cell in cells):
        return True
    told = [cell.strip() for cell in cells if cell.strip() not in NONE]
    return bool(told) and all(WHOLE.fullmatch(cell) and "," not in cell for cell in told)


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def _on(label: str, today: datetime.date) -> bool:
    """True for the label of the period in which `today` lies: a month, a quarter or a year."""
    folded = fold(label)
    if month := MONTH.search(folded):
        return (int(month.group(1)), int(month.group(2))) == (today.month, today.year)
    if quarter := QUARTER.search(folded):
        number = ROMAN.get(quarter.group(1)) or int(quarter.group(1))
        return (number, int(quarter.group(2))) == ((today.month + 2) // 3, today.year)
    year = YEAR.fullmatch(folded)
    return year is not None and int(year.group(1)) == today.year
