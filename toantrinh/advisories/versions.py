"""How versions compare: by their numbers, a preview before its release."""

from __future__ import annotations

import re

PART = re.compile(r"\d+|[a-z]+", re.I)
PREVIEWS = ("alpha", "beta", "rc", "pre", "preview", "dev", "next", "canary", "b", "a", "m", "snapshot")


def version_key(version: str) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    """A key by which versions sort: numbers, 0 for a preview and 1 for a release, the preview's own numbers.

    What follows a release (`-lts`, `.min`, `+build`) does not count.
    """
    numbers: list[int] = []
    own: list[int] = []
    preview = False
    for part in PART.findall(version.split("+")[0]):
        if part.isdigit():
            (own if preview else numbers).append(int(part))
        elif part.lower() in PREVIEWS:
            preview = True
            own.append(PREVIEWS.index(part.lower()))
        else:
            break
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers), 0 if preview else 1, tuple(own)


def is_below(version: str, limit: str) -> bool:
    """True when `version` is older than `limit`."""
    return version_key(version) < version_key(limit)
