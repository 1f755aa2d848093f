"""What the browser sent and was answered, from the archive that it writes (HTTP Archive 1.2), act by act.

The archive holds passwords and cookies: it is read and thrown away, never kept.
"""

from __future__ import annotations

import json
from base64 import b64decode
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from toantrinh.load.plan import Asset, FormPart
from toantrinh.load.proof_words import words_that_prove
from toantrinh.load.static_files import asset_of, is_stored_nowhere
from toantrinh.load.weaving import Heard

TEXTS = ("text/html", "application/json", "text/plain", "application/xhtml+xml", "text/json")
LARGEST = 2 * 1024 * 1024  # characters of an answer
DATA = ("xhr", "fetch")
STATIC = ("stylesheet", "script", "image", "font", "media", "other", "manifest")
REVALIDATED = 304
POLLS = 3  # a call that came so often in one visit is polling


class Marks:
    """When each step and each act began: a function for `on_step`, and what was under way at a moment."""

    def __init__(self) -> None:
        self._moments: list[tuple[float, str]] = []
        self._acts: list[float] = []

    def __call__(self, step: str) -> None:
        """A step begins now."""
        self._moments.append((_now(), str(step)))

    def act(self) -> None:
        """The citizen does something now: presses, writes, opens an address."""
        self._acts.append(_now())

    @property
    def acts(self) -> int:
        """How many acts there were."""
        return len(self._acts)

    def step_at(self, moment: float) -> str:
        """The step that was under way; the first one before any was."""
        return next((step for at, step in reversed(self._moments) if at <= moment), str(self._first()))

    def act_at(self, moment: float) -> int:
        """The number of the last act before, from 1; 0 before any."""
        return bisect_right(self._acts, moment)

    def _first(self) -> str:
        return self._moments[0][1] if self._moments else ""


@dataclass(frozen=True)
class Entry:
    """One request of the archive: `kind` as the browser calls it, `act` and `step` that were under way."""

    kind: str
    step: str
    act: int
    method: str
    address: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""


@dataclass(frozen=True)
class FilesSent:
    """A form with files as its page told of it. `fields`: (name, value); `files`: (name, name of the file)."""

    address: str
    method: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


class NotHeard(Exception):
    """What a request carried was not told by the browser, so that nobody can send it again."""


def entries_of(archive: Path, marks: Marks) -> list[Entry]:
    """All that was answered, in order."""
    rows = json.loads(archive.read_text(encoding="utf-8"))["log"]["entries"]
    found = []
    for row in sorted(rows, key=lambda one: str(one["startedDateTime"])):
        request, response = row["request"], row["response"]
        if response["status"] <= 0:
            continue
        moment = datetime.fromisoformat(row["startedDateTime"]).timestamp()
        found.append(
            Entry(
                kind=str(row.get("_resourceType", "")),
                step=marks.step_at(moment),
                act=marks.act_at(moment),
                method=request["method"],
                address=request["url"].split("#")[0],
                status=response["status"],
                headers=_headers(request),
                body=request.get("postData", {}).get("text", ""),
                given=_headers(response),
                answer=_text(response.get("content", {})),
            )
        )
    return found


def heard_in(
    entries: Collection[Entry],
    is_page: Callable[[str], bool],
    is_own: Callable[[str], bool],
    forms: Collection[FilesSent] = (),
    document_of: Callable[[str], FormPart | None] = lambda name: None,
) -> list[Heard]:
    """The pages and data that were asked for, in order. Static files are left out, and whatever is not the system's.

    `is_page`, `is_own`: whether an address may be one of its pages; of its data. `forms`: the forms with files that
    pages told of, in order, and `document_of` the file of a name. Raises NotHeard for a body that nobody told of.
    """
    kept = [one for one in entries if (is_page if one.kind == "document" else is_own)(one.address) and _is_made(one)]
    left = _told_once(forms, kept)
    found = []
    for one in _without_polling(kept):
        parts: tuple[FormPart, ...] = ()
        if _has_files(one):
            parts = _parts(one, left, document_of)
        elif not one.body and int(one.headers.get("content-length", "0") or 0) > 0:
            raise NotHeard(f"trình duyệt không cho biết nội dung gửi tới {one.address.split('?')[0]}")
        found.append(
            Heard(
                step=one.step, act=one.act, method=one.method, address=one.address,
                status=200 if one.status == REVALIDATED else one.status,
                headers=one.headers, body=one.body, given=one.given, answer=one.answer, parts=parts,
                aside=one.kind == "image",
            )
        )  # fmt: skip
    shows = words_that_prove([(one.address.split("?")[0], one.answer if _is_proof(one) else "") for one in found])
    return [replace(one, shows=words) for one, words in zip(found, shows, strict=True)]


