"""Filling one page of a form that was never seen before, in the order in which it stands, cascades included."""

from __future__ import annotations

import re
from dataclasses import replace

from toantrinh.driver.answers import Answerer, is_empty_option
from toantrinh.driver.calendars import fill_date
from toantrinh.driver.dropdowns import choose_drawn
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey.identity import give_captcha
from toantrinh.journey.own_form import form_of, forms_of_others
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import FieldRecord

TEXT_ROLES = ("textbox", "searchbox", "spinbutton")
MOST_FIELDS = 150
DATE = re.compile(r"\d{2}/\d{2}/\d{4}")
CHOICES = {"online": "delivery-online", "postal": "delivery-postal"}


def form_fields(view: View) -> list[Control]:
    """The fields of the page's own form: not those of header, menu, footer, a site search or another form beside it,
    not files, not secrets.

    While a dialog stands in front of the page, those of the dialog alone.
    """
    fields = [
        c
        for c in view.fields
        if (c.landmark == "dialog" or not view.modal)
        and c.landmark not in ("header", "nav", "footer", "search")
        and c.role != "file"
        and c.type not in ("password", "search")
    ]
    others = forms_of_others(view) if fields else None
    return [c for c in fields if form_of(c) not in others] if others else fields


def fill_page(
    who: Traveller, view: View, answerer: Answerer, *, attempt: int = 0
) -> tuple[View, list[FieldRecord], list[str]]:
    """Fills every field that is empty or refused. Returns the view then, the records, the unanswered labels."""
    done: set[str] = set()
    records: list[FieldRecord] = []
    unanswered: list[str] = []
    for _ in range(MOST_FIELDS):
        store = who.lexicon["from-store"]
        todo = next((c for c in form_fields(view) if _identity(c) not in done and store.nearness(c.label) < 45), None)
        if todo is None:
            break
        done.add(_identity(todo))
        if attempt and not todo.invalid and (complaint := complaint_about(todo, view)):
            todo = replace(todo, invalid=True, error=complaint)
        filled = _fill(who, view, todo, answerer, attempt)
        if filled is None:
            unanswered.append(todo.label or todo.key)
        answer, view, prefilled = filled or ("", view, False)
        records.append(_record(todo, answer, prefilled))
    return view, records, unanswered


def complaint_about(control: Control, view: View) -> str:
    """The sentence by which the page refuses this field without tying it to the field; empty when there is none."""
    name = fold(re.split(r"[,(*:]", control.label)[0])
    sentences = [part for message in view.messages for part in re.split(r"(?<=[.;!])\s+|\n", message.text)]
    return next((part.strip() for part in sentences if name and f" {name} " in f" {fold(part)} "), "")


def _identity(control: Control) -> str:
    return f"radio {control.frame} {control.field or control.group}" if control.role == "radio" else control.key


def _record(control: Control, answer: str, prefilled: bool) -> FieldRecord:
    return FieldRecord(
        label=control.question or control.label if control.role == "radio" else control.label,
        group=control.group,
        role=control.role,
        type=control.type,
        required=control.required,
        marked=control.marked,
        prefilled=prefilled,
        readonly=control.readonly or not control.enabled,
        answer=answer[:200],
        error=control.error,
        name_source=control.name_source,
    )


def _fill(
    who: Traveller, view: View, control: Control, answerer: Answerer, attempt: int
) -> tuple[str, View, bool] | None:
    """(answer, view after, was prefilled); None when no answer is known."""
    try:
        if control.role == "radio":
            return _fill_radio(who, view, control, answerer)
        if control.role in ("checkbox", "switch"):
            return _fill_box(who, view, control)
        if control.widget == "dropdown" and control.enabled:
            return _fill_drawn(who, view, control, answerer)
        opens = control.widget == "calendar" and control.enabled and (not control.value or control.invalid)
        if (control.readonly and not opens) or not control.enabled:
            return control.value, view, bool(control.value)
        if control.tag == "select":
            return _fill_select(who, view, control, answerer)
        if control.role in TEXT_ROLES:
            return _fill_text(who, view, control, answerer, attempt)
        return None
    except CannotAct:
        return None


