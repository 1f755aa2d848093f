"""From "Nộp trực tuyến" to the dossier code: pages come in any order, and each is answered for what it asks.

A page may ask to log in, to fill fields, to attach papers, to sign, to pay, or to confirm; this loop looks what it is
and acts, until the page shows a dossier code or nothing moves any more.
"""

from __future__ import annotations

from collections import Counter

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, Message, View
from toantrinh.driver.obstacles import complaint_only, in_the_way
from toantrinh.journey import confirmation, form, papers, payment, signing
from toantrinh.journey.identity import log_in, needs_log_in, password_field
from toantrinh.journey.own_form import form_of, forms_of_others
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import FormPage, LogInFacts, Reach, StepName, UploadPlace

MOST_PAGES = 25
MOST_REFUSALS = 3
MOST_VISITS = 5  # a later step may send back to an earlier one
MOST_LOG_OUTS = 1
FORWARD = (
    ("pay", StepName.PAY),
    ("submit-dossier", StepName.SUBMIT),
    ("continue", StepName.FORM),
    ("agree-box", StepName.FORM),
)
"""What leads on, in the order in which it is pressed when a page offers several."""
SURE = 55  # nearness from which a button surely is what its words say; links and vaguer words come after all of these
BODY = ("main", "dialog", "", "aside")


class Detours:
    """What a scenario does on the way besides the straight path. Each returns the page from which to go on."""

    def on_page(self, who: Traveller, view: View) -> View:
        """On a page of the application, before anything is answered."""
        return view

    def answered(self, who: Traveller, view: View) -> View:
        """On a page of the application that has been answered, before what leads on is pressed."""
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        """Presses what leads on; `step` says whether that pays, submits or goes on in the form."""
        return who.press(view, control)

    def at_gateway(self, who: Traveller, view: View) -> View:
        """On the page of the gateway that asks for money: pays."""
        return payment.pay_at_gateway(who, view)


STRAIGHT = Detours()


def submit_dossier(who: Traveller, view: View, detours: Detours = STRAIGHT) -> View:
    """Takes the application to its dossier code and returns the confirmation page. Raises StepEnded where it stops."""
    pages: list[FormPage] = []
    uploads: list[UploadPlace] = []
    unanswered: list[str] = []
    answerer = Answerer(who.persona, {**who.system.answers, **who.service.answers})
    refusals = log_outs = 0
    visits: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    pressed_submit = False
    try:
        for _ in range(MOST_PAGES):
            if needs_log_in(view, who.lexicon) and not signing.pin_field(who, view):
                log_outs += _is_log_out(who, view)
                view = _log_in_again(who, view, log_outs) if log_outs else _taken_up(who, log_in(who, view))
                who.book.begin(StepName.FORM)
                continue
            if payment.is_gateway(who, view):
                view = detours.at_gateway(who, view)
                continue
            who.book.see(view, log_in_expected=signing.pin_field(who, view) is not None)
            signing.note_signed(who, view)
            if confirmation.is_confirmation(who, view, pressed_submit):
                return view
            seen, view = view, detours.on_page(who, who.platform.before_form(who, view))
            if _shape(view) != _shape(seen):
                continue  # a detour has led elsewhere
            before = _shape(view)
            view, pages_here, uploads_here, unknown = _answer_page(who, view, answerer, visits[before], uploads)
            pages += pages_here
            uploads += [u for u in uploads_here if u.label not in {known.label for known in uploads}]
            unanswered += [label for label in unknown if label not in unanswered]
            seen, view = view, detours.answered(who, view)
            if _shape(view) != _shape(seen):
                continue
            view, pressed, step = _move_on(who, view, detours)
            if step is not StepName.FORM:
                view = who.hands.until_answered(view)
            view = past_complaint(who, view)
            if pages_here and pressed:
                pages[-1] = pages[-1].model_copy(update={"pressed": pressed})
            pressed_submit = pressed_submit or step is StepName.SUBMIT
            visits[before] += 1
            refusals = refusals + 1 if _shape(view) == before else 0
            if refusals >= MOST_REFUSALS or visits[before] >= MOST_VISITS:
                who.book.shot("Trang không đi tiếp")
                raise StepEnded(Reach.UNANSWERED, f"bấm “{pressed}” không đi tiếp được{complaints_in(view)}")
        raise StepEnded(Reach.UNANSWERED, f"qua {MOST_PAGES} trang vẫn chưa có mã hồ sơ")
    finally:
        who.facts["form"], who.facts["uploads"] = tuple(pages), tuple(uploads)
        who.facts["unanswered"] = tuple(unanswered)


def _taken_up(who: Traveller, view: View) -> View:
    """The page behind the log-in. Where the system has forgotten the procedure, its page is opened again and the button
    pressed once more, as a citizen would: that it was forgotten is kept in the facts of the log-in."""
    facts, procedure = who.facts.get("log_in"), who.book.address_of(StepName.DETAIL)
    if not isinstance(facts, LogInFacts) or facts.service_named_after or form.form_fields(view) or not procedure:
        return view
    view = who.go(procedure)
    apply = who.find(view, "apply")
    if apply is None:
        raise StepEnded(Reach.ABSENT, "đăng nhập rồi không thấy nút nộp trực tuyến ở trang thủ tục")
    return who.press(view, apply)


