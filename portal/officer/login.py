"""Log-in and log-out of officers, apart from the citizens' national identity."""

from __future__ import annotations

from functools import cache
from math import ceil

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.security import check_password_hash, generate_password_hash

from portal.database import current_session
from portal.officer.access import current_officer, sign_in, sign_out
from portal.officer.pages import blueprint
from portal.officer.throttle import forget_failures, note_failure, waiting_time
from portal.records import Officer
from portal.security import HASHING, safe_return


@blueprint.get("/dang-nhap")
def log_in() -> ResponseReturnValue:
    """The log-in form."""
    if current_officer() is not None:
        return redirect(url_for("officer.queue"))
    return _page("", {})


@blueprint.post("/dang-nhap")
def check() -> ResponseReturnValue:
    """Check name and password. One message for both, so that names cannot be found out."""
    rows = current_session()
    username = request.form.get("ten_dang_nhap", "").strip().lower()[:60]
    password = request.form.get("mat_khau", "")
    errors = {}
    if not username:
        errors["ten_dang_nhap"] = "Nhập tên đăng nhập."
    if not password:
        errors["mat_khau"] = "Nhập mật khẩu."
    if errors:
        return _page(username, errors), 422
    account = f"can-bo:{username}"
    wait = waiting_time(rows, account)
    if wait:
        seconds = ceil(wait.total_seconds())
        return _page(username, {"mat_khau": f"Bạn đã nhập sai nhiều lần. Hãy thử lại sau {seconds} giây."}), 429
    officer = rows.get(Officer, username)
    if not check_password_hash(officer.password_hash if officer else _nobody(), password) or officer is None:
        note_failure(rows, account)
        rows.commit()
        return _page(username, {"mat_khau": "Tên đăng nhập hoặc mật khẩu không đúng."}), 422
    forget_failures(rows, account)
    rows.commit()
    sign_in(officer)
    return redirect(safe_return(request.form.get("tiep")) or url_for("officer.queue"), 303)


@blueprint.post("/dang-xuat")
def log_out() -> ResponseReturnValue:
    """End the session."""
    sign_out()
    flash("Đã đăng xuất.", "success")
    return redirect(url_for("officer.log_in"), 303)


def _page(username: str, errors: dict[str, str]) -> str:
    back = safe_return(request.values.get("tiep")) or ""
    return render_template("officer/login.html", username=username, errors=errors, back=back)


@cache
def _nobody() -> str:
    """A hash that no password fits, so that unknown names take as long as known ones."""
    return generate_password_hash("", method=HASHING)
