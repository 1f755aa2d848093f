"""Which library a script is, and of which version: by what its text says of itself, else by its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from toantrinh.advisories.model import Advisories, Library
from toantrinh.observations.leaks import LibraryFound

MOST_HITS = 5
WORDS = 100
PARTS = re.compile(r"(?s)(?:(?!\*/).){0,300}?\bIncludes:([^\n]*)")  # a build of jQuery UI says which parts are in it


def libraries_in(address: str, text: str, advisories: Advisories) -> tuple[LibraryFound, ...]:
    """The libraries of one script. `text` is empty where the file was not read.

    `how`: `banner`, the text says so where a library names itself; `banners`, it names several versions; `partial`,
    it says so, but leaves out a part that holes of this version are in; `cdn`, the address of a host that never changes
    what it gives; `file-name`, the address alone. A text that says what it is counts more than its address.
    """
    told = list(_told(text, advisories))
    known = {found.library for found in told}
    return (*told, *(found for found in _named(address, advisories) if found.library not in known))


def _told(text: str, advisories: Advisories) -> Iterable[LibraryFound]:
    for name, library in advisories.libraries.items():
        versions: dict[str, str] = {}
        partial = False
        for pattern in library.compiled["banners"]:
            for number, hit in enumerate(pattern.finditer(text)):
                if number >= MOST_HITS:
                    break
                if version := _version(hit):
                    versions.setdefault(version, " ".join(hit.group(0).split())[:WORDS])
                    partial = partial or _leaves_out(library, version, text[hit.end() : hit.end() + 20_000])
        how = "banners" if len(versions) > 1 else "partial" if partial else "banner"
        for version, words in versions.items():
            yield LibraryFound(library=name, version=version, how=how, words=words)


def _leaves_out(library: Library, version: str, after: str) -> bool:
    """True when the text after the banner lists its parts, and one that a hole of this version is in is not there."""
    said = PARTS.match(after)
    return said is not None and any(hole.part not in said.group(1) for hole in library.holes_of(version))


def _named(address: str, advisories: Advisories) -> Iterable[LibraryFound]:
    parts = urlsplit(address)
    path = unquote(parts.path)
    sure = (parts.hostname or "") in advisories.cdns
    for name, library in advisories.libraries.items():
        places = [(pattern, path) for pattern in library.compiled["paths"]]
        places += [(pattern, path.rsplit("/", 1)[-1]) for pattern in library.compiled["files"]]
        hit = next((found for pattern, where in places if (found := pattern.search(where))), None)
        if hit and (version := _version(hit)):
            how = "cdn" if sure else "file-name"
            yield LibraryFound(library=name, version=version, how=how, words=hit.group(0)[:WORDS])


def _version(hit: re.Match[str]) -> str:
    """The version that a pattern found, without the `.min` of a file's name."""
    found = hit["version"] or next((group for group in hit.groups() if group), "")
    return re.sub(r"[.-]min$", "", found).rstrip(".-")
