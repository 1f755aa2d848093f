"""What the portal knows before anybody comes: agencies, places, services and their papers."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Record(DeclarativeBase):
    """What all records share: how Python types are kept."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON, list[str]: JSON}


def token() -> str:
    """A random identifier (96 bits) that nobody can guess."""
    return secrets.token_urlsafe(12)


class Agency(Record):
    """An agency. `level`: province | commune. The root (`H99`) has no parent."""

    __tablename__ = "agencies"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent: Mapped[str | None]
    level: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    name_en: Mapped[str] = mapped_column(default="")


class Province(Record):
    """A province (one of the 34, and Sao Mai)."""

    __tablename__ = "provinces"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    communes: Mapped[list[Commune]] = relationship(order_by="Commune.position", back_populates="province")


class Commune(Record):
    """A commune, ward or special zone: the second of the two levels of government since 01/07/2025."""

    __tablename__ = "communes"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    province: Mapped[Province] = relationship(back_populates="communes")


class Service(Record):
    """A TTHC offered online.

    `audience`: cong_dan | to_chuc | ca_hai. `level`: toan_trinh | mot_phan | thong_tin. `essential`: its number among
    the 25 of Đề án 06. `detail`: the published labels. `form`: the questions of the content step (portal/seed).
    """

    __tablename__ = "services"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    field: Mapped[str] = mapped_column(index=True)
    audience: Mapped[str]
    level: Mapped[str] = mapped_column(index=True)
    agency_code: Mapped[str] = mapped_column(ForeignKey("agencies.code"), index=True)
    fee: Mapped[int]
    processing_days: Mapped[int]
    essential: Mapped[int | None]
    requires_signature: Mapped[bool] = mapped_column(default=False)
    lien_thong: Mapped[list[str]] = mapped_column(default=list)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    form: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    popular: Mapped[int | None]
    agency: Mapped[Agency] = relationship(lazy="joined")
    documents: Mapped[list[ServiceDocument]] = relationship(order_by="ServiceDocument.position")

    @property
    def is_submittable(self) -> bool:
        """True when a citizen can send a dossier online."""
        return self.level != "thong_tin"


class ServiceDocument(Record):
    """One paper of a service's dossier (thành phần hồ sơ)."""

    __tablename__ = "service_documents"
    id: Mapped[int] = mapped_column(primary_key=True)
    service_code: Mapped[str] = mapped_column(ForeignKey("services.code"), index=True)
    key: Mapped[str]
    name: Mapped[str]
    template: Mapped[str | None]
    original: Mapped[int] = mapped_column(default=1)
    copies: Mapped[int] = mapped_column(default=0)
    required: Mapped[bool] = mapped_column(default=True)
    types: Mapped[list[str]] = mapped_column(default=list)
    max_bytes: Mapped[int] = mapped_column(default=5 * 1024 * 1024)
    store_kind: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
