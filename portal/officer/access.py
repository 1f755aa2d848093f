"""Which officer is at the browser, and which dossiers are in that officer's hands."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, flash, g, redirect, request, session, url_for
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.database import current_session
from portal.defects import has_defect
from portal.officer.pages import blueprint
from portal.records import Agency, Dossier, Officer
from portal.sessions import BrowserSession
from portal.statuses import Status

P = ParamSpec("P")
R = TypeVar("R")


def current_officer() -> Officer | None:
    """The signed-in officer, or None."""
    if "officer" not in g:
        username = session.get("officer")
        g.officer = current_session().get(Officer, username) if username else None
    found: Officer | None = g.officer
    return found


def the_officer() -> Officer:
    """The signed-in officer, in a view that `officer_only` guards."""
    officer = current_officer()
    assert officer is not None
    return officer


def officer_only(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Send visitors to the officers' log-in; a signed-in citizen is told that there is no such page."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        if current_officer() is None:
            if "citizen_id" in session:
                if has_defect("access.officer-pages"):
                    g.officer = current_session().scalar(select(Officer).where(Officer.username == "canbo.lanhdao"))
                    return view(*args, **kwargs)
                abort(404)
            browser = session._get_current_object()  # type: ignore[attr-defined]
            if isinstance(browser, BrowserSession) and browser.expired:
                flash("Phiên làm việc đã hết hạn. Vui lòng đăng nhập lại.", "warning")
            back = request.full_path.rstrip("?") if request.method == "GET" else url_for("officer.queue")
            return redirect(url_for("officer.log_in", tiep=back))
        return view(*args, **kwargs)

    return guarded


def sign_in(officer: Officer) -> None:
    """Make this browser the officer's, with a new session in which nothing of a citizen is left."""
    browser = _browser()
    browser.end()
    browser["officer"] = officer.username
    g.officer = officer


def sign_out() -> None:
    """End the session here and on the server."""
    _browser().end()
    g.officer = None


def agencies_of(rows: Session, officer: Officer) -> frozenset[str]:
    """The codes of the officer's agency and of all below it."""
    parents = {row.code: row.parent for row in rows.execute(select(Agency.code, Agency.parent))}
    codes = {officer.agency_code}
    while below := {code for code, parent in parents.items() if parent in codes} - codes:
        codes |= below
    return frozenset(codes)


def visible(rows: Session, officer: Officer) -> ColumnElement[bool]:
    """The condition that a dossier was submitted to the officer's agency or one below it."""
    return Dossier.agency_code.in_(agencies_of(rows, officer)) & (Dossier.status != Status.DRAFT.value)


def dossier_for(rows: Session, officer: Officer, number: str) -> Dossier:
    """The dossier, when it is in the officer's hands; any other answers 404, as if it did not exist."""
    dossier = rows.scalar(select(Dossier).where(Dossier.id == number, visible(rows, officer)))
    if dossier is None:
        abort(404)
    return dossier


def _browser() -> BrowserSession:
    browser = session._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(browser, BrowserSession)
    return browser


@blueprint.context_processor
def _who() -> dict[str, Officer | None]:
    return {"officer": current_officer()}
