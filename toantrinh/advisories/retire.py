"""Reads the published repository format of retire.js (jsrepository*.json) into our own, checked entry by entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toantrinh.advisories.model import PLACE, VERSION, Hole
from toantrinh.criteria_model import Severity
from toantrinh.mistakes import UserMistake

SEVERITIES = {
    "none": Severity.MINOR,
    "low": Severity.MINOR,
    "medium": Severity.MODERATE,
    "high": Severity.SERIOUS,
    "critical": Severity.CRITICAL,
}
THEIR_PLACE = "§§version§§"
OUR_NAMES = {"moment.js": "moment", "ckeditor": "ckeditor4", "underscore.js": "underscore", "pdf.js": "pdfjs"}
NOT_LIBRARIES = ("retire-example", "dont check")
LONGEST_SUMMARY = 160
PUBLIC = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(?:-\w{4}){3}")


@dataclass
class Taken:
    """What a repository file gave: holes and ways to know a library, by library; and what was left out, with why."""

    holes: dict[str, list[Hole]] = field(default_factory=dict)
    patterns: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def read_retire(file: Path) -> Taken:
    """The content of a repository file. Raises UserMistake when it is none."""
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserMistake(f"cannot be read ({error.strerror}).", str(file), "Give the path of a file.") from None
    except ValueError as error:
        raise UserMistake(
            f"is no JSON ({error}).", str(file), "Give jsrepository.json as retire.js publishes it."
        ) from None
    if isinstance(data, dict) and isinstance(data.get("advisories"), dict):
        data = data["advisories"]  # the newer files hold the libraries one level down
    taken = Taken()
    for name, entry in data.items() if isinstance(data, dict) else ():
        if name not in NOT_LIBRARIES and isinstance(entry, dict) and isinstance(entry.get("vulnerabilities"), list):
            _take(taken, OUR_NAMES.get(str(name).lower(), str(name).lower()), entry)
    if not any(taken.holes.values()):
        said = "holds no library with vulnerabilities."
        raise UserMistake(said, str(file), "Give jsrepository.json as retire.js publishes it.")
    return taken


def _take(taken: Taken, name: str, entry: Mapping[str, Any]) -> None:
    for number, one in enumerate(entry["vulnerabilities"], 1):
        found = list(_holes(one)) if isinstance(one, dict) else []
        taken.holes.setdefault(name, []).extend(found)
        if not found:
            taken.left_out.append(f"{name}, vulnerability {number}: no public number or no range")
    extractors = entry.get("extractors") or {}
    for theirs, ours in (("filecontent", "banners"), ("filename", "files"), ("uri", "paths")):
        for pattern in extractors.get(theirs) or ():
            own = str(pattern).replace(f"({THEIR_PLACE})", PLACE).replace(THEIR_PLACE, PLACE)
            if _works(own):
                taken.patterns.setdefault(name, {}).setdefault(ours, []).append(own)
            else:
                taken.left_out.append(f"{name}: pattern {str(pattern)[:60]!r} cannot be used here")


def _holes(one: Mapping[str, Any]) -> Iterator[Hole]:
    identifiers = one.get("identifiers") or {}
    ids = [str(found) for found in identifiers.get("CVE") or ()] or [str(identifiers.get("githubID") or "")]
    ids = [found for found in ids if PUBLIC.fullmatch(found)]
    links = [str(link) for link in one.get("info") or () if str(link).startswith(("https://", "http://"))]
    for part in one.get("ranges") or (one,):
        below, first = str(part.get("below") or ""), str(part.get("atOrAbove") or "")
        if ids and (below or first):
            yield Hole(
                ids=tuple(ids),
                below=below,
                at_or_above="" if first == "0" else first,
                but=tuple(str(found) for found in part.get("excludes") or one.get("excludes") or ()),
                severity=SEVERITIES.get(str(one.get("severity")).lower(), Severity.MODERATE),
                summary=_short(str(one.get("summary") or identifiers.get("summary") or "")),
                source=links[0] if links else f"https://github.com/advisories?query={ids[0]}",
            )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SUMMARY else f"{plain[: LONGEST_SUMMARY - 1]}…"


def _works(pattern: str) -> bool:
    """True for a pattern that holds a version, means the same here, and cannot run away on a large file."""
    runaway = re.search(r"\[\\s\\S\][*+]|\.\*.*\.\*|\.\{\d+,\d*\}.*\.\{\d+,\d*\}", pattern)
    if pattern.count(PLACE) != 1 or runaway or re.search(r"\\\d", pattern):
        return False
    try:
        re.compile(pattern.replace(PLACE, VERSION))
    except re.error:
        return False
    return True
