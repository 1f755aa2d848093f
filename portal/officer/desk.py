"""The desk where officers answer feedback (phản ánh, kiến nghị)."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.database import current_session
from portal.folding import composed
from portal.information import feedback
from portal.officer.access import officer_only, the_officer
from portal.officer.pages import blueprint
from portal.records import Feedback

MOST_SHOWN = 100


@blueprint.get("/phan-anh")
@officer_only
def messages() -> ResponseReturnValue:
    """All feedback, unanswered first."""
    query = select(Feedback).order_by(Feedback.answered_at.is_not(None), Feedback.created_at.desc())
    return render_template(
        "officer/messages.html", active="messages", letters=current_session().scalars(query.limit(MOST_SHOWN)).all()
    )


@blueprint.get("/phan-anh/<code>")
@officer_only
def message(code: str) -> ResponseReturnValue:
    """One message with the form of its answer."""
    return _page(_message(code), {})


@blueprint.post("/phan-anh/<code>")
@officer_only
def reply(code: str) -> ResponseReturnValue:
    """Answer in the name of the officer's agency."""
    found = _message(code)
    text = composed(request.form.get("tra_loi", "")).strip()
    if not 10 <= len(text) <= feedback.LONGEST:
        return _page(found, {"tra_loi": f"Nhập câu trả lời, từ 10 đến {feedback.LONGEST} ký tự."}, text), 422
    rows = current_session()
    feedback.answer(rows, found, text, the_officer().agency.name)
    rows.commit()
    flash(f"Đã trả lời phản ánh {found.tracking_code}.", "success")
    return redirect(url_for("officer.messages"), 303)


def _message(code: str) -> Feedback:
    found = feedback.find(current_session(), code)
    if found is None:
        abort(404)
    return found


def _page(found: Feedback, errors: dict[str, str], text: str | None = None) -> str:
    return render_template(
        "officer/message.html",
        active="messages",
        message=found,
        errors=errors,
        text=found.answer if text is None else text,
        longest=feedback.LONGEST,
    )
