"""What stands in the way: announcements, cookie and survey dialogs are closed; a dialog that is a step is never."""

from __future__ import annotations

import re
from collections.abc import Callable

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import Lexicon, fold, load_lexicon

CLOSE_MS = 2_500
PLAIN = ("ok", "dong y", "toi da hieu", "chap nhan", "xac nhan")
REFUSING = ("khong", "tu choi", "de sau", "lan khac", "skip", "bo qua")
SURE = 75
STEPS = (
    "continue",
    "submit-dossier",
    "pay",
    "sign",
    "apply",
    "log-in-national",
    "upload",
    "rate-submit",
    "look-up-button",
)
OUTCOMES = ("submitted", "paid", "signed", "rated", "nothing-found")
DOSSIER_CODE = re.compile(r"\b[A-Z]\d{2}(?:\.\d+)*-\d{6}-\d{4,}\b")
NEVER_AGAIN = re.compile(r"khong (hien thi|hien|xem|nhac) lai|hom nay|don t show|do not show")
COOKIE = re.compile(r"\bcookies?\b")
SURVEY = re.compile(r"khao sat|lay y kien|survey|cho chung toi biet y kien")
COMPLAINT = re.compile(
    r"khong hop le|khong dung|chua dung|bat buoc|vui long nhap|loi\b|that bai|het han|error|invalid|failed"
)


def announcement(view: View, lexicon: Lexicon | None = None) -> Control | None:
    """What closes the dialog in front when that is an announcement, a cookie notice or a survey; None otherwise.

    A dialog that asks for answers, leads on, or tells what became of the dossier is a step of the flow.
    """
    words = lexicon or load_lexicon()
    text = fold(view.front)
    controls = [c for c in view.controls if c.landmark == "dialog"]
    if not text or not controls or DOSSIER_CODE.search(view.front) or any(words.says(o, view.front) for o in OUTCOMES):
        return None
    close = closing_control(controls, words)
    if close is None:
        return None
    asked = [c for c in controls if c.is_field and not NEVER_AGAIN.search(fold(c.label))]
    if COOKIE.search(text) and not any(c.type == "password" for c in asked):
        return close
    if SURVEY.search(text) and "ho so" not in text:
        return close
    if asked or COMPLAINT.search(text) or any(words["log-in-national"].nearness(c.label) >= 60 for c in controls):
        return None
    leads = [c for c in controls if c is not close and c.role == "button" and c.enabled and c.key != close.key]
    return None if any(words[step].nearness(c.label) >= SURE for c in leads for step in STEPS) else close


def complaint_only(view: View) -> Control | None:
    """What closes a dialog that does nothing but complain (no field, no choice); None when the dialog in front is
    anything else. "Đồng ý" beside "Không" is a choice."""
    controls = [c for c in view.controls if c.landmark == "dialog"]
    if not view.modal or any(c.is_field for c in controls) or not COMPLAINT.search(fold(view.front)):
        return None
    words = load_lexicon()
    plain = [c for c in controls if c.role == "button" and c.enabled]
    closing = {fold(c.label) for c in plain if words["close-dialog"].nearness(c.label) >= SURE}
    agreeing = {fold(c.label) for c in plain} & set(PLAIN)
    others = {fold(c.label) for c in plain} - closing - agreeing
    if others or not plain or (agreeing and closing & set(REFUSING)):
        return None
    return in_the_way(view)


def closing_control(controls: list[Control], lexicon: Lexicon, *, least: int = SURE) -> Control | None:
    """The button (or link) of a dialog that closes it: "Đóng", "Đã hiểu", a cross; None when there is none."""
    word = lexicon["close-dialog"]
    able = [c for c in controls if c.role in ("button", "link") and c.enabled and not c.is_field]
    best = max(able, key=lambda c: word.nearness(c.label), default=None)
    return best if best is not None and word.nearness(best.label) >= least else None


def in_the_way(view: View) -> Control | None:
    """What closes the dialog in front when something behind it is wanted: closing words, else a plain "OK"."""
    words = load_lexicon()
    controls = [c for c in view.controls if c.landmark == "dialog"]
    return (
        closing_control(controls, words)
        or closing_control(controls, words, least=45)
        or next(
            (c for c in controls if c.role == "button" and fold(c.label) in PLAIN),
            None,
        )
    )


def past_announcements(view: View, again: Callable[[], View], most: int = 3) -> View:
    """Closes what is an announcement, one after the other; `again()` looks at the page. Returns what is then seen."""
    from playwright.sync_api import Error

    for _ in range(most):
        close = announcement(view) if view.front else None
        if close is None:
            return view
        try:
            view.element(close).click(timeout=CLOSE_MS)
        except (Error, AssertionError):
            return view
        view = again()
    return view
