"""Steps 1 and 2 of an application: the applicant and the content. Every step is kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from portal import applicants, questions
from portal.accounts import citizen_only, the_citizen
from portal.citizen.own_dossier import own
from portal.citizen.pages import blueprint
from portal.clock import now
from portal.database import current_session
from portal.defects import has_defect
from portal.dossiers import RuleBroken
from portal.drafts import create_draft, is_untouched, save_step
from portal.places import current_places
from portal.records import Dossier, Service
from portal.statuses import Status
from portal.steps import STEPS, step_after, step_before, step_problems

Shown = tuple[list[questions.Question], dict[str, Any], dict[str, str]]


@blueprint.get("/nop-ho-so/<code>")
@citizen_only
def start(code: str) -> ResponseReturnValue:
    """Begin an application; pressing again in the same session leads to the same untouched draft."""
    service = current_session().get(Service, code)
    if service is None:
        abort(404)
    if has_defect("layout.long-way") and request.args.get("da-doc", "0") < "3":
        return render_template("citizen/long_way.html", service=service, read=request.args.get("da-doc", 0, type=int))
    begun = current_session().get(Dossier, session.get("begun", {}).get(code, ""))
    if begun is not None and begun.citizen_id == the_citizen().id and is_untouched(begun):
        return redirect(url_for("citizen.applicant_step", dossier_id=begun.id))
    try:
        dossier = create_draft(current_session(), the_citizen(), service)
    except RuleBroken as broken:
        flash(str(broken), "warning")
        return redirect(url_for("citizen.procedure", code=code))
    session["begun"] = {**session.get("begun", {}), code: dossier.id}
    told = f"?cccd={the_citizen().cccd}" if has_defect("session.number-in-address") else ""
    return redirect(url_for("citizen.applicant_step", dossier_id=dossier.id) + told)


@blueprint.route("/ho-so/<dossier_id>/nguoi-nop", methods=["GET", "POST"])
@own
def applicant_step(dossier: Dossier) -> ResponseReturnValue:
    """Step 1: the applicant."""
    if dossier.status != Status.DRAFT:
        return redirect(url_for("citizen.dossier", dossier_id=dossier.id))
    if request.method == "POST":
        save_step(current_session(), dossier, "nguoi-nop", applicants.read_applicant(dossier, request.form))
        return _onward(dossier, "nguoi-nop")
    held = held_form()
    answers = applicants.read_applicant(dossier, held) if held else dossier.applicant
    was_left = not is_untouched(dossier) and not step_problems(dossier, "nguoi-nop", current_places())
    if has_defect("back.loses") and was_left:
        answers = applicants.identity_of(dossier.citizen)
    asked = applicants.questions_for(dossier.citizen, dossier.service)
    return _page(dossier, "nguoi-nop", (asked, answers, {}))


@blueprint.route("/ho-so/<dossier_id>/noi-dung", methods=["GET", "POST"])
@own
def content_step(dossier: Dossier) -> ResponseReturnValue:
    """Step 2: the content."""
    if (elsewhere := not_yet(dossier, "noi-dung")) is not None:
        return elsewhere
    asked = questions.questions_of(dossier.service)
    if request.method == "POST":
        save_step(current_session(), dossier, "noi-dung", questions.read(asked, request.form))
        return _onward(dossier, "noi-dung")
    held = held_form()
    answers = questions.read(asked, held) if held else dossier.answers
    return _page(dossier, "noi-dung", (asked, answers, {}))


@blueprint.get("/dia-ban/xa")
def communes() -> ResponseReturnValue:
    """The communes of a province, for the cascade: `{"communes": [{"code", "name"}]}`."""
    province = the_citizen().province_code if has_defect("form.cascade-frozen") else request.args.get("tinh")
    found = current_places().commune_options(province)
    return {"communes": [{"code": code, "name": name} for code, name in found]}


def with_choices(asked: Sequence[questions.Question], answers: Mapping[str, Any]) -> list[questions.Question]:
    """The questions with the places that there are to choose from."""
    if has_defect("form.cascade-frozen"):
        led = {one.depends_on for one in asked if one.type == "commune" and answers.get(one.depends_on)}
        answers = {**answers, **dict.fromkeys(led, the_citizen().province_code)}
    return questions.with_places(asked, answers, current_places())


def not_yet(dossier: Dossier, step: str) -> ResponseReturnValue | None:
    """Where to go instead of `step`: to the dossier when it was handed in, to the first unfinished step before it."""
    if dossier.status != Status.DRAFT:
        return redirect(url_for("citizen.dossier", dossier_id=dossier.id), 303)
    for earlier in list(STEPS)[: list(STEPS).index(step)]:
        if step_problems(dossier, earlier, current_places()):
            flash(f"Vui lòng hoàn thành bước “{STEPS[earlier]}” trước.", "warning")
            return redirect(step_address(dossier, earlier), 303)
    return None


def step_address(dossier: Dossier, step: str) -> str:
    """The address of a step."""
    return f"/ho-so/{dossier.id}/{step}"


def stepper(dossier: Dossier) -> list[tuple[str, str, str]]:
    """The steps for the indicator on top of the form."""
    return [(step, title, step_address(dossier, step)) for step, title in STEPS.items()]


def frame(dossier: Dossier, step: str) -> dict[str, Any]:
    """What the page of every step needs."""
    before = step_before(step)
    return {
        "dossier": dossier,
        "service": dossier.service,
        "step": step,
        "step_title": STEPS[step],
        "steps": stepper(dossier),
        "back": step_address(dossier, before) if before else None,
    }


def held_form() -> MultiDict[str, str] | None:
    """What was being typed when the session ended, once, for the page that it was typed on."""
    held = session.get("held")
    if not held or held.get("path") != request.path:
        return None
    session.pop("held")
    flash("Đây là nội dung bạn nhập trước khi phiên hết hạn. Vui lòng kiểm tra rồi tiếp tục.", "info")
    return MultiDict([(key, value) for key, values in held["form"].items() for value in values])


def draft_saved() -> None:
    """Say that the draft was kept."""
    flash(f"Đã lưu nháp lúc {now():%H:%M}. Bạn có thể tiếp tục sau trong mục Hồ sơ của tôi.", "success")


def _onward(dossier: Dossier, step: str) -> ResponseReturnValue:
    match request.form.get("thao-tac"):
        case "tu-luu":
            return "", 204
        case "luu-nhap":
            draft_saved()
            return redirect(step_address(dossier, step), 303)
        case "cap-nhat":
            return redirect(step_address(dossier, step), 303)
    found = step_problems(dossier, step, current_places())
    if not found:
        return redirect(step_address(dossier, step_after(step)), 303)
    if step == "nguoi-nop":
        asked, answers = applicants.questions_for(dossier.citizen, dossier.service), dossier.applicant
    else:
        asked, answers = questions.questions_of(dossier.service), dossier.answers
    return _page(dossier, step, (asked, answers, found))


def _page(dossier: Dossier, step: str, shown: Shown) -> str:
    asked, answers, errors = shown
    if errors and has_defect("form.message-elsewhere"):
        errors = {"_chung": "Thông tin kê khai chưa hợp lệ. Vui lòng kiểm tra lại."}
    if errors and has_defect("form.loses-answers"):
        answers = {one.key: answers.get(one.key) for one in asked if one.readonly}
    return render_template(
        "citizen/questions_step.html",
        **frame(dossier, step),
        sections=questions.sections(with_choices(asked, answers)),
        answers=answers,
        errors=errors,
        other_drafts=_other_drafts(dossier) if step == "nguoi-nop" else 0,
    )


def _other_drafts(dossier: Dossier) -> int:
    query = select(func.count()).where(
        Dossier.citizen_id == dossier.citizen_id,
        Dossier.service_code == dossier.service_code,
        Dossier.status == Status.DRAFT.value,
        Dossier.id != dossier.id,
    )
    return current_session().scalar(query) or 0
