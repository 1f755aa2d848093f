"""What a page says of a wrong entry, and where: beside its field, in a summary that leads there, or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.journey.form import complaint_about
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.mistakes import Place

COMPLAINT = (Path(__file__).parent / "complaint.js").read_text(encoding="utf-8")
LONGEST = 200  # characters of a message that are kept
CHANGED_SHARE = 0.2  # of a text's words may differ when it is the same text, with something added


@dataclass(frozen=True)
class Said:
    """What stands around one field at one moment."""

    invalid: bool
    bubble: str
    value: str
    near: tuple[str, ...]
    links: tuple[str, ...]


def around(view: View, control: Control) -> Said:
    """What stands around a field now. Raises playwright's Error when it has left the page."""
    seen = view.element(control).evaluate(COMPLAINT)
    return Said(seen["invalid"], seen["bubble"], seen["value"], tuple(seen["near"]), tuple(seen["links"]))


def complaint(
    who: Traveller, before: Said, view: View, control: Control, fresh: Sequence[str], *, same_document: bool
) -> tuple[Place, str]:
    """(where, words) of what the page says of this field now and did not say `before`; `fresh`: its new lines."""
    now = around(view, control)
    for text in now.near:
        changed, readable = new_part(text, before.near)
        if changed and (now.invalid or who.lexicon.says("refusal", changed)):
            return Place.BESIDE, readable[:LONGEST]
    if control.error and now.invalid and (not same_document or control.error not in before.near):
        return Place.BESIDE, control.error[:LONGEST]
    if same_document and now.bubble:
        return Place.BESIDE, now.bubble[:LONGEST]
    if linked := next((text for text in now.links if text not in before.links), ""):
        return Place.LINKED, linked[:LONGEST]
    if named := complaint_about(control, view):
        return Place.NAMED, named[:LONGEST]
    name = fold(re.split(r"[,(*:]", control.label)[0])
    for line in fresh:
        if name and f" {name} " in f" {fold(line)} " and who.lexicon.says("refusal", line):
            return Place.NAMED, line[:LONGEST]
    return Place.NONE, ""


def general_complaint(who: Traveller, fresh: Sequence[str]) -> str:
    """The first new sentence of the page by which it refuses something; empty when there is none."""
    return next((line[:LONGEST] for line in fresh if who.lexicon.says("refusal", line)), "")


def new_part(text: str, known: Sequence[str]) -> tuple[str, str]:
    """(the words that the known text most like `text` does not have, the same as it reads on the page).

    Both are empty for what was known. A text that only shares some words with a known one, as an error does with the
    label beside it, is read whole.
    """
    if text in known:
        return "", ""
    words = text.split()
    matches = [
        (SequenceMatcher(None, old, words, autojunk=False), len(old)) for old in ([*map(str.split, known)] or [[]])
    ]
    best, length = max(matches, key=lambda match: match[0].ratio())
    changes = [(start, end) for kind, _, _, start, end in best.get_opcodes() if kind != "equal" and start < end]
    changed = " ".join(" ".join(words[start:end]) for start, end in changes).strip()
    if not changes:
        return "", ""
    gone = length - sum(block.size for block in best.get_matching_blocks())
    grown = gone <= CHANGED_SHARE * length
    return changed, " ".join(words[changes[0][0] : changes[-1][1]] if grown else words)
