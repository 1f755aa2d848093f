"""One feedback (phản ánh, kiến nghị): sent by a citizen, looked up by its code, answered by an officer, looked up
again."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey import form, officer
from toantrinh.journey.application import BODY
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.identity import give_captcha, log_in, needs_log_in
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.feedback import FeedbackAnswered, FeedbackLookUp, FeedbackScenario, FeedbackSent
from toantrinh.observations.journey import Reach, StepName
from toantrinh.scenarios.trying import news, picture, tried
from toantrinh.store import Attachments
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "feedback"
TEXT = "Kiểm thử hệ thống: góp ý thử để xem mã theo dõi và câu trả lời, không cần xử lý"
ANSWER = "Kiểm thử hệ thống: đã nhận góp ý thử, trả lời để kiểm tra đường về của câu trả lời"
KNOWN_BY = 40  # characters by which a text is known again
MOST_ROUNDS = 3
MOST_WAYS = 3
UNTOLD = "trang tra cứu không hiện nội dung, mã hay tình trạng của phản ánh, cũng không báo lỗi"
CODE = re.compile(r"\b[A-Z0-9]{2,}(?:[-./][A-Z0-9]+)+\b|\b(?=\w*\d)[A-Z0-9]{5,}\b")


def send_feedback(
    browser: Browser,
    system: System,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    sessions: MutableMapping[str, Any] | None = None,
) -> FeedbackScenario:
    """Sends one feedback and follows it to its answer. Not begun where submitting is not allowed."""
    if reason := system.why_not("submit"):
        return FeedbackScenario(name=NAME, reach=Reach.NOT_TRIED, why=reason)
    if not system.services:
        return FeedbackScenario(name=NAME, reach=Reach.NOT_TRIED, why="tệp hệ thống không có dịch vụ nào")
    way = travelling(
        browser, system, system.services[0], attachments, equipment=equipment, sessions=sessions, resume=True
    )
    with way as who:
        sent = tried(FeedbackSent, lambda: _send(who))
        answered = FeedbackAnswered(why=sent.why or "phản ánh không được cấp mã để trả lời")
        if sent.reach is Reach.REACHED and sent.code:
            answered = tried(FeedbackAnswered, lambda: _answer(who, sent.code))
    left = (f"phản ánh {sent.code or '(không có mã)'}",) if sent.reach is Reach.REACHED else ()
    return FeedbackScenario(name=NAME, sent=sent, answered=answered, left_behind=left)


def _send(who: Traveller) -> FeedbackSent:
    who.book.begin(StepName.HOME)
    view = _open(who)
    before = view.text
    for attempt in range(MOST_ROUNDS):
        box = _text_box(view)
        if box is None:
            raise StepEnded(Reach.ABSENT, "trang phản ánh không có ô để viết nội dung")
        given = {**who.system.answers, box.label: TEXT}
        view, _, _ = form.fill_page(who, view, Answerer(who.persona, given), attempt=attempt)
        button = _button(who, view, "feedback-send", box)
        if button is None:
            raise StepEnded(Reach.ABSENT, "biểu mẫu phản ánh không có nút gửi")
        view = who.press(view, button)
        who.book.see(view)
        if _code_on(who, view, before) or not any(c.invalid for c in view.fields):
            break
    code = _code_on(who, view, before)
    said = tuple(m.text for m in view.messages[:3]) or (view.heading,)
    confirmed = any(who.lexicon.says("feedback-sent", text) for text in (*said, view.heading))
    shots, address = picture(who, "Sau khi gửi phản ánh"), view.address
    if not code and not confirmed:
        errors = [c.error for c in view.fields if c.error] or list(said)
        raise StepEnded(Reach.UNANSWERED, f"gửi phản ánh không được: {' / '.join(errors[:3])}")
    look_up = tried(FeedbackLookUp, lambda: _look_up(who, code, TEXT)) if code else None
    if look_up and look_up.reach is Reach.REFUSED:  # an error page is an answer
        look_up = look_up.model_copy(update={"found": False})
    return FeedbackSent(
        reach=Reach.REACHED,
        address=address,
        said=said,
        shots=shots,
        code=code,
        confirmed=confirmed,
        found=look_up.found if look_up else None,
        look_up=look_up,
    )


def _open(who: Traveller) -> View:
    """The page with the form. Raises StepEnded `absent` where no way leads there."""
    view = who.way_to("feedback", "feedback")
    if view is None:
        who.book.looked_for("feedback")
        raise StepEnded(Reach.ABSENT, "trang chủ không có lối đến phản ánh, kiến nghị")
    who.book.see(view, log_in_expected=True)
    if _text_box(view) is None and (link := view.best(who.lexicon["feedback-new"], where=lambda c: c.landmark in BODY)):
        view = who.press(view, link)
    if needs_log_in(view, who.lexicon):
        view = log_in(who, view)
        who.book.begin(StepName.HOME)
    return view


def _text_box(view: View) -> Control | None:
    """The box for the text: an area of several lines in the page's own part."""
    boxes = [c for c in form.form_fields(view) if c.role == "textbox" and c.tag != "input" and c.enabled]
    return next((c for c in boxes if c.tag == "textarea"), next(iter(boxes), None))


def _button(who: Traveller, view: View, intent: str, box: Control) -> Control | None:
    """The button that sends the form in which `box` stands."""
    return view.best(who.lexicon[intent], roles=("button",), where=lambda c: c.form == box.form)


