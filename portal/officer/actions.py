"""What an officer does with a dossier: which actions the present status allows, what each asks, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import dossiers
from portal.clock import now
from portal.database import current_session
from portal.dossiers import RuleBroken
from portal.officer.access import dossier_for, officer_only, the_officer
from portal.officer.pages import blueprint
from portal.places import current_places
from portal.questions import Answers, Question, parsed_date, problems, read
from portal.records import Dossier, Officer
from portal.statuses import Status
from portal.wording import day, money

Doing = Callable[[Session, Dossier, Officer, Answers], None]


@dataclass(frozen=True)
class Action:
    """Something that an officer can do. Without `questions` one press of the button does it.

    `when`: the statuses that allow it; `leader`: only a leader may; `tone`: main | quiet | danger.
    """

    key: str
    label: str
    about: str
    when: frozenset[Status]
    do: Doing
    done: str
    questions: tuple[Question, ...] = ()
    leader: bool = False
    tone: str = "quiet"

    def is_open(self, dossier: Dossier, officer: Officer) -> bool:
        """True when this officer may do it to this dossier now."""
        return dossier.state in self.when and (officer.role == "lanh_dao" or not self.leader)

    def asked(self, dossier: Dossier) -> list[Question]:
        """The questions, with the papers of the dossier's service as options where papers are asked for."""
        papers = [(one.key, one.name) for one in dossier.service.documents]
        return [replace(one, options=papers) if one.key == "giay_to" else one for one in self.questions]


def _reason(label: str, hint: str) -> Question:
    return Question("ly_do", label, "textarea", True, hint=hint, maxlength=1000)


def _receive(rows: Session, dossier: Dossier, officer: Officer, _: Answers) -> None:
    dossiers.receive(rows, dossier, officer)


def _reject(rows: Session, dossier: Dossier, officer: Officer, answers: Answers) -> None:
    dossiers.reject(rows, dossier, officer, answers["ly_do"])


def _supplement(rows: Session, dossier: Dossier, officer: Officer, answers: Answers) -> None:
    dossiers.request_supplement(
        rows, dossier, officer, answers["ly_do"], answers["giay_to"], parsed_date(answers["han"])
    )


def _demand_fee(rows: Session, dossier: Dossier, officer: Officer, answers: Answers) -> None:
    dossiers.demand_fee(rows, dossier, officer, _amount(answers), answers["ly_do"])


def _process(rows: Session, dossier: Dossier, officer: Officer, _: Answers) -> None:
    dossiers.process(rows, dossier, officer)


def _approve(rows: Session, dossier: Dossier, officer: Officer, _: Answers) -> None:
    dossiers.approve(rows, dossier, officer)


def _issue(rows: Session, dossier: Dossier, officer: Officer, _: Answers) -> None:
    dossiers.issue_result(rows, dossier, officer)


def _stop(rows: Session, dossier: Dossier, officer: Officer, answers: Answers) -> None:
    dossiers.stop(rows, dossier, officer, answers["ly_do"])


_NEW = frozenset({Status.REGISTERED})
_TAKEN = frozenset({Status.RECEIVED, Status.PROCESSING})

