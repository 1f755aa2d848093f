"""What the portal keeps: one class per kind of record. Money is whole đồng; times are Vietnam's, without zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clock import now
from portal.defects import has_defect
from portal.service_records import Agency, Commune, Province, Record, Service, ServiceDocument, token
from portal.statuses import Status

__all__ = [
    "Agency",
    "Citizen",
    "Commune",
    "Counter",
    "Dossier",
    "DossierEvent",
    "DossierFile",
    "Feedback",
    "LoginFailure",
    "Notice",
    "Officer",
    "Organisation",
    "Payment",
    "Province",
    "Rating",
    "Record",
    "Service",
    "ServiceDocument",
    "Signature",
    "StoredDocument",
    "SupplementRequest",
    "WebSession",
    "token",
]


class Citizen(Record):
    """A citizen's account. `birth_date` is dd/mm/yyyy; `gender` is Nam | Nữ; `cccd` has 12 digits."""

    __tablename__ = "citizens"
    id: Mapped[int] = mapped_column(primary_key=True)
    cccd: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    birth_date: Mapped[str]
    gender: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    ethnicity: Mapped[str] = mapped_column(default="Kinh")
    nationality: Mapped[str] = mapped_column(default="Việt Nam")
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    address: Mapped[str] = mapped_column(default="")
    identity_sub: Mapped[str | None] = mapped_column(unique=True)
    pin_hash: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    province: Mapped[Province | None] = relationship()
    commune: Mapped[Commune | None] = relationship()
    organisations: Mapped[list[Organisation]] = relationship(back_populates="representative")


class Organisation(Record):
    """An enterprise or organisation, and the citizen who represents it."""

    __tablename__ = "organisations"
    tax_code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    representative_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    representative: Mapped[Citizen] = relationship(back_populates="organisations")


class Officer(Record):
    """An officer. `role`: tiep_nhan | lanh_dao. An officer of the root agency sees all dossiers."""

    __tablename__ = "officers"
    username: Mapped[str] = mapped_column(primary_key=True)
    password_hash: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    agency_code: Mapped[str] = mapped_column(ForeignKey("agencies.code"))
    agency: Mapped[Agency] = relationship(lazy="joined")


class Dossier(Record):
    """A dossier. `code` comes with submission. `delivery`: online | postal. `fee` is the amount due for the service."""

    __tablename__ = "dossiers"
    id: Mapped[str] = mapped_column(primary_key=True, default=token)
    code: Mapped[str | None] = mapped_column(unique=True)
    service_code: Mapped[str] = mapped_column(ForeignKey("services.code"), index=True)
    agency_code: Mapped[str] = mapped_column(ForeignKey("agencies.code"), index=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    organisation_code: Mapped[str | None] = mapped_column(ForeignKey("organisations.tax_code"))
    status: Mapped[int] = mapped_column(default=Status.DRAFT.value, index=True)
    status_before: Mapped[int | None]
    step: Mapped[str] = mapped_column(default="nguoi-nop")
    applicant: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    delivery: Mapped[str] = mapped_column(default="online")
    delivery_address: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fee: Mapped[int] = mapped_column(default=0)
    demanded_fee: Mapped[int | None]
    demanded_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)
    promised_on: Mapped[date | None]
    finished_at: Mapped[datetime | None]
    event_measured_at: Mapped[datetime | None]
    officer_name: Mapped[str] = mapped_column(default="")

    service: Mapped[Service] = relationship()
    agency: Mapped[Agency] = relationship()
    citizen: Mapped[Citizen] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    files: Mapped[list[DossierFile]] = relationship(order_by="DossierFile.stored_at", cascade="all, delete-orphan")
    events: Mapped[list[DossierEvent]] = relationship(order_by="DossierEvent.id", cascade="all, delete-orphan")
    payments: Mapped[list[Payment]] = relationship(order_by="Payment.created_at", back_populates="dossier")
    signatures: Mapped[list[Signature]] = relationship(order_by="Signature.id")
    supplements: Mapped[list[SupplementRequest]] = relationship(order_by="SupplementRequest.id")
    rating: Mapped[Rating | None] = relationship(back_populates="dossier")

    @property
    def state(self) -> Status:
        """The status as its enumeration."""
        return Status(self.status)

    @property
    def public_status(self) -> Status:
        """The status as the citizen and the public see it."""
        if has_defect("status.stuck") and self.status != Status.DRAFT:
            return Status.REGISTERED
        if has_defect("supplement.silent") and self.status == Status.SUPPLEMENT_ASKED:
            return Status(self.status_before or Status.REGISTERED)
        return self.state

    @property
    def public_events(self) -> list[DossierEvent]:
        """The history as the citizen and the public see it, newest first."""
        if has_defect("status.stuck"):
            return self.events[:1]
        if has_defect("track.no-history"):
            return self.events[-1:]
        hidden = Status.SUPPLEMENT_ASKED if has_defect("supplement.silent") else None
        return [one for one in self.events[::-1] if one.status != hidden]


