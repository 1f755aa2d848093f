"""What a visitor does who only looks: home, search, a service's page; the log-in; the look-up of a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from toantrinh.driver.window import CannotAct
from toantrinh.journey import discovery, tracking
from toantrinh.journey.traveller import Traveller
from toantrinh.load.permission import why_no_writing
from toantrinh.load.plan import Operation
from toantrinh.load.weaving import Heard
from toantrinh.observations.journey import LogInFacts, StepName
from toantrinh.observations.load_script import ErrandName, OperationName
from toantrinh.observers.load.listening import Visit
from toantrinh.observers.load.recorder import Recorder, tried
from toantrinh.observers.trespass.heard import let_in
from toantrinh.store import NotObserved, Outcome

NOTHING = "trình duyệt không gửi yêu cầu nào cho việc này"


def look(recorder: Recorder) -> None:
    """Home, search, the service's page; then the log-in, where somebody may submit. Raises NotObserved."""
    opened = looked = 0
    with recorder.visit() as (who, visit):
        why = tried(lambda: _find(recorder, who))
        opened, looked = visit.last_press, visit.marks.acts
        not_in = why_no_writing(recorder.system) or (why and "không mở được trang thủ tục")
        not_in = not_in or _log_in(recorder, who)
    recorder.agent = visit.agent()

    def named(one: Heard) -> OperationName:
        if one.step == StepName.HOME:
            return OperationName.HOME
        return OperationName.DETAIL if recorder.detail and one.act >= opened else OperationName.SEARCH

    code = (recorder.service.code,) if recorder.detail else ()
    made = recorder.woven(visit, range(1, looked + 1), named, proof=(OperationName.SEARCH, code))
    if not made:
        raise NotObserved(Outcome.NOT_TESTED, f"không ghi lại được trang chủ: {why or NOTHING}")
    kept = {operation.name for operation in made}
    for name in (OperationName.HOME, OperationName.SEARCH, OperationName.DETAIL):
        if name not in kept:
            recorder.leave_out(why or NOTHING, name)
    recorder.add(ErrandName.LOOK, made)
    if not_in:
        recorder.leave_out(not_in, OperationName.LOG_IN)
    else:
        _add_log_in(recorder, visit, looked)


def turn_page(recorder: Recorder) -> None:
    """The next page of the list of services, for those who look; nothing where the list is all on one page."""
    opened, names = 0, list[str]()
    with recorder.visit() as (who, visit):

        def way() -> None:
            nonlocal opened
            who.book.begin(StepName.SEARCH)
            turned = discovery.turn_page(who, discovery.whole_list(who))
            if turned is not None:
                opened = visit.last_press
                names[:] = [link.name for link in discovery.result_links(turned[1])]

        why = tried(way)
    if opened:
        made = _one_operation(recorder, visit, opened, OperationName.NEXT_PAGE, names)
        recorder.lengthen(ErrandName.LOOK, made)
        why = "" if made else NOTHING
    if why:
        recorder.leave_out(why, OperationName.NEXT_PAGE)


def _find(recorder: Recorder, who: Traveller) -> None:
    view = discovery.search(who, discovery.open_home(who))
    who.book.begin(StepName.DETAIL)
    who.book.see(view)
    recorder.detail = view.address


def _log_in(recorder: Recorder, who: Traveller) -> str:
    """Logs in; why that is not measured by load, empty when it can be."""
    if why := tried(lambda: let_in(who)):
        return f"chưa đăng nhập được: {why}"
    facts = who.facts.get("log_in")
    if not isinstance(facts, LogInFacts):
        return "hệ thống nhận ra người dân mà không hỏi đăng nhập"
    away = [host for host in facts.hosts if host != urlsplit(recorder.system.base_url).netloc]
    recorder.away.update(away)
    if away:
        return f"đăng nhập qua {away[0]}, là hệ thống khác nên không được gửi tải"
    if facts.one_time_code:
        return "đăng nhập cần mã xác thực một lần, không lặp lại được cho nhiều người"
    return ""


def _add_log_in(recorder: Recorder, visit: Visit, looked: int) -> None:
    acts = range(looked + 1, visit.marks.acts + 1)  # the first of them opens the home page
    made = recorder.woven(visit, acts, lambda one: OperationName.LOG_IN, first=looked + 2)
    sent = [text for operation in made for ask in operation.asks for text in (ask.body, *(p.value for p in ask.parts))]
    if any("{{password" in text for text in sent):
        recorder.add(ErrandName.LOG_IN, made)
    else:
        recorder.leave_out("không thấy mật khẩu trong yêu cầu đăng nhập của trình duyệt", OperationName.LOG_IN)


def look_up(recorder: Recorder, known: str) -> None:
    """The public look-up of the dossier that was recorded, or of a `known` one."""
    code = recorder.dossier or known
    if not code:
        recorder.leave_out("chưa có hồ sơ thử nào để tra cứu", OperationName.LOOK_UP)
        return
    opened, status = 0, ""
    with recorder.visit() as (who, visit):

        def way() -> None:
            nonlocal opened, status
            view, box = tracking.open_look_up(who)
            opened = visit.marks.acts
            after = tracking.enter_code(who, view, box, code)
            who.book.see(after)
            status = tracking.answer_for(who, after, code).status
            if code not in after.text or not status:
                raise CannotAct(f"tra cứu {code} không cho biết trạng thái")

        why = tried(way)
    if not why:
        shown = (status, *tracking.NATIONAL.values())  # it may change meanwhile
        made = _one_operation(recorder, visit, opened, OperationName.LOOK_UP, shown)
        recorder.add(ErrandName.LOOK_UP, made)
        why = "" if made else NOTHING
    if why:
        recorder.leave_out(why, OperationName.LOOK_UP)


def _one_operation(
    recorder: Recorder, visit: Visit, first: int, name: OperationName, shown: Sequence[str]
) -> tuple[Operation, ...]:
    """What a visit has asked for from its `first` act on, as one operation, whose answer shows one of these texts."""
    acts = range(1, visit.marks.acts + 1)
    return recorder.woven(visit, acts, lambda one: name, first=first, proof=(name, shown))
