"""How files are given out: the type that they are, nosniff, and saved instead of shown where a browser would run them.

ASVS V12.5.2: what citizens have uploaded is never run as HTML or script when it is asked for directly.

Without nosniff a browser may take a file that it shows for another type than the one declared (WHATWG MIME Sniffing).
What comes with `attachment` is saved whatever its type; nosniff then only keeps a page that is already broken into from
loading it as a script, so that its absence is remarked and fails nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fixtures.uploads import UploadsSeen
from toantrinh.judgement import fail, not_tested, some_of
from toantrinh.observations.http_answers import HttpAnswer
from toantrinh.observations.journey import Journey, StepName
from toantrinh.observations.uploads import Group, Returned
from toantrinh.ownership import at_home

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
NO_NOSNIFF = "thiếu X-Content-Type-Options: nosniff"
_STEPS = list(StepName)
DOSSIER_STEPS = frozenset(_STEPS[_STEPS.index(StepName.PAPERS) : _STEPS.index(StepName.RESULT) + 1])


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
    rows = list(dict.fromkeys((*_fetched(record), *_heard(record.journey, record.home))))
    faults: dict[str, list[Given]] = defaultdict(list)
    for one in rows:
        for fault in _faults(one):
            faults[fault].append(one)
    if unsniffed := [one.address for one in rows if one.attached and not one.nosniff]:
        record.remark(f"{NO_NOSNIFF}, nhưng tệp chỉ được lưu về máy (attachment): {some_of(unsniffed, 3)}")
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


def _heard(journey: Journey | None, home: str) -> Iterator[Given]:
    """The files of the dossier that the journey's browser was given: of the system itself, from the papers on."""
    if journey is None:
        return
    for row in journey.answers.answers:
        if row.headers < 0 or row.status != 200 or row.step not in DOSSIER_STEPS or not at_home(row.address, home):
            continue
        headers = journey.answers.table[row.headers]
        media = row.content_type.split(";")[0].strip().lower()
        attached = headers.get("content-disposition", "").strip().lower().startswith("attachment")
        if _is_download(row, media, attached):
            sniffing = headers.get("x-content-type-options", "").split(",")[0].strip().lower() == "nosniff"
            policy = headers.get("content-security-policy", "")
            yield Given(row.address, media, attached, sniffing, policy)


def _is_download(row: HttpAnswer, media: str, attached: bool) -> bool:
    """True for what a citizen opens or saves; never for what a page is made of, nor for the data that its script asks
    for."""
    if row.kind == "document":
        return attached or media in FILES or media.startswith(OFFICE)
    return attached and row.kind in ("xhr", "fetch")


def _faults(one: Given) -> Iterator[str]:
    if not (one.nosniff or one.attached):
        yield NO_NOSNIFF
    if not one.media_type:
        yield "không khai Content-Type"
    elif one.media_type in ACTIVE and not one.attached and not one.policy:
        yield f"kiểu {one.media_type} được mở ngay trong trình duyệt"
    elif one.kind in TYPES and one.media_type not in (*TYPES[one.kind], *BYTES):
        yield f"nội dung là {one.kind.upper()} nhưng khai {one.media_type}"
