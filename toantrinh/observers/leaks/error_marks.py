"""What an answer gives away of the program behind it: the marks of error pages, by their form."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import yaml

from toantrinh.observations.leaks import ErrorTrace

MOST_SOURCE = 300_000
WORDS = 160
EMPHASIS = re.compile(r"</?(?:b|i|em|strong|code|span|font|u)\b[^>]{0,200}>", re.I)
BREAKS = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?h\d)\b[^>]{0,200}>|&nbsp;", re.I)


@dataclass(frozen=True)
class Mark:
    """One program's error page. `all_of` must all be found; `any_of` together at least `least` times."""

    name: str
    kind: str
    all_of: tuple[re.Pattern[str], ...]
    any_of: tuple[re.Pattern[str], ...]
    least: int


OF_PROGRAMS = Path(__file__).parent / "error_marks.yaml"


@cache
def marks(file: Path = OF_PROGRAMS) -> tuple[Mark, ...]:
    """The marks of a data file."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(
        Mark(
            entry["name"],
            entry["kind"],
            tuple(re.compile(one, re.M) for one in entry.get("all", ())),
            tuple(re.compile(one, re.M) for one in entry.get("any", ())),
            entry.get("least", 1),
        )
        for entry in data["marks"]
    )


def traces_in(source: str, known: tuple[Mark, ...] | None = None) -> tuple[ErrorTrace, ...]:
    """The marks that a document bears, of those that are `known`; a program is named once, by its gravest."""
    text = html.unescape(EMPHASIS.sub("", BREAKS.sub("\n", source[:MOST_SOURCE])))
    found: dict[str, ErrorTrace] = {}
    for mark in marks() if known is None else known:
        if mark.name not in found and (words := _shown(mark, text)):
            found[mark.name] = ErrorTrace(name=mark.name, kind=mark.kind, words=words)
    return tuple(found.values())


def _shown(mark: Mark, text: str) -> str:
    """The words by which the mark is known in a text; empty when it is not there."""
    hits: list[re.Match[str]] = []
    for pattern in mark.all_of:
        if (hit := pattern.search(text)) is None:
            return ""
        hits.append(hit)
    for pattern in mark.any_of:
        hits += islice(pattern.finditer(text), mark.least)
    if mark.any_of and len(hits) < len(mark.all_of) + mark.least:
        return ""
    said = " … ".join(" ".join(hit.group(0).split()) for hit in hits)
    return said if len(said) <= WORDS else f"{said[: WORDS - 1]}…"
