"""What a careless portal does with words that it was sent: a query put together by hand, a path likewise.

Each only under its defect.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from portal.database import current_session
from portal.papers import forms


class ToldQuery(Exception):
    """A query failed, and the page is going to say so in the database's own words."""


def count_by_hand(keyword: str) -> None:
    """Counts the services whose names hold the keyword, for the statistics of searches. Raises ToldQuery."""
    try:
        current_session().connection().exec_driver_sql(f"SELECT count(*) FROM services WHERE name LIKE '%{keyword}%'")
    except DBAPIError as fault:
        raise ToldQuery(
            f"Lỗi truy vấn: {type(fault.orig).__module__}.{type(fault.orig).__name__}: {fault.orig}"
        ) from None


def services_of(agency: str) -> frozenset[str]:
    """The codes of an agency's services; none when the query fails."""
    try:
        rows = (
            current_session().connection().exec_driver_sql(f"SELECT code FROM services WHERE agency_code = '{agency}'")
        )
        return frozenset(str(row[0]) for row in rows)
    except DBAPIError:
        return frozenset()


def form_file(folder: Path, name: str) -> bytes:
    """A form out of the folder in which forms are kept once they were made. Raises OSError."""
    stem, _, kind = name.rpartition(".")
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / name
    if stem in forms.template_names() and kind in forms.KINDS and not place.exists():
        place.write_bytes(forms.template_file(stem, kind))
    return place.read_bytes()
