"""Withdrawing a dossier: the button, the question whether one is sure, the reason, and the status afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.journey import form, tracking
from toantrinh.journey.application import BODY, complaints_in, past_complaint
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
    """Withdraws the dossier whose page is `own`.

    Raises StepEnded `absent` where that is not offered, `unanswered` where it is not withdrawn because of a question
    that we did not answer, or not as the page wants.
    """
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
    view, stuck = confirm(who, who.press(view, way), {c.key for c in form.form_fields(view)})
    who.book.shot("Sau khi rút hồ sơ")
    said = tuple(m.text for m in view.messages[:3])
    confirmed = said_withdrawn(who, view)
    view = who.go(own)
    status = tracking.status_of(who, view, "rút hồ sơ", "own").status
    confirmed = confirmed or fold(status) == fold(tracking.NATIONAL[7])
    if stuck and not confirmed:
        raise StepEnded(Reach.UNANSWERED, f"bấm “{way.label}” rồi {stuck}; hồ sơ ở “{status or 'không rõ trạng thái'}”")
    return Withdrawal(way.label, said, before, status, confirmed)


def confirm(
    who: Traveller,
    view: View,
    known: set[str],
    press: Callable[[View, Control], View] | None = None,
    done: Callable[[], bool] = lambda: False,
) -> tuple[View, str]:
    """The page after all questions were answered, and what stopped us; `known`: fields of the dossier's own page.

    `press`: otherwise than the traveller presses; ends, too, when `done` says so.
    """
    answerer = Answerer(who.persona, {**who.system.answers, **who.service.answers})
    pressed = ""
    for attempt in range(MOST_ROUNDS):
        who.book.see(view)
        if done() or said_withdrawn(who, view):
            return view, ""
        view, _, _ = form.fill_page(who, view, answerer, attempt=attempt)
        button = _confirm_button(who, view)
        if button is None:
            return view, _open_question(view, known)
        pressed, view = button.label, past_complaint(who, (press or who.press)(view, button))
    return view, f"bấm “{pressed}” không đi tiếp được{complaints_in(view)}"


def _confirm_button(who: Traveller, view: View) -> Control | None:
    dialog = any(c.landmark == "dialog" and c.role == "button" for c in view.controls)
    return view.best(
        who.lexicon["withdraw-confirm"],
        roles=("button",),
        where=lambda c: c.landmark == "dialog" if dialog else c.landmark in BODY,
        least=45,
    )


def _open_question(view: View, known: set[str]) -> str:
    """What stands there that asks something, in words; empty when nothing does."""
    if view.modal or any(c.landmark == "dialog" and c.role == "button" for c in view.controls):
        return f"không thấy nút xác nhận trong hộp thoại “{' '.join(view.front.split())[:160]}”"
    asked = [c.label for c in form.form_fields(view) if c.key not in known]
    return f"không thấy nút gửi biểu mẫu có ô “{asked[0]}”" if asked else ""


def said_withdrawn(who: Traveller, view: View) -> bool:
    """True when the page says, as a message or as its status, that the dossier is withdrawn."""
    status = tracking.status_of(who, view, "", "own").status
    return who.lexicon.says("withdrawn", status) or any(who.lexicon.says("withdrawn", m.text) for m in view.messages)