def _fill_text(
    who: Traveller, view: View, control: Control, answerer: Answerer, attempt: int
) -> tuple[str, View, bool] | None:
    if who.lexicon["captcha"].nearness(control.label) >= 50:
        give_captcha(who, view, control)
        return "(mã bảo mật)", view, False
    if control.value and not control.invalid and answerer.given(control) is None:
        return control.value, view, attempt == 0
    value = answerer.text(control, attempt)
    if value is None:
        return None
    if control.widget == "calendar" and (DATE.fullmatch(value) or control.readonly):
        day = value if DATE.fullmatch(value) else answerer.date(control)
        return fill_date(who.hands, view, control, day), who.hands.settle(), False
    if control.value != value or control.invalid:  # what stands there already need not be written again
        who.hands.fill(view, control, value)
    return value, view, False


def _fill_drawn(who: Traveller, view: View, control: Control, answerer: Answerer) -> tuple[str, View, bool] | None:
    if control.value and not control.invalid and answerer.given(control) is None:
        return control.value, view, True
    chosen = choose_drawn(who.hands, view, control, answerer)
    return (*chosen, False) if chosen else None


def _fill_select(who: Traveller, view: View, control: Control, answerer: Answerer) -> tuple[str, View, bool] | None:
    chosen = next(((value, text) for value, text, _ in control.options if text == control.value), None)
    if chosen and not is_empty_option(*chosen) and not control.invalid and answerer.given(control) is None:
        return control.value, view, True
    value = answerer.option(control)
    if value is None:
        return None
    text = next(text for option, text, _ in control.options if option == value)
    if chosen and chosen[0] == value and not control.invalid:
        return text, view, False
    who.hands.choose(view, control, value)
    return text, who.hands.settle(), False


def _fill_radio(who: Traveller, view: View, control: Control, answerer: Answerer) -> tuple[str, View, bool] | None:
    group = [c for c in view.fields if c.role == "radio" and _identity(c) == _identity(control)]
    _note_delivery(who, group)
    wanted = _by_service(who, group)
    if wanted is None:
        if already := next((c for c in group if c.checked), None):
            return already.label, view, True
        wanted = answerer.radio(group)
    if wanted.checked:
        return wanted.label, view, True
    who.hands.tick(view, wanted)
    return wanted.label, who.hands.settle(), False


def _note_delivery(who: Traveller, group: list[Control]) -> None:
    """Keeps the ways offered to receive the result, when that is what this group asks."""
    words = [who.lexicon[name] for name in ("delivery-postal", "delivery-in-person", "delivery-online")]
    if sum(any(word.nearness(c.label) >= 40 for c in group) for word in words) >= 1 and any(
        words[0].nearness(c.label) >= 40 or words[1].nearness(c.label) >= 40 for c in group
    ):
        who.facts["delivery"] = [c.label for c in group]


def _by_service(who: Traveller, group: list[Control]) -> Control | None:
    """The choice that the system file makes: how the result comes back, and paying online."""
    delivery = who.lexicon[CHOICES[who.service.delivery]]
    in_person, pay = who.lexicon["delivery-in-person"], who.lexicon["pay-online-choice"]
    for intent in (delivery, pay):
        near = [
            (intent.nearness(c.label), c)
            for c in group
            if c.enabled and in_person.nearness(c.label) < intent.nearness(c.label)
        ]
        best = max(near, key=lambda row: row[0], default=(0, group[0]))
        others = any(
            who.lexicon[name].nearness(c.label) >= 40
            for c in group
            for name in ("delivery-postal", "delivery-in-person")
        )
        if best[0] >= 40 and (intent is pay or others):
            return best[1]
    return None


def _fill_box(who: Traveller, view: View, control: Control) -> tuple[str, View, bool] | None:
    agree = who.lexicon["agree-box"].nearness(control.label) >= 30
    if control.checked:
        return "có", view, True
    if not control.enabled or not (agree or control.required or control.marked):
        return "không", view, False
    who.hands.tick(view, control)
    return "có", who.hands.settle(), False
