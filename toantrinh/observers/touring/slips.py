"""Mistakes made on an answered page of a form, and mended again."""

from __future__ import annotations

from collections.abc import Sequence

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.window import CannotAct
from toantrinh.journey import form, papers
from toantrinh.journey.form import TEXT_ROLES, form_fields
from toantrinh.journey.traveller import Traveller
from toantrinh.observers.touring.states import Mistake
from toantrinh.scenarios.complaints import around
from toantrinh.scenarios.values import field_again
from toantrinh.scenarios.wrong_answers import EMPTY, NUMBER, WRONG, kind_of

MOST_MISTAKES = 12


def make_mistakes(who: Traveller, view: View) -> list[Mistake]:
    """Malformed answers where a form is known, nothing where something must stand; at most 12 fields."""
    from playwright.sync_api import Error

    made: list[Mistake] = []
    for control in form_fields(view):
        fit = control.enabled and not control.readonly and control.tag in ("input", "textarea")
        if not fit or control.role not in TEXT_ROLES or who.lexicon["captcha"].nearness(control.label) >= 50:
            continue
        kind = kind_of(control)
        wrong = NUMBER if kind == "number" and control.type != "number" else WRONG.get(kind, "")
        wrong = wrong[: control.maxlength] if control.maxlength else wrong
        if not wrong and not ((control.required or control.marked) and control.value):
            continue
        if len(made) >= MOST_MISTAKES:
            break
        try:
            field = field_again(view, control)
            if field is None:
                continue
            said = around(view, field)
            who.hands.fill(view, field, wrong)
        except (CannotAct, Error):
            continue
        made.append(Mistake(control, kind if wrong else EMPTY, wrong, control.value, said))
    return made


def mended(who: Traveller, view: View, mistakes: Sequence[Mistake]) -> View:
    """The page with the right answers again, and with what a refusal took away."""
    for mistake in mistakes:
        control = field_again(view, mistake.field)
        if control is None or not control.enabled or control.value == mistake.right:
            continue
        try:
            who.hands.fill(view, control, mistake.right)
        except CannotAct:
            continue
    answerer = Answerer(who.persona, {**who.system.answers, **who.service.answers})
    view = form.fill_page(who, who.hands.settle(), answerer)[0]
    return papers.attach_all(who, view)[0] if papers.upload_places(view) else who.hands.settle()


def lives(view: View, control: Control) -> bool:
    """True while the element of an earlier look is still part of the document."""
    from playwright.sync_api import Error

    try:
        return bool(view.element(control).evaluate("element => element.isConnected"))
    except (Error, AssertionError):
        return False
