"""The journey that load is made of: recorded once, with fewest steps, and woven into errands for many.

Four visits: nobody looks at home, searches, reads about a service and logs in; nobody turns a page of the list; the
citizen applies and submits; nobody looks the dossier up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from typing import TYPE_CHECKING, Any

from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.load.permission import why_no_load, why_no_writing
from toantrinh.load.plan import Handed
from toantrinh.observations.journey import Journey, StepName
from toantrinh.observations.load_script import LoadScript
from toantrinh.observers.load.applying import APPLYING, apply
from toantrinh.observers.load.looking import look, look_up, turn_page
from toantrinh.observers.load.recorder import Recorder
from toantrinh.observers.load.rehearsing import rehearse
from toantrinh.observers.load.second_look import looked_at_again
from toantrinh.scenarios.trying import accepted_answers
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
    its answers are known to be taken. Submits one test dossier, where that may be done, and a few
    more as it is tried out.

    Raises NotObserved where not even the home page can be recorded.
    """
    known = service
    if journey is not None:
        known = service.model_copy(update={"answers": {**accepted_answers(journey), **service.answers}})
    shared = {"equipment": equipment, "on_step": on_step, "no_account": no_account}
    recorder = Recorder(browser, system, known, attachments, shared, {} if sessions is None else sessions)
    look(recorder)
    turn_page(recorder)
    if why := why_no_writing(system):
        recorder.leave_out(why, *APPLYING)
    elif recorder.detail:
        apply(recorder)
    else:
        recorder.leave_out("không mở được trang thủ tục", *APPLYING)
    look_up(recorder, journey.submit.code if journey and journey.submit else "")
    recorder.spare_others()
    _rehearse(recorder)
    return recorder.result()


def _rehearse(recorder: Recorder) -> None:
    """Tries the script out, and leaves out what does not come right again; what has changed by then proves nothing."""
    script, handed = recorder.result()
    done = rehearse(script, handed, recorder.system)
    if not why_no_load(recorder.system):
        recorder.errands = list(looked_at_again(script, recorder.system))
    for name, (place, why) in done.cuts.items():
        recorder.cut(name, place, why)
    recorder.rehearsed = done.submitted
    recorder.left_behind += [f"hồ sơ {code}" for code in done.codes]
    if unread := done.submitted - len(done.codes):
        recorder.left_behind.append(f"{unread} hồ sơ gửi thử không đọc được mã")
