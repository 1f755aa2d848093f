"""What a rough application never came to: each trial says why."""

from __future__ import annotations

from typing import Any

from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.mistakes import CascadeTrial, FileTrial, HandlingTrial, ReturnTrial
from toantrinh.observations.scenario import Trial

ONE_PAGE = "biểu mẫu chỉ có một trang, không có bước trước"
NO_LISTS = "biểu mẫu không có danh sách tỉnh và xã"
NO_PAPERS = "luồng nộp không hỏi giấy tờ"
BACK = ("back_by_button", "back_by_browser")
FILES = ("wrong_type", "empty_file", "oversize")


def say_why_not(
    found: dict[str, Any], journey: Journey, reach: Reach, why: str, *, begun: bool, one_page: bool
) -> None:
    """Completes `found`, trials by field of RoughApplication: a trial that was not made says why.

    `reach` and `why` are how the way ended; `begun`: a page of the form was seen; `one_page`: none came behind it.
    What ended the way is never held against the system here.
    """
    stopped = Reach.NOT_TRIED if reach in (Reach.REACHED, Reach.REFUSED, Reach.ABSENT) else reach
    why = why or "không đến được trang để thử"
    found["form"] = Trial(reach=Reach.REACHED) if begun else Trial(reach=stopped, why=why)
    if begun and reach is Reach.REACHED:
        found.setdefault("cascade", CascadeTrial(reach=Reach.NOT_NEEDED, why=NO_LISTS))
        for name in BACK if one_page else ():
            found.setdefault(name, ReturnTrial(reach=Reach.NOT_NEEDED, why=ONE_PAGE))
    found.setdefault("cascade", CascadeTrial(reach=stopped, why=why))
    for name in ("draft", "expired", *BACK):
        found.setdefault(name, ReturnTrial(reach=stopped, why=why))
    if not journey.uploads and journey.reached(StepName.SUBMIT):
        stopped, why = Reach.NOT_NEEDED, NO_PAPERS
    for name in FILES:
        found.setdefault(name, FileTrial(reach=stopped, why=why))
    found.setdefault("handling", HandlingTrial(reach=stopped, why=why))
