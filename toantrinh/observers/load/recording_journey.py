"""The journey that load is made of: recorded once, with fewest steps, and woven into errands for many.

Three visits: nobody looks at home, searches, reads about a service and logs in; the citizen applies and submits; nobody
looks the dossier up.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toantrinh.driver.window import CannotAct
from toantrinh.journey import application, confirmation, discovery, tracking, withdrawal
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.identity import log_in, needs_log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.load.permission import why_no_writing
from toantrinh.load.plan import Errand, Handed, Operation
from toantrinh.load.recording import NotHeard
from toantrinh.load.weaving import Heard, Weaver
from toantrinh.observations.journey import Journey, LogInFacts, StepName
from toantrinh.observations.load_script import Document, ErrandName, LeftOut, LoadScript, OperationName
from toantrinh.observers.load.handing import cookies_of, secrets_of, used
from toantrinh.observers.load.listening import Visit, carries, listening
from toantrinh.observers.trespass.heard import let_in
from toantrinh.scenarios.trying import accepted_answers
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OF_STEP = {
    StepName.FORM: OperationName.FORM,
    StepName.PAPERS: OperationName.UPLOAD,
    StepName.SIGN: OperationName.SUBMIT,
    StepName.PAY: OperationName.SUBMIT,
    StepName.SUBMIT: OperationName.SUBMIT,
}
BEHIND_LOG_IN = (OperationName.LOG_IN, OperationName.FORM, OperationName.UPLOAD, OperationName.SUBMIT)


def service_for_load(system: System, codes: Iterable[str] = ()) -> Service | None:
    """The service that load is about: of those named (all, when none is) that which asks for least: no payment, no
    signature."""
    wanted = set(codes)
    offered = [one for one in system.services if one.declared != "thông tin" and (not wanted or one.code in wanted)]
    return min(offered or system.services, key=lambda one: (one.fee != 0, one.signature is not False), default=None)


def record_script(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
    journey: Journey | None = None,
) -> tuple[LoadScript, Handed]:
    """The script, and what the generator is to be told by word of mouth. `journey` of the service, when it was made:
    its answers are known to be taken. Submits one test dossier, where that may be done.

    Raises NotObserved where not even the home page can be recorded.
    """
    known = service
    if journey is not None:
        known = service.model_copy(update={"answers": {**accepted_answers(journey), **service.answers}})
    shared = {"equipment": equipment, "on_step": on_step, "no_account": no_account}
    recorder = _Recorder(browser, system, known, attachments, shared, {} if sessions is None else sessions)
    recorder.look()
    if why := why_no_writing(system):
        recorder.leave_out(why, *BEHIND_LOG_IN)
    elif recorder.detail:
        recorder.apply()
    recorder.look_up(journey.submit.code if journey and journey.submit else "")
    return recorder.result()


@dataclass
class _Recorder:
    """What is recorded, visit by visit."""

    browser: Browser
    system: System
    service: Service
    attachments: Attachments
    shared: dict[str, Any]
    sessions: MutableMapping[str, Any]
    errands: list[Errand] = field(default_factory=list)
    left_out: dict[OperationName, str] = field(default_factory=dict)
    left_behind: list[str] = field(default_factory=list)
    documents: dict[str, bytes] = field(default_factory=dict)
    live: dict[str, tuple[str, str]] = field(default_factory=dict)  # session values: name → (value, header)
    cookies: tuple[dict[str, str | bool | float], ...] = ()
    account: str = ""
    detail: str = ""
    dossier: str = ""
    agent: str = ""

    def leave_out(self, why: str, *names: OperationName) -> None:
        """Says why operations are not measured; what was said first holds."""
        for name in names:
            self.left_out.setdefault(name, why)

    def look(self) -> None:
        """Home, search, the service's page; then the log-in, where somebody may submit."""
        opened = 0
        with self._visit() as (who, visit):
            why = self._try(lambda: self._find(who))
            opened, logs_in_from = visit.last_press, visit.marks.acts
            logged_why = "không mở được trang thủ tục"
            if not why and not why_no_writing(self.system):
                logged_why = self._log_in(who)
        if not visit.entries:
            raise NotObserved(Outcome.NOT_TESTED, why or "trình duyệt không ghi lại được yêu cầu nào")
        self.agent = visit.agent()

        def named(one: Heard) -> OperationName:
            if one.step == StepName.HOME:
                return OperationName.HOME
            return OperationName.DETAIL if self.detail and one.act >= opened else OperationName.SEARCH

        made = self._woven(visit, range(1, logs_in_from + 1), named)
        kept = {operation.name for operation in made}
        for name in (OperationName.HOME, OperationName.SEARCH, OperationName.DETAIL):
            if name not in kept:
                self.leave_out(why or "trình duyệt không gửi yêu cầu nào cho việc này", name)
        if not made:
            raise NotObserved(Outcome.NOT_TESTED, f"không ghi lại được trang chủ: {why}")
        self._add(ErrandName.LOOK, made)
        if not logged_why:
            self._add_log_in(visit, logs_in_from)
        else:
            self.leave_out(logged_why, OperationName.LOG_IN)

    def _find(self, who: Traveller) -> None:
        view = discovery.search(who, discovery.open_home(who))
        who.book.begin(StepName.DETAIL)
        who.book.see(view)
        self.detail = view.address

    def _log_in(self, who: Traveller) -> str:
        """Logs in; why that is not measured by load, empty when it can be."""
        if why := self._try(lambda: let_in(who)):
            return f"chưa đăng nhập được: {why}"
        facts = who.facts.get("log_in")
        if not isinstance(facts, LogInFacts):
            return "hệ thống nhận ra người dân mà không hỏi đăng nhập"
        self.account = self.service.account
        away = [host for host in facts.hosts if host != urlsplit(self.system.base_url).netloc]
        if away:
            return f"đăng nhập qua {away[0]}, là hệ thống khác nên không được gửi tải"
        if facts.one_time_code:
            return "đăng nhập cần mã xác thực một lần, không lặp lại được cho nhiều người"
        return ""

    def _add_log_in(self, visit: Visit, since: int) -> None:
        acts = range(since + 1, visit.marks.acts + 1)
        made = self._woven(visit, acts, lambda one: OperationName.LOG_IN, first=since + 2)
        if any("{{password" in ask.body for operation in made for ask in operation.asks):
            self._add(ErrandName.LOG_IN, made)
        else:
            self.leave_out("không thấy mật khẩu trong yêu cầu đăng nhập của trình duyệt", OperationName.LOG_IN)

    def apply(self) -> None:
        """The application, to its dossier code. A log-in that was asked for in the middle is made, and all begun anew;
        what is recorded is what somebody does who is logged in."""
        for _ in range(2):
            began = ended = 0
            again = False
            with self._visit(resume=True) as (who, visit):

                def way(who: Traveller = who, visit: Visit = visit) -> None:
                    nonlocal began, again
                    who.book.begin(StepName.DETAIL)
                    view = who.go(self.detail)
                    who.book.see(view)
                    began = visit.marks.acts + 1
                    view = discovery.apply(who, view)
                    if needs_log_in(view, who.lexicon):
                        log_in(who, view)
                        again = True
                        return
                    confirmed = application.submit_dossier(who, view)
                    self.dossier = confirmation.code_in(who, confirmed)
                    self._keep_session(who)

                why = self._try(way)
                ended = visit.marks.acts
                if self.dossier:
                    self._take_back(who)
            if not again:
                break
        if again:
            self.leave_out("hệ thống hỏi đăng nhập lại khi nộp hồ sơ", *BEHIND_LOG_IN)
            return
        self._add_application(visit, began, ended, why)

    def _keep_session(self, who: Traveller) -> None:
        cookies = cookies_of(who.hands.watch.context, self.system)
        self.account = self.service.account if "log_in" in who.facts or self.service.account in self.sessions else ""
        self.account = self.account or (self.service.account if who.by_hand else "")
        self.cookies = cookies if self.account else ()

    def _take_back(self, who: Traveller) -> None:
        """A test dossier does not stay at a system that others use."""
        taken = None
        own = who.hands.page.url
        if not self.system.is_loopback:
            try:
                taken = withdrawal.withdraw(who, own)
            except (StepEnded, CannotAct):
                taken = None
        if taken is None or not taken.confirmed:
            self.left_behind.append(f"hồ sơ {self.dossier}")

    def _add_application(self, visit: Visit, began: int, ended: int, why: str) -> None:
        """The errand of somebody who submits, as far as it leads without leaving the system."""
        left, host = visit.left_at()
        last, reason = ended, why
        if left and left <= ended:
            last, reason = left - 1, f"phải qua {host}, là hệ thống khác nên không được gửi tải"
        elif why:
            last = began  # what was tried in vain is no example
        try:
            heard = visit.heard(range(1, last + 1))
        except NotHeard as missing:
            self.leave_out(str(missing), *BEHIND_LOG_IN[1:])
            return
        if coded := [one.act for one in heard if one.act >= began and carries(one, visit.codes)]:
            last, reason = min(coded) - 1, "cần mã xác thực một lần, không lặp lại được cho nhiều người"
        if asked := [one.act for one in heard if one.act >= began and one.step == StepName.LOG_IN]:
            last, reason = min([last, *(act - 1 for act in asked)]), "hệ thống hỏi đăng nhập lại khi nộp hồ sơ"
        dossier = self.dossier if last == ended else ""
        made = self._woven(
            visit, range(1, last + 1), lambda one: OF_STEP.get(StepName(one.step), OperationName.FORM),
            first=began, before=OperationName.DETAIL, dossier=dossier,
        )  # fmt: skip
        kept = {operation.name for operation in made}
        for name in BEHIND_LOG_IN[1:]:
            if name not in kept:
                absent = name is OperationName.UPLOAD and not reason
                self.leave_out("luồng nộp không hỏi giấy tờ" if absent else reason or "không thấy yêu cầu nào", name)
        if OperationName.FORM in kept or OperationName.SUBMIT in kept:
            self._add(ErrandName.SUBMIT, made, self.account)
        if not self.dossier:
            self.left_behind.append(f"bản nháp hồ sơ {self.service.code}")
        self.documents |= {name: file.content for name, file in visit.files.items()}

    def look_up(self, known: str) -> None:
        """The public look-up of the dossier."""
        code = self.dossier or known
        if not code:
            self.leave_out("chưa có hồ sơ thử nào để tra cứu", OperationName.LOOK_UP)
            return
        opened = 0
        with self._visit() as (who, visit):

            def way() -> None:
                nonlocal opened
                view, box = tracking.open_look_up(who)
                opened = visit.marks.acts
                after = tracking.enter_code(who, view, box, code)
                who.book.see(after)
                seen = tracking.status_of(who, after, "", "lookup")
                if code not in after.text or not seen.status:
                    raise CannotAct(f"tra cứu {code} không cho biết trạng thái")

            why = self._try(way)
        if not why:
            acts = range(1, visit.marks.acts + 1)
            made = self._woven(visit, acts, lambda one: OperationName.LOOK_UP, first=opened, before=OperationName.HOME)
            self._add(ErrandName.LOOK_UP, made)
            why = "" if made else "trình duyệt không gửi yêu cầu nào cho việc này"
        if why:
            self.leave_out(why, OperationName.LOOK_UP)

    def _visit(self, *, resume: bool = False) -> Any:
        return listening(
            self.browser, self.system, self.service, self.attachments, sessions=self.sessions, resume=resume,
            **self.shared,
        )  # fmt: skip

    def _try(self, way: Callable[[], Any]) -> str:
        """Why a way ended early; empty when it did not."""
        from playwright.sync_api import Error

        try:
            way()
        except StepEnded as end:
            return end.why
        except CannotAct as error:
            return str(error)
        except Error as error:
            return f"trình duyệt: {str(error).splitlines()[0]}"
        return ""

    def _woven(
        self,
        visit: Visit,
        acts: range,
        named: Callable[[Heard], OperationName],
        *,
        first: int = 0,
        before: OperationName = OperationName.HOME,
        dossier: str = "",
    ) -> tuple[Operation, ...]:
        """Operations of these acts; those before the `first` only where a later one needs them, as `before`."""
        try:
            heard = visit.heard(acts)
        except NotHeard:
            return ()
        rows = [
            replace(one, step=before, before=True) if one.act < first else replace(one, step=named(one))
            for one in heard
        ]
        secrets = secrets_of(self.system, self.service)
        weaver = Weaver(rows, self.system.base_url, secrets, known=len(self.live))
        made = weaver.operations(assets=visit.assets(), dossier=dossier)
        self.live |= weaver.session
        return made

    def _add(self, name: ErrandName, made: tuple[Operation, ...], account: str = "") -> None:
        if made:
            self.errands.append(Errand(name=name, operations=made, account=account))

    def result(self) -> tuple[LoadScript, Handed]:
        """The script, and what is handed over by word of mouth."""
        base = urlsplit(self.system.base_url)
        asked = [path for errand in self.errands for path in _paths(errand) if "://" in path.partition("?")[0]]
        both = [f"{one.hostname}:{one.port or (443 if one.scheme == 'https' else 80)}" for one in map(urlsplit, asked)]
        home = f"{base.hostname}:{base.port or (443 if base.scheme == 'https' else 80)}"
        needed = {
            part.file_name
            for errand in self.errands
            for operation in errand.operations
            for ask in operation.asks
            for part in ask.parts
            if part.file is not None
        }
        script = LoadScript(
            home=self.system.base_url,
            service=self.service.code,
            account=self.account,
            errands=tuple(self.errands),
            hosts=tuple(dict.fromkeys([home, *both])),
            documents=tuple(
                Document(name=name, content=base64.b64encode(content).decode())
                for name, content in self.documents.items()
                if name in needed
            ),
            session={name: header for name, (_, header) in self.live.items()},
            agent=self.agent,
            detail=self.detail,
            dossier=self.dossier,
            left_out=tuple(
                LeftOut(operation=name, why=self.left_out[name]) for name in OperationName if name in self.left_out
            ),
            left_behind=tuple(self.left_behind),
        )
        values = {name: value for value, name in secrets_of(self.system, self.service).items()}
        values |= {name: value for name, (value, _) in self.live.items()}
        cookies = {self.account: self.cookies} if self.account else {}
        return script, Handed(values=used(script, values), cookies=cookies)


def _paths(errand: Errand) -> Iterable[str]:
    for operation in errand.operations:
        yield from (ask.path for ask in operation.asks)
        yield from (asset.path for asset in operation.assets)
