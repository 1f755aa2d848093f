"""The officers' pages about the dossier: the list, the dossier, its history. Nothing is pressed there."""

from __future__ import annotations

from toantrinh.driver.window import CannotAct
from toantrinh.journey import officer
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.markers import Kind
from toantrinh.observers.markers.looking import Lookout
from toantrinh.observers.markers.papers import leads_of, look_at_leads

ROLE = "officer"


def walk_as_officer(who: Traveller, lookout: Lookout, code: str) -> str:
    """Looks at the dossier as the first officer who finds it; why no officer did, empty when one did."""
    citizen, why = who.hands, ""
    try:
        for name in officer.officer_accounts(who):
            try:
                with lookout.trap.looking(ROLE, Kind.OFFICER), officer.officers_browser(who, name):
                    view = officer.enter(who, name)
                    lookout.at(who.hands.page)
                    view = officer.open_dossier(who, view, code)
                    who.book.see(view)
                    lookout.at(who.hands.page)
                    look_at_leads(who, lookout, leads_of(who, view), Kind.OFFICER)
                    return ""
            except (StepEnded, CannotAct) as end:
                why = str(end) if isinstance(end, CannotAct) else end.why
    except StepEnded as end:
        why = end.why
    finally:
        who.hands = citizen
    return why
