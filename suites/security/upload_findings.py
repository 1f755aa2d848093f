"""What became of one file, judged: refused, harmless as it comes back, at fault, for a person, or not known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fixtures.uploads import UploadsSeen
from toantrinh.judgement import fail, needs_review, not_tested, some_of
from toantrinh.observations.journey import Reach
from toantrinh.observations.leaks import State
from toantrinh.observations.mistakes import Outcome
from toantrinh.observations.uploads import FileTried, Group, Returned


@dataclass(frozen=True)
class Found:
    """What is said of one file. `returned`: how it came back, where the verdict rests on that."""

    state: State
    tried: FileTried
    words: str = ""
    returned: Returned | None = None


Judge = Callable[[FileTried], Found]


def judge(record: UploadsSeen, groups: Sequence[Group], accepted: Judge, what: str, expected: str) -> None:
    """Ends the check by the worst that is said of a file of these groups; returns where all is well.

    `accepted` judges a file that the system has.
    """
    record.need_files()
    end(record, [judged(record, tried, accepted) for tried in record.data.of(*groups)], what, expected)


def judged(record: UploadsSeen, tried: FileTried, accepted: Judge) -> Found:
    """What is said of one file. A refusal counts when the system was asked, and still took a good file afterwards."""
    if tried.reach is not Reach.REACHED:
        return Found(State.UNASKED, tried, f"chưa thử được {tried.about}: {tried.why or 'không rõ vì sao'}")
    if tried.accepted:
        return accepted(tried)
    if record.data.waits and tried.unopposed:
        words = f"tệp chỉ được gửi cùng cả hồ sơ: không thử được {tried.about} mà không nộp"
        return Found(State.UNASKED, tried, words)
    if not tried.by_server and tried.direct is None and tried.unopposed:
        return Found(State.UNASKED, tried, f"{tried.about} không được trang gửi đi")
    if not tried.by_server and tried.direct is None:
        why = tried.direct_why or "không ghi được yêu cầu gửi tệp của trang"
        return Found(State.UNASKED, tried, f"chỉ trang từ chối {tried.about}, chưa hỏi được máy chủ ({why})")
    if tried.outcome is Outcome.UNSEEN and tried.direct is None:
        return Found(State.UNSURE, tried, f"trang không nói có nhận {tried.about} hay không")
    after = record.data.after
    if after is None or not (after.accepted or (record.data.waits and after.unopposed)):
        words = f"{tried.about} bị từ chối, nhưng sau đó tệp đúng loại cũng không được nhận nữa"
        return Found(State.UNASKED, tried, words)
    return Found(State.CLEAN, tried)


def end(record: UploadsSeen, rows: Sequence[Found], what: str, expected: str) -> None:
    """Ends the check by the worst of these; returns where all is well."""
    for state in (State.FOUND, State.UNSURE, State.UNASKED):
        found = [row for row in rows if row.state is state]
        if not found:
            continue
        for row in found:
            record.look_at(row.tried, *((row.returned,) if row.returned else row.tried.returned))
        numbers = [row.returned.exchange if row.returned else row.tried.exchange for row in found]
        seen = "; ".join(_said(row) for row in found)
        causes = "+".join(row.tried.key for row in found)
        grounds = record.grounds(expected, seen, numbers, identity=f"{what}: {causes}")
        place = f" (chỗ “{record.data.place}”, vai công dân A)"
        match state:
            case State.FOUND:
                fail(f"{what}: {some_of((row.words for row in found), 3)}{place}", grounds)
            case State.UNSURE:
                needs_review(f"cần người xem: {some_of((row.words for row in found), 3)}{place}", grounds)
            case _:
                not_tested(some_of((row.words for row in found), 2), grounds)
    if not rows:
        not_tested("không có tệp nào được thử")


def _said(row: Found) -> str:
    tried = row.tried
    by = "máy chủ (hỏi thẳng, trang thì từ chối)" if tried.direct is Outcome.ACCEPTED else "chỗ đính kèm"
    return f"{by} {'nhận' if tried.accepted else 'đã được gửi'} “{tried.file}” ({tried.about}, {tried.size} byte)"


def unseen(tried: FileTried) -> Found:
    """A file that was accepted and that nobody could be seen to give back."""
    went = [f"HTTP {one.status}" if one.status is not None else one.why for one in tried.returned]
    why = f"mở lại không được ({some_of(went)})" if went else "không thấy đường dẫn nào để mở lại"
    return Found(State.UNSURE, tried, f"{tried.about} được nhận, {why}")
