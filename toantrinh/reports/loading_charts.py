"""How pages showed themselves, as pictures: the four figures, the film strip, the requests of the slowest page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from urllib.parse import unquote, urlsplit

from toantrinh.observations.loading import ColdLoad, FileLoaded, Frame, LoadingRecord, PageLoads
from toantrinh.reports.plots import Table, Tick, across, scale
from toantrinh.reports.words import number

MOST_FILES = 60
NAME_ROOM = 48  # characters of a file's name
FIGURES: tuple[tuple[str, Callable[[ColdLoad], float | None]], ...] = (
    ("Nội dung đầu tiên", lambda load: load.first_content_ms),
    ("Nội dung lớn nhất", lambda load: load.largest_content_ms),
    ("Hiện đầy đủ (Speed Index)", lambda load: load.speed_index_ms),
    ("Tác vụ dài nhất", lambda load: load.longest_task_ms),
    ("Tổng thời gian chặn", lambda load: load.blocking_ms),
)


@dataclass(frozen=True)
class Film:
    """The film strip of one page."""

    title: str
    address: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class Span:
    """One request on the shared time axis, per cent across: `wait` until the first byte, then `take`."""

    name: str
    address: str
    kind: str
    status: str
    size: str
    lasted: str
    at: float
    wait: float
    take: float


@dataclass(frozen=True)
class Waterfall:
    """The requests of the slowest page, in the order in which they began. `more`: so many are not shown."""

    title: str
    spans: tuple[Span, ...]
    columns: tuple[Tick, ...]
    marks: tuple[tuple[float, str], ...]
    more: int


@dataclass(frozen=True)
class LoadingPictures:
    """All pictures of the loads. `profile`: line, computer and browser in words."""

    profile: str
    figures: Table
    films: tuple[Film, ...]
    waterfall: Waterfall | None


def loading_pictures_of(quiet: LoadingRecord, loaded: LoadingRecord | None = None) -> LoadingPictures:
    """The pictures of loads at rest, and beside them the figures of loads while others use the system."""
    return LoadingPictures(
        f"{quiet.profile.words}; {quiet.browser}, cửa sổ {quiet.viewport[0]} × {quiet.viewport[1]}, bộ đệm trống.",
        _figures(quiet, loaded),
        tuple(Film(one.page.vietnamese, one.address, one.film) for one in quiet.pages if one.film),
        _waterfall(quiet),
    )


def _figures(quiet: LoadingRecord, loaded: LoadingRecord | None) -> Table:
    """A row a page: medians, least and most in brackets; behind a stroke the median under load."""
    rows = []
    for one in quiet.pages:
        beside = loaded.of(one.page) if loaded else None
        told = [_told(one, beside, figure) for _, figure in FIGURES]
        weight = [load.sent_bytes for load in one.loads]
        files = [load.requests for load in one.loads]
        size = f"{median(weight) / 1024:.0f} KB, {median(files):.0f} yêu cầu" if weight else one.why or "–"
        rows.append((one.page.vietnamese, str(len(one.loads)), *told, size))
    under = " / trung vị khi có tải" if loaded else ""
    caption = f"Số liệu hiển thị, giây: trung vị (ít nhất–nhiều nhất){under}"
    return Table(caption, ("Trang", "Số lần", *(name for name, _ in FIGURES), "Dung lượng"), tuple(rows))


def _told(page: PageLoads, beside: PageLoads | None, figure: Callable[[ColdLoad], float | None]) -> str:
    values = _values(page, figure)
    if not values:
        return "–"
    under = _values(beside, figure) if beside else []
    spread = f" ({_seconds(min(values))}–{_seconds(max(values))})" if len(values) > 1 else ""
    return f"{_seconds(median(values))}{spread}" + (f" / {_seconds(median(under))}" if under else "")


def _values(page: PageLoads, figure: Callable[[ColdLoad], float | None]) -> list[float]:
    return [value for load in page.loads if (value := figure(load)) is not None]


def _waterfall(record: LoadingRecord) -> Waterfall | None:
    if record.slowest is None or not record.files:
        return None
    files = sorted(record.files, key=lambda one: one.start_ms)
    page = record.of(record.slowest)
    shown = next((load for load in page.loads if load.round == page.film_round), None)
    moments = (
        [("nội dung đầu tiên", shown.first_content_ms), ("nội dung lớn nhất", shown.largest_content_ms)]
        if shown
        else []
    )
    ends = [one.end_ms for one in files if one.end_ms is not None] + [at for _, at in moments if at is not None]
    columns = scale(max(ends, default=1.0))
    top = columns[-1]
    return Waterfall(
        f"{record.slowest.vietnamese}: từng yêu cầu khi tải",
        tuple(_span(one, top) for one in files[:MOST_FILES]),
        across(columns, [f"{number(one / 1000)}" for one in columns]),
        tuple((100 * at / top, f"{name} {_seconds(at)} giây") for name, at in moments if at is not None),
        max(0, len(files) - MOST_FILES),
    )  # fmt: skip


def _span(one: FileLoaded, top: float) -> Span:
    end = one.end_ms if one.end_ms is not None else top
    first = min(one.first_byte_ms if one.first_byte_ms is not None else end, end)
    path = urlsplit(one.address)
    name = unquote(path.path.rpartition("/")[2] or path.path or one.address)
    return Span(
        name if len(name) <= NAME_ROOM else f"{name[:NAME_ROOM]}…",
        one.address,
        one.kind,
        str(one.status) if one.status else one.failure or "–",
        f"{one.sent_bytes / 1024:.1f} KB".replace(".", ","),
        f"{end - one.start_ms:.0f} ms" if one.end_ms is not None else "–",
        round(100 * one.start_ms / top, 2),
        round(100 * (first - one.start_ms) / top, 2),
        round(100 * (end - first) / top, 2),
    )


def _seconds(ms: float) -> str:
    return f"{ms / 1000:.2f}".replace(".", ",")
