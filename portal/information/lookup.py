"""Lookup of a dossier by its code, open to everybody: status, history and unit, and no personal data."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal import slow_work
from portal.clock import now
from portal.database import current_session
from portal.defects import has_defect
from portal.folding import composed
from portal.information import captcha
from portal.information.dossier_code import is_code, normal
from portal.records import Dossier
from portal.settings import current_settings
from portal.statuses import Status

blueprint = Blueprint("lookup", __name__)

KEPT = timedelta(minutes=10)


@blueprint.get("/tra-cuu")
def form() -> str:
    """The empty form; `?ma-ho-so=` fills in the code."""
    return _form(normal(request.args.get("ma-ho-so", ""))[:40], {})


@blueprint.post("/tra-cuu")
def find() -> ResponseReturnValue:
    """Check the security code and the dossier code; the answer stands on a page of its own, which can be reloaded."""
    code = normal(composed(request.form.get("ma_ho_so", "")))[:40]
    errors = _mistakes(code)
    challenge, given = request.form.get("thu_thach", ""), request.form.get("ma_bao_mat", "").strip()
    if not given:
        errors["ma_bao_mat"] = "Nhập mã bảo mật hoặc câu trả lời."
    elif not captcha.answer(challenge, given):
        errors["ma_bao_mat"] = "Mã bảo mật không đúng hoặc đã dùng rồi. Hãy nhập mã mới."
    if not errors and has_defect("look-up.time-out"):
        slow_work.ask_agency()
    if not errors and _dossier(code) is None:
        if has_defect("lookup.wrong-code-error"):
            abort(500)
        if has_defect("lookup.wrong-code-blank"):
            return redirect(url_for("lookup.form"), 303)
        errors["ma_ho_so"] = f"Không tìm thấy hồ sơ có mã {code}. Hãy đối chiếu với giấy tiếp nhận hồ sơ."
    if errors:
        return _form(code, errors), 422
    session["lookup"] = [code, now().isoformat()]
    return redirect(url_for("lookup.found"), 303)


@blueprint.get("/tra-cuu/ket-qua")
def found() -> ResponseReturnValue:
    """What the last lookup of this browser found, as it is now; after ten minutes the code is asked again."""
    code, time = session.get("lookup") or ("", "2000-01-01T00:00:00")
    if not code or now() - datetime.fromisoformat(time) > KEPT:
        return redirect(url_for("lookup.form"))
    dossier = _dossier(code)
    if dossier is None:
        return redirect(url_for("lookup.form"))
    return render_template("information/lookup_found.html", dossier=dossier, active="lookup")


@blueprint.get("/tra-cuu/ma-bao-mat/<name>.png")
def picture(name: str) -> Response:
    """The picture of an open challenge of this browser."""
    image = captcha.picture(name)
    if image is None:
        abort(404)
    return Response(image, content_type="image/png", headers={"Cache-Control": "no-store"})


def _form(code: str, errors: dict[str, str]) -> str:
    challenge = captcha.ask(current_settings())
    return render_template("information/lookup.html", code=code, errors=errors, challenge=challenge, active="lookup")


def _mistakes(code: str) -> dict[str, str]:
    if not code:
        return {"ma_ho_so": "Nhập mã hồ sơ."}
    if not is_code(code):
        return {"ma_ho_so": "Mã hồ sơ không đúng dạng 000.00.00.H99-YYMMDD-NNNN, ví dụ 000.00.00.H99-260115-0007."}
    return {}


def _dossier(code: str) -> Dossier | None:
    known = select(Dossier).where(Dossier.code == code, Dossier.status != Status.DRAFT.value)
    if has_defect("lookup.as-of-yesterday"):
        known = known.where(Dossier.submitted_at < now().replace(hour=0, minute=0, second=0, microsecond=0))
    return current_session().scalar(
        known.options(joinedload(Dossier.service), joinedload(Dossier.agency), selectinload(Dossier.events))
    )
