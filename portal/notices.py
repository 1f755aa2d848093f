"""Messages to citizens about their dossiers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.clock import now
from portal.defects import has_defect
from portal.records import Citizen, Dossier, Notice


def notify(session: Session, dossier: Dossier, title: str, text: str) -> None:
    """Add a notice for the dossier's citizen; the caller commits."""
    if has_defect("track.no-notice"):
        return
    session.add(Notice(citizen_id=dossier.citizen_id, dossier_id=dossier.id, title=title, text=text))


def notices_of(session: Session, citizen: Citizen, limit: int = 100) -> Sequence[Notice]:
    """The citizen's notices, newest first."""
    query = select(Notice).where(Notice.citizen_id == citizen.id).order_by(Notice.id.desc()).limit(limit)
    return session.scalars(query).all()


def mark_read(session: Session, citizen: Citizen) -> None:
    """Mark all notices of the citizen as read; the caller commits."""
    session.execute(
        update(Notice).where(Notice.citizen_id == citizen.id, Notice.read_at.is_(None)).values(read_at=now())
    )
