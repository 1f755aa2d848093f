"""Which forms of a page are the application's: those that lead on, not the search or the newsletter beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import load_lexicon

Form = tuple[int, int]
"""Frame and place among its forms; -1: of no form."""
ONWARD = ("pay", "submit-dossier", "continue", "agree-box", "sign", "supplement-send")
PART = ("upload", "save-draft", "from-store", "remove-file", "back", "part-of-form")
ENTRY = ("subscribe", "log-in")
OTHERS = ("search-button", "look-up-button", *ENTRY)
SURE, SURELY_ANOTHERS = 55, 75
FEW = 2  # fields: a form with more of them is kept, unless its button surely subscribes or logs in
AROUND = ("header", "nav", "footer", "search")


def form_of(control: Control) -> Form:
    """The form to which a control belongs."""
    return control.frame, control.form


def forms_of_others(view: View) -> frozenset[Form]:
    """The forms of the page's body that are not the application's and stay as they are.

    A form whose button surely subscribes or logs in, and a small one whose button surely searches; where another form
    leads on, also a small one whose button does something else, and one that asks for nothing but an e-mail address.
    Parts of a long application have no button of their own, or one that saves, adds, uploads or looks somebody up.
    """
    body = [c for c in view.controls if c.landmark not in AROUND and c.role != "link"]
    if len({form_of(c) for c in body}) < 2:
        return frozenset()
    buttons: dict[Form, list[Control]] = defaultdict(list)
    fields: dict[Form, list[Control]] = defaultdict(list)
    for control in body:
        if control.role == "button" and control.enabled:
            buttons[form_of(control)].append(control)
        elif control.is_field:
            fields[form_of(control)].append(control)
    leading = {
        form for form, own in buttons.items() if any(_near(c, ONWARD) >= max(SURE, _near(c, OTHERS)) for c in own)
    }
    letters = {form for form in leading if form[1] >= 0 and _asks_for_an_address_alone(fields[form])}
    if leading - letters:
        leading -= letters
    named = Counter({form: len(own) for form, own in fields.items()})
    return frozenset(
        form
        for form in set(buttons) - leading
        if form[1] >= 0 and (form in letters or _is_anothers(buttons[form], named[form] <= FEW, bool(leading)))
    )


def _is_anothers(buttons: list[Control], small: bool, beside_the_way: bool) -> bool:
    if any(_near(c, OTHERS if small else ENTRY) >= SURELY_ANOTHERS for c in buttons):
        return True
    own = [c for c in buttons if c.submits]
    return small and beside_the_way and bool(own) and not any(_near(c, PART) >= SURE for c in own)


def _asks_for_an_address_alone(fields: list[Control]) -> bool:
    return [c.type for c in fields] == ["email"]


def _near(control: Control, intents: Sequence[str]) -> int:
    words = load_lexicon()
    return max(words[intent].nearness(control.label) for intent in intents)
