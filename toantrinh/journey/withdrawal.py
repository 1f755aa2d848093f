"""Withdrawing a dossier: the button, the question whether one is sure, the reason, and the status afterwards."""

from __future__ import annotations

from typing import NamedTuple

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.journey import form, tracking
from toantrinh.journey.application import BODY
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName

MOST_ROUNDS = 4


class Withdrawal(NamedTuple):
    """What was pressed, what the system said, the status before and after, and whether either says that it is
    withdrawn."""

    pressed: str
    said: tuple[str, ...]
    before: str
    after: str
    confirmed: bool


def way_out(who: Traveller, view: View) -> Control | None:
    """What withdraws the dossier that the page shows."""
    return view.best(who.lexicon["withdraw"], where=lambda c: c.landmark in BODY, least=50)


def withdraw(who: Traveller, own: str) -> Withdrawal:
    """Withdraws the dossier whose page is `own`. Raises StepEnded `absent` where that is not offered."""
    who.book.begin(StepName.SUBMIT)
    view = who.go(own)
    who.book.see(view)
    before = tracking.status_of(who, view, "", "own").status
    way = way_out(who, view)
    if way is None:
        who.book.looked_for("withdraw")
        refusal = next((line for line in view.text.split("\n") if who.lexicon.says("withdraw-too-late", line)), "")
        words = f": trang ghi “{refusal.strip()[:160]}”" if refusal else ""
        raise StepEnded(Reach.ABSENT, f"trang hồ sơ không có lối rút hồ sơ (trạng thái “{before}”){words}")
    view = who.press(view, way)
    answerer = Answerer(who.persona, {**who.system.answers, **who.service.answers})
    for attempt in range(MOST_ROUNDS):
        who.book.see(view)
        if said_withdrawn(who, view):
            break
        view, _, _ = form.fill_page(who, view, answerer, attempt=attempt)
        dialog = any(c.landmark == "dialog" and c.role == "button" for c in view.controls)
        button = view.best(
            who.lexicon["withdraw-confirm"],
            roles=("button",),
            where=lambda c, dialog=dialog: c.landmark == "dialog" if dialog else c.landmark in BODY,  # type: ignore[misc]
            least=45,
        )
        if button is None:
            break
        view = who.press(view, button)
    who.book.shot("Sau khi rút hồ sơ")
    said = tuple(m.text for m in view.messages[:3])
    confirmed = said_withdrawn(who, view)
    view = who.go(own)
    status = tracking.status_of(who, view, "rút hồ sơ", "own").status
    return Withdrawal(way.label, said, before, status, confirmed or fold(status) == fold(tracking.NATIONAL[7]))


def said_withdrawn(who: Traveller, view: View) -> bool:
    """True when the page says, as a message or as its status, that the dossier is withdrawn."""
    status = tracking.status_of(who, view, "", "own").status
    return who.lexicon.says("withdrawn", status) or any(who.lexicon.says("withdrawn", m.text) for m in view.messages)
