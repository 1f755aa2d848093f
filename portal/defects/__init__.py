"""Named defects: each is switched on by `--defects a,b` and lives in one small `if has_defect("name")`.

Where a citizen or an evaluator would meet it says in which module a defect is listed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from portal.defects import (
    access,
    accessibility,
    applying,
    channel,
    finding,
    following,
    input,
    layout,
    leaks,
    measuring,
    session,
    slowness,
    uploads,
)
from portal.defects.defect import Defect


class UnknownDefect(ValueError):
    """A name that is not in the registry; the message names the nearest ones."""


_ROOMS = (
    finding,
    applying,
    following,
    channel,
    session,
    access,
    input,
    leaks,
    uploads,
    layout,
    accessibility,
    measuring,
    slowness,
)

REGISTRY: dict[str, Defect] = {defect.name: defect for room in _ROOMS for defect in room.DEFECTS}

_active: frozenset[str] = frozenset()


def switch_on(names: Iterable[str]) -> None:
    """Make exactly these defects active in this process. Raises UnknownDefect."""
    global _active
    wanted = frozenset(names)
    for name in sorted(wanted - REGISTRY.keys()):
        near = difflib.get_close_matches(name, sorted(REGISTRY), n=3, cutoff=0.4)
        advice = f" Did you mean {', '.join(near)}?" if near else ""
        raise UnknownDefect(f"There is no defect named {name!r}.{advice} `--defects list` shows them all.")
    _active = wanted


def has_defect(name: str) -> bool:
    """True when the defect is switched on. Raises UnknownDefect for a name that is not in the registry."""
    if name not in REGISTRY:
        raise UnknownDefect(f"There is no defect named {name!r}.")
    return name in _active
