"""Public figures on the settling of dossiers (NĐ 118/2025), counted from the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, true
from sqlalchemy.orm import Session

from portal.defects import has_defect
from portal.records import Agency, Dossier, Rating, Service
from portal.statuses import Status

SETTLED = (Status.PROCESSED, Status.RETURNED)
CLOSED_WITHOUT_RESULT = (Status.REFUSED, Status.WITHDRAWN, Status.STOPPED)


@dataclass(frozen=True)
class Count:
    """Numbers of dossiers. `received` = `settled` + `under_way` + `without_result`; `settled` = `on_time` + `late`.

    `full_online` counts those of services at the level toàn trình; `stars` is the sum over `rated` ratings of 1 to 5.
    """

    received: int = 0
    settled: int = 0
    on_time: int = 0
    late: int = 0
    under_way: int = 0
    overdue: int = 0
    without_result: int = 0
    full_online: int = 0
    rated: int = 0
    stars: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def on_time_share(self) -> float | None:
        """Percent of the settled dossiers that were on time; None when none is settled."""
        return 100 * self.on_time / self.settled if self.settled else None

    @property
    def full_online_share(self) -> float | None:
        """Percent of the received dossiers that went through a full online service; None when there are none."""
        return 100 * self.full_online / self.received if self.received else None

    @property
    def mean_stars(self) -> float | None:
        """Mean rating, 1 to 5; None when nobody has rated."""
        return self.stars / self.rated if self.rated else None


@dataclass(frozen=True)
class Row:
    """One agency's dossiers that were submitted in one month (`yyyy-mm`)."""

    agency: str
    month: str
    count: Count


@dataclass(frozen=True)
class Figures:
    """All rows, and the agencies' names by code."""

    rows: tuple[Row, ...]
    agencies: dict[str, str]

    def narrowed(self, agency: str = "", month: str = "") -> Figures:
        """The rows of one agency, of one month, or of both; empty strings do not narrow."""
        return Figures(
            tuple(row for row in self.rows if agency in ("", row.agency) and month in ("", row.month)), self.agencies
        )

    @property
    def total(self) -> Count:
        """Everything together."""
        return _sum(row.count for row in self.rows)

    @property
    def months(self) -> list[str]:
        """The months that have rows, oldest first."""
        return sorted({row.month for row in self.rows})

    def by_month(self) -> list[tuple[str, Count]]:
        """One count per month, oldest first."""
        return [(month, _sum(row.count for row in self.rows if row.month == month)) for month in self.months]

    def by_agency(self) -> list[tuple[str, Count]]:
        """One count per agency's name, in the order of the agencies' codes."""
        codes = sorted({row.agency for row in self.rows})
        return [(self.agencies[code], _sum(row.count for row in self.rows if row.agency == code)) for code in codes]


def count(session: Session, today: date) -> Figures:
    """The figures as the database has them now. Late: the promised day had passed when the dossier was settled."""
    settled = Dossier.status.in_([status.value for status in SETTLED])
    without_result = Dossier.status.in_([status.value for status in CLOSED_WITHOUT_RESULT])
    under_way = ~settled & ~without_result
    closed_on = func.date(func.coalesce(Dossier.finished_at, Dossier.changed_at))
    late = and_(Dossier.promised_on.is_not(None), closed_on > Dossier.promised_on)
    month = func.strftime("%Y-%m", Dossier.submitted_at)
    rated = _counted(Rating.created_at, "rating.not-counted", today)
    query = (
        select(
            Dossier.agency_code,
            month,
            func.count(),
            _number(settled),
            _number(settled & ~func.coalesce(late, False)),
            _number(settled & func.coalesce(late, False)),
            _number(under_way),
            _number(under_way & func.coalesce(Dossier.promised_on < today, False)),
            _number(without_result),
            _number(Service.level == "toan_trinh"),
            func.count(Rating.stars),
            func.coalesce(func.sum(Rating.stars), 0),
        )
        .select_from(Dossier)
        .join(Service, Service.code == Dossier.service_code)
        .outerjoin(Rating, and_(Rating.dossier_id == Dossier.id, rated))
        .where(Dossier.submitted_at.is_not(None), Dossier.status != Status.DRAFT.value)
        .where(_counted(Dossier.submitted_at, "figures.frozen", today))
        .group_by(Dossier.agency_code, month)
    )
    rows = tuple(Row(row[0], row[1], Count(*row[2:])) for row in session.execute(query))
    names = {row.code: row.name for row in session.execute(select(Agency.code, Agency.name))}
    return Figures(rows, names)


def _counted(moment: Any, defect: str, today: date) -> ColumnElement[bool]:
    """Everything counts; with the defect only what happened before today."""
    return func.date(moment) < today if has_defect(defect) else true()


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _sum(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())
