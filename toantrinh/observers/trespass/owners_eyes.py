"""What the owner sees of a dossier, before and after somebody else has tried to change it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.lexicon import fold
from toantrinh.driver.proof import prove
from toantrinh.journey import confirmation, tracking, withdrawal
from toantrinh.journey.identity import needs_log_in
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.leaks import State

MOST_SAID = 3
LENGTH = 80  # characters of a line in a finding
SAVE, REMOVE, PAY, WITHDRAW = "sửa nội dung", "gỡ giấy tờ", "thanh toán", "rút hồ sơ"
UNSEEN = "không xem lại được trang của chủ hồ sơ"
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|zip)\b", re.I)
_AGO = re.compile(r"\b(?:vua xong|vua moi day|(?:\d+|mot|vai) (?:giay|phut|gio|ngay) truoc)\b")  # folded; they run, too


@dataclass(frozen=True)
class Look:
    """One look of the owner at a page of the dossier. `lines` by their folded text without numbers, which run.

    `effects`: the operations of which the page says that they are done.
    """

    status: str
    code: str
    lines: dict[str, str]
    text: str
    heading: str = ""
    effects: frozenset[str] = frozenset()

    def shows(self, mark: str) -> bool:
        """True when the mark stands on the page, in its text or in a field."""
        return bool(mark) and mark in self.text

    def is_page_of(self, other: Look) -> bool:
        """True when this is the page that the other look saw: its code or its heading stands there still."""
        known = [fold(one) for one in (other.code, other.heading) if one]
        there = fold(f"{self.heading} {self.code} {self.text}")  # style sheets may write a heading in capitals
        return not known or any(one in there for one in known)


@dataclass(frozen=True)
class Change:
    """How a page has become another. `seen`: in Vietnamese; `moved`: the status has become another."""

    state: State
    seen: tuple[str, ...]
    moved: bool = False


def look(who: Traveller, address: str, before: Look | None = None) -> Look:
    """Opens the page as the owner. Raises StepEnded when it cannot be seen, is not the page that was there `before`, or
    the owner is logged out."""
    view = who.go(address)
    if needs_log_in(view, who.lexicon):
        raise StepEnded(Reach.BLOCKED, "phiên của chủ hồ sơ không còn hiệu lực khi xem lại")
    status = who.hands.watch.status_of(view.address)
    proof = prove(view, status=status, allowed_hosts=who.system.allowed_hosts, step="access", lexicon=who.lexicon)
    if not proof.holds or (status or 200) >= 400:
        raise StepEnded(Reach.BLOCKED, f"{UNSEEN}: {proof.why or f'HTTP {status}'} ({view.address})")
    said, main = {message.text.strip() for message in view.messages}, fold(view.main)
    values = [
        f"{one.label}: {one.value}" for one in view.fields if one.value and one.type not in ("password", "hidden")
    ]
    lines = [*(" ".join(line.split()) for line in view.text.split("\n") if fold(line) in main), *values]
    found = Look(
        status=tracking.status_of(who, view, "", "own").status,
        code=confirmation.code_in(who, view),
        lines={_plain(line): line for line in lines if line and line not in said},
        text="\n".join((view.text, *values)),
        heading=view.heading,
        effects=frozenset(
            what
            for what, done in (
                (WITHDRAW, withdrawal.said_withdrawn(who, view)),
                (PAY, who.lexicon.says("paid", view.main)),
            )
            if done
        ),
    )
    if before is not None and not found.is_page_of(before):
        raise StepEnded(Reach.BLOCKED, f"{UNSEEN}: trang không còn mã hay tiêu đề của hồ sơ ({view.address})")
    return found


def changed(
    before: Look, steady: Look, after: Look, mark: str = "", what: str = "", refused: bool = True
) -> Change | None:
    """What is another on the page `after`; None when nothing is. What differed `before` and `steady`, between which
    nobody did anything, counts for nothing.

    Sure: the mark; and what the operation `what` itself causes, unless the request was plainly `refused`. Any other
    change may have come by itself, and is for a person.
    """
    if after.shows(mark):
        return Change(State.FOUND, (f"hồ sơ mang giá trị “{mark}” đã gửi",), moved=True)
    runs = before.lines.keys() ^ steady.lines.keys()
    gone = [steady.lines[key] for key in steady.lines if key in before.lines and key not in after.lines]
    new = [] if runs else [line for key, line in after.lines.items() if key not in steady.lines]
    moved = bool(after.status) and before.status == steady.status and "" != before.status != after.status
    if moved:
        seen: tuple[str, ...] = (f"trạng thái đổi từ “{steady.status}” sang “{after.status}”",)
    elif gone:
        seen = tuple(f"không còn “{line[:LENGTH]}”" for line in gone[:MOST_SAID])
    elif new:
        seen = tuple(f"thêm “{line[:LENGTH]}”" for line in new[:MOST_SAID])
    else:
        return None
    done = what in after.effects - steady.effects - before.effects
    if what == REMOVE:
        done = any(_FILE.search(line) for line in gone)
    return Change(State.FOUND if done and not refused else State.UNSURE, seen, moved)


def _plain(line: str) -> str:
    return re.sub(r"\d+", "0", _AGO.sub(" 0 truoc", fold(line)))