def assets_in(entries: Collection[Entry], is_own: Callable[[str], bool], home: str) -> dict[int, list[Asset]]:
    """The static files of the system's pages, by act, each once."""
    found: dict[int, dict[str, Asset]] = {}
    for one in entries:
        if one.kind not in STATIC or one.method != "GET" or _is_made(one) or not is_own(one.address):
            continue
        if one.status in (200, REVALIDATED):
            path = one.address.removeprefix(home.rstrip("/"))
            found.setdefault(one.act, {}).setdefault(path, asset_of(path, one.given))
    return {act: list(files.values()) for act, files in found.items()}


def _now() -> float:
    return int(datetime.now().timestamp() * 1000) / 1000  # archives know no finer moments


def _is_made(one: Entry) -> bool:
    """True for what the system makes for each citizen: pages, data, and pictures that nobody may keep."""
    if one.method in ("OPTIONS", "HEAD"):
        return False
    return one.kind == "document" or one.kind in DATA or (one.kind == "image" and is_stored_nowhere(one.given))


def _is_proof(one: Heard) -> bool:
    charset = one.given.get("content-type", "").lower().partition("charset=")[2].strip(' "')
    return one.status < 300 and charset in ("", "utf-8", "utf8")


def _without_polling(entries: Sequence[Entry]) -> list[Entry]:
    """What a script asks for again and again is asked for once: it is not what a citizen waits for."""
    times = Counter(one.address for one in entries if one.kind in DATA and one.method == "GET")
    asked: set[str] = set()
    found = []
    for one in entries:
        again = one.kind in DATA and one.method == "GET" and times[one.address] >= POLLS and one.address in asked
        asked.add(one.address)
        if not again:
            found.append(one)
    return found


def _told_once(forms: Collection[FilesSent], entries: Collection[Entry]) -> list[FilesSent]:
    """A page may tell of a form as it asks for its data, and again as it sends it: the latter holds, where it told more
    than was sent."""
    sent = Counter((one.address, one.method) for one in entries if _has_files(one))
    told = Counter((one.address.split("#")[0], one.method) for one in forms)
    found: list[FilesSent] = []
    for one in forms:
        key = (one.address.split("#")[0], one.method)
        if found and (found[-1].address, found[-1].files) == (one.address, one.files) and told[key] > sent[key]:
            found.pop()
        found.append(one)
    return found


def _has_files(one: Entry) -> bool:
    return not one.body and one.headers.get("content-type", "").startswith("multipart/")


def _parts(one: Entry, left: list[FilesSent], document_of: Callable[[str], FormPart | None]) -> tuple[FormPart, ...]:
    told = next((form for form in left if (form.address.split("#")[0], form.method) == (one.address, one.method)), None)
    if told is None:
        raise NotHeard(f"trang không cho biết tệp nào gửi tới {one.address.split('?')[0]}")
    left.remove(told)
    parts = [FormPart(name=name, value=value) for name, value in told.fields]
    for name, file_name in told.files:
        document = document_of(file_name)
        if document is None:
            raise NotHeard(f"tệp gửi tới {one.address.split('?')[0]} không phải tài liệu thử của bộ công cụ")
        parts.append(document.model_copy(update={"name": name}))
    return tuple(parts)


def _headers(side: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in side.get("headers", ()):
        name = str(one["name"]).lower()
        found[name] = f"{found[name]}\n{one['value']}" if name in found else str(one["value"])
    return found


def _text(content: Mapping[str, Any]) -> str:
    if str(content.get("mimeType", "")).split(";")[0].strip() not in TEXTS:
        return ""
    text = str(content.get("text", ""))
    if content.get("encoding") == "base64":
        with suppress(ValueError, UnicodeDecodeError):
            text = b64decode(text).decode("utf-8")
    return text[:LARGEST]
