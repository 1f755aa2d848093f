"""Who is at the browser: the signed-in citizen, and the views that need one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import flash, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.database import current_session
from portal.defects import has_defect
from portal.records import Citizen
from portal.sessions import BrowserSession

P = ParamSpec("P")
R = TypeVar("R")


def current_citizen() -> Citizen | None:
    """The signed-in citizen, or None."""
    if "citizen" not in g:
        number = session.get("citizen_id")
        g.citizen = current_session().get(Citizen, number) if number else None
    found: Citizen | None = g.citizen
    return found


def the_citizen() -> Citizen:
    """The signed-in citizen, in a view that `citizen_only` guards."""
    citizen = current_citizen()
    assert citizen is not None
    return citizen


def citizen_only(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Send visitors to log in first, and back to the same page afterwards."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        if current_citizen() is None:
            if isinstance(session, BrowserSession) and session.expired:
                flash("Phiên làm việc đã hết hạn. Vui lòng đăng nhập lại để tiếp tục.", "warning")
            back = request.full_path.rstrip("?") if request.method == "GET" else request.path
            return redirect(url_for("citizen.log_in", tiep=back))
        return view(*args, **kwargs)

    return guarded


def sign_in(citizen: Citizen) -> None:
    """Make this browser the citizen's: a new session number, what was held for the form kept, the rest forgotten."""
    browser = _browser()
    held = browser.get("held")
    if has_defect("session.same-id"):
        browser.clear()
    else:
        browser.end()
    browser["citizen_id"] = citizen.id
    if held:
        browser["held"] = held
    g.citizen = citizen


def sign_out() -> None:
    """End the session here and on the server."""
    _browser().end()
    g.citizen = None


def _browser() -> BrowserSession:
    browser = session._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(browser, BrowserSession)
    return browser