class DossierFile(Record):
    """A paper in a dossier. `origin`: upload | store | eform | receipt | result. `path` is relative to the uploads."""

    __tablename__ = "dossier_files"
    id: Mapped[str] = mapped_column(primary_key=True, default=token)
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"), index=True)
    document_key: Mapped[str]
    origin: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    path: Mapped[str]
    stored_at: Mapped[datetime] = mapped_column(default=now)


class DossierEvent(Record):
    """One line of a dossier's history: when, which status it got, by which unit and officer, with what note."""

    __tablename__ = "dossier_events"
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"), index=True)
    time: Mapped[datetime] = mapped_column(default=now)
    status: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    officer: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class SupplementRequest(Record):
    """An officer's request for more papers or facts, and the citizen's answer. `items` are document keys."""

    __tablename__ = "supplement_requests"
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossiers.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    officer: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    items: Mapped[list[str]] = mapped_column(default=list)
    due_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")


class Payment(Record):
    """One payment order. `purpose`: le-phi | bo-sung. `state`: pending | paid | failed | cancelled.

    A dossier has at most one living (pending or paid) order per purpose: the database itself sees to that.
    """

    __tablename__ = "payments"
    __table_args__ = (
        Index(
            "one_living_payment",
            "dossier_id",
            "purpose",
            unique=True,
            sqlite_where=text("state IN ('pending', 'paid')"),
        ),
    )
    reference: Mapped[str] = mapped_column(primary_key=True)
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossiers.id"), index=True)
    purpose: Mapped[str] = mapped_column(default="le-phi")
    amount: Mapped[int]
    state: Mapped[str] = mapped_column(default="pending")
    gateway_ref: Mapped[str | None]
    receipt_number: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    paid_at: Mapped[datetime | None]
    dossier: Mapped[Dossier] = relationship(back_populates="payments")


class Signature(Record):
    """A digital signature that was put on a file. `kind`: citizen | agency."""

    __tablename__ = "signatures"
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossiers.id"), index=True)
    file_id: Mapped[str | None] = mapped_column(ForeignKey("dossier_files.id", ondelete="SET NULL"))
    kind: Mapped[str]
    subject: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(default=now)


class StoredDocument(Record):
    """A paper in a citizen's personal store. `origin`: upload | result | seed."""

    __tablename__ = "stored_documents"
    id: Mapped[str] = mapped_column(primary_key=True, default=token)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="upload")
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    path: Mapped[str]
    dossier_id: Mapped[str | None] = mapped_column(ForeignKey("dossiers.id"))
    stored_at: Mapped[datetime] = mapped_column(default=now)


class Notice(Record):
    """A message to a citizen."""

    __tablename__ = "notices"
    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    dossier_id: Mapped[str | None] = mapped_column(ForeignKey("dossiers.id"))
    title: Mapped[str]
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]


class Rating(Record):
    """How content the citizen was: 1 to 5 stars, once per dossier."""

    __tablename__ = "ratings"
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    stars: Mapped[int]
    comment: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    dossier: Mapped[Dossier] = relationship(back_populates="rating")


class Feedback(Record):
    """Phản ánh, kiến nghị: a citizen's word to the province, with its tracking code and its answer."""

    __tablename__ = "feedback"
    id: Mapped[int] = mapped_column(primary_key=True)
    tracking_code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(default="")


class Counter(Record):
    """A running number (`portal.numbering`)."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class WebSession(Record):
    """A browser's session. `id` is the SHA-256 of the cookie, so that a copy of the file opens nothing."""

    __tablename__ = "web_sessions"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)


class LoginFailure(Record):
    """Wrong passwords in a row for one account name, so that guessing is slowed."""

    __tablename__ = "login_failures"
    account: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(default=now)
