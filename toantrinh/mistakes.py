"""Mistakes that the person at the keyboard can mend: one clear line each, never a traceback."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from toantrinh.plain_text import plain


class UserMistake(Exception):
    """A wrong file, option, account or environment.

    `str(mistake)` is one line that says what is wrong, where (file, line, field, address) and what to do.
    Command lines print it and leave with status 2.
    """

    def __init__(self, what: str, where: str = "", advice: str = "") -> None:
        self.what, self.where, self.advice = what, where, advice
        super().__init__(plain(" ".join(part for part in (f"{where}: {what}" if where else what, advice) if part)))


def nearest(word: str, known: Iterable[str]) -> str:
    """'Did you mean x, y?' for the known words nearest to `word`; empty when nothing is near."""
    near = difflib.get_close_matches(word, sorted(known), n=3, cutoff=0.5)
    return f"Did you mean {', '.join(near)}?" if near else ""
