"""A word of our own in a free text field of an application, by which it is known again."""

from __future__ import annotations

import secrets

from toantrinh.driver.answers import fact_asked
from toantrinh.driver.eyes import Control, View
from toantrinh.journey.form import form_fields
from toantrinh.journey.traveller import Traveller
from toantrinh.scenarios.wrong_answers import kind_of

LENGTH = 10  # characters that the mark and what stands around it take


def mark_text(who: Traveller, view: View) -> tuple[View, str]:
    """The page with a word in an answered free text field that nobody else writes, and the word; empty without one."""
    for control in form_fields(view):
        if _free(control):
            mark = f"KT{secrets.token_hex(2)}"
            who.hands.fill(view, control, f"{control.value} {mark}")
            return who.hands.settle(), mark
    return view, ""


def _free(control: Control) -> bool:
    if control.tag not in ("input", "textarea") or control.type not in ("", "text") or control.pattern:
        return False
    free = not kind_of(control) and fact_asked(control.label) in (None, "address", "reason")
    room = not control.maxlength or control.maxlength >= len(control.value) + LENGTH
    writable = control.enabled and not control.readonly and bool(control.value) and not control.inputmode
    return free and room and writable
