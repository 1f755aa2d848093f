"""Files that ought to be refused, and an upload that is seen, opened, replaced and removed.

Files are made in memory, marked as test documents, and harmless: a short text, nothing at all, a document filled with
blanks.
"""

from __future__ import annotations

import re

from toantrinh.documents import MARK, make_document
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import File
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import papers
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import FileTrial, HandlingTrial
from toantrinh.scenarios.offering import first_place, is_shown, offer, remove_button, same_place
from toantrinh.scenarios.trying import picture, sure

MB = 1024 * 1024
LARGEST = 30 * MB
OVER = 64 * 1024  # bytes above the limit: a portal may count in thousands or in 1024s
SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(KB|MB|KiB|MiB|K|M)\b", re.I)
WRONG_KINDS = (("txt", "text/plain"), ("csv", "text/csv"), ("rtf", "application/rtf"))


def try_wrong_files(who: Traveller, view: View) -> tuple[View, FileTrial, FileTrial, FileTrial]:
    """Wrong type, empty, oversize, one after the other at the page's first place; the page then.

    Each says for itself how it ended; the page is opened again after one that could not go on.
    """
    address = view.address
    trials: list[FileTrial] = []
    lost = ""
    for make in (_wrong_type, _empty, _oversize):
        if lost:
            trials.append(FileTrial(why=lost, address=address))
            continue
        place = first_place(view)
        if place is None:
            trials.append(FileTrial(why="chỗ đính kèm không còn trên trang", address=address))
            continue
        file, limit, why = make(place)
        if file is None:
            trials.append(FileTrial(why=why, address=address, place=papers.title_of(place), limit=limit))
            continue
        trial = FileTrial(
            address=view.address, place=papers.title_of(place), file=file.name, size=len(file.content), limit=limit
        )
        after, told = _try(who, view, place, file)
        trials.append(trial.model_copy(update=told))
        view = after or view
        if after is None or not papers.upload_places(after):
            try:
                view = who.go(address)
            except StepEnded as gone:
                lost = f"không mở lại được trang sau khi gửi {file.name}: {gone.why}"
    return view, trials[0], trials[1], trials[2]


def try_handling(who: Traveller, view: View) -> tuple[View, HandlingTrial]:
    """An upload that is right: seen, opened, replaced by another, removed; the page then."""
    place = first_place(view)
    if place is None:
        return view, HandlingTrial(why="chỗ đính kèm không còn trên trang", address=view.address)
    title, kind = papers.title_of(place), papers.document_kind(place)
    first, second = (_right(kind, name, title) for name in ("kiem-thu-mot", "kiem-thu-hai"))
    view = _give(who, view, place, first)
    shown = is_shown(view, first.name)
    waits = shown and _only_in_field(view, first.name)
    opens = _opens(who, view, first.name)
    replaced: bool | None = None
    if shown and (again := same_place(view, place)):
        view = _give(who, view, again, second)
        replaced = is_shown(view, second.name) and (again.multiple or not _stays(view, first.name))
    shots = picture(who, "Tệp đã tải lên, đã thay")
    removed: bool | None = None
    name = second.name if replaced else first.name
    if shown and (button := remove_button(who, view, place, name)):
        view = sure(who, who.press(view, button))
        removed = not _stays(view, name)
        if not removed:
            shots += picture(who, "Sau khi gỡ tệp")
    return view, HandlingTrial(
        reach=Reach.REACHED,
        address=view.address,
        shots=shots,
        place=title,
        shown=shown,
        waits=waits,
        opens=opens,
        replaced=replaced,
        removed=removed,
    )


def stated_limit(text: str) -> int | None:
    """The largest size in bytes that a text allows; None when it names none.

    Of several figures the first behind a word of limits counts, else the first.
    """
    folded = text.replace("\xa0", " ")
    behind = re.search(r"(?:tối đa|không quá|vượt quá|nhỏ hơn|dung lượng|max)\D{0,40}" + SIZE.pattern, folded, re.I)
    found = behind or SIZE.search(folded)
    if found is None:
        return None
    figure, unit = found.groups()[-2:]
    return int(float(figure.replace(",", ".")) * (MB if unit[0] in "mM" else 1024))