def _is_log_out(who: Traveller, view: View) -> bool:
    """True when the system asks for the password again of somebody who had logged in on this way."""
    return "log_in" in who.facts and password_field(view) is not None


def _log_in_again(who: Traveller, view: View, log_outs: int) -> View:
    """Logs in a second time after the system has logged us out in the middle, and takes up the application again."""
    if log_outs > MOST_LOG_OUTS:
        raise StepEnded(Reach.UNANSWERED, f"bị đăng xuất {log_outs} lần khi đang nộp hồ sơ")
    who.book.note("bị đăng xuất khi đang nộp hồ sơ: đăng nhập lại một lần")
    first = who.facts["log_in"]
    view = log_in(who, view)
    who.facts["log_in"] = first
    apply = None if form.form_fields(view) else who.find(view, "apply")
    return who.press(view, apply) if apply else view


def _answer_page(
    who: Traveller, view: View, answerer: Answerer, refusals: int, earlier: list[UploadPlace]
) -> tuple[View, list[FormPage], list[UploadPlace], list[str]]:
    address, heading, messages = view.address, view.heading, tuple(m.text for m in view.messages)
    has_files, has_pin = bool(papers.upload_places(view)), signing.pin_field(who, view) is not None
    who.book.begin(StepName.PAPERS if has_files else StepName.SIGN if has_pin else StepName.FORM)
    places: list[UploadPlace] = []
    if has_files:
        view, places = papers.attach_all(who, view, earlier)
        who.book.shot("Giấy tờ đã đính kèm", routine=True)
    view, fields, unknown = form.fill_page(who, view, answerer, attempt=refusals)
    if fields:
        who.book.shot(heading, routine=True)
    if not fields and not places:
        return view, [], [], unknown
    page = FormPage(address=address, heading=heading, fields=tuple(fields), pressed="", messages=messages)
    return view, [page], places, unknown


def _move_on(who: Traveller, view: View, detours: Detours) -> tuple[View, str, StepName]:
    """Presses what leads on: sign before pay, pay before submit, submit before continue; also the words pressed."""
    if who.facts.get("sign") is None and (after := signing.sign_here(who, view)) is not None:
        view = after
        if confirmation.is_confirmation(who, view, True):
            return view, "", StepName.SUBMIT
    candidates = forward_controls(who, view)
    if not candidates and view.front and (close := in_the_way(view)) is not None:
        view = who.press(view, close)
        candidates = forward_controls(who, view)
    if not candidates and _shape(again := who.hands.settle()) != _shape(view):
        return again, "", StepName.FORM  # it was on its way all the time
    if not candidates:
        who.book.looked_for("continue", "submit-dossier", "pay")
        who.book.shot("Không thấy nút đi tiếp")
        raise StepEnded(Reach.ABSENT, f"không thấy nút đi tiếp ở trang “{view.heading}”")
    step, control = candidates[0]
    if step is StepName.SUBMIT:
        who.book.begin(StepName.SUBMIT)
    elif step is StepName.PAY:
        who.book.begin(StepName.PAY)
    return detours.press(who, view, control, step), control.label, step


def past_complaint(who: Traveller, view: View) -> View:
    """Closes a dialog that only complains; what it said stays among the messages of the page behind it."""
    close = complaint_only(view)
    if close is None:
        return view
    said, after = view.front, who.press(view, close)
    after.messages.append(Message("alert", said))
    return after


def forward_controls(who: Traveller, view: View) -> list[tuple[StepName, Control]]:
    """Buttons and links that lead on, best first; nothing that saves a draft, cancels, deletes or leads back, and
    nothing of another form beside the application's."""
    dialog = any(c.landmark == "dialog" and c.role == "button" for c in view.controls)
    never, others = who.lexicon["destructive"], forms_of_others(view)

    def allowed(control: Control) -> bool:
        if form_of(control) in others:
            return False
        inside = control.landmark == "dialog" if dialog else control.landmark in BODY
        return inside and never.nearness(control.label) < 80

    rows: list[tuple[int, int, StepName, Control]] = []
    for tier, (intent, step) in enumerate(FORWARD):
        word = who.lexicon[intent]
        for control in view.ranked(word, roles=("button", "link"), where=allowed, least=38):
            near = word.nearness(control.label)
            sure = control.role == "button" and near >= SURE
            rows.append((tier if sure else len(FORWARD), -near - (10 if control.submits else 0), step, control))
    rows.sort(key=lambda row: row[:2])
    return [(step, control) for _, _, step, control in rows]


def _shape(view: View) -> tuple[str, str, tuple[str, ...]]:
    return view.address.split("?")[0], view.heading, tuple(c.key for c in form.form_fields(view))


def complaints_in(view: View) -> str:
    """What the page complains of, as the end of a sentence; empty when it says nothing."""
    errors = [f"{c.label}: {c.error}" for c in view.fields if c.invalid and c.error] or [m.text for m in view.messages]
    return "; trang báo: " + " / ".join(errors[:4]) if errors else ""
