"""What the owner sees of a dossier, before and after somebody else has tried to change it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.lexicon import fold
from toantrinh.journey import confirmation, tracking
from toantrinh.journey.identity import needs_log_in
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.leaks import State

MOST_SAID = 3
LENGTH = 80  # characters of a line in a finding


@dataclass(frozen=True)
class Look:
    """One look of the owner at a page of the dossier. `lines` by their folded text without numbers, which run."""

    status: str
    code: str
    lines: dict[str, str]
    text: str

    def shows(self, mark: str) -> bool:
        """True when the mark stands on the page, in its text or in a field."""
        return bool(mark) and mark in self.text


@dataclass(frozen=True)
class Change:
    """How a page has become another. `seen`: in Vietnamese."""

    state: State
    seen: tuple[str, ...]


def look(who: Traveller, address: str) -> Look:
    """Opens the page as the owner. Raises StepEnded when it cannot be seen, or the owner is logged out."""
    view = who.go(address)
    if needs_log_in(view, who.lexicon):
        raise StepEnded(Reach.BLOCKED, "phiên của chủ hồ sơ không còn hiệu lực khi xem lại")
    said = {message.text.strip() for message in view.messages}
    values = [
        f"{one.label}: {one.value}" for one in view.fields if one.value and one.type not in ("password", "hidden")
    ]
    lines = [*(line.strip() for line in view.main.split("\n")), *values]
    status = tracking.status_of(who, view, "", "own").status
    return Look(
        status=status,
        code=confirmation.code_in(who, view),
        lines={_plain(line): line for line in lines if line and line not in said},
        text="\n".join((view.text, *values)),
    )


def changed(before: Look, steady: Look, after: Look, mark: str = "") -> Change | None:
    """What is another on the page `after`; None when nothing is. What differed `before` and `steady`, between which
    nobody did anything, counts for nothing.

    Sure: the mark, another status, a line that was there each time and is gone. New lines alone are for a person.
    """
    if after.shows(mark):
        return Change(State.FOUND, (f"hồ sơ mang giá trị “{mark}” đã gửi",))
    if before.status == steady.status != after.status:
        return Change(State.FOUND, (f"trạng thái đổi từ “{steady.status}” sang “{after.status or 'không còn thấy'}”",))
    gone = [steady.lines[key] for key in steady.lines if key in before.lines and key not in after.lines]
    if gone:
        return Change(State.FOUND, tuple(f"không còn “{line[:LENGTH]}”" for line in gone[:MOST_SAID]))
    runs = before.lines.keys() ^ steady.lines.keys()
    new = [line for key, line in after.lines.items() if key not in steady.lines and key not in runs]
    if new and not runs:
        return Change(State.UNSURE, tuple(f"thêm “{line[:LENGTH]}”" for line in new[:MOST_SAID]))
    return None


def _plain(line: str) -> str:
    return re.sub(r"\d+", "0", fold(line))
