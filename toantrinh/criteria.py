"""Criteria sets and the catalogue of checks: the law as data.

A criteria set (`criteria/<id>.yaml`) says which checks decide which criterion and what it is worth; the catalogue
(`criteria/checks.yaml`) says what each check holds, by which rule, and how to mend it. Both are validated with file,
line and what was expected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from toantrinh.criteria_model import (
    Bilingual,
    Catalogue,
    Check,
    CheckShare,
    CriteriaSet,
    Criterion,
    Grade,
    Group,
    Law,
    Severity,
    Source,
)
from toantrinh.located_yaml import FileMistakes, Located, read, validate
from toantrinh.mistakes import UserMistake, nearest
from toantrinh.places import Loc

__all__ = [
    "DEFAULT_CRITERIA",
    "Bilingual",
    "Catalogue",
    "Check",
    "CheckShare",
    "CriteriaSet",
    "Criterion",
    "Grade",
    "Group",
    "Law",
    "Severity",
    "Source",
    "criteria_names",
    "fingerprint",
    "load_catalogue",
    "load_criteria",
]

CRITERIA_FOLDER = Path(__file__).resolve().parents[1] / "criteria"
CATALOGUE_FILE = "checks.yaml"
DEFAULT_CRITERIA = "qd473-2024"

Mistake = tuple[Loc, str]


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue of checks. Raises UserMistake with file and line when it is wrong."""
    return _loaded_catalogue((path or CRITERIA_FOLDER / CATALOGUE_FILE).resolve())


@lru_cache(maxsize=4)
def _loaded_catalogue(path: Path) -> Catalogue:
    located = read(path)
    catalogue = validate(located, Catalogue)
    _refuse(located, _catalogue_mistakes(catalogue))
    return catalogue.model_copy(update={"sha256": fingerprint(path)})


def load_criteria(name_or_path: str | Path = DEFAULT_CRITERIA, catalogue: Catalogue | None = None) -> CriteriaSet:
    """A criteria set by name (`qd473-2024`) or by path.

    Raises UserMistake: an unknown name (with the nearest ones), or what is wrong in the file, with its line.
    """
    path = _file_of(name_or_path)
    located = read(path)
    criteria = validate(located, CriteriaSet)
    _refuse(located, _criteria_mistakes(criteria, (catalogue or load_catalogue()).by_id))
    return criteria.model_copy(update={"sha256": fingerprint(path)})


def criteria_names() -> tuple[str, ...]:
    """The names of the criteria sets that come with the project."""
    return tuple(sorted(file.stem for file in CRITERIA_FOLDER.glob("*.yaml") if file.name != CATALOGUE_FILE))


def fingerprint(path: Path) -> str:
    """SHA-256 (hex) of a text file, the same on systems with other line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _file_of(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    if text in criteria_names():
        return CRITERIA_FOLDER / f"{text}.yaml"
    path = Path(name_or_path)
    if isinstance(name_or_path, Path) or path.suffix in (".yaml", ".yml") or path.exists():
        return path
    known = criteria_names()
    raise UserMistake(
        f"there is no criteria set {text!r}.", "--criteria", nearest(text, known) or f"Known: {', '.join(known)}."
    )


def _refuse(located: Located, mistakes: Iterable[Mistake]) -> None:
    lines = [f"{located.where(loc)}: {what}" for loc, what in mistakes]
    if lines:
        raise FileMistakes(lines)


def _catalogue_mistakes(catalogue: Catalogue) -> Iterator[Mistake]:
    yield from _twins("check", [(("checks", index, "id"), check.id) for index, check in enumerate(catalogue.checks)])
    for index, check in enumerate(catalogue.checks):
        if check.law not in catalogue.laws:
            advice = nearest(check.law, catalogue.laws)
            yield ("checks", index, "law"), f"there is no law {check.law!r} under `laws`. {advice}".rstrip()


def _criteria_mistakes(criteria: CriteriaSet, known: Mapping[str, Check]) -> Iterator[Mistake]:
    yield from _twins("group", [(("groups", index, "id"), group.id) for index, group in enumerate(criteria.groups)])
    places: list[tuple[Loc, str]] = []
    for g, group in enumerate(criteria.groups):
        worth = sum(criterion.points for criterion in group.criteria)
        if worth != group.points:
            yield (
                ("groups", g, "points"),
                f"group {group.id} ({group.title}) has {group.points:g} points, but its criteria add up to {worth:g}",
            )
        for c, criterion in enumerate(group.criteria):
            here: Loc = ("groups", g, "criteria", c)
            places.append(((*here, "id"), criterion.id))
            yield from _share_mistakes((*here, "checks"), criterion.checks, known)
    yield from _twins("criterion", places)
    yield from _share_mistakes(("advice",), criteria.advice, known)
    total = sum(group.points for group in criteria.groups)
    if total != criteria.points:
        yield ("points",), f"the set has {criteria.points:g} points, but its groups add up to {total:g}"
    yield from _twins("grade", [(("grades", index), grade.grade) for index, grade in enumerate(criteria.grades)])
    bounds = [grade.lower for grade in criteria.grades]
    if bounds != sorted(set(bounds), reverse=True) or bounds[-1] != 0:
        found = ", ".join(f"{bound:g}" for bound in bounds)
        yield ("grades",), f"expected lower bounds that fall, down to 0, found {found}"


def _share_mistakes(loc: Loc, shares: tuple[CheckShare, ...], known: Mapping[str, Check]) -> Iterator[Mistake]:
    yield from _twins("check", [((*loc, index), share.id) for index, share in enumerate(shares)])
    for index, share in enumerate(shares):
        if share.id not in known:
            advice = nearest(share.id, known)
            yield (*loc, index), f"there is no check {share.id!r} in criteria/{CATALOGUE_FILE}. {advice}".rstrip()


def _twins(noun: str, places: Iterable[tuple[Loc, str]]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for loc, one in places:
        if one in seen:
            yield loc, f"the {noun} {one!r} stands here a second time; keep one"
        seen.add(one)
