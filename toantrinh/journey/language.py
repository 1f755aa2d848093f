"""The language that a portal greets in: one that opens in another is asked for Vietnamese, as a citizen would."""

from __future__ import annotations

import unicodedata

from toantrinh.driver.eyes import View
from toantrinh.journey.traveller import Traveller

# Letters that Vietnamese has and its neighbours on the web have not; in a running text one in five or more is such.
OWN = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
SOME_LETTERS, LEAST_SHARE = 80, 0.03


def is_vietnamese(text: str) -> bool:
    """False for a text of some length with hardly a letter that only Vietnamese has."""
    letters = [c for c in unicodedata.normalize("NFC", text.lower()) if c.isalpha()]
    return len(letters) < SOME_LETTERS or sum(c in OWN for c in letters) / len(letters) > LEAST_SHARE


def in_vietnamese(who: Traveller, view: View) -> View:
    """The page in Vietnamese where it offers that; else as it is. The record says when the language was switched."""
    if is_vietnamese(view.text):
        return view
    switch = view.best(who.lexicon["vietnamese"], least=60)
    if switch is None:
        who.book.note("trang hiện ra bằng ngôn ngữ khác, không thấy lối sang tiếng Việt")
        return view
    view = who.press(view, switch)
    who.book.see(view)
    who.book.note(f"trang hiện ra bằng ngôn ngữ khác: đã bấm “{switch.label}”")
    return view
