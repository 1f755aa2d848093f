"""What became of each operation, a line each: nothing is averaged before it is kept."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

import numpy
from numpy.typing import NDArray


class Came(IntEnum):
    """How an operation ended."""

    RIGHT = 0
    WRONG_PAGE = 1  # an answer, and not the page that was asked for: a block, error or log-in page
    STATUS = 2  # a status that the right answer does not have
    TIMEOUT = 3
    BROKEN = 4  # no connection, or one that broke

    @property
    def vietnamese(self) -> str:
        """The word that reports use."""
        return ("đúng trang", "sai trang", "mã lỗi HTTP", "quá thời gian chờ", "đứt kết nối")[self]


class Sample(NamedTuple):
    """One operation. Times in seconds after the start; `planned`: when the citizen arrived, `began`: the first request
    was sent, `ended`: the last answer was there. `bytes`: of all bodies, as they were sent. `held`: nobody was free to
    begin it in time, because all citizens that may be under way were waiting for answers.
    """

    operation: int
    phase: int
    planned: float
    began: float
    ended: float
    came: int
    status: int
    bytes: int
    held: int

    @property
    def seconds(self) -> float:
        """What the citizen waited: from the arrival when it was held up, else from the first request.

        Where nobody was free, the wait for one is part of the answer's time (no coordinated omission). Where somebody
        was, a late start is the generator's own fault, and no part of it.
        """
        return self.ended - (self.planned if self.held else self.began)


@dataclass(frozen=True)
class Samples:
    """All samples as columns of equal length, in order of their ends."""

    rows: NDArray[numpy.float64]

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> NDArray[numpy.float64]:
        """A field of Sample."""
        return self.rows[:, Sample._fields.index(name)]

    @property
    def seconds(self) -> NDArray[numpy.float64]:
        """What each citizen waited, s."""
        begun = numpy.where(self.column("held") > 0, self.column("planned"), self.column("began"))
        return self.column("ended") - begun

    @property
    def right(self) -> NDArray[numpy.bool_]:
        """Whether each got the right page."""
        return numpy.equal(self.column("came"), Came.RIGHT)

    def where(self, mask: NDArray[numpy.bool_]) -> Samples:
        """Some of them."""
        return Samples(self.rows[mask])


def samples_of(rows: Iterable[Sequence[float]]) -> Samples:
    """Samples from rows in the order of Sample's fields."""
    table = numpy.array([tuple(row) for row in rows], dtype=numpy.float64)
    return Samples(table.reshape(-1, len(Sample._fields)))


def read_samples(path: Path) -> Samples:
    """Samples of a file that the generator wrote (CSV, or the same under gzip). A line cut off at its end is left out.

    Raises ValueError when it is none.
    """
    with gzip.open(path, "rt", encoding="ascii") if path.suffix == ".gz" else path.open(encoding="ascii") as file:
        lines = csv.reader(file)
        if next(lines, None) != list(Sample._fields):
            raise ValueError(f"{path}: expected samples of a load run, found something else")
        return samples_of([float(cell) for cell in row] for row in lines if len(row) == len(Sample._fields))
