"""Step 3: the papers, uploaded or taken from the citizen's store."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.citizen.drafting import draft_saved, frame, not_yet, step_address
from portal.citizen.own_dossier import own
from portal.citizen.pages import blueprint
from portal.database import current_session
from portal.defects import has_defect
from portal.dossier_files import attach_stored, attach_upload, detach
from portal.records import Dossier, DossierFile, ServiceDocument, StoredDocument
from portal.steps import paper_problems, step_after
from portal.uploads import RefusedFile


@blueprint.route("/ho-so/<dossier_id>/giay-to", methods=["GET", "POST"])
@own
def papers_step(dossier: Dossier) -> ResponseReturnValue:
    """Step 3: all papers on one page; each can be uploaded, replaced, removed or taken from the store."""
    if (elsewhere := not_yet(dossier, "giay-to")) is not None:
        return elsewhere
    if request.method == "GET":
        return _page(dossier, {})
    action, _, key = request.form.get("thao-tac", "").partition(":")
    errors = take_papers(dossier, dossier.service.documents, action, key)
    if action in ("tai-len", "kho", "go"):
        if errors:
            return _page(dossier, errors)
        return redirect(f"{step_address(dossier, 'giay-to')}#giay-to-{key}", 303)
    if action == "luu-nhap":
        if errors:
            return _page(dossier, errors)
        draft_saved()
        return redirect(step_address(dossier, "giay-to"), 303)
    errors = {**paper_problems(dossier), **errors}
    if errors:
        return _page(dossier, errors)
    return redirect(step_address(dossier, step_after("giay-to")), 303)


def take_papers(dossier: Dossier, documents: Sequence[ServiceDocument], action: str, only: str) -> dict[str, str]:
    """Take in what the form carries for these documents; what is wrong with it, per field key. Commits.

    With an action on one paper (`tai-len`, `kho`, `go`) the others are left alone.
    """
    errors: dict[str, str] = {}
    session = current_session()
    for document in documents:
        if action in ("tai-len", "kho", "go") and document.key != only:
            continue
        if action == "go":
            if has_defect("papers.not-removable"):
                continue
            detach(session, dossier, document.key)
            continue
        sent = request.files.get(f"tep-{document.key}")
        from_store = request.form.get(f"kho-{document.key}", "")
        if sent is not None and sent.filename and action != "kho":
            try:
                attach_upload(session, dossier, document, sent.filename, sent.read(), sent.mimetype)
            except RefusedFile as refused:
                errors[f"tep-{document.key}"] = str(refused)
        elif from_store and (action == "kho" or not any(one.document_key == document.key for one in dossier.files)):
            paper = session.get(StoredDocument, from_store)
            if paper is None or paper.citizen_id != dossier.citizen_id:
                errors[f"kho-{document.key}"] = "Vui lòng chọn giấy tờ trong danh sách."
            else:
                attach_stored(session, dossier, document, paper)
        elif action == "tai-len":
            errors[f"tep-{document.key}"] = f"Vui lòng chọn tệp cho: {document.name}."
        elif action == "kho":
            errors[f"kho-{document.key}"] = "Vui lòng chọn một giấy tờ trong kho."
    session.refresh(dossier, ["files"])
    return errors


def papers_held(dossier: Dossier, documents: Sequence[ServiceDocument]) -> dict[str, Sequence[StoredDocument]]:
    """Per document key, the papers of the citizen's store that serve as that document."""
    kinds = {document.store_kind for document in documents if document.store_kind}
    if not kinds or has_defect("papers.store-unused"):
        return {}
    query = (
        select(StoredDocument)
        .where(StoredDocument.citizen_id == dossier.citizen_id, StoredDocument.kind.in_(kinds))
        .order_by(StoredDocument.stored_at.desc())
    )
    held = current_session().scalars(query).all()
    return {
        document.key: [paper for paper in held if paper.kind == document.store_kind]
        for document in documents
        if document.store_kind
    }


def files_by_document(dossier: Dossier) -> dict[str, DossierFile]:
    """The dossier's file per document key."""
    return {file.document_key: file for file in dossier.files}


def _page(dossier: Dossier, errors: dict[str, str]) -> str:
    documents = dossier.service.documents
    return render_template(
        "citizen/papers_step.html",
        **frame(dossier, "giay-to"),
        documents=documents,
        files=files_by_document(dossier),
        held=papers_held(dossier, documents),
        errors=errors,
    )
