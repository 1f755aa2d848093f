"""Wrong answers on a page of the form: required fields left empty, others filled with what they cannot mean.

All wrong answers of a page are sent at once. A page that complains of some only is given right answers there and
asked again, three times at most. Nothing that is entered could do harm: short words and figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from toantrinh.driver.answers import fact_asked, is_empty_option
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey.application import forward_controls
from toantrinh.journey.form import TEXT_ROLES, form_fields
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import AnswersTrial, Outcome, Place, WrongAnswer
from toantrinh.scenarios.complaints import Said, around, complaint, general_complaint
from toantrinh.scenarios.dialogs import asks_something, past_what_it_says, which_dialog
from toantrinh.scenarios.trying import news, picture
from toantrinh.scenarios.values import field_again, identity, is_there, kept, values

Again = Callable[[View], View]
ROUNDS = 3
EMPTY = "empty"
WRONG = {"email": "thu-dien-tu-sai", "phone": "123", "cccd": "12345", "tax-code": "12", "date": "31/02/2024"}
NUMBER = "mười"
FACTS = {"email": "email", "phone": "phone", "cccd": "cccd", "other_cccd": "cccd", "tax_code": "tax-code"}
IN_WORDS = re.compile(r"\bbang chu\b")
CCCD = re.compile(r"\b(cccd|cmnd|can cuoc|dinh danh)\b")
OTHER_PAPERS = re.compile(r"\b(ho chieu|passport|giay to\b.*\bkhac)\b")


@dataclass(frozen=True)
class _Mistake:
    """A field, what is wrong with the answer that it gets, and what stood there before."""

    field: Control
    kind: str
    entered: str
    right: str


def try_wrong_answers(who: Traveller, view: View, again: Again) -> tuple[View, list[AnswersTrial]]:
    """Sends the answered page on with mistakes and mends it again; returns the page then, and one trial per sending.

    First all required fields empty and the others malformed, then what is required malformed. `again` writes on a page
    what a refusal has taken away.
    """
    trials: list[AnswersTrial] = []
    fields = [c for c in form_fields(view) if c.enabled and not c.readonly]
    empty = [m for c in fields if _is_required(c) and (m := _emptied(c))]
    malformed = [m for c in fields if (m := _malformed(who, c))]
    required = {identity(m.field) for m in empty}
    first = empty + [m for m in malformed if identity(m.field) not in required]
    for mistakes in (first, [m for m in malformed if identity(m.field) in required]):
        if mistakes and is_there(values(view), view):
            view, more = _until_all_are_seen(who, view, mistakes, again)
            trials += more
            if trials and not trials[-1].stayed:
                break
    return view, trials


def kind_of(control: Control) -> str:
    """What a text field must mean, as far as its type, hints and label say; empty for free text."""
    fact, label = fact_asked(control.label) or "", fold(control.label)
    if control.type == "email":
        return "email"
    if control.type == "tel":
        return "phone"
    if control.type in ("date", "month", "time", "datetime-local", "url"):
        return ""  # the browser's own widgets take nothing wrong
    if IN_WORDS.search(label):
        return ""
    if fact in FACTS:
        many = FACTS[fact] == "cccd" and (OTHER_PAPERS.search(label) or not CCCD.search(label))
        return "" if many else FACTS[fact]  # a number of other papers has no form that all of them share
    hint = fold(f"{control.placeholder} {control.description}")
    if fact.endswith("_date") or "dd mm yyyy" in hint or label.startswith("ngay "):
        return "date"
    if control.role == "spinbutton" or fact in ("count", "money"):
        return "number"
    return ""


def _is_required(control: Control) -> bool:
    return control.required or control.marked


def _emptied(control: Control) -> _Mistake | None:
    if control.tag == "select":
        nothing = next((value for value, text, on in control.options if on and is_empty_option(value, text)), None)
        chosen = next((value for value, text, _ in control.options if text == control.value), None)
        if nothing is None or chosen is None or chosen == nothing:
            return None
        return _Mistake(control, EMPTY, nothing, chosen)
    if control.role in TEXT_ROLES and control.tag in ("input", "textarea") and control.value:
        return _Mistake(control, EMPTY, "", control.value)
    return None


def _malformed(who: Traveller, control: Control) -> _Mistake | None:
    if control.role not in TEXT_ROLES or control.tag not in ("input", "textarea"):
        return None
    if who.lexicon["captcha"].nearness(control.label) >= 50:
        return None
    kind = kind_of(control)
    if kind == "number":
        if control.type == "number":  # takes figures only: one below its limit
            wrong = str(int(float(control.minimum)) - 1) if control.minimum else ""
        else:
            wrong = NUMBER
    else:
        wrong = WRONG.get(kind, "")
    if control.maxlength:
        wrong = wrong[: control.maxlength]
    return _Mistake(control, kind, wrong, control.value) if wrong else None


def _until_all_are_seen(
    who: Traveller, view: View, mistakes: list[_Mistake], again: Again
) -> tuple[View, list[AnswersTrial]]:
    """Sends again without the mistakes that were complained of, until the page has spoken of all or lets go on."""
    trials: list[AnswersTrial] = []
    whole = values(view)
    for _ in range(ROUNDS):
        view, trial = _send(who, view, mistakes)
        if trial is None:
            break
        trials.append(trial)
        if not trial.stayed:
            return view, trials
        view = again(_mend(who, view, mistakes))
        if not any(answer.outcome is Outcome.REFUSED for answer in trial.answers):
            break  # a dialog that asks something stands before any opinion
        unseen = {answer.label for answer in trial.answers if answer.outcome is Outcome.UNSEEN}
        mistakes = [m for m in mistakes if m.field.label in unseen]
        if not mistakes or not is_there(whole, view):
            break
    return view, trials


def _send(who: Traveller, view: View, mistakes: list[_Mistake]) -> tuple[View, AnswersTrial | None]:
    """One sending of the page with these mistakes."""
    done: list[tuple[_Mistake, Said]] = []
    prevented: list[_Mistake] = []
    for mistake in sorted(mistakes, key=lambda one: one.field.tag != "select"):  # a choice may draw the page anew
        around_it = _make(who, view, mistake)
        if around_it is None:
            prevented.append(mistake)
            continue
        done.append((mistake, around_it))
        if mistake.field.tag == "select":
            view = who.hands.settle()
    before = past_what_it_says(who, who.hands.settle())
    prevented += [m for m, _ in done if not _stands(before, m)]
    made = [row for row in done if row[0] not in prevented]
    if not made:
        return _mend(who, before, mistakes), None
    standing, dialogs = values(before), len(who.hands.watch.dialogs)
    forward = forward_controls(who, before)
    after = who.press(before, forward[0][1]) if forward else before
    who.book.see(after)
    shots = picture(who, "Gửi đi với câu trả lời sai")
    after = past_what_it_says(who, after)
    said = news(view, after, who.hands.watch.dialogs[dialogs:])
    stayed = is_there(values(view), after)
    asked = not stayed and asks_something(who, before, after)
    same_document = (
        stayed and (not forward or forward[0][1].submits) and _lives(before, field_again(before, made[0][0].field))
    )
    if asked:
        answers = [_unspoken(m, Outcome.UNSEEN, which_dialog(after)) for m, _ in made]
        after = who.go(before.address)
    else:
        answers = _answers(who, made, after, said, stayed=stayed, same_document=same_document)
    answers += [_unspoken(m, Outcome.PREVENTED) for m in prevented]
    wrong = {identity(m.field) for m in mistakes}
    if any(fact_asked(m.field.label) == "province" for m in mistakes):  # without a province there are no communes
        wrong |= {identity(c) for c in form_fields(before) if fact_asked(c.label) == "commune"}
    return after, AnswersTrial(
        reach=Reach.REACHED,
        address=before.address,
        said=said,
        shots=shots,
        heading=before.heading,
        pressed=forward[0][1].label if forward else "",
        stayed=stayed or asked,
        answers=tuple(answers),
        kept=kept(standing, after, wrong) if stayed else (),
    )


def _answers(
    who: Traveller,
    made: list[tuple[_Mistake, Said]],
    after: View,
    fresh: tuple[str, ...],
    *,
    stayed: bool,
    same_document: bool,
) -> list[WrongAnswer]:
    found: list[WrongAnswer] = []
    for mistake, said in made:
        control = field_again(after, mistake.field)
        place, words = Place.NONE, ""
        if stayed and control is not None:
            place, words = complaint(who, said, after, control, fresh, same_document=same_document)
        outcome = Outcome.REFUSED if place is not Place.NONE else Outcome.UNSEEN if stayed else Outcome.ACCEPTED
        found.append(
            WrongAnswer(
                label=mistake.field.label,
                kind=mistake.kind,
                entered=mistake.entered,
                outcome=outcome,
                place=place,
                message=words,
            )
        )
    if stayed and not same_document:  # drawn anew, it may say the very words that it said before
        fresh = (*fresh, *(message.text for message in after.messages))
    if stayed and all(answer.outcome is Outcome.UNSEEN for answer in found):
        words = general_complaint(who, fresh)
        place = Place.GENERAL if words else Place.NONE
        update = {"outcome": Outcome.REFUSED, "place": place, "message": words}
        found = [answer.model_copy(update=update) for answer in found]
    return found


def _unspoken(mistake: _Mistake, outcome: Outcome, why: str = "") -> WrongAnswer:
    return WrongAnswer(
        label=mistake.field.label, kind=mistake.kind, entered=mistake.entered, outcome=outcome, message=why
    )


def _make(who: Traveller, view: View, mistake: _Mistake) -> Said | None:
    """Enters the mistake; what stood around its field before. None when the field does not take it."""
    from playwright.sync_api import Error

    field = field_again(view, mistake.field)
    if field is None:
        return None
    try:
        said = around(view, field)
        _enter(who, view, field, mistake.entered)
    except (CannotAct, Error):
        return None
    return said


def _enter(who: Traveller, view: View, control: Control, value: str) -> None:
    if control.tag == "select":
        who.hands.choose(view, control, value)
    else:
        who.hands.fill(view, control, value)


def _stands(view: View, mistake: _Mistake) -> bool:
    """True when the mistake is still there: a mask or a picker may have put it right."""
    control = field_again(view, mistake.field)
    if control is None:
        return False
    if control.tag == "select":
        return is_empty_option(next((v for v, text, _ in control.options if text == control.value), ""), control.value)
    return control.value.strip() == mistake.entered


def _mend(who: Traveller, view: View, mistakes: list[_Mistake]) -> View:
    """Puts back what stood there, provinces before their communes."""
    for mistake in mistakes:
        control = field_again(view, mistake.field)
        if control is None or not control.enabled:
            continue
        try:
            if control.tag == "select":
                if any(value == mistake.right for value, _, _ in control.options):
                    who.hands.choose(view, control, mistake.right)
                    view = who.hands.settle()
            else:
                who.hands.fill(view, control, mistake.right)
        except CannotAct:
            continue
    return who.hands.settle()


def _lives(view: View, control: Control | None) -> bool:
    """True while the element of an earlier look is still part of the document."""
    from playwright.sync_api import Error

    try:
        return control is not None and bool(view.element(control).evaluate("element => element.isConnected"))
    except (Error, AssertionError):
        return False
