"""Attaching documents: every place that asks for a file gets one, of a kind and size that the place allows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toantrinh.documents import make_document
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import File
from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.driver.window import CannotAct
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import UploadPlace

MIME = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_PLACES = 40
OURS = re.compile(r" ?kiem thu \d\d")  # what a row says after it shows a file of ours is no part of what it is
SURE, VAGUE = 45, 25  # nearness from which a button, or an area that can be pressed, is one for files


def upload_places(view: View) -> list[Control]:
    """Where the page takes files, outside header and footer: its file inputs, drawn or hidden behind a styled button.

    Where there are none, the buttons and drag areas that make one only when they are pressed.
    """
    return _inputs(view) or _choosers(view)


def _inputs(view: View) -> list[Control]:
    return [
        c for c in view.controls if c.role == "file" and c.enabled and c.landmark not in ("header", "nav", "footer")
    ]


def _choosers(view: View) -> list[Control]:
    word = load_lexicon()["upload"]
    return [
        c
        for c in view.controls
        if c.role == "button"
        and c.enabled
        and not c.submits
        and view.in_body(c)
        and word.nearness(c.label) >= (VAGUE if c.widget == "pressable" else SURE)
    ]


def attach_all(
    who: Traveller, view: View, earlier: Sequence[UploadPlace] = (), most: int = MOST_PLACES
) -> tuple[View, list[UploadPlace]]:
    """Attaches a test document at every place of the page (at `most` places); what is then seen, one record per place.

    A place that still shows what was attached `earlier` is left alone: many forms lose their files when refused.
    """
    pressed = not _inputs(view)
    done = {
        _identity(place)
        for place in upload_places(view)
        if any(known.label == title_of(place) and known.attached and _shown(view, known.attached) for known in earlier)
    }
    places: list[UploadPlace] = []
    for _ in range(most):
        asked = (
            [c for c in _inputs(view) if c.landmark == "dialog"] + _choosers(view) if pressed else upload_places(view)
        )
        place = next((c for c in asked if _identity(c) not in done), None)
        if place is None:
            break
        done.add(_identity(place))
        view, record = _attach(who, view, place, len(done))
        places.append(record)
    return view, places


def _identity(place: Control) -> str:
    at = place.index if place.role == "file" else place.key
    return place.id or place.field or f"{at} {OURS.split(fold(place.row))[0][:80]}"


def title_of(place: Control) -> str:
    """What the place says it is for: its label, or else the beginning of its row ("Chọn tệp" says nothing)."""
    generic = place.role != "file" and load_lexicon()["upload"].nearness(place.label) >= VAGUE and bool(place.row)
    if generic:
        return place.row.replace(place.label, "").strip(" .0123456789")[:80]
    return place.label or place.row[:80]


def document_kind(place: Control) -> str:
    """pdf, jpg, png or docx: the first of these that the place accepts, by its `accept` and the words around it."""
    stated = place.accept.lower() or f"{place.description} {place.row}".lower()
    allowed = [
        kind
        for kind in ("pdf", "jpg", "png", "docx")
        if kind in stated or (kind == "jpg" and ("jpeg" in stated or "image/*" in stated))
    ]
    return (allowed or ["pdf"])[0]


def _attach(who: Traveller, view: View, place: Control, number: int) -> tuple[View, UploadPlace]:
    title = title_of(place) or f"Giấy tờ {number}"
    kind = document_kind(place)
    name = f"kiem-thu-{number:02d}-{'-'.join(fold(title).split()[:6])[:40] or 'giay-to'}.{kind}"
    file = File(name, MIME[kind], make_document(kind, title))
    store = _store_offer(who, view, place)
    try:
        who.hands.attach(view, place, [file])
        after = who.hands.settle()
        if not _shown(after, name) and (button := upload_button(who, after, place)):
            after = who.hands.press(after, button)
    except CannotAct:
        return who.hands.settle(), _record(place, title, store, "", False)
    return after, _record(place, title, store, name, _shown(after, name))


def _record(place: Control, title: str, store: bool, attached: str, shown: bool) -> UploadPlace:
    return UploadPlace(
        label=title,
        row=place.row[:300] or place.group,
        required=place.required
        or place.marked
        or bool(re.search(r"\*|(?<!không )bắt buộc", f"{place.name} {place.row}", re.I)),
        accept=place.accept,
        from_store=store,
        attached=attached,
        shown_after=shown,
    )


def _shown(view: View, name: str) -> bool:
    stem = name.rsplit(".", 1)[0][:24]
    return stem in view.text or any(stem in c.value or stem in c.name for c in view.controls)


def upload_button(who: Traveller, view: View, place: Control) -> Control | None:
    """What sends the file that was chosen at this place; None when nothing of the kind stands there."""
    near = [
        c
        for c in view.ranked(who.lexicon["upload"], roles=("button",))
        if c.form == place.form and (c.row == place.row or not place.row)
    ]
    return near[0] if near else None


def _store_offer(who: Traveller, view: View, place: Control) -> bool:
    """True when a document already held can be used here, or on the page where places share one offer."""
    intent = who.lexicon["from-store"]
    near = [c for c in view.controls if max(intent.nearness(c.label), intent.nearness(c.group)) >= 45]
    return any(c.row == place.row or c.group == place.group or c.form == place.form for c in near)
