"""What somebody does who submits: form, papers, submission, as one who is logged in and makes no mistake."""

from __future__ import annotations

from dataclasses import dataclass, field

from toantrinh.driver.window import CannotAct
from toantrinh.journey import application, confirmation, discovery, withdrawal
from toantrinh.journey.equipment import VIEWPORT
from toantrinh.journey.identity import log_in, needs_log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.load.plan import Operation
from toantrinh.load.recording import NotHeard
from toantrinh.observations.journey import FormPage, Journey, StepName
from toantrinh.observations.load_script import ErrandName, OperationName
from toantrinh.observers.load.handing import cookies_of
from toantrinh.observers.load.listening import Visit, carries
from toantrinh.observers.load.recorder import Recorder, tried
from toantrinh.scenarios.trying import accepted_answers
from toantrinh.system_model import Service

OF_STEP = {
    StepName.FORM: OperationName.FORM,
    StepName.PAPERS: OperationName.UPLOAD,
    StepName.SIGN: OperationName.SUBMIT,
    StepName.PAY: OperationName.SUBMIT,
    StepName.SUBMIT: OperationName.SUBMIT,
}
APPLYING = (OperationName.FORM, OperationName.UPLOAD, OperationName.SUBMIT)
ONCE = "cần mã xác thực một lần, không lặp lại được cho nhiều người"
AGAIN = "hệ thống hỏi đăng nhập lại khi đang nộp hồ sơ"


@dataclass
class Tried:
    """One application: the acts in which it `began` and `ended`, what stopped it, whether a log-in was asked for on the
    way, and the pages that were answered."""

    visit: Visit = field(init=False)
    began: int = 0
    ended: int = 0
    why: str = ""
    logged_in: bool = False
    pages: tuple[FormPage, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether anything was sent in vain: a page came back, or the system said no."""
        seen = [(page.address, page.heading) for page in self.pages]
        sent = [one for one in self.visit.entries if one.act >= self.began and one.method != "GET"]
        said_no = any(400 <= one.status < 500 and self.visit.is_own(one.address) for one in sent)
        return said_no or len(set(seen)) < len(seen)


def apply(recorder: Recorder) -> None:
    """The application, to its dossier code.

    A log-in that was asked for in the middle is made, and all begun anew; so it is when answers were refused, now with
    those that were taken.
    """
    made = _apply_once(recorder)
    if made.logged_in:
        why = "hệ thống chỉ hỏi đăng nhập khi bắt đầu nộp hồ sơ, không đo riêng được"
        recorder.left_out[OperationName.LOG_IN] = why
        made = _apply_once(recorder)
    if made.logged_in:
        recorder.leave_out(AGAIN, *APPLYING)
        return
    if made.refused and not made.why:
        answers = {**_taken(made.pages, recorder.service), **recorder.service.answers}
        recorder.service = recorder.service.model_copy(update={"answers": answers})
        again = _apply_once(recorder)
        made = made if again.why or again.logged_in else again
    _add(recorder, made)


def _taken(pages: tuple[FormPage, ...], service: Service) -> dict[str, str]:
    """The answers with which the form was accepted in the end."""
    return accepted_answers(
        Journey(
            service=service.code, name=service.name, declared=service.declared, fee=service.fee,
            account=service.account, persona="", viewport=VIEWPORT, steps=(), form=pages,
        )
    )  # fmt: skip


def _apply_once(recorder: Recorder) -> Tried:
    made, dossier = Tried(), ""
    with recorder.visit(resume=True) as (who, visit):
        made.visit = visit

        def way() -> None:
            nonlocal dossier
            who.book.begin(StepName.DETAIL)
            view = who.go(recorder.detail)
            who.book.see(view)
            made.began = visit.marks.acts + 1
            view = discovery.apply(who, view)
            if needs_log_in(view, who.lexicon):
                log_in(who, view)
                made.logged_in = True
                return
            dossier = confirmation.code_in(who, application.submit_dossier(who, view))

        made.why = tried(way)
        made.ended = visit.marks.acts
        pages = who.facts.get("form")
        made.pages = pages if isinstance(pages, tuple) else ()
        _keep_session(recorder, who)
        if dossier:
            recorder.dossier = dossier
            _take_back(recorder, who)
    if made.began and not dossier and not made.logged_in:
        recorder.left_behind.append(f"bản nháp hồ sơ {recorder.service.code}")
    return made


def _keep_session(recorder: Recorder, who: Traveller) -> None:
    """The log-in that lives now, if there is one, for the generator."""
    account = recorder.service.account
    known = who.by_hand or "log_in" in who.facts or account in recorder.sessions
    recorder.account = account if known else ""
    recorder.cookies = cookies_of(who.hands.watch.context, recorder.system) if known else ()


def _take_back(recorder: Recorder, who: Traveller) -> None:
    """A test dossier does not stay at a system that others use."""
    confirmed = False
    if not recorder.system.is_loopback:
        try:
            confirmed = withdrawal.withdraw(who, who.hands.page.url).confirmed
        except (StepEnded, CannotAct):
            confirmed = False
    if not confirmed:
        recorder.left_behind.append(f"hồ sơ {recorder.dossier}")


def _add(recorder: Recorder, made: Tried) -> None:
    """The errand of somebody who submits, as far as it leads without leaving the system."""
    visit, last, reason = made.visit, made.ended, made.why
    left, host = visit.left_at()
    if left and left <= last:
        last, reason = left - 1, f"phải qua {host}, là hệ thống khác nên không được gửi tải"
    elif reason:
        last = made.began  # what was tried in vain is no example
    try:
        heard = [one for one in visit.heard(range(1, last + 1)) if one.act >= made.began]
    except NotHeard as missing:
        recorder.leave_out(str(missing), *APPLYING)
        return
    for why, acts in (
        (ONCE, [one.act for one in heard if carries(one, visit.codes)]),
        (AGAIN, [one.act for one in heard if one.step == StepName.LOG_IN]),
    ):
        if acts and min(acts) <= last:
            last, reason = min(acts) - 1, why
    operations = recorder.woven(
        visit,
        range(1, last + 1),
        lambda one: OF_STEP.get(StepName(one.step), OperationName.FORM),
        first=made.began,
        before=OperationName.DETAIL,
        dossier=recorder.dossier if last == made.ended else "",
    )
    recorder.documents |= {name: file.content for name, file in visit.files.items()}
    kept = {operation.name for operation in operations}
    if OperationName.FORM in kept or OperationName.SUBMIT in kept:
        recorder.add(ErrandName.SUBMIT, operations, recorder.account)
    for name in APPLYING:
        if name not in kept:
            recorder.leave_out(reason or _why_none(name, operations, visit), name)


def _why_none(name: OperationName, operations: tuple[Operation, ...], visit: Visit) -> str:
    if name is not OperationName.UPLOAD:
        return "trình duyệt không gửi yêu cầu nào cho việc này"
    if any(part.file is not None for one in operations for ask in one.asks for part in ask.parts) or visit.files:
        return "giấy tờ chỉ được gửi cùng biểu mẫu hay cùng lúc nộp hồ sơ, không đo riêng được"
    return "luồng nộp không hỏi giấy tờ"
