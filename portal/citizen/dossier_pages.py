"""A handed-in dossier: confirmation, progress, papers, supplement, withdrawal, result, rating."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select, update

from portal import dossiers, payments
from portal.accounts import citizen_only
from portal.citizen.drafting import step_address
from portal.citizen.own_dossier import own
from portal.citizen.pages import blueprint
from portal.citizen.papers_step import files_by_document, papers_held, take_papers
from portal.citizen.sent_papers import sent
from portal.clock import now
from portal.database import current_session
from portal.defects import has_defect
from portal.delivery import IN_PERSON, delivery_line
from portal.dossier_papers import answer_sections, applicant_rows, keep_paper, receipt_pdf
from portal.drafts import discard_draft
from portal.places import current_places
from portal.questions import in_own_words, questions_of
from portal.records import Dossier, DossierFile, ServiceDocument
from portal.settings import current_settings
from portal.statuses import Status
from portal.steps import first_open_step


@blueprint.get("/ho-so/<dossier_id>")
@own
def dossier(dossier: Dossier) -> ResponseReturnValue:
    """The confirmation after handing in, and the page of the dossier ever after."""
    if dossier.status == Status.DRAFT:
        return redirect(step_address(dossier, first_open_step(dossier, current_places())))
    if dossier.status == Status.FEE_DEMANDED:
        payments.ask_gateway(current_session(), dossier, current_settings())
        dossiers.demanded_fee_paid(current_session(), dossier)
    return _page(dossier)


@blueprint.get("/phieu/<code>")
@citizen_only
def slip(code: str) -> ResponseReturnValue:
    """The dossier by its code, as a defect has it: whoever has logged in may count up to the next one."""
    found = current_session().scalar(select(Dossier).where(Dossier.code == code, Dossier.status != Status.DRAFT.value))
    if found is None or not has_defect("access.slip-by-number"):
        abort(404)
    return _page(found)


@blueprint.get("/ho-so/<dossier_id>/bien-nhan")
@own
def receipt(dossier: Dossier) -> ResponseReturnValue:
    """The receipt with the promised date, as a PDF; made once."""
    if dossier.status == Status.DRAFT:
        abort(404)
    kept = next((file for file in dossier.files if file.origin == "receipt"), None)
    if kept is None:
        settings = current_settings()
        content = receipt_pdf(dossier, current_places(), settings)
        kept = keep_paper(dossier, settings, "bien-nhan", "receipt", f"bien-nhan-{dossier.code}.pdf", content)
        current_session().add(kept)
        current_session().commit()
    return sent(kept)


@blueprint.get("/ho-so/<dossier_id>/bien-lai")
@own
def payment_receipt(dossier: Dossier) -> ResponseReturnValue:
    """What was paid, with receipt numbers."""
    paid = [one for one in dossier.payments if one.state == "paid"]
    if not paid:
        abort(404)
    about = in_own_words(questions_of(dossier.service), dossier.answers)
    return render_template(
        "citizen/payment_receipt.html", dossier=dossier, service=dossier.service, paid=paid, about=about
    )


@blueprint.get("/ho-so/<dossier_id>/ket-qua")
@own
def result(dossier: Dossier) -> ResponseReturnValue:
    """The signed result to download (the first one, when a liên thông service gives several)."""
    issued = next((file for file in dossier.files if file.origin == "result"), None)
    if issued is None:
        abort(404)
    return receipt(dossier.id) if has_defect("result.another-file") else sent(issued, download=True)


@blueprint.get("/ho-so/<dossier_id>/tep/<file_id>")
@own
def dossier_file(dossier: Dossier, file_id: str) -> ResponseReturnValue:
    """One paper of the dossier."""
    file = current_session().get(DossierFile, file_id)
    if file is None or file.dossier_id != dossier.id:
        abort(404)
    if file.origin == "result" and has_defect("result.another-file"):
        return receipt(dossier.id)
    return sent(file, download="tai" in request.args)


@blueprint.route("/ho-so/<dossier_id>/bo-sung", methods=["GET", "POST"])
@own
def supplement(dossier: Dossier) -> ResponseReturnValue:
    """Answer a request for more papers."""
    asked = dossiers.open_supplement(dossier)
    if asked is None:
        return redirect(f"/ho-so/{dossier.id}", 303)
    if has_defect("supplement.unanswerable"):
        flash("Vui lòng mang giấy tờ đến nộp tại Bộ phận Một cửa.", "warning")
        return redirect(f"/ho-so/{dossier.id}", 303)
    documents = [one for one in dossier.service.documents if not asked.items or one.key in asked.items]
    if request.method == "GET":
        return _supplement_page(dossier, documents, {})
    action, _, key = request.form.get("thao-tac", "").partition(":")
    errors = take_papers(dossier, documents, action, key)
    if errors:
        return _supplement_page(dossier, documents, errors)
    if action in ("tai-len", "kho", "go"):
        return redirect(f"/ho-so/{dossier.id}/bo-sung#giay-to-{key}", 303)
    changed = any(file.stored_at >= asked.asked_at for file in dossier.files)
    answer = request.form.get("noi_dung", "").strip()[:2000]
    if not answer and not changed:
        errors = {"noi_dung": "Vui lòng nhập nội dung trả lời hoặc đính kèm giấy tờ bổ sung."}
        return _supplement_page(dossier, documents, errors)
    dossiers.answer_supplement(current_session(), dossier, answer or "Đã đính kèm giấy tờ bổ sung.")
    flash("Đã gửi nội dung bổ sung đến cơ quan giải quyết.", "success")
    return redirect(f"/ho-so/{dossier.id}", 303)


@blueprint.route("/ho-so/<dossier_id>/rut", methods=["GET", "POST"])
@own
def withdrawal(dossier: Dossier) -> ResponseReturnValue:
    """Withdraw the dossier."""
    if not dossiers.can_withdraw(dossier):
        flash("Hồ sơ ở trạng thái này không rút được.", "warning")
        return redirect(f"/ho-so/{dossier.id}", 303)
    errors = {}
    if request.method == "POST":
        reason = request.form.get("ly_do", "").strip()
        if reason:
            dossiers.withdraw(current_session(), dossier, reason)
            flash("Đã rút hồ sơ.", "success")
            return redirect(f"/ho-so/{dossier.id}", 303)
        errors["ly_do"] = "Vui lòng nhập lý do rút hồ sơ."
    page = render_template("citizen/withdrawal.html", dossier=dossier, service=dossier.service, errors=errors)
    return page


@blueprint.post("/ho-so/<dossier_id>/xoa")
@own
def discard(dossier: Dossier) -> ResponseReturnValue:
    """Delete a draft."""
    discard_draft(current_session(), dossier)
    flash("Đã xóa bản nháp.", "success")
    return redirect("/ho-so-cua-toi", 303)


@blueprint.route("/danh-gia/<dossier_id>", methods=["GET", "POST"])
@own
def rating(dossier: Dossier) -> ResponseReturnValue:
    """Rate the service, once."""
    errors = {}
    if request.method == "POST" and dossiers.can_rate(dossier):
        stars = request.form.get("so_sao", "")
        if stars in ("1", "2", "3", "4", "5"):
            dossiers.rate(current_session(), dossier, int(stars), request.form.get("nhan_xet", "").strip())
            flash("Cảm ơn bạn đã đánh giá.", "success")
            return redirect(f"/danh-gia/{dossier.id}", 303)
        errors["so_sao"] = "Vui lòng chọn mức độ hài lòng, từ 1 đến 5 sao."
    page = render_template(
        "citizen/rating.html",
        dossier=dossier,
        service=dossier.service,
        can_rate=dossiers.can_rate(dossier),
        errors=errors,
        comment=request.form.get("nhan_xet", ""),
    )
    return page


def _page(dossier: Dossier) -> str:
    places = current_places()
    return render_template(
        "citizen/dossier.html",
        dossier=dossier,
        service=dossier.service,
        status=dossier.public_status,
        is_new=dossier.public_status == Status.REGISTERED,
        supplement=dossiers.open_supplement(dossier),
        can_withdraw=dossiers.can_withdraw(dossier),
        can_rate=dossiers.can_rate(dossier),
        applicant=applicant_rows(dossier, places),
        sections=answer_sections(dossier, places),
        papers=[
            (one.name, file)
            for one in dossier.service.documents
            if (file := files_by_document(dossier).get(one.key)) is not None
        ],
        eform=next((file for file in dossier.files if file.origin == "eform"), None),
        results=[file for file in dossier.files if file.origin == "result"],
        paid=[one for one in dossier.payments if one.state == "paid"],
        in_person=dossier.delivery == IN_PERSON,
        delivery=delivery_line(dossier, places),
        emc_events=_measured_once(dossier),
    )


def _measured_once(dossier: Dossier) -> list[tuple[str, str]]:
    """The submission event of the EMC tag: on the first showing after the server accepted, and never again."""
    session = current_session()
    if has_defect("emc.event-at-each-visit"):
        return [(dossier.service_code, "1")]
    if dossier.event_measured_at is not None:
        return []
    first = session.execute(
        update(Dossier)
        .where(Dossier.id == dossier.id, Dossier.event_measured_at.is_(None))
        .values(event_measured_at=now())
    )
    session.commit()
    return [(dossier.service_code, "1")] if first.rowcount else []  # type: ignore[attr-defined]


def _supplement_page(dossier: Dossier, documents: list[ServiceDocument], errors: dict[str, str]) -> str:
    return render_template(
        "citizen/supplement.html",
        dossier=dossier,
        service=dossier.service,
        asked=dossiers.open_supplement(dossier),
        documents=documents,
        files=files_by_document(dossier),
        held=papers_held(dossier, documents),
        errors=errors,
        answer=request.form.get("noi_dung", ""),
    )
