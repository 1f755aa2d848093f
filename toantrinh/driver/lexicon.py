"""The words that portals use for each intent, and how near a visible name is to them.

The words are data (`lexicon.yaml`). Names are compared folded: lower case, without diacritics, in either Unicode
form, punctuation as a space. A system file may add words (`labels:`), which then count before all others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@cache
def fold(text: str) -> str:
    """`text` in lower case, without diacritics and punctuation, single spaces: 'Nộp  hồ-sơ' → 'nop ho so'."""
    bare = "".join(
        c
        for c in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
        if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[a-z0-9]+", bare.lower()))


@dataclass(frozen=True)
class Intent:
    """What a citizen wants to press or fill: words in order of preference, and words that forbid."""

    name: str
    words: tuple[str, ...]
    never: tuple[str, ...] = ()

    def nearness(self, text: str) -> int:
        """0 (not at all) to 100 (the very words): how well `text` names this intent."""
        name = fold(text)
        if not name or any(_holds(name, word) for word in self.never):
            return 0
        best = 0
        for rank, word in enumerate(self.words):
            if name == word:
                near = 100
            elif name.startswith(word + " ") or name.endswith(" " + word):
                near = 80 - min(20, (len(name) - len(word)) // 4)
            elif _holds(name, word):
                near = 62 - min(22, (len(name) - len(word)) // 4)
            else:
                continue
            best = max(best, near - min(rank, 15))
        return best


def _holds(name: str, word: str) -> bool:
    return f" {word} " in f" {name} "


@dataclass(frozen=True)
class Lexicon:
    """All intents by name; `extra` are the words of the system file, before all others."""

    intents: Mapping[str, Intent]
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Intent:
        intent = self.intents[name]
        more = tuple(fold(word) for word in self.extra.get(name, ()))
        return Intent(name, more + intent.words, intent.never) if more else intent

    def says(self, name: str, text: str) -> bool:
        """True when `text` (a whole passage) holds one of the intent's words."""
        intent = self[name]
        folded = fold(text)
        return any(_holds(folded, word) for word in intent.words)


@cache
def _shipped() -> dict[str, Intent]:
    data = yaml.safe_load((HERE / "lexicon.yaml").read_text(encoding="utf-8"))
    return {
        name: Intent(name, _folded(entry["words"]), _folded(entry.get("never", ()))) for name, entry in data.items()
    }


@cache
def spelled(name: str) -> tuple[str, ...]:
    """The shipped words of an intent as they are written, with diacritics: for people, not for comparing."""
    data = yaml.safe_load((HERE / "lexicon.yaml").read_text(encoding="utf-8"))
    return tuple(str(word) for word in data[name]["words"])


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(str(word)) for word in words))


def load_lexicon(extra: Mapping[str, Sequence[str]] | None = None) -> Lexicon:
    """The shipped lexicon, with the extra words of a system file ({intent: [words]}) in front."""
    return Lexicon(_shipped(), dict(extra or {}))
