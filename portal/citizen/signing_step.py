"""Step 5: look everything over, sign, hand in."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.citizen.drafting import draft_saved, frame, not_yet, step_address
from portal.citizen.own_dossier import own
from portal.citizen.pages import blueprint
from portal.citizen.papers_step import files_by_document
from portal.citizen.sent_papers import sent
from portal.database import current_session
from portal.defects import has_defect
from portal.delivery import delivery_line
from portal.dossier_papers import PDF, answer_sections, applicant_rows, eform_pdf
from portal.drafts import submit, submit_again
from portal.payments import is_settled
from portal.places import current_places
from portal.records import Dossier
from portal.signing import WrongPin, check_pin
from portal.statuses import Status


@blueprint.route("/ho-so/<dossier_id>/ky-nop", methods=["GET", "POST"])
@own
def signing_step(dossier: Dossier) -> ResponseReturnValue:
    """Step 5: review, signature, submission."""
    again = has_defect("submit.twice") and dossier.status != Status.DRAFT
    if not again and (elsewhere := not_yet(dossier, "ky-nop")) is not None:
        return elsewhere
    if request.method == "GET":
        return _page(dossier, {})
    if request.form.get("thao-tac") == "luu-nhap":
        draft_saved()
        return redirect(step_address(dossier, "ky-nop"), 303)
    errors = {}
    if request.form.get("cam_doan") != "co":
        errors["cam_doan"] = "Vui lòng đánh dấu cam đoan trước khi nộp hồ sơ."
    if dossier.service.requires_signature:
        try:
            check_pin(current_session(), dossier.citizen, request.form.get("ma_pin", "").strip())
        except WrongPin as wrong:
            errors["ma_pin"] = str(wrong)
    if errors:
        return _page(dossier, errors)
    if again:
        dossier = submit_again(current_session(), dossier)
    submit(current_session(), dossier)
    return redirect(f"/ho-so/{dossier.id}", 303)


@blueprint.get("/ho-so/<dossier_id>/to-khai")
@own
def eform_preview(dossier: Dossier) -> ResponseReturnValue:
    """The filled form as a PDF, to read before it is signed; afterwards the signed one."""
    signed = next((file for file in dossier.files if file.origin == "eform"), None)
    if signed is not None:
        return sent(signed)
    if dossier.status != Status.DRAFT:
        return redirect(f"/ho-so/{dossier.id}", 303)
    headers = {"Content-Disposition": 'inline; filename="to-khai-dien-tu.pdf"', "Content-Type": PDF}
    return eform_pdf(dossier, current_places()), 200, headers


def _page(dossier: Dossier, errors: dict[str, str]) -> str:
    places = current_places()
    return render_template(
        "citizen/signing_step.html",
        **frame(dossier, "ky-nop"),
        applicant=applicant_rows(dossier, places),
        sections=answer_sections(dossier, places),
        files=files_by_document(dossier),
        delivery=delivery_line(dossier, places),
        settled=is_settled(dossier),
        errors=errors,
        agreed=request.form.get("cam_doan", ""),
    )
