"""Brings the advisory file up to date from a repository file of retire.js, and says what changed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from toantrinh.advisories.model import FILE, Advisories, Hole, Library, load_advisories
from toantrinh.advisories.retire import Taken, read_retire
from toantrinh.located_yaml import read, validate
from toantrinh.store import write_whole

HEAD = (
    "# Known holes of libraries that portals load into browsers. § stands for the version.\n"
    "# Made by `toantrinh refresh-advisories`; entries of libraries that its source does not name are as they were.\n"
)
MOST_SAID = 20


def refreshed(known: Advisories, taken: Taken, source: str, today: datetime.date) -> Advisories:
    """`known` with the holes of every library that was taken. How our own libraries are known stays ours, and
    which part has a hole."""
    libraries = dict(known.libraries)
    for name, holes in taken.holes.items():
        if not holes:
            continue
        patterns = {kind: tuple(dict.fromkeys(found)) for kind, found in taken.patterns.get(name, {}).items()}
        before = libraries.get(name) or Library(title=name, **patterns)
        if before.banners or before.files or before.paths:  # else it could never be known
            parts = {one: hole.part for hole in before.holes for one in hole.ids}
            kept = [hole.model_copy(update={"part": parts.get(hole.ids[0], "")}) for hole in holes]
            libraries[name] = before.model_copy(update={"holes": tuple(kept)})
    return known.model_copy(update={"date": today, "source": source, "libraries": libraries})


def changes(before: Advisories, after: Advisories) -> Iterator[str]:
    """What is new and what has gone, one line each: library, numbers, range."""
    old, new = {_line(*one) for one in before.holes()}, {_line(*one) for one in after.holes()}
    for name in sorted(after.libraries.keys() - before.libraries.keys()):
        yield f"+ {name}: new library, {len(after.libraries[name].holes)} holes"
    for name, hole in after.holes():
        if name in before.libraries and _line(name, hole) not in old:
            yield f"+ {_line(name, hole)}"
    for name, hole in before.holes():
        if _line(name, hole) not in new:
            yield f"- {_line(name, hole)}"


def _line(name: str, hole: Hole) -> str:
    return f"{name} {', '.join(sorted(hole.ids))}: {hole.at_or_above or '…'} ≤ version < {hole.below or '∞'}"


def refresh(file: Path, out: Path | None = None, *, write: bool = True) -> list[str]:
    """Reads `file`, writes the advisories (to `out`, by default the file that is shipped); the lines to be shown.

    What it writes is read again before it takes its place. Raises UserMistake for a wrong file or place.
    """
    known, taken, place = load_advisories(), read_retire(file), out or FILE
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    source = f"retire.js, {file.name}, sha256 {digest[:16]}"
    after = refreshed(known, taken, source, datetime.date.today())
    text = HEAD + yaml.safe_dump(_plain(after), allow_unicode=True, sort_keys=False, width=200)
    said = list(changes(known, after))
    lines = said[:MOST_SAID] + ([f"… and {len(said) - MOST_SAID} more"] if len(said) > MOST_SAID else [])
    lines += [f"left out: {one}" for one in taken.left_out[:MOST_SAID]]
    if len(taken.left_out) > MOST_SAID:
        lines.append(f"left out: {len(taken.left_out) - MOST_SAID} more")
    was = f"{known.date} ({known.source})"
    lines.append(f"{len(after.libraries)} libraries, {sum(1 for _ in after.holes())} holes; before: {was}")
    if not write:
        return [*lines, "nothing was written"]
    draft = place.with_name(f".{place.name}.draft")
    write_whole(draft, text.encode())
    try:
        validate(read(draft), Advisories)
        write_whole(place, text.encode())
    finally:
        draft.unlink(missing_ok=True)
    return [*lines, f"{place}: {after.date}, {source}"]


def _plain(advisories: Advisories) -> dict[str, Any]:
    data: dict[str, Any] = advisories.model_dump(mode="json", exclude_defaults=True)
    data["date"] = advisories.date  # YAML has dates
    return data
