"""Whether a pair of values that differ only as a command makes a difference: found as before, and nothing found.

Words are compared, not bytes: what both of two answers to one question say, without what was sent.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.likeness import text_of, title_of

LEAST_WORDS = 3  # fewer words do not tell one answer from another
MOSTLY, HARDLY = 0.9, 0.1
_WORD = re.compile(r"\w+")


def words_of(answer: Answer, sent: Iterable[str]) -> frozenset[str]:
    """The words that an answer says by itself, small letters; what was sent is left out."""
    text = answer.text
    if "html" in answer.kind or text.lstrip()[:1] == "<":
        text = f"{title_of(text)} {text_of(text)}"
    text = html.unescape(text)
    echoed: set[str] = set()
    for value in sorted(sent, key=len, reverse=True):
        text = text.replace(value, " ")
        echoed.update(_WORD.findall(value.lower()))
    return frozenset(_WORD.findall(text.lower())) - echoed


def is_signal(
    found: list[frozenset[str]], nothing: list[frozenset[str]], true: frozenset[str], false: frozenset[str]
) -> bool:
    """True when `true` says what `found` says and `nothing` does not, and `false` the other way round.

    `found` and `nothing`: each what two or more answers said, so that what changes by itself is known.
    """
    always, never = frozenset.intersection(*found), frozenset.intersection(*nothing)
    of_found, of_nothing = always - frozenset.union(*nothing), never - frozenset.union(*found)
    if len(of_found) < LEAST_WORDS:
        return False
    as_found = _share(of_found, true) >= MOSTLY and _share(of_found, false) <= HARDLY
    if not of_nothing:
        return as_found
    return as_found and _share(of_nothing, false) >= MOSTLY and _share(of_nothing, true) <= HARDLY


def _share(wanted: frozenset[str], there: frozenset[str]) -> float:
    return len(wanted & there) / len(wanted)
