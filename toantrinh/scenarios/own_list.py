"""The citizen's own list of dossiers: which dossiers of a service stand in it, and the way back to a draft."""

from __future__ import annotations

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.journey.confirmation import LEGAL_CODE, NEWER_CODE
from toantrinh.journey.identity import log_in, needs_log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller


def open_list(who: Traveller) -> View | None:
    """The whole list, looked for as a citizen does; None when no way leads there."""
    view = _by_menu(who) or who.way_to("my-dossiers", "my-dossiers")
    if view is not None and needs_log_in(view, who.lexicon):
        log_in(who, view)
        view = who.way_to("my-dossiers", "my-dossiers")
    if view is not None:
        who.book.see(view)
    return view


def _by_menu(who: Traveller) -> View | None:
    """By the link of header or menu: one in the text of a page may lead to a part of the list, such as the drafts."""
    if who.path("my-dossiers") or not who.at_home(who.hands.page.url):
        return None
    view = who.hands.settle()
    link = view.best(who.lexicon["my-dossiers"], where=lambda c: c.landmark in ("header", "nav"), least=60)
    return who.press(view, link) if link else None


def codes_listed(who: Traveller, view: View) -> tuple[str, ...]:
    """Codes of the dossiers of the traveller's service that the list shows, in its order."""
    found = [code for row in _rows(who, view) if (code := _code_in(row))]
    return tuple(dict.fromkeys(found))


def codes_in_list(who: Traveller) -> tuple[str, ...] | None:
    """Opens the list and reads it; None when it cannot be seen."""
    try:
        view = open_list(who)
    except StepEnded:
        return None
    return None if view is None else codes_listed(who, view)


def draft_link(who: Traveller, view: View) -> Control | None:
    """The link to a dossier of the service that has not been sent yet: the first without a code, rather called a
    draft."""
    links = [
        c
        for c in view.controls
        if c.role in ("link", "button") and view.in_body(c) and _names_service(who, f"{c.name} {c.row}")
    ]
    open_ones = [c for c in links if not _code_in(f"{c.name} {c.row}") and not _leads_away(who, c)]
    return next((c for c in open_ones if who.lexicon.says("draft", c.row)), next(iter(open_ones), None))


def _rows(who: Traveller, view: View) -> list[str]:
    """The rows that name the service. What holds several codes is a table of rows: its first code may be another's."""
    texts = [f"{c.name} {c.row}" for c in view.controls if view.in_body(c) and c.row] + list(view.dated)
    return [text for text in texts if _names_service(who, text) and len(_codes_in(text)) < 2]


def _names_service(who: Traveller, text: str) -> bool:
    return who.service.code in text or fold(who.service.name)[:60] in fold(text)


def _code_in(text: str) -> str:
    return next(iter(_codes_in(text)), "")


def _codes_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(LEGAL_CODE.findall(text) or NEWER_CODE.findall(text)))


def _leads_away(who: Traveller, control: Control) -> bool:
    return who.lexicon["destructive"].nearness(control.label) >= 60
