"""Findings on elements of several pages: one cause is one finding that names the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fixtures.looking import Looks
from toantrinh.judgement import Grounds, fail, needs_review
from toantrinh.observations.site import PageName
from toantrinh.verdicts import Evidence


@dataclass(frozen=True)
class Fault:
    """What is wrong with an element of a page. `sure` False: a person has to look."""

    page: PageName
    address: str
    selector: str
    what: str
    sure: bool = True
    shot: str = ""


def judge(record: Looks[Any], faults: Sequence[Fault], *, expected: str, identity: str) -> None:
    """Ends the check when there are faults: as failed when one is sure, else as a person's to decide."""
    if not faults:
        return
    sure = [one for one in faults if one.sure]
    told = sure or list(faults)
    causes: dict[tuple[str, str], list[Fault]] = {}
    for one in told:
        causes.setdefault((one.selector, one.what), []).append(one)
    said = [
        f"{selector}: {what} ({', '.join(dict.fromkeys(record.named(one.page) for one in where))})"
        for (selector, what), where in causes.items()
    ]
    shots = {
        one.shot: Evidence(path=one.shot, title=f"{one.page.vietnamese}: {one.selector}") for one in told if one.shot
    }
    record.look_at(list(dict.fromkeys(one.page for one in told)), shots.values())
    grounds = Grounds(
        expected=expected,
        seen="; ".join(said[:8]),
        where="; ".join(
            dict.fromkeys(f"{where[0].address} {selector}" for (selector, _), where in list(causes.items())[:6])
        ),
        identity=f"{identity}: {', '.join(sorted({one.selector for one in told})[:4])}",
    )
    more = f"; và {len(said) - 4} chỗ khác" if len(said) > 4 else ""
    (fail if sure else needs_review)(f"{'; '.join(said[:4])}{more}", grounds)
