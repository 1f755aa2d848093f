"""Feedback pages: the form with its tracking code, and the lookup of the answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import current_citizen
from portal.database import current_session
from portal.defects import has_defect
from portal.folding import composed
from portal.information import feedback
from portal.settings import current_settings

blueprint = Blueprint("feedback", __name__, url_prefix="/phan-anh-kien-nghi")


@blueprint.get("")
def form() -> str:
    """The form, the lookup and the published answers."""
    citizen = current_citizen()
    known = {"ho_ten": citizen.full_name, "lien_he": citizen.email or citizen.phone} if citizen else {}
    return _page(known)


@blueprint.post("")
def send() -> ResponseReturnValue:
    """Keep the message and show its tracking code; the same form sent again makes nothing new."""
    given = {key: composed(request.form.get(key, "")).strip() for key in ("ho_ten", "lien_he", "linh_vuc", "noi_dung")}
    agreed = request.form.get("cong_khai") == "co"
    message = feedback.Message(given["ho_ten"], given["lien_he"], given["linh_vuc"], given["noi_dung"], agreed)
    errors = message.mistakes()
    if errors:
        return _page({**given, "cong_khai": agreed}, errors), 422
    name = request.form.get("lan_gui", "")[:40] or feedback.new_form()
    session["feedback_code"] = feedback.send(current_session(), message, name, current_settings().secret_key)
    if has_defect("feedback.no-code"):
        flash("Đã nhận phản ánh của bạn.", "success")
        return redirect(url_for("feedback.form"), 303)
    return redirect(url_for("feedback.sent"), 303)


@blueprint.get("/da-gui")
def sent() -> ResponseReturnValue:
    """The tracking code of what this browser sent last."""
    code = session.get("feedback_code")
    if not code:
        return redirect(url_for("feedback.form"))
    return render_template("information/feedback_sent.html", code=code, active="feedback")


@blueprint.post("/tra-cuu")
def find() -> ResponseReturnValue:
    """The answer to the message with a tracking code; who sent it is not shown."""
    typed = request.form.get("ma_phan_anh", "").strip()
    found = feedback.find(current_session(), feedback.normal(typed)) if typed else None
    if found is None:
        error = f"Không tìm thấy phản ánh có mã {typed[:30]}." if typed else "Nhập mã phản ánh."
        return _page({"ma_phan_anh": typed[:30]}, {"ma_phan_anh": error}), 422
    session["feedback_looked_up"] = found.tracking_code
    return redirect(url_for("feedback.found"), 303)


@blueprint.get("/ket-qua")
def found() -> ResponseReturnValue:
    """The message that this browser looked up last, as it stands now."""
    message = feedback.find(current_session(), session.get("feedback_looked_up", ""))
    if message is None:
        return redirect(url_for("feedback.form"))
    return render_template("information/feedback_found.html", message=message, active="feedback")


def _page(values: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    return render_template(
        "information/feedback.html",
        values=values,
        errors=errors or {},
        subjects=[(subject, subject) for subject in feedback.SUBJECTS],
        longest=feedback.LONGEST,
        sending=feedback.new_form(),
        published=feedback.published(current_session()),
        active="feedback",
    )
