"""Dossiers and feedback of the past half year, for a portal that starts with an empty database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applicants import from_account
from portal.clock import now
from portal.deadlines import is_working_day, promised_day
from portal.numbering import dossier_code, receipt_number
from portal.records import (
    Agency,
    Citizen,
    Commune,
    Dossier,
    DossierEvent,
    Feedback,
    Payment,
    Province,
    Rating,
    Service,
)
from portal.seeding import seed
from portal.statuses import Status

_TITLES = {
    Status.REGISTERED: "Nộp hồ sơ trực tuyến",
    Status.RECEIVED: "Tiếp nhận hồ sơ",
    Status.REFUSED: "Không tiếp nhận hồ sơ",
    Status.PROCESSING: "Chuyển xử lý hồ sơ",
    Status.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    Status.WITHDRAWN: "Công dân rút hồ sơ",
    Status.PROCESSED: "Phê duyệt kết quả",
    Status.RETURNED: "Trả kết quả",
}
_WAYS = {
    Status.REGISTERED: (),
    Status.RECEIVED: (Status.RECEIVED,),
    Status.REFUSED: (Status.REFUSED,),
    Status.PROCESSING: (Status.RECEIVED, Status.PROCESSING),
    Status.SUPPLEMENT_ASKED: (Status.RECEIVED, Status.SUPPLEMENT_ASKED),
    Status.WITHDRAWN: (Status.WITHDRAWN,),
    Status.RETURNED: (Status.RECEIVED, Status.PROCESSING, Status.PROCESSED, Status.RETURNED),
}


def fill_past(session: Session) -> None:
    """Add what `seed/past_dossiers.yaml` and `seed/feedback.yaml` say, counted back from today; the caller commits."""
    content = seed("past_dossiers")
    applicants = [_applicant(session, facts) for facts in content["applicants"]]
    session.flush()
    for facts in content["dossiers"]:
        _dossier(session, facts, applicants[facts["applicant"]])
    for facts in seed("feedback"):
        _feedback(session, facts)
    session.flush()


def _applicant(session: Session, facts: dict[str, Any]) -> Citizen:
    province = session.scalars(select(Province).where(Province.name == facts["province"])).one()
    commune = session.scalars(
        select(Commune).where(Commune.name == facts["commune"], Commune.province_code == province.code)
    ).one()
    citizen = Citizen(
        cccd=facts["cccd"],
        full_name=facts["full_name"],
        birth_date=facts["birth_date"],
        gender=facts["gender"],
        phone=facts["phone"],
        province_code=province.code,
        commune_code=commune.code,
        address=facts["address"],
    )
    session.add(citizen)
    return citizen


def _dossier(session: Session, facts: dict[str, Any], citizen: Citizen) -> None:
    service = session.get_one(Service, facts["service"])
    agency = session.get_one(Agency, facts["agency"])
    submitted = _moment(facts["days_ago"], facts["applicant"])
    status = Status(facts["status"])
    closed = _after(submitted, facts["took"]) if "took" in facts else None
    dossier = Dossier(
        code=dossier_code(session, agency.code, submitted.date()),
        service_code=service.code,
        agency_code=agency.code,
        citizen_id=citizen.id,
        status=status.value,
        applicant=from_account(citizen, service),
        fee=service.fee,
        delivery=facts.get("delivery", "in_person" if service.level == "mot_phan" else "online"),
        created_at=submitted - timedelta(minutes=25),
        changed_at=closed or submitted + timedelta(hours=2),
        submitted_at=submitted,
        promised_on=promised_day(submitted, service.processing_days),
        finished_at=closed,
    )
    session.add(dossier)
    session.flush()
    if service.fee:
        session.add(_payment(session, dossier, submitted - timedelta(minutes=5)))
    way = _WAYS[status]
    session.add(_event(dossier, Status.REGISTERED, submitted, "Hệ thống tự động"))
    for place, step in enumerate(way, start=1):
        at = submitted + timedelta(hours=place) if closed is None or place < len(way) else closed
        unit = "Công dân" if step is Status.WITHDRAWN else agency.name
        session.add(_event(dossier, step, at, unit, facts.get("note", "") if place == len(way) else ""))
    if "stars" in facts and closed is not None:
        session.add(
            Rating(dossier_id=dossier.id, stars=facts["stars"], comment=facts.get("comment", ""), created_at=closed)
        )


def _payment(session: Session, dossier: Dossier, at: datetime) -> Payment:
    number = receipt_number(session, at.date())
    return Payment(
        reference=f"SM{number.removeprefix('BL-').replace('-', '')}",
        dossier_id=dossier.id,
        amount=dossier.fee,
        state="paid",
        gateway_ref=f"GD{number.removeprefix('BL-').replace('-', '')}",
        receipt_number=number,
        created_at=at,
        paid_at=at,
    )


def _event(dossier: Dossier, status: Status, at: datetime, unit: str, note: str = "") -> DossierEvent:
    return DossierEvent(
        dossier_id=dossier.id, status=status.value, time=at, title=_TITLES[status], unit=unit, note=note
    )


def _feedback(session: Session, facts: dict[str, Any]) -> None:
    answered = facts.get("answered_days_ago")
    session.add(
        Feedback(
            tracking_code=facts["tracking_code"],
            name=facts["name"],
            contact=facts["contact"],
            subject=facts["subject"],
            text=facts["text"],
            public=facts["public"],
            created_at=_moment(facts["days_ago"], 1),
            answer=facts.get("answer", ""),
            answered_at=None if answered is None else _moment(answered, 3),
            answered_by=facts.get("answered_by", ""),
        )
    )


def _moment(days_ago: int, shift: int) -> datetime:
    """A moment in office hours of the last working day that is at least `days_ago` days back."""
    day: date = now().date() - timedelta(days=days_ago)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(8 + shift % 8, 7 * (shift % 8) + 3))


def _after(start: datetime, working_days: int) -> datetime:
    return datetime.combine(promised_day(start, working_days), time(15, 20))
