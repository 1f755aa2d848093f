"""The Speed Index: how long, on the whole, a page kept its citizen waiting for what it shows in the window.

The published method (P. Meenan, WebPageTest, 2012; Lighthouse uses it too): the visual progress of a picture is the
share of the way from the first picture's colour histogram to the last one's, by channel; the index is the area above
the progress, in ms. An advertisement that moves for ever would never let progress settle: squares that keep changing
when all else is at rest are left out of the picture.

Its error here: a picture is made when the browser shows it, one refresh (17 ms) later at most, and pictures lose detail
(342 pixels wide, JPEG). Against pages that tell when they changed (tests/loading) it came out 0 to 51 ms too late of
1,000, on a machine that others kept busy at that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from toantrinh.observers.loading.filming import Picture

SQUARE = 16  # pixels of the small picture
DIFFERS = 24  # of 255: less is the picture's own noise
FEW = 3  # pixels of a square
RESTLESS = 3  # changes in the last second
TAIL_MS = 1000.0
DONE = 0.999
BINS = 64
Squares = NDArray[numpy.bool_]


@dataclass(frozen=True)
class Progress:
    """The progress at each picture, 0 to 1, the Speed Index, and when the last change was (ms)."""

    shown: tuple[float, ...]
    speed_index_ms: float
    complete_ms: float


def progress_of(pictures: Sequence[tuple[float, Picture]], moving: Squares | None = None) -> Progress | None:
    """The progress of pictures with their moments (ms after the start, in order); None when nothing ever changed.

    `moving`: squares that are left out.
    """
    if len(pictures) < 2:
        return None
    rows, columns, _ = pictures[0][1].shape
    seen: Squares = numpy.ones((rows, columns), dtype=bool)
    if moving is not None and moving.any():
        seen = ~moving.repeat(SQUARE, axis=0).repeat(SQUARE, axis=1)[:rows, :columns]
    histograms = [_histogram(picture, seen) for _, picture in pictures]
    first, last = histograms[0], histograms[-1]
    way = last - first
    length = float(numpy.abs(way).sum())
    if length == 0:
        return None
    shown = [_share(one - first, way, length) for one in histograms]
    moments = [max(0.0, at) for at, _ in pictures]
    area, complete = moments[0], moments[-1]
    for number in range(1, len(pictures)):
        area += (moments[number] - moments[number - 1]) * (1 - shown[number - 1])
    for number in range(len(pictures) - 1, 0, -1):
        if shown[number - 1] < DONE:
            complete = moments[number]
            break
    return Progress(tuple(round(one, 4) for one in shown), area, complete)


def _histogram(picture: Picture, seen: Squares) -> NDArray[numpy.int64]:
    pixels = picture[seen]
    return numpy.stack([numpy.bincount(pixels[:, channel] // (256 // BINS), minlength=BINS) for channel in range(3)])


def _share(gone: NDArray[numpy.int64], way: NDArray[numpy.int64], length: float) -> float:
    same = numpy.sign(gone) == numpy.sign(way)
    return float(numpy.where(same, numpy.minimum(numpy.abs(gone), numpy.abs(way)), 0).sum()) / length


def changed_squares(before: Picture, after: Picture) -> Squares:
    """Which squares of the picture differ."""
    differ = (numpy.abs(before.astype(numpy.int16) - after.astype(numpy.int16)) > DIFFERS).any(axis=2)
    rows, columns = (-(-side // SQUARE) for side in differ.shape)
    whole = numpy.zeros((rows * SQUARE, columns * SQUARE), dtype=bool)
    whole[: differ.shape[0], : differ.shape[1]] = differ
    counted: NDArray[numpy.int64] = whole.reshape(rows, SQUARE, columns, SQUARE).sum(axis=(1, 3))
    return counted >= FEW


def moving_squares(pictures: Sequence[tuple[float, Picture]], end_ms: float) -> tuple[Squares | None, bool]:
    """(the squares that never stop moving: changed again and again in the last second before `end_ms`; whether any
    other changed in that second, too)."""
    tail = [number for number in range(1, len(pictures)) if pictures[number][0] > end_ms - TAIL_MS]
    if not tail:
        return None, False
    changes = [changed_squares(pictures[number - 1][1], pictures[number][1]) for number in tail]
    times = numpy.sum(changes, axis=0)
    restless = times >= RESTLESS
    return restless, bool(((times > 0) & ~restless).any())
