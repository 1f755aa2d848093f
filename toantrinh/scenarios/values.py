"""What stands in the fields of a form, so that it can be compared with what stands there later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from toantrinh.driver.answers import is_empty_option
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.journey.form import form_fields
from toantrinh.observations.mistakes import Kept

PLEDGE = 30  # nearness
BOXES = ("checkbox", "switch")
Values = Mapping[str, "Standing"]


@dataclass(frozen=True)
class Standing:
    """What stands in one field, and whether a citizen can change it there."""

    label: str
    value: str
    own: bool


def identity(control: Control) -> str:
    """What makes a field the same field later, when words around it have changed; a radio group is one field."""
    if control.role == "radio":
        return f"radio {control.frame} {control.field or fold(control.group)}"
    if control.role in BOXES:
        return f"box {control.frame} {control.field} {fold(control.label)}"
    return f"{control.role} {control.frame} {control.field or control.id or fold(control.name)}"


def values(view: View) -> dict[str, Standing]:
    """The fields of the page's form that hold something, by identity.

    A pledge ("Tôi cam đoan …") is no answer: many forms ask for it anew, and rightly.
    """
    found: dict[str, Standing] = {}
    for control in form_fields(view):
        value = value_of(control)
        if value and not (control.role in BOXES and load_lexicon()["agree-box"].nearness(control.label) >= PLEDGE):
            found[identity(control)] = Standing(title_of(control), value, control.enabled and not control.readonly)
    return found


def title_of(control: Control) -> str:
    """What the field is called; a radio button by its group."""
    name = control.group if control.role == "radio" and control.group else control.label
    return name.replace("*", "").replace("(bắt buộc)", "").strip()


def value_of(control: Control) -> str:
    """What a person would say stands there; empty for nothing."""
    if control.role in ("radio", *BOXES):
        return control.label if control.checked else ""
    if control.tag == "select" and is_empty_option(
        next((v for v, text, _ in control.options if text == control.value), ""), control.value
    ):
        return ""
    return control.value.strip()


def kept(before: Values, view: View, without: Collection[str] = ()) -> tuple[Kept, ...]:
    """The fields of `before` that a citizen had filled, as they stand in `view`; None where they are not on it."""
    here = {identity(control) for control in form_fields(view)}
    now = values(view)
    return tuple(
        Kept(
            label=standing.label,
            before=standing.value,
            after=(now[key].value if key in now else "") if key in here else None,
        )
        for key, standing in before.items()
        if standing.own and key not in without
    )


def is_there(before: Values, view: View) -> bool:
    """True when the view shows the form that `before` was read from: most of its fields are on it."""
    here = {identity(control) for control in form_fields(view)}
    return bool(before) and sum(key in here for key in before) * 2 > len(before)


def field_again(view: View, control: Control) -> Control | None:
    """The same field on a page that was drawn again."""
    fields = form_fields(view)
    same = next((c for c in fields if c.key == control.key), None)
    return same or next((c for c in fields if identity(c) == identity(control)), None)
