"""The officer asks for more papers; the citizen sees it and answers."""

from __future__ import annotations

from typing import NamedTuple

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.journey import form, officer, papers, tracking
from toantrinh.journey.application import BODY, complaints_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.second_dossier import SupplementAnswered, SupplementAsked
from toantrinh.scenarios.dialogs import is_question, past_what_it_says
from toantrinh.scenarios.trying import picture
from toantrinh.scenarios.values import is_there, values

REASON = "Kiểm thử hệ thống: đề nghị nộp lại bản chụp rõ hơn của giấy tờ"
KNOWN_BY = 40  # characters of the reason by which it is known again
MOST_ROUNDS = 3


class _Sent(NamedTuple):
    """What was pressed, how many papers went along, what the page said, and how it refused us."""

    pressed: str
    attached: int
    said: tuple[str, ...]
    refused: str


def ask(who: Traveller, code: str, own: str, before: str) -> SupplementAsked:
    """Lets the officer ask, then looks at the own page (`own`) and the notices as the citizen.

    `before` is the status until then. Raises StepEnded where the officer cannot ask.
    """
    officer.ask_supplement(who, code, REASON)
    who.book.begin(StepName.LOOK_UP)
    view = who.go(own)
    who.book.see(view)
    shots = picture(who, "Hồ sơ sau khi cán bộ yêu cầu bổ sung")
    shown = fold(REASON)[:KNOWN_BY] in fold(view.text)
    notices = _notices(who, code)
    return SupplementAsked(
        reach=Reach.REACHED,
        address=own,
        said=tuple(m.text for m in view.messages[:3]),
        shots=shots,
        reason=REASON,
        status_before=before,
        status=tracking.status_of(who, view, "yêu cầu bổ sung", "own").status,
        reason_shown=shown or any(fold(REASON)[:KNOWN_BY] in fold(line) for line in notices or ()),
        notices=notices,
    )


def _notices(who: Traveller, code: str) -> tuple[str, ...] | None:
    """Lines of the citizen's notices that speak of this dossier's supplement; None when there are no notices to see."""
    who.book.begin(StepName.NOTICE)
    try:
        view = who.way_to("notices", "notices")
        if view is None:
            return None
        who.book.see(view)
    except StepEnded:
        return None
    lines = [line.strip() for line in view.text.split("\n")]
    about = [
        line[:240]
        for line in lines
        if fold(REASON)[:KNOWN_BY] in fold(line) or (code in line and who.lexicon.says("supplement-asked", line))
    ]
    return tuple(dict.fromkeys(about))[:5]


def answer(who: Traveller, own: str, before: str) -> SupplementAnswered:
    """Answers with a paper and words, and reads the status afterwards.

    Raises StepEnded where there is no way; `unanswered` when the status (`before` until then) stands and the page has
    not taken our answers.
    """
    who.book.begin(StepName.PAPERS)
    view = who.go(own)
    who.book.see(view)
    way = view.best(who.lexicon["supplement"], where=lambda c: c.landmark in BODY, least=45)
    if way is None and not papers.upload_places(view):
        who.book.looked_for("supplement")
        raise StepEnded(Reach.ABSENT, "trang hồ sơ không có lối nộp bổ sung")
    if way is not None and not papers.upload_places(view):
        view = who.press(view, way)
        who.book.see(view)
    sent = _send(who, view)
    shots = picture(who, "Sau khi nộp bổ sung")
    view = who.go(own)
    status = tracking.status_of(who, view, "nộp bổ sung", "own").status
    if sent.refused and fold(status) in ("", fold(before)):
        raise StepEnded(Reach.UNANSWERED, sent.refused)
    return SupplementAnswered(
        reach=Reach.REACHED,
        address=own,
        said=sent.said,
        shots=shots,
        pressed=sent.pressed,
        attached=sent.attached,
        status_before=before,
        status=status,
    )


def _send(who: Traveller, view: View) -> _Sent:
    """Fills the page and sends it, again when it is refused."""
    attached = 0
    pressed = refused = ""
    answerer = Answerer(who.persona, {**who.system.answers, **who.service.answers})
    for attempt in range(MOST_ROUNDS):
        if not attached:
            view, places = papers.attach_all(who, view, most=1)
            attached = sum(bool(place.attached) for place in places)
        form.fill_page(who, view, answerer, attempt=attempt)
        filled = who.hands.settle()
        button = send_button(who, filled)
        if button is None:
            raise StepEnded(Reach.ABSENT, "trang bổ sung không có nút gửi")
        pressed = button.label
        view = who.press(filled, button)
        who.book.see(view)
        view = past_what_it_says(who, view)
        if _is_sent(who, filled, view):
            break
    else:
        refused = f"bấm “{pressed}” {MOST_ROUNDS} lần không nộp bổ sung được{complaints_in(view)}"
    if not refused and is_question(who, view):
        refused = f"bấm “{pressed}” rồi có hộp thoại chưa trả lời được: “{' '.join(view.front.split())[:160]}”"
    return _Sent(pressed, attached, tuple(m.text for m in view.messages[:3]), refused)


def _is_sent(who: Traveller, filled: View, view: View) -> bool:
    """True when the page tells so, offers no sending any more, or another one without the form has come."""
    known = {m.text for m in filled.messages}
    if any(who.lexicon.says("submitted", m.text) for m in view.messages if m.text not in known):
        return True
    if send_button(who, view) is None:
        return True
    return view.address != filled.address and not is_there(values(filled), view)


def send_button(who: Traveller, view: View) -> Control | None:
    """What sends the answer: in a dialog if one is open."""
    dialog = any(c.landmark == "dialog" and c.role == "button" for c in view.controls)
    return view.best(
        who.lexicon["supplement-send"],
        roles=("button",),
        where=lambda c: (c.landmark == "dialog") if dialog else c.landmark in BODY,
        least=45,
    )
