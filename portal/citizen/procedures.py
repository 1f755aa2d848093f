"""The list of procedures, one procedure in full, and its forms to download."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from portal import slow_work
from portal.careless_queries import ToldQuery, count_by_hand, form_file
from portal.catalogue import AUDIENCES, LEVELS, Question, current_catalogue
from portal.citizen.pages import blueprint
from portal.database import current_session
from portal.defects import has_defect
from portal.papers import forms
from portal.records import Service
from portal.settings import current_settings

FORM_KINDS = ("docx", "pdf")


@blueprint.get("/thu-tuc")
def procedures() -> ResponseReturnValue:
    """Search results, ten a page."""
    question = Question.of(request.args)
    if question.keyword and has_defect("input.sql-error"):
        try:
            count_by_hand(question.keyword)
        except ToldQuery as told:
            return str(told), 500, {"Content-Type": "text/plain; charset=utf-8"}
    if question.keyword and has_defect("search.slow"):
        slow_work.query_without_index()
    found = current_catalogue().find(question, _page_number())
    if found.number == 2 and has_defect("results.second-page-slow"):
        slow_work.query_without_index()
    return render_template(
        "citizen/procedures.html",
        question=question,
        found=found,
        catalogue=current_catalogue(),
        levels=LEVELS,
        audiences=AUDIENCES,
        address=_address,
        narrowed=any((question.audience, question.field, question.level, question.agency)),
    )


@blueprint.get("/thu-tuc/<code>")
def procedure(code: str) -> str:
    """Everything that is published about one procedure. A localised code (`1.001193.000.00.00.H99`) works too."""
    if has_defect("procedure.copy-runs-out"):
        slow_work.fetch_procedure()
    service = current_session().get(Service, code, options=[selectinload(Service.documents)])
    if service is None:
        entry = next((one for one in current_catalogue().entries if code.startswith(one.code + ".")), None)
        service = current_session().get(Service, entry.code) if entry else None
    if service is None:
        abort(404)
    return render_template(
        "citizen/procedure.html", service=service, detail=service.detail, emc_events=[(service.code, "-1")]
    )


@blueprint.get("/bieu-mau/<path:file>")
def form_template(file: str) -> Response:
    """A form to download: `<name>.docx` to type in, `<name>.pdf` to print."""
    if has_defect("input.file-by-path"):
        return _by_path(file)
    if has_defect("publish.templates-gone"):
        abort(404)
    name, _, kind = file.rpartition(".")
    if kind not in FORM_KINDS or name not in forms.template_names():
        abort(404)
    chosen = cast(forms.Kind, kind)
    content = forms.template_file(name, chosen)
    headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "public, max-age=3600"}
    return Response(content, content_type=forms.MEDIA_TYPES[chosen], headers=headers)


def _by_path(file: str) -> Response:
    try:
        return Response(form_file(current_settings().data / "bieu-mau", file), content_type="application/octet-stream")
    except OSError:
        abort(404)


def _page_number() -> int:
    number = request.args.get("trang", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def _address(**changes: str | int) -> str:
    """This page's address with other parameters; an empty one is left out, and a new filter starts at page 1."""
    names = ("tu-khoa", "doi-tuong", "linh-vuc", "muc-do", "co-quan")
    asked: dict[str, str | int] = {name: request.args.get(name, "") for name in names}
    asked.update({name.replace("_", "-"): value for name, value in changes.items()})
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/thu-tuc?{query}" if query else "/thu-tuc"
