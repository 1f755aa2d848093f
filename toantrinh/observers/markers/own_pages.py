"""The citizen's own walk after the dossier is sent: list, dossier, notices, look-up by code, papers."""

from __future__ import annotations

from collections.abc import Callable

from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import tracking
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.markers import Kind
from toantrinh.observers.markers.looking import Lookout
from toantrinh.observers.markers.papers import Lead, leads_of, look_at_leads, look_at_pressed
from toantrinh.scenarios.own_list import open_list


def guarded(part: Callable[[], str | None]) -> str:
    """Why a part came to no end; empty when it did, and where the system has nothing of the kind."""
    from playwright.sync_api import Error

    try:
        return part() or ""
    except StepEnded as end:
        return "" if end.reach in (Reach.ABSENT, Reach.NOT_NEEDED) else end.why
    except (CannotAct, Error) as error:
        return first_line(error)


def walk_own(who: Traveller, lookout: Lookout, own: str, code: str) -> dict[str, str]:
    """Looks at every page on which the citizen meets the dossier again; what could not be seen, by its part."""

    def listed() -> None:
        who.book.begin(StepName.NOTICE)
        if open_list(who) is not None:
            lookout.at(who.hands.page)

    def dossier() -> None:
        who.book.begin(StepName.RESULT)
        view = who.go(own)
        who.book.see(view)
        lookout.at(who.hands.page)
        found.extend(leads_of(who, view))
        if not any(one.paper for one in found):
            look_at_pressed(who, lookout, view)

    def looked_up() -> None:
        view, box = tracking.open_look_up(who)
        who.book.see(tracking.enter_code(who, view, box, code))
        lookout.at(who.hands.page)

    def notices() -> None:
        who.book.begin(StepName.NOTICE)
        with lookout.trap.looking(lookout.trap.role, Kind.NOTICE):
            view = who.way_to("notices", "notices")
            if view is not None:
                who.book.see(view)
                lookout.at(who.hands.page)

    found: list[Lead] = []
    in_list, at_own = guarded(listed), guarded(dossier)
    told = {"own_why": "; ".join(why for why in (in_list, at_own, guarded(looked_up)) if why)}
    told["notices_why"] = guarded(notices)
    told["papers_why"] = at_own or guarded(lambda: look_at_leads(who, lookout, found, Kind.PAGE))
    return told