def _code_on(who: Traveller, view: View, before: str) -> str:
    """The tracking code that the page shows beside or under words for it; what stood there before is none."""
    intent = who.lexicon["feedback-code"]
    texts = [pair.value for pair in view.pairs if intent.nearness(pair.label) >= 60]
    texts += [m.text for m in view.messages if who.lexicon.says("feedback-code", m.text)]
    lines = [line.strip() for line in view.text.split("\n") if line.strip()]
    texts += [" ".join(lines[at : at + 2]) for at, line in enumerate(lines) if who.lexicon.says("feedback-code", line)]
    found = [code for text in texts for code in CODE.findall(text[:200])]
    return next((code for code in found if code not in before), "")


def _look_up(who: Traveller, code: str, text: str) -> FeedbackLookUp:
    """Looks the code up and sees whether the feedback, and `text`, is shown. Raises StepEnded for a page that cannot
    carry a verdict."""
    before = who.way_to("feedback", "feedback")
    roles, code_words = form.TEXT_ROLES, who.lexicon["feedback-code"]
    box = before.best(code_words, roles=roles, where=lambda c: c.landmark in BODY, least=45) if before else None
    if before is None or box is None:
        return FeedbackLookUp(reach=Reach.ABSENT, why="không có ô tra cứu")
    own_form = box.form
    if captcha := before.best(who.lexicon["captcha"], roles=roles, where=lambda c: c.form == own_form, least=50):
        give_captcha(who, before, captcha)
    try:
        who.hands.fill(before, box, code)
        button = _button(who, before, "feedback-look-up", box)
        view = who.hands.press(before, button) if button else who.hands.enter(before, box)
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error
    who.book.see(view)
    found = _is_shown(who, before, view, code, text)
    if found and not _holds(view, text) and (link := officer.dossier_link(view, code)) is not None:
        view = who.press(view, link)
        who.book.see(view)
    return FeedbackLookUp(
        reach=Reach.REACHED,
        why=UNTOLD if found is None else "tra không ra" if not found else "",
        address=view.address,
        said=news(before, view),
        found=found,
        shows_text=found is not False and _holds(view, text),
    )


def _is_shown(who: Traveller, before: View, view: View, code: str, text: str) -> bool | None:
    """Whether the answer to the lookup is about the feedback: by its text, its code or its status.

    False when it says that the code is unknown, None when nothing tells.
    """
    if _holds(view, text) and not _holds(before, text):
        return True
    known = {line.strip() for line in before.text.split("\n")} | {c.label for c in view.fields}
    lines = [m.text for m in view.messages] + view.text.split("\n")
    fresh = [line.strip() for line in lines if line.strip() and line.strip() not in known]
    stood = {(pair.label, pair.value) for pair in before.pairs}
    status = any(
        who.lexicon["status"].nearness(pair.label) >= 60 and pair.value and (pair.label, pair.value) not in stood
        for pair in view.pairs
    )
    if any(_says_unknown(who, line) for line in fresh):
        return None if status else False
    return True if status or any(code in line for line in fresh) else None


def _says_unknown(who: Traveller, line: str) -> bool:
    """True for a sentence that does not know the code; complaints of the captcha are none."""
    return who.lexicon.says("code-unknown", line) and not who.lexicon.says("captcha", line)


def _holds(view: View, text: str) -> bool:
    return fold(text)[:KNOWN_BY] in fold(view.text)


def _answer(who: Traveller, code: str) -> FeedbackAnswered:
    """Lets an officer answer, then looks as the citizen. `not-tried` where no officer of the file can."""
    for name in officer.officer_accounts(who):
        with officer.officers_browser(who, name):
            if (view := _letter(who, officer.enter(who, name), code)) is not None and _reply(who, view):
                break
    else:
        raise StepEnded(Reach.NOT_TRIED, "không tài khoản cán bộ nào trong tệp hệ thống trả lời được phản ánh")
    who.book.begin(StepName.HOME, who.hands)
    look_up = _look_up(who, code, ANSWER)
    return FeedbackAnswered(
        reach=Reach.REACHED,
        why=look_up.why,
        address=who.hands.page.url,
        shots=picture(who, "Tra cứu phản ánh sau khi cán bộ trả lời"),
        answer=ANSWER,
        seen=None if look_up.found is None else look_up.shows_text,
    )


def _letter(who: Traveller, view: View, code: str) -> View | None:
    """The officer's page of the feedback with this code; the public page of the same name is not among the ways."""
    desk = view.address
    ways = {way.href or way.key: way for way in view.ranked(who.lexicon["officer-feedback"], least=45)}
    inside = sorted(ways.values(), key=lambda way: not urlsplit(way.href).path.startswith(urlsplit(desk).path))
    for way in inside[:MOST_WAYS]:
        here = next((c for c in view.controls if (c.href, c.key) == (way.href, way.key)), None)
        if here is None:
            continue
        listed = who.press(view, here)
        if (letter := officer.dossier_link(listed, code)) is not None:
            return who.press(listed, letter)
        view = who.go(desk)
    return None


def _reply(who: Traveller, view: View) -> bool:
    """Writes and sends the answer; True when it was sent."""
    box = _text_box(view)
    if box is None and (button := view.best(who.lexicon["feedback-reply"], where=lambda c: c.landmark in BODY)):
        view = who.press(view, button)
        box = _text_box(view)
    if box is None:
        return False
    view, _, _ = form.fill_page(who, view, Answerer(who.persona, {box.label: ANSWER}))
    button = _button(who, view, "feedback-reply", box)
    if button is None:
        return False
    view = who.press(view, button)
    who.book.shot("Cán bộ trả lời phản ánh")
    return not any(c.invalid for c in view.fields)
