"""The queue: the dossiers of an officer's agencies, by status, service and code, twenty a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from portal.clock import now
from portal.database import current_session
from portal.information.dossier_code import normal
from portal.officer.access import officer_only, the_officer, visible
from portal.officer.pages import blueprint
from portal.records import Dossier, Officer, Service
from portal.statuses import Status

PAGE = 20
OPEN = tuple(status.value for status in Status if status.is_open and status is not Status.DRAFT)


@dataclass(frozen=True)
class Filters:
    """What narrows the queue. `status`: a national number, 0 for all, -1 for all that are still open.

    `keyword` is part of a dossier code; names are not searched, so that none stands in an address.
    """

    status: int = -1
    service: str = ""
    keyword: str = ""

    def address(self, page: int = 1, status: int | None = None) -> str:
        """The queue's address with these filters, at a page or with another status."""
        chosen = self.status if status is None else status
        parts = {
            "trang-thai": "" if chosen == -1 else str(chosen),
            "thu-tuc": self.service,
            "tu-khoa": self.keyword,
            "trang": str(page) if page > 1 else "",
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return url_for("officer.queue") + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Waiting:
    """One page of the queue. `by_status` counts what service and keyword leave."""

    dossiers: Sequence[Dossier]
    total: int
    number: int
    pages: int
    by_status: dict[int, int]

    @property
    def open(self) -> int:
        """How many are still open."""
        return sum(count for status, count in self.by_status.items() if status in OPEN)

    @property
    def all(self) -> int:
        """How many there are in all statuses."""
        return sum(self.by_status.values())


@blueprint.get("")
@blueprint.get("/ho-so")
@officer_only
def queue() -> ResponseReturnValue:
    """The queue; a search by code looks through all statuses unless one is chosen."""
    rows, officer = current_session(), the_officer()
    filters = _filters()
    return render_template(
        "officer/queue.html",
        active="queue",
        filters=filters,
        waiting=waiting(rows, officer, filters, request.args.get("trang", 1, type=int)),
        services=rows.execute(select(Service.code, Service.name).order_by(Service.position)).all(),
        statuses=[status.value for status in Status if status is not Status.DRAFT],
        today=now().date(),
    )


def waiting(rows: Session, officer: Officer, filters: Filters, page: int = 1) -> Waiting:
    """The dossiers that wait for the officer: open ones first, then those promised soonest."""
    wanted = [visible(rows, officer)]
    if filters.service:
        wanted.append(Dossier.service_code == filters.service)
    if filters.keyword:
        like = f"%{filters.keyword.replace('%', '').replace('_', '')}%"
        wanted.append(Dossier.code.like(like))
    base = select(Dossier).where(*wanted)
    counted = base.with_only_columns(Dossier.status, func.count()).group_by(Dossier.status)
    by_status = {row[0]: row[1] for row in rows.execute(counted)}
    if filters.status == -1:
        base = base.where(Dossier.status.in_(OPEN))
        total = sum(by_status.get(status, 0) for status in OPEN)
    elif filters.status:
        base = base.where(Dossier.status == filters.status)
        total = by_status.get(filters.status, 0)
    else:
        total = sum(by_status.values())
    pages = max(1, ceil(total / PAGE))
    number = min(max(1, page), pages)
    order = (
        case((Dossier.status.in_(OPEN), 0), else_=1),
        case((Dossier.status.in_(OPEN), Dossier.promised_on), else_=None),
        Dossier.submitted_at.desc(),
    )
    dossiers = rows.scalars(
        base.options(joinedload(Dossier.service), joinedload(Dossier.citizen), joinedload(Dossier.agency))
        .order_by(*order)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    return Waiting(dossiers, total, number, pages, by_status)


def _filters() -> Filters:
    status, keyword = request.args.get("trang-thai", ""), normal(request.args.get("tu-khoa", ""))[:40]
    known = {str(one.value) for one in Status if one is not Status.DRAFT} | {"0"}
    return Filters(
        status=int(status) if status in known else 0 if keyword else -1,
        service=request.args.get("thu-tuc", "")[:20],
        keyword=keyword,
    )
