"""Finds a dossier for its owner: for anybody else it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import citizen_only, the_citizen
from portal.database import current_session
from portal.dossiers import RuleBroken
from portal.records import Dossier

View = Callable[..., ResponseReturnValue]


def own(view: Callable[..., Any]) -> View:
    """Give the view the citizen's own dossier instead of its id; rules broken on the way become messages."""

    @wraps(view)
    def found(dossier_id: str, **kwargs: Any) -> ResponseReturnValue:
        dossier = current_session().get(Dossier, dossier_id)
        if dossier is None or dossier.citizen_id != the_citizen().id:
            abort(404)
        try:
            answer: ResponseReturnValue = view(dossier, **kwargs)
        except RuleBroken as broken:
            current_session().rollback()
            flash(str(broken), "error")
            return redirect(url_for("citizen.dossier", dossier_id=dossier_id), 303)
        return answer

    return citizen_only(found)
