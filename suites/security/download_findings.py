"""How files are given out: the type that they are, nosniff, and saved instead of shown where a browser would run them.

ASVS V12.5.2: what citizens have uploaded is never run as HTML or script when it is asked for directly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fixtures.uploads import UploadsSeen
from toantrinh.judgement import fail, not_tested, some_of
from toantrinh.observations.journey import Journey
from toantrinh.observations.uploads import Group, Returned

ACTIVE = ("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/javascript")
BYTES = ("application/octet-stream", "application/force-download", "binary/octet-stream", "application/download")
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": ("application/pdf",),
    "jpg": ("image/jpeg", "image/jpg"),
    "png": ("image/png",),
    "docx": (f"{OFFICE}wordprocessingml.document",),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet",),
    "pptx": (f"{OFFICE}presentationml.presentation",),
    "doc": ("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/x-msi"),
}
FILES = ("application/pdf", "application/msword", "application/zip", *BYTES)


@dataclass(frozen=True)
class Given:
    """One file as it was given out. `exchange`: 0 where the browser heard it."""

    address: str
    media_type: str
    attached: bool
    nosniff: bool
    policy: str
    kind: str = ""
    exchange: int = 0


def judge_downloads(record: UploadsSeen) -> None:
    """Ends the check by what is wrong with the files that were seen; returns where nothing is."""
    rows = list(dict.fromkeys((*_fetched(record), *_heard(record.journey))))
    faults: dict[str, list[Given]] = defaultdict(list)
    for one in rows:
        for fault in _faults(one):
            faults[fault].append(one)
    if faults:
        said = "; ".join(f"{fault}: {some_of((one.address for one in of), 3)}" for fault, of in faults.items())
        numbers = list(dict.fromkeys(of[0].exchange for of in faults.values()))
        expected = "kiểu đúng nội dung, X-Content-Type-Options: nosniff, attachment với loại trình duyệt sẽ chạy"
        seen = f"{len(rows)} tệp đã xem"
        fail(said, record.grounds(expected, seen, numbers, identity="+".join(sorted(faults))))
    if not rows:
        why = record.data.why or record.data.downloads_why
        not_tested(f"chưa thấy tệp nào của hồ sơ được tải về{f': {why}' if why else ''}")


def _fetched(record: UploadsSeen) -> Iterator[Given]:
    """The files that were asked for here. Whether a bait's type is true is not this check's question."""
    data = record.data
    tried = (*(() if data.before is None else (data.before,)), *data.files)
    for file in tried:
        honest = file.group in (Group.GOOD, Group.NAME)
        yield from (_given(one, kind=one.kind if honest else "") for one in file.returned if _is_own(one))
    yield from (_given(one, kind=one.kind) for one in data.downloads if _is_own(one))


def _is_own(one: Returned) -> bool:
    """A file of the system's own origin; a page that came instead is none."""
    return one.came and not one.elsewhere and (one.same is not False or one.media_type not in ACTIVE)


def _given(one: Returned, kind: str) -> Given:
    return Given(one.address, one.media_type, one.attached, one.nosniff, one.policy, kind, one.exchange)


def _heard(journey: Journey | None) -> Iterator[Given]:
    """The files that the journey's browser was given."""
    if journey is None:
        return
    for row in journey.answers.answers:
        if row.headers < 0 or row.status != 200:
            continue
        headers = journey.answers.table[row.headers]
        media = row.content_type.split(";")[0].strip().lower()
        disposition = headers.get("content-disposition", "").strip().lower()
        if disposition.startswith("attachment") or media in FILES or media.startswith(OFFICE):
            sniffing = headers.get("x-content-type-options", "").split(",")[0].strip().lower() == "nosniff"
            policy = headers.get("content-security-policy", "")
            yield Given(row.address, media, disposition.startswith("attachment"), sniffing, policy)


def _faults(one: Given) -> Iterator[str]:
    if not one.nosniff:
        yield "thiếu X-Content-Type-Options: nosniff"
    if not one.media_type:
        yield "không khai Content-Type"
    elif one.media_type in ACTIVE and not one.attached and not one.policy:
        yield f"kiểu {one.media_type} được mở ngay trong trình duyệt"
    elif one.kind in TYPES and one.media_type not in (*TYPES[one.kind], *BYTES):
        yield f"nội dung là {one.kind.upper()} nhưng khai {one.media_type}"
