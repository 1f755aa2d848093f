"""Provinces and their communes, held in memory: two-level government since 01/07/2025."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.records import Province


@dataclass(frozen=True)
class Places:
    """All places. Codes are the portal's own: two digits for a province, five for a commune."""

    provinces: dict[str, str]
    communes: dict[str, dict[str, str]]

    def province_name(self, code: str | None) -> str:
        """The name of a province; empty when there is none of that code."""
        return self.provinces.get(code or "", "")

    def commune_name(self, code: str | None) -> str:
        """The name of a commune; empty when there is none of that code."""
        return self.communes.get((code or "")[:2], {}).get(code or "", "")

    def province_options(self) -> list[tuple[str, str]]:
        """(code, name) of all provinces."""
        return list(self.provinces.items())

    def commune_options(self, province: str | None) -> list[tuple[str, str]]:
        """(code, name) of the communes of a province."""
        return list(self.communes.get(province or "", {}).items())

    def address(self, street: str, commune: str | None, province: str | None) -> str:
        """A whole address in one line."""
        parts = (street.strip(), self.commune_name(commune), self.province_name(province))
        return ", ".join(part for part in parts if part)


def load(session: Session) -> Places:
    """The places of the database."""
    rows = session.scalars(select(Province).order_by(Province.code).options(selectinload(Province.communes))).all()
    return Places(
        {row.code: row.name for row in rows}, {row.code: {one.code: one.name for one in row.communes} for row in rows}
    )


def current_places() -> Places:
    """The places of the portal that serves this request."""
    places: Places = current_app.extensions["portal.places"]
    return places