def _stays(view: View, name: str) -> bool:
    """True when the page still shows the file, not counting what it says of what was done ("Đã tải lên: …")."""
    stem = name.rsplit(".", 1)[0]
    said = [message.text for message in view.messages]
    lines = [line.strip() for line in view.text.split("\n") if stem in line]
    in_fields = any(stem in c.value for c in view.controls)
    return in_fields or any(not any(line in text for text in said) for line in lines)


def _only_in_field(view: View, name: str) -> bool:
    """True when the page itself does not show the file: at most its field holds it."""
    stem = name.rsplit(".", 1)[0]
    return stem not in view.text and all(stem not in c.name for c in view.controls if c.role == "link")


def _wrong_type(place: Control) -> tuple[File | None, int | None, str]:
    stated = f"{place.accept} {place.description} {place.row}".lower()
    kind = next(((end, mime) for end, mime in WRONG_KINDS if end not in stated), None)
    if kind is None:
        return None, None, "chỗ đính kèm nhận mọi loại tệp thử"
    content = f"{MARK}\nTệp chữ, không phải loại được nhận.\n".encode()
    return File(f"kiem-thu-loai-khac.{kind[0]}", kind[1], content), None, ""


def _empty(place: Control) -> tuple[File | None, int | None, str]:
    kind = papers.document_kind(place)
    return File(f"kiem-thu-0-byte.{kind}", papers.MIME[kind], b""), None, ""


def _oversize(place: Control) -> tuple[File | None, int | None, str]:
    limit = stated_limit(f"{place.description} {place.row}")
    if limit is None:
        return None, None, "trang không nêu dung lượng tối đa"
    size = limit + max(OVER, limit // 16)
    if size > LARGEST:
        return None, limit, f"giới hạn {limit / MB:.0f} MB lớn hơn mức thử tối đa {LARGEST // MB} MB"
    kind = papers.document_kind(place)
    return File(f"kiem-thu-nang.{kind}", papers.MIME[kind], make_document(kind, "Quá lớn", size_bytes=size)), limit, ""


def _right(kind: str, name: str, title: str) -> File:
    return File(f"{name}.{kind}", papers.MIME[kind], make_document(kind, f"{title} ({name})"))


def _try(who: Traveller, view: View, place: Control, file: File) -> tuple[View | None, dict[str, object]]:
    """One file: the page then (None: not one to go on from), and what came of it, by field of FileTrial."""
    from playwright.sync_api import Error

    title = f"Sau khi gửi {file.name}"
    try:
        sent = offer(who, view, place, file)
    except (StepEnded, CannotAct, Error) as end:
        reach, why = (end.reach, end.why) if isinstance(end, StepEnded) else (Reach.TOOL_ERROR, first_line(end))
        return None, {"reach": reach, "why": why, "shots": picture(who, title)}
    return sent.view, {
        "reach": Reach.REACHED,
        "said": sent.said,
        "shots": picture(who, title),
        "outcome": sent.outcome,
        "message": sent.message,
        "broke": sent.broke,
    }


def _give(who: Traveller, view: View, place: Control, file: File) -> View:
    who.hands.attach(view, place, [file])
    after = who.hands.settle()
    if _only_in_field(after, file.name) and (button := papers.upload_button(who, after, place)):
        after = who.press(after, button)
    return after


def _opens(who: Traveller, view: View, name: str) -> bool | None:
    """True when the link to the file gives a document; None when there is no such link."""
    stem = name.rsplit(".", 1)[0]
    link = next((c for c in view.controls if c.role == "link" and c.href.startswith("http") and stem in c.name), None)
    if link is None:
        return None
    status, body, _ = who.fetch(link.href)
    return status == 200 and len(body) > 0
