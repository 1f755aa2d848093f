"""What head and foot of the home page say officially: the portal's name, who owns it, its hotline, the kind of body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toantrinh.driver.lexicon import fold
from toantrinh.probing.scout import words

PHONE = re.compile(r"(?<!\d)(?:\+84|0|1[89]00)[ .\-()]?\d[\d .\-()]{2,12}\d(?!\d)")
HOTLINE = ("duong day nong", "tong dai", "hotline", "dien thoai", "dt", "tel", "phone")
PORTAL = ("cong dich vu cong", "dich vu cong", "cong thong tin", "he thong thong tin giai quyet", "mot cua", "dvc")
NO_NAME = ("trang chu", "home", "trang nhat", "dang nhap")


@dataclass(frozen=True)
class Official:
    """Empty where nothing is said; `kind` as in a system file."""

    name: str
    owner: str
    hotline: str
    kind: str


def read_official(facts: Mapping[str, Any]) -> Official:
    """Reads the facts of the home page (`page_facts.js`)."""
    header, footer = [str(line) for line in facts["header"]], [str(line) for line in facts["footer"]]
    lines = [*footer, *header, *str(facts["text"]).splitlines()]
    owner = _owner(lines)
    name = _name(str(facts["title"]), header, footer, str(facts["text"]))
    return Official(name=name, owner=owner, hotline=_hotline(lines), kind=_kind(f"{name} {owner}"))


def _name(title: str, header: Sequence[str], footer: Sequence[str], text: str) -> str:
    parts = [part.strip() for part in re.split(r"\s+[-–—|:•]\s+", title) if fold(part) and fold(part) not in NO_NAME]
    lines = [*parts, *header, *footer, *text.splitlines()[:40]]
    named = [line for line in lines if any(word in fold(line) for word in PORTAL) and 8 <= len(line) <= 120]
    return " ".join((next(iter(named), "") or next(iter(parts), "")).split())


def _owner(lines: Sequence[str]) -> str:
    for word in words()["owner"]:
        for line in lines:
            if fold(word) in fold(line):
                said = line.split(":", 1)[1] if ":" in line else line
                return " ".join(said.split())[:160]
    return next((line[:160] for line in lines if re.match(r"(uy ban nhan dan|ubnd|bo )", fold(line))), "")


def _hotline(lines: Sequence[str]) -> str:
    near = [line for line in lines if any(f" {word} " in f" {fold(line)} " for word in HOTLINE)]
    found = next((match for line in [*near, *lines] if (match := PHONE.search(line))), None)
    return found.group(0).strip() if found else ""


def _kind(text: str) -> str:
    folded = f" {fold(text)} "
    kinds = words()["kinds"].items()
    return next((str(kind) for kind, said in kinds if any(f" {fold(word)} " in folded for word in said)), "other")
