"""Finds a dossier for its owner: for anybody else it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import citizen_only, current_citizen
from portal.database import current_session
from portal.defects import has_defect
from portal.dossiers import RuleBroken
from portal.records import Dossier

View = Callable[..., ResponseReturnValue]


def own(view: Callable[..., Any]) -> View:
    """Give the view the citizen's own dossier instead of its id; rules broken on the way become messages."""

    @wraps(view)
    def found(dossier_id: str, **kwargs: Any) -> ResponseReturnValue:
        dossier = current_session().get(Dossier, dossier_id)
        if dossier is None or not _may(dossier):
            abort(404)
        try:
            answer: ResponseReturnValue = view(dossier, **kwargs)
        except RuleBroken as broken:
            current_session().rollback()
            flash(str(broken), "error")
            return redirect(url_for("citizen.dossier", dossier_id=dossier_id), 303)
        return answer

    guarded = citizen_only(found)

    @wraps(view)
    def entered(dossier_id: str, **kwargs: Any) -> ResponseReturnValue:
        papers = request.endpoint == "citizen.dossier_file" and has_defect("access.files-by-link")
        page = request.endpoint == "citizen.dossier" and has_defect("access.page-by-link")
        return (found if papers or page else guarded)(dossier_id, **kwargs)

    return entered


def _may(dossier: Dossier) -> bool:
    """True for the owner of a dossier; for others too where a defect forgets to ask."""
    citizen = current_citizen()
    if citizen is not None and dossier.citizen_id == citizen.id:
        return True
    if request.method == "POST" and citizen is not None:
        withdraws = request.endpoint == "citizen.withdrawal" and has_defect("access.withdrawal-of-others")
        return withdraws or has_defect("access.changes-of-others")
    match request.endpoint:
        case "citizen.dossier_file":
            return has_defect("access.files-by-link") or has_defect("access.files-of-others")
        case "citizen.dossier":
            return has_defect("access.page-by-link") or has_defect("access.page-of-others")
    return False
