"""The officers' pages, asked for by citizens and by nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toantrinh.observations.journey import Journey, StepName
from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import OfficerPage
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.trespass.own_data import OwnData
from toantrinh.observers.trespass.places import CALLS, is_askable
from toantrinh.observers.trespass.reading import open_why, shown_in
from toantrinh.ownership import at_home
from toantrinh.store import Attachments

MOST = 6
_PASSWORD = re.compile(r"<input\b[^>]{0,1000}?\btype\s*=\s*[\"']?password", re.I)


@dataclass
class Entered:
    """An officers' page that somebody asked for, and what came in the end."""

    address: str
    role: Role
    answer: Answer


def officers_addresses(journey: Journey, base: str) -> list[str]:
    """What the officers' browser of the journey was shown, at most six addresses."""
    step = journey.step(StepName.OFFICER)
    public = {one.address for other in journey.steps if other.name is not StepName.OFFICER for one in other.requests}
    found = [
        one.address
        for one in step.requests
        if one.method == "GET" and one.status is not None and one.status < 400
        and (one.kind == "document" or one.kind in CALLS)
        and one.address not in public and at_home(one.address, base) and is_askable(one.address)
    ]  # fmt: skip
    return list(dict.fromkeys(found))[:MOST]


def ask_officers(prober: Prober, others: Sequence[Role], journey: Journey) -> list[Entered]:
    """Asks for the officers' pages as each of the others, redirects followed."""
    rows = []
    for address in officers_addresses(journey, prober.system.base_url):
        for role in others:
            answer = prober.ask(role, address, f"trang của cán bộ, hỏi với vai {role.name}", intrusive=True)
            if answer.onward and at_home(answer.onward, prober.system.base_url) and is_askable(answer.onward):
                answer = prober.follow(role, answer, 2)
            rows.append(Entered(address, role, answer))
    return rows


def told_of_officers(
    prober: Prober, rows: Sequence[Entered], own: OwnData, public: Sequence[str], attachments: Attachments
) -> list[OfficerPage]:
    """What was shown: facts of the owner are a fail, a page that is no log-in page and no refusal needs a person."""
    found = []
    for row in rows:
        why = open_why(row.answer)
        seen = () if why or row.role.key == "citizen_a" else shown_in(own, row.answer, public)
        state = State.UNASKED if why else State.FOUND if seen else State.CLEAN
        if state is State.CLEAN and _opens(prober, row):
            state, why = State.UNSURE, "trang mở ra, không phải trang đăng nhập, không thấy dữ liệu của A"
        found.append(
            OfficerPage(
                address=row.address,
                role=row.role.key,
                state=state,
                exchange=row.answer.number,
                seen=seen,
                why=why,
                shown=prober.show(row.answer, attachments) if state in (State.FOUND, State.UNSURE) else "",
            )
        )
    return found


def _opens(prober: Prober, row: Entered) -> bool:
    """True when the page itself came, neither led elsewhere nor asking for a password."""
    came = row.answer.ok and row.answer.address == row.address
    return came and not _PASSWORD.search(row.answer.text) and prober.stands_out(row.role, row.answer)
