"""One dossier as its officer sees it: answers, papers, payment, signatures, history, and what can be done."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from portal.applicants import organisation_of
from portal.clock import now
from portal.database import current_session
from portal.delivery import delivery_line
from portal.dossier_papers import answer_sections, applicant_rows
from portal.officer.access import dossier_for, officer_only, the_officer
from portal.officer.actions import open_actions
from portal.officer.pages import blueprint
from portal.places import current_places
from portal.records import DossierFile
from portal.settings import current_settings
from portal.storage import read
from portal.uploads import safe_name

ORIGINS = {
    "upload": "Công dân tải lên",
    "store": "Từ Kho giấy tờ",
    "eform": "Tờ khai điện tử đã ký số",
    "receipt": "Giấy tiếp nhận",
    "result": "Kết quả đã ký số",
}


@blueprint.get("/ho-so/<number>")
@officer_only
def dossier(number: str) -> ResponseReturnValue:
    """The dossier in full."""
    officer = the_officer()
    found = dossier_for(current_session(), officer, number)
    places = current_places()
    return render_template(
        "officer/dossier.html",
        active="queue",
        dossier=found,
        applicant=applicant_rows(found, places),
        organisation=organisation_of(found),
        sections=answer_sections(found, places),
        delivery=delivery_line(found, places),
        papers={one.key: one.name for one in found.service.documents},
        origins=ORIGINS,
        actions=open_actions(found, officer),
        today=now().date(),
    )


@blueprint.get("/ho-so/<number>/tep/<file>")
@officer_only
def paper(number: str, file: str) -> Response:
    """A paper of the dossier, always as a download: what a citizen sent never opens inside the portal."""
    rows = current_session()
    found = dossier_for(rows, the_officer(), number)
    kept = rows.get(DossierFile, file)
    if kept is None or kept.dossier_id != found.id:
        abort(404)
    try:
        content = read(current_settings().uploads, kept.path)
    except OSError:
        abort(404)
    answer = Response(content, content_type=kept.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=safe_name(kept.name))
    answer.headers["Cache-Control"] = "no-store"
    return answer
