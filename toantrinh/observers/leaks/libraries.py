"""Which library a script is, and of which version: by what its text says of itself, else by its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from toantrinh.advisories.model import Advisories
from toantrinh.observations.leaks import LibraryFound

MOST_HITS = 5
WORDS = 100


def libraries_in(address: str, text: str, advisories: Advisories) -> tuple[LibraryFound, ...]:
    """The libraries of one script. `text` is empty where the file was not read.

    `how`: `banner`, the text says so where a library names itself; `banners`, it names several versions; `cdn`, the
    address of a host that never changes what it gives; `file-name`, the address alone. A text that says what it is
    counts more than its address.
    """
    told = list(_told(text, advisories))
    known = {found.library for found in told}
    return (*told, *(found for found in _named(address, advisories) if found.library not in known))


def _told(text: str, advisories: Advisories) -> Iterable[LibraryFound]:
    for name, library in advisories.libraries.items():
        versions: dict[str, str] = {}
        for pattern in library.compiled["banners"]:
            for number, hit in enumerate(pattern.finditer(text)):
                if number >= MOST_HITS:
                    break
                if version := _version(hit):
                    versions.setdefault(version, " ".join(hit.group(0).split())[:WORDS])
        how = "banner" if len(versions) == 1 else "banners"
        for version, words in versions.items():
            yield LibraryFound(library=name, version=version, how=how, words=words)


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
