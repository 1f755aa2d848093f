"""The advisory file: libraries, how each is recognised, its known holes. Dated, with its source."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from toantrinh.advisories.versions import is_below
from toantrinh.criteria_model import Severity
from toantrinh.located_yaml import validate

FILE = Path(__file__).parent / "client_libraries.yaml"
VERSION = r"(?P<version>\d{1,4}(?:\.\d{1,6}){1,3}(?:[.-](?:alpha|beta|rc|pre|lts|dev|next)[\w.-]{0,20}|b\d{1,2})?)"
PLACE = "§"  # stands for the version in a pattern


def _pattern(value: str) -> str:
    if value.count(PLACE) != 1:
        raise ValueError(f"expected a pattern with one {PLACE} where the version stands, found {value!r}")
    try:
        re.compile(value.replace(PLACE, VERSION))
    except re.error as error:
        raise ValueError(f"expected a regular expression, found {value!r} ({error})") from None
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
_NAME = r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*"
Global = Annotated[str, Field(pattern=rf"^{_NAME}(?: (?:if|unless) {_NAME})?$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hole(_Part):
    """One known hole: versions from `at_or_above` (empty: the first) until before `below` (empty: all to come)."""

    ids: tuple[str, ...] = Field(description="CVE ids, or another public number.")
    below: str = Field("", description="The first version without it.")
    at_or_above: str = Field("", description="The first version with it.")
    but: tuple[str, ...] = Field((), description="Versions between the two that do not have it.")
    part: str = Field("", description="The part that has it, in a file that says which parts it includes.")
    severity: Severity
    summary: str = ""
    source: str = Field(pattern=r"^https?://", description="Where it is published.")

    def holds(self, version: str) -> bool:
        """True when this version has the hole."""
        if version in self.but:
            return False
        if self.at_or_above and is_below(version, self.at_or_above):
            return False
        return not self.below or is_below(version, self.below)


class EndOfLife(_Part):
    """No more mending: of versions below `below`, since a day."""

    below: str = ""
    since: datetime.date
    source: str = Field(pattern=r"^https?://")


class Library(_Part):
    """A library. `banners` are looked for in a file's text, `files` in the end of its address, `paths` in all of it.

    `globals`: what a page that runs it says its version is, as `a.b`, `a.b if c.d` or `a.b unless c.d`.
    """

    title: str
    banners: tuple[Pattern, ...] = ()
    files: tuple[Pattern, ...] = ()
    paths: tuple[Pattern, ...] = ()
    globals: tuple[Global, ...] = ()
    end_of_life: tuple[EndOfLife, ...] = ()
    holes: tuple[Hole, ...] = ()

    @cached_property
    def compiled(self) -> Mapping[str, tuple[re.Pattern[str], ...]]:
        """The patterns by kind, with the version put in."""
        return {
            kind: tuple(re.compile(one.replace(PLACE, VERSION), re.I) for one in getattr(self, kind))
            for kind in ("banners", "files", "paths")
        }

    def holes_of(self, version: str) -> list[Hole]:
        """The holes that this version has."""
        return [hole for hole in self.holes if hole.holds(version)]

    def ended(self, version: str, today: datetime.date) -> EndOfLife | None:
        """The end of life that this version has passed; None while it is cared for, or where it is not known."""
        passed = (end for end in self.end_of_life if not end.below or is_below(version, end.below))
        return next((end for end in passed if end.since <= today), None)


class Advisories(_Part):
    """The file as a whole. `cdns`: hosts whose addresses name the version for certain, for what they give never
    changes."""

    date: datetime.date = Field(description="When it was last compared with its sources.")
    source: str
    cdns: tuple[str, ...] = ()
    libraries: dict[str, Library]

    def holes(self) -> Iterator[tuple[str, Hole]]:
        """(name of the library, hole) of every hole."""
        for name, library in self.libraries.items():
            for hole in library.holes:
                yield name, hole


def load_advisories(path: Path = FILE) -> Advisories:
    """The file at `path`. Raises UserMistake with file and line when it is not as it must be."""
    return _loaded(path, path.stat().st_mtime_ns if path.exists() else 0)


@cache
def _loaded(path: Path, _changed: int) -> Advisories:
    return validate(path, Advisories)
