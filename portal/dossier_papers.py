"""The papers that a dossier makes: the e-form, the receipt, the result."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from portal.applicants import organisation_of, questions_for
from portal.clock import now
from portal.defects import has_defect
from portal.delivery import delivery_line
from portal.numbering import result_number
from portal.papers import eform, receipt, result, signature
from portal.papers.typesetting import Row
from portal.payments import paid_amount
from portal.places import Places
from portal.questions import in_own_words, questions_of, sections, shown
from portal.records import Dossier, DossierFile, Officer
from portal.settings import ROOT_CODE, Settings
from portal.storage import keep

PDF = "application/pdf"


def answer_sections(dossier: Dossier, places: Places) -> dict[str, list[tuple[str, str]]]:
    """The content as people read it: section → (label, answer), what was left empty left out."""
    return {
        title: [(one.label, text) for one in asked if (text := shown(one, dossier.answers, places))]
        for title, asked in sections(questions_of(dossier.service)).items()
    }


def applicant_rows(dossier: Dossier, places: Places) -> list[tuple[str, str]]:
    """The applicant as people read it: (label, answer)."""
    asked = questions_for(dossier.citizen, dossier.service)
    return [(one.label, text) for one in asked if (text := shown(one, dossier.applicant, places))]


def eform_pdf(dossier: Dossier, places: Places) -> bytes:
    """The filled form as an unsigned PDF."""
    named = next((one.name for one in dossier.service.documents if one.template), None)
    return eform.make(
        eform.EFormFacts(
            title=named or "Đơn đề nghị",
            service_name=dossier.service.name,
            agency=dossier.agency.name,
            applicant=tuple(Row(label, text) for label, text in applicant_rows(dossier, places)),
            sections=tuple(
                eform.EFormSection(title, tuple(Row(label, text) for label, text in rows))
                for title, rows in answer_sections(dossier, places).items()
                if rows
            ),
            signer_name=dossier.citizen.full_name,
            day=now(),
        )
    )


def signed_eform(dossier: Dossier, places: Places, settings: Settings) -> bytes:
    """The filled form with the citizen's remote signature."""
    signer = signature.keys(settings.data).citizen(dossier.citizen.full_name, dossier.citizen.cccd)
    return signature.sign(eform_pdf(dossier, places), signer, "Ký tờ khai điện tử", "Sao Mai")


def receipt_pdf(dossier: Dossier, places: Places, settings: Settings) -> bytes:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""
    submitted = dossier.submitted_at or now()
    organisation = organisation_of(dossier)
    held = {file.document_key for file in dossier.files}
    applicant = dossier.applicant
    about = in_own_words(questions_of(dossier.service), dossier.answers)
    if has_defect("input.markup-in-receipt"):  # printed by way of HTML: a tag is carried out, not shown
        about = re.sub(r"<[^>]*>", "", about)
    paid = next((one for one in dossier.payments if one.state == "paid"), None)
    return receipt.make(
        receipt.ReceiptFacts(
            code=dossier.code or "",
            service_name=dossier.service.name,
            service_code=dossier.service_code,
            agency=dossier.agency.name,
            applicant_name=dossier.citizen.full_name,
            submitted=submitted,
            promised=dossier.promised_on,
            on_behalf_of=organisation.name if organisation else "",
            phone=applicant.get("dien_thoai", ""),
            email=applicant.get("thu_dien_tu", ""),
            address=places.address(applicant.get("dia_chi", ""), applicant.get("xa"), applicant.get("tinh")),
            documents=tuple(
                receipt.DocumentLine(one.name, one.original, one.copies)
                for one in dossier.service.documents
                if one.key in held
            ),
            fee=dossier.fee,
            paid=paid_amount(dossier) > 0,
            payment_receipt=(paid.receipt_number or "") if paid else "",
            processing_days=dossier.service.processing_days,
            delivery=delivery_line(dossier, places),
            lookup_address=f"{settings.portal_url}/tra-cuu",
            extra=(("Nội dung kê khai", about),) if about else (),
        )
    )


def signed_results(
    session: Session, dossier: Dossier, officer: Officer, places: Places, settings: Settings
) -> list[tuple[str, bytes]]:
    """(title, PDF with the agency's seal) of the result; one for each procedure that a liên thông service joins."""
    seal = signature.keys(settings.data).agency_seal(dossier.agency.name, dossier.agency_code)
    today = now()
    titles = dossier.service.lien_thong or [result_title(dossier)]
    number = result_number(session, today.year)
    session.commit()  # the counter's lock is not held while the papers are made
    rows = [Row(label, text) for group in answer_sections(dossier, places).values() for label, text in group]
    made = []
    for place, title in enumerate(titles):
        suffix = f"/{place + 1}" if len(titles) > 1 else ""
        facts = result.ResultFacts(
            number=f"{number:03d}{suffix}/KQ-{ROOT_CODE}",
            title=title,
            agency=dossier.agency.name,
            code=dossier.code or "",
            service_name=dossier.service.name,
            rows=(Row("Người yêu cầu", dossier.citizen.full_name), *rows),
            issued=today,
            signer_name=officer.name,
            signer_title=officer.title or "Lãnh đạo cơ quan",
        )
        pdf = signature.sign(result.make(facts), seal, "Trả kết quả giải quyết thủ tục hành chính", "Sao Mai")
        if has_defect("signature.tampered"):
            pdf = pdf.replace(b"/MediaBox", b"/MediaBix", 1)
        made.append((title, pdf))
    return made


def result_title(dossier: Dossier) -> str:
    """What the result is called: the published result without what stands in brackets."""
    published = str(dossier.service.detail.get("Kết quả thực hiện", "") or "")
    return published.partition("(")[0].strip(" .;") or f"Kết quả: {dossier.service.name}"


def keep_paper(dossier: Dossier, settings: Settings, key: str, origin: str, name: str, content: bytes) -> DossierFile:
    """Write a PDF that the portal made, and its record (not yet added to a session)."""
    kept = keep(settings.uploads, content)
    return DossierFile(
        dossier_id=dossier.id,
        document_key=key,
        origin=origin,
        name=name,
        media_type=PDF,
        size=kept.size,
        sha256=kept.sha256,
        path=kept.path,
    )
