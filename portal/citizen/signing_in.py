"""Log in by national e-identity, and log out."""

from __future__ import annotations

import requests
from authlib.common.errors import AuthlibBaseError
from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from werkzeug.datastructures import ImmutableMultiDict

from portal.accounts import current_citizen, sign_in, sign_out
from portal.citizen.pages import blueprint
from portal.database import current_session
from portal.defects import has_defect
from portal.identity_client import citizen_of, end_session_address, identity
from portal.places import current_places
from portal.security import safe_return
from portal.settings import current_settings

UNREACHABLE = "Hệ thống định danh đang không phản hồi. Vui lòng thử lại sau ít phút."


@blueprint.get("/dang-nhap")
def log_in() -> ResponseReturnValue:
    """How one can log in; `tiep` is where the citizen wants to go."""
    onward = safe_return(request.args.get("tiep"))
    if current_citizen() is not None:
        return redirect(onward or url_for("citizen.my_dossiers"))
    return render_template("citizen/log_in.html", onward=onward)


@blueprint.get("/dang-nhap/vneid")
def to_identity() -> ResponseReturnValue:
    """Off to the identity provider."""
    session["onward"] = safe_return(request.args.get("tiep"))
    address = current_settings().portal_url + url_for("citizen.from_identity")
    try:
        answer: ResponseReturnValue = identity().authorize_redirect(address)
    except (requests.RequestException, AuthlibBaseError):
        current_app.logger.warning("the identity provider does not answer")
        flash(UNREACHABLE, "error")
        return redirect(url_for("citizen.log_in"))
    return answer


@blueprint.get("/dang-nhap/ket-qua")
def from_identity() -> ResponseReturnValue:
    """Back from the identity provider: state, nonce, code verifier and signature are checked by Authlib."""
    onward = session.get("onward")
    if has_defect("identity.state-unchecked"):
        _take_any_state()
    try:
        token = identity().authorize_access_token()
        citizen = citizen_of(current_session(), token["userinfo"], current_places())
    except requests.RequestException:
        flash(UNREACHABLE, "error")
        return redirect(url_for("citizen.log_in", tiep=onward))
    except (AuthlibBaseError, JoseError, KeyError):
        flash("Đăng nhập chưa thành công hoặc đã bị hủy. Vui lòng thử lại.", "error")
        return redirect(url_for("citizen.log_in", tiep=onward))
    sign_in(citizen)
    session["id_token"] = token["id_token"]
    wanted = None if has_defect("login.forgets-the-way") else safe_return(onward)
    return redirect(wanted or url_for("citizen.my_dossiers"))


def _take_any_state() -> None:
    """Reads the answer as if it had brought the state that this browser was given."""
    known = next((key.rpartition("_")[2] for key in session if key.startswith("_state_identity_")), None)
    if known is not None:
        request.args = ImmutableMultiDict({**request.args.to_dict(), "state": known})


@blueprint.post("/dang-xuat")
def log_out() -> ResponseReturnValue:
    """End the session here, then at the identity provider."""
    id_token = session.get("id_token")
    if has_defect("logout.client-only"):
        left = redirect(url_for("citizen.logged_out"), 303)
        left.delete_cookie("__Host-phien" if current_settings().tls else "phien", path="/")
        return left
    sign_out()
    if id_token:
        return redirect(end_session_address(current_settings(), id_token), 303)
    return redirect(url_for("citizen.logged_out"), 303)


@blueprint.get("/dang-xuat/ket-qua")
def logged_out() -> ResponseReturnValue:
    """Back from the identity provider after log-out."""
    return render_template("citizen/logged_out.html")


@blueprint.get("/phien/giu")
def keep_session() -> ResponseReturnValue:
    """Called by the warning before an idle session ends."""
    return {"signed_in": current_citizen() is not None}
