"""A promise to mend is no explanation: it says that the fault is there."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml


def promise_in(reason: str) -> str:
    """The first promise in a text; empty when there is none."""
    said = " ".join(unicodedata.normalize("NFC", reason).casefold().split())
    return next((promise for promise in _promises() if promise in said), "")


@lru_cache(maxsize=1)
def _promises() -> tuple[str, ...]:
    text = Path(__file__).with_name("promises.yaml").read_text(encoding="utf-8")
    return tuple(unicodedata.normalize("NFC", promise).casefold() for promise in yaml.safe_load(text))