ACTIONS = (
    Action(
        "tiep-nhan", "Tiếp nhận", "Hồ sơ hợp lệ, ghi nhận ngày tiếp nhận.",
        _NEW, _receive, "Đã tiếp nhận hồ sơ.", tone="main",
    ),
    Action(
        "xu-ly", "Chuyển xử lý", "Chuyển hồ sơ cho bộ phận giải quyết.",
        frozenset({Status.RECEIVED}), _process, "Đã chuyển xử lý hồ sơ.", tone="main",
    ),
    Action(
        "phe-duyet", "Phê duyệt", "Đồng ý kết quả giải quyết.",
        frozenset({Status.PROCESSING}), _approve, "Đã phê duyệt kết quả.", leader=True, tone="main",
    ),
    Action(
        "tra-ket-qua", "Ký và trả kết quả", "Ký số kết quả, gửi công dân và lưu vào Kho giấy tờ.",
        frozenset({Status.PROCESSED}), _issue, "Đã ký số và trả kết quả.", leader=True, tone="main",
    ),
    Action(
        "bo-sung", "Yêu cầu bổ sung", "Nêu một lần, đầy đủ những gì còn thiếu.",
        _NEW | _TAKEN, _supplement, "Đã gửi yêu cầu bổ sung đến công dân.",
        (
            _reason("Nội dung cần bổ sung", "Ghi rõ giấy tờ hoặc thông tin còn thiếu, chưa đúng và cách sửa"),
            Question("giay_to", "Giấy tờ phải nộp lại hoặc bổ sung", "checkbox"),
            Question("han", "Hạn bổ sung", "date", True, hint="Ngày sau hôm nay, dạng ngày/tháng/năm"),
        ),
    ),
    Action(
        "nop-phi", "Yêu cầu nộp phí", "Nghĩa vụ tài chính phát sinh ngoài phí đã công bố.",
        _NEW | _TAKEN, _demand_fee, "Đã gửi yêu cầu nộp phí đến công dân.",
        (
            Question("so_tien", "Số tiền (đồng)", "number", True, min=1000, max=10_000_000_000, hint="Ví dụ 50000"),
            _reason("Căn cứ và lý do thu", "Nêu văn bản quy định khoản thu"),
        ),
    ),
    Action(
        "tu-choi", "Từ chối tiếp nhận", "Hồ sơ không thuộc thẩm quyền hoặc không đủ điều kiện.",
        _NEW, _reject, "Đã từ chối tiếp nhận hồ sơ.",
        (_reason("Lý do từ chối", "Nêu căn cứ và hướng dẫn công dân nơi hoặc cách nộp đúng"),), tone="danger",
    ),
    Action(
        "dung-xu-ly", "Dừng xử lý", "Kết thúc việc giải quyết khi không thể tiếp tục.",
        _TAKEN | {Status.SUPPLEMENT_ASKED, Status.FEE_DEMANDED}, _stop, "Đã dừng xử lý hồ sơ.",
        (_reason("Lý do dừng xử lý", "Nêu căn cứ pháp lý"),), tone="danger",
    ),
)  # fmt: skip
BY_KEY = {action.key: action for action in ACTIONS}


def open_actions(dossier: Dossier, officer: Officer) -> list[Action]:
    """What this officer may do to the dossier now, the usual next step first."""
    return [action for action in ACTIONS if action.is_open(dossier, officer)]


@blueprint.get("/ho-so/<number>/<key>")
@officer_only
def ask(number: str, key: str) -> ResponseReturnValue:
    """The form of an action that needs words; what is not possible now leads back to the dossier."""
    action, dossier = _found(number, key)
    if not action.is_open(dossier, the_officer()) or not action.questions:
        return redirect(url_for("officer.dossier", number=number))
    week = day(now().date() + timedelta(days=7))
    return _page(action, dossier, {"han": week}, {})


@blueprint.post("/ho-so/<number>/<key>")
@officer_only
def act(number: str, key: str) -> ResponseReturnValue:
    """Do it, by the rules of `portal.dossiers`, and show the dossier again."""
    action, dossier = _found(number, key)
    officer = the_officer()
    if not action.is_open(dossier, officer):
        flash(f"Không thực hiện được “{action.label}” khi hồ sơ ở trạng thái “{dossier.state.title}”.", "error")
        return redirect(url_for("officer.dossier", number=number), 303)
    asked = action.asked(dossier)
    answers = read(asked, request.form)
    errors = _mistakes(asked, answers)
    if errors:
        return _page(action, dossier, answers, errors), 422
    try:
        action.do(current_session(), dossier, officer, answers)
    except RuleBroken as broken:
        if action.questions:
            return _page(action, dossier, answers, {"_": str(broken)}), 422
        flash(str(broken), "error")
    else:
        flash(action.done, "success")
    return redirect(url_for("officer.dossier", number=number), 303)


def _found(number: str, key: str) -> tuple[Action, Dossier]:
    action = BY_KEY.get(key)
    if action is None:
        abort(404)
    return action, dossier_for(current_session(), the_officer(), number)


def _mistakes(asked: list[Question], answers: Mapping[str, Any]) -> dict[str, str]:
    errors = problems(asked, answers, current_places())
    if "han" in answers and "han" not in errors:
        due = parsed_date(answers["han"])
        if due is None or due <= now().date():
            errors["han"] = "Hạn bổ sung phải sau ngày hôm nay."
    return errors


def _amount(answers: Mapping[str, Any]) -> int:
    return int(str(answers["so_tien"]).replace(".", "").replace(" ", ""))


def _page(action: Action, dossier: Dossier, answers: Mapping[str, Any], errors: dict[str, str]) -> str:
    return render_template(
        "officer/action.html",
        active="queue",
        action=action,
        dossier=dossier,
        questions=action.asked(dossier),
        answers=answers,
        errors=errors,
        fee=money(dossier.fee),
    )
