"""Drafts: begun, kept step by step, discarded, handed in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import applicants, questions
from portal.clock import now
from portal.deadlines import promised_day
from portal.delivery import choices
from portal.delivery import from_account as delivery_from_account
from portal.dossier_papers import keep_paper, signed_eform
from portal.dossiers import RuleBroken, add_event
from portal.notices import notify
from portal.numbering import dossier_code
from portal.places import current_places
from portal.records import Citizen, Dossier, Service, Signature
from portal.settings import current_settings
from portal.statuses import Status
from portal.steps import STEPS, first_open_step, step_problems
from portal.storage import discard
from portal.wording import day

SYSTEM = "Hệ thống tự động"


def create_draft(session: Session, citizen: Citizen, service: Service) -> Dossier:
    """A new draft, filled with what the account knows. Commits. Raises RuleBroken."""
    if not service.is_submittable:
        raise RuleBroken("Thủ tục này chưa nhận hồ sơ trực tuyến.")
    moment = now()
    dossier = Dossier(
        service=service,
        agency_code=service.agency_code,
        citizen=citizen,
        fee=service.fee,
        delivery=choices(service)[0],
        delivery_address=delivery_from_account(citizen),
        applicant=applicants.from_account(citizen, service),
        created_at=moment,
        changed_at=moment,
    )
    asked = questions.questions_of(service)
    dossier.answers = questions.prefilled(asked, citizen, applicants.organisation_of(dossier))
    session.add(dossier)
    session.commit()
    return dossier


def save_step(session: Session, dossier: Dossier, step: str, values: dict[str, Any]) -> None:
    """Keep what a step of the form says, right or wrong. Commits. Raises RuleBroken when it is no draft any more."""
    if dossier.status != Status.DRAFT:
        raise RuleBroken("Hồ sơ đã nộp, không sửa được nữa.")
    match step:
        case "nguoi-nop":
            dossier.applicant = values
            organisation = applicants.organisation_of(dossier)
            dossier.organisation_code = organisation.tax_code if organisation else None
        case "noi-dung":
            dossier.answers = values
        case "le-phi":
            dossier.delivery, dossier.delivery_address = values["way"], values["address"]
    dossier.step = step
    dossier.changed_at = now()
    session.commit()


def is_untouched(dossier: Dossier) -> bool:
    """True for a draft on which nothing has been saved yet."""
    return dossier.status == Status.DRAFT and dossier.changed_at == dossier.created_at


def discard_draft(session: Session, dossier: Dossier) -> None:
    """Delete a draft that nothing was paid for. Commits. Raises RuleBroken."""
    if dossier.status != Status.DRAFT:
        raise RuleBroken("Hồ sơ đã nộp, không xóa được. Bạn có thể rút hồ sơ.")
    if dossier.payments:
        raise RuleBroken("Bản nháp đã có giao dịch thanh toán nên không xóa được.")
    uploaded = [file.path for file in dossier.files if file.origin == "upload"]
    session.delete(dossier)
    session.commit()
    for path in uploaded:
        discard(current_settings().uploads, path)


def submit(session: Session, dossier: Dossier) -> str:
    """Hand in the draft and give its code; handing in twice gives the same code. Commits. Raises RuleBroken."""
    if dossier.status != Status.DRAFT:
        return dossier.code or ""
    settings, places = current_settings(), current_places()
    step = first_open_step(dossier, places)
    if step != "ky-nop":
        lacking = next(iter(step_problems(dossier, step, places).values()))
        raise RuleBroken(f"Bước “{STEPS[step]}” chưa xong. {lacking}")
    eform = None
    if dossier.service.requires_signature:
        content = signed_eform(dossier, places, settings)
        eform = keep_paper(dossier, settings, "to-khai-dien-tu", "eform", "to-khai-dien-tu.pdf", content)
    moment = now()
    code = dossier_code(session, dossier.agency_code, moment.date())
    promised = promised_day(moment, dossier.service.processing_days)
    handed_in = session.execute(
        update(Dossier)
        .where(Dossier.id == dossier.id, Dossier.status == Status.DRAFT.value)
        .values(status=Status.REGISTERED.value, code=code, submitted_at=moment, promised_on=promised, changed_at=moment)
    )
    if not handed_in.rowcount:  # type: ignore[attr-defined]
        session.rollback()
        session.refresh(dossier)
        return dossier.code or ""
    if eform is not None:
        session.add(eform)
        session.flush()
        session.add(
            Signature(dossier_id=dossier.id, file_id=eform.id, kind="citizen", subject=dossier.citizen.full_name)
        )
    add_event(session, dossier, Status.REGISTERED, "Nộp hồ sơ trực tuyến", unit=SYSTEM)
    words = questions.in_own_words(questions.questions_of(dossier.service), dossier.answers)
    about = f" Nội dung: {words}." if words else ""
    notify(
        session, dossier, "Nộp hồ sơ thành công",
        f"Hồ sơ {code} đã được gửi đến {dossier.agency.name}.{about} Ngày hẹn trả kết quả: {day(promised)}.",
    )  # fmt: skip
    session.commit()
    session.refresh(dossier)
    return code


def submit_again(session: Session, dossier: Dossier) -> Dossier:
    """One more dossier like this one, handed in: what a second press makes where nothing prevents it. Commits."""
    moment = now()
    code = dossier_code(session, dossier.agency_code, moment.date())
    twin = Dossier(
        service=dossier.service, agency_code=dossier.agency_code, citizen=dossier.citizen, fee=dossier.fee,
        delivery=dossier.delivery, delivery_address=dossier.delivery_address, applicant=dossier.applicant,
        answers=dossier.answers, status=Status.REGISTERED.value, code=code, submitted_at=moment,
        promised_on=dossier.promised_on, created_at=moment, changed_at=moment,
    )  # fmt: skip
    session.add(twin)
    session.flush()
    add_event(session, twin, Status.REGISTERED, "Nộp hồ sơ trực tuyến", unit=SYSTEM)
    session.commit()
    return twin
