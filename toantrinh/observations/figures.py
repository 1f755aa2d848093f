"""The record of the public figures at one moment: every table of the page, and the tiles of numbers around them."""

from __future__ import annotations

from toantrinh.observations.journey import Shot
from toantrinh.observations.page import Facts, ProofOfPage


class FigureTable(Facts):
    """A table: its caption, the heads of its columns (the first names the rows), rows of as many cells."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Tile(Facts):
    """A number that stands by itself, with the words beside it."""

    number: int
    words: str


class PublicFigures(Facts):
    """The figures page. `absent` when no way led there; `as_of` is what the page says of the age of its figures."""

    absent: bool = False
    why: str = ""
    address: str = ""
    taken: str = ""
    as_of: str = ""
    tables: tuple[FigureTable, ...] = ()
    tiles: tuple[Tile, ...] = ()
    proof: ProofOfPage | None = None
    shots: tuple[Shot, ...] = ()
