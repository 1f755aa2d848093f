"""By what one test citizen's data is known when it shows up: the facts of the person, the dossier code, whole files."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from toantrinh.documents import make_document
from toantrinh.downloads import kind_of
from toantrinh.driver.lexicon import fold
from toantrinh.observations.journey import Journey
from toantrinh.persona import Persona

NAME, CODE, FILE = "họ tên", "mã hồ sơ", "đúng từng byte tệp"
FILES = ("pdf", "jpg", "png", "docx", "xlsx", "pptx", "doc", "zip", "unknown")
_UNREAD = re.compile(r"<(script|style)\b[^<>]{0,400}?\bsrc=[^<>]{0,2000}>", re.I)
_CCCD = re.compile(r"(?<![\d.\w/-])0\d{2}[0-3]\d{8}(?![\d\w])")
_PHONE = re.compile(r"(?<![\d.\w/-])0[35789]\d{8}(?![\d\w])")


@dataclass(frozen=True)
class OwnData:
    """The facts of one person, by Vietnamese names, each in every way of writing it; `code` of the dossier; the
    SHA-256 of `files` that are the person's alone."""

    facts: dict[str, tuple[str, ...]]
    code: str = ""
    files: frozenset[str] = frozenset()

    def in_text(self, text: str) -> tuple[str, ...]:
        """The names of the facts that a text shows in full; the dossier code is none of them."""
        plain = readable(text)
        folded = f" {fold(plain)} "
        found = []
        for name, values in self.facts.items():
            if any(_stands(plain, value) if _is_code(value) else f" {fold(value)} " in folded for value in values):
                found.append(name)
        return tuple(found)

    def has_code(self, text: str) -> bool:
        """True when the text shows the dossier code."""
        return bool(self.code) and _stands(readable(text), self.code)

    def is_own_file(self, content: bytes) -> bool:
        """True for the very bytes of a file that is this person's alone."""
        return bool(content) and hashlib.sha256(content).hexdigest() in self.files


def own_data(persona: Persona, other: Persona | None = None, journey: Journey | None = None) -> OwnData:
    """The data of `persona` that nobody else has; what `other` has as well is left out."""
    day, month, year = persona.birth_date.split("/")
    facts = {
        NAME: (persona.full_name,),
        "số định danh": (persona.cccd,),
        "số điện thoại": (persona.phone, f"+84{persona.phone[1:]}"),
        "thư điện tử": (persona.email,),
        "ngày sinh": (persona.birth_date, f"{year}-{month}-{day}"),
        "địa chỉ": (persona.address,),
    }
    if other is not None:
        theirs = {value for value in other.model_dump().values() if isinstance(value, str)}
        facts = {name: values for name, values in facts.items() if values[0] not in theirs}
    code = journey.submit.code if journey and journey.submit else ""
    return OwnData(facts, code, frozenset(_files(journey)) if journey else frozenset())


def _files(journey: Journey) -> Iterable[str]:
    for place in journey.uploads:
        kind = place.attached.rsplit(".", 1)[-1]
        if place.attached and kind in ("pdf", "jpg", "png", "docx"):
            yield hashlib.sha256(make_document(kind, place.label)).hexdigest()
    if journey.result:
        yield from (one for one in (journey.result.sha256, journey.result.issued_sha256) if one)


def is_file(content: bytes) -> bool:
    """True for what is no text: a document, a picture, an archive."""
    return kind_of(content) in FILES


def personal_values(text: str) -> dict[str, set[str]]:
    """What in a text has the form of somebody's personal number or mobile telephone, by Vietnamese names."""
    plain = readable(text)
    return {"số định danh": set(_CCCD.findall(plain)), "số điện thoại": set(_PHONE.findall(plain))}


def readable(text: str) -> str:
    """A text as it is meant: JSON with its letters, HTML without its entities."""
    if text.lstrip()[:1] in ("{", "["):
        with suppress(ValueError, RecursionError):
            text = json.dumps(json.loads(text), ensure_ascii=False)
    return html.unescape(_UNREAD.sub(" ", text))


def _is_code(value: str) -> bool:
    """True for what is written in one way only: numbers, dates, e-mail addresses."""
    return bool(re.fullmatch(r"[\d+/-]+|\S+@\S+", value))


def _stands(text: str, value: str) -> bool:
    """True when a value stands by itself in a text, not inside a longer one."""
    return bool(value) and re.search(rf"(?<![\w.]){re.escape(value)}(?!\w)", text, re.I) is not None
