"""From markers that came back to a verdict: what became mark-up is a fail, text is as it should be."""

from __future__ import annotations

from collections.abc import Sequence

from fixtures.markers import Markers
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, some_of, tool_error
from toantrinh.observations.journey import Reach
from toantrinh.observations.markers import How, Kind, LookedAt, Sighting, Taken
from toantrinh.observers.prober.role import NAMES
from toantrinh.verdicts import Evidence

MOST_EVIDENCE = 8
EXPECTED = "dấu thử hiện thành chữ, không thành phần tử, không chạy"
SAID = {
    How.RAN: "chạy thành mã",
    How.IN_PDF: "nằm trong mã kịch bản của PDF",
    How.LINK: "đã thành liên kết javascript:; CSP chặn không cho chạy",
    How.ATTRIBUTE: "đã thành thuộc tính chạy mã; CSP chặn không cho chạy",
    How.ELEMENT: "đã thành phần tử; CSP chặn không cho chạy",
    How.STRIPPED: "đã thành phần tử nhưng thuộc tính chạy mã bị bỏ",
    How.SWALLOWED: "thẻ đã mất trong PDF, chữ bên cạnh còn: chương trình lập PDF có thể đã hiểu là HTML",
}
FOR_A_PERSON = (How.STRIPPED, How.SWALLOWED)


def judge(record: Markers, *kinds: Kind, what: str) -> list[LookedAt]:
    """Ends the check by the markers that were more than text on pages of these kinds.

    Returns those pages, where none was, and the application had gone through.
    """
    seen = [one for one in record.data.sightings if one.kind in kinds]
    if sure := [one for one in seen if one.how not in FOR_A_PERSON]:
        fail(f"{what}: {_said(sure, record)}", _grounds(sure, record))
    if seen:
        needs_review(f"cần người xem: {_said(seen, record)}", _grounds(seen, record))
    return [one for one in record.data.pages if one.kind in kinds]


def need_sent(record: Markers) -> None:
    """Ends the check unless a dossier with markers in it was sent."""
    data = record.data
    if data.reach is Reach.TOOL_ERROR and not data.code:
        tool_error(data.why)
    if not data.code:
        not_tested(f"chưa nộp được hồ sơ mang dấu thử: {data.why}")
    if not any(one.taken in (Taken.TAKEN, Taken.REFUSED) for one in data.places if one.what in ("field", "file")):
        not_tested(f"biểu mẫu không có ô chữ tự do nào đủ dài cho dấu thử{record.untried}")


def read(pages: Sequence[LookedAt]) -> list[LookedAt]:
    """The pages that could be judged."""
    return [one for one in pages if not one.why]


def need_shown(record: Markers, pages: Sequence[LookedAt], what: str) -> None:
    """Ends the check unless one of the pages shows a marker of the application as text: silence alone may mean that
    none was displayed. Where the application refused every marker, none can be."""
    sent = {one.number for one in record.data.places if one.what in ("field", "file") and one.taken is Taken.TAKEN}
    if sent and not any(sent & {*one.shown} for one in pages):
        not_tested(f"dấu thử không hiện lại ở {what} nào nên chưa biết")


def _said(rows: Sequence[Sighting], record: Markers) -> str:
    """Each address once: which places did what there, and to whom."""
    causes: dict[tuple[str, str, How], list[str]] = {}
    for one in rows:
        causes.setdefault((one.address.partition("?")[0], one.role, one.how), []).append(f"“{_place(one, record)}”")
    told = [
        f"{some_of(places, 3)} {SAID[how]} ở {address} với {NAMES.get(role, role)}"
        for (address, role, how), places in causes.items()
    ]
    return some_of(told, 3)


def _place(one: Sighting, record: Markers) -> str:
    place = record.place(one.number)
    return place.label if place else f"dấu thử số {one.number}"


def _grounds(rows: Sequence[Sighting], record: Markers) -> Grounds:
    shown = [
        Evidence(path=one.picture, title=f"“{_place(one, record)}” ở {one.title or one.address}")
        for one in rows
        if one.picture
    ]
    return Grounds(
        expected=EXPECTED,
        seen="; ".join(dict.fromkeys(_again(one, record) for one in rows[:3])),
        where=some_of(one.address for one in rows),
        identity=some_of((f"{_place(one, record)} {one.how}" for one in rows), 3),
        evidence=[*shown[:MOST_EVIDENCE], *record.evidence],
    )


def _again(one: Sighting, record: Markers) -> str:
    """What was written where, and where to look: how the finding is repeated."""
    place = record.place(one.number)
    if place is None:
        return SAID[one.how]
    written, at = f"“{place.label}” nhận {place.written}", place.address.split("?")[0]
    if place.what in ("parameter", "path"):
        return f"{written}; làm lại: mở {one.address}"
    if place.what == "header":
        return f"{written}; làm lại: gửi tiêu đề như vậy đến {one.address}"
    if place.what in ("look-up", "search", "user-name"):
        return f"{written}; làm lại: nhập như vậy ở {at} rồi gửi"
    return f"{written}; làm lại: nhập như vậy ở {at}, nộp, rồi mở {one.address}"
