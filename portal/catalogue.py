"""The public list of services, held in memory: searched, filtered, counted and paged without a query."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.careless_queries import services_of
from portal.defects import has_defect
from portal.folding import composed, fold, slug
from portal.records import Service

PAGE = 10
LEVELS = {
    "toan-trinh": "Toàn trình",
    "mot-phan": "Một phần",
    "thong-tin": "Cung cấp thông tin",
}
LEVEL_TITLES = {
    "toan_trinh": "Dịch vụ công trực tuyến toàn trình",
    "mot_phan": "Dịch vụ công trực tuyến một phần",
    "thong_tin": "Dịch vụ cung cấp thông tin trực tuyến",
}
AUDIENCES = {"cong-dan": "Công dân", "to-chuc": "Tổ chức, doanh nghiệp"}
_NO_MATCH = 9
_SERVED = {"cong_dan": ("cong-dan",), "to_chuc": ("to-chuc",), "ca_hai": ("cong-dan", "to-chuc")}


@dataclass(frozen=True)
class Entry:
    """One service as lists show it. `field`, `level` and `audiences` are slugs as in the addresses."""

    code: str
    name: str
    name_en: str
    field: str
    field_name: str
    level: str
    audiences: tuple[str, ...]
    agency: str
    agency_name: str
    fee: int
    processing_days: int
    essential: int | None
    plain: str
    folded: str
    words: frozenset[str]

    @property
    def level_name(self) -> str:
        """The level in short words."""
        return LEVELS[self.level]

    @property
    def is_submittable(self) -> bool:
        """True when a citizen can send a dossier online."""
        return self.level != "thong-tin"


@dataclass(frozen=True)
class Question:
    """What somebody looks for. Empty strings do not narrow; an unknown value finds nothing."""

    keyword: str = ""
    audience: str = ""
    field: str = ""
    level: str = ""
    agency: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Question:
        """The question in the parameters of `/thu-tuc`."""

        def word(name: str) -> str:
            return composed(arguments.get(name, "")).strip()[:200]

        return cls(word("tu-khoa"), word("doi-tuong"), word("linh-vuc"), word("muc-do"), word("co-quan"))


@dataclass(frozen=True)
class Page:
    """One page of what was found. `number` counts from 1; `by_level` counts what the other filters leave."""

    entries: Sequence[Entry]
    total: int
    number: int
    pages: int
    by_level: Mapping[str, int]


@dataclass(frozen=True)
class Catalogue:
    """All services in their published order, and the values that the filters offer."""

    entries: tuple[Entry, ...]
    popular: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)

    def find(self, question: Question, page: int = 1) -> Page:
        """The page of services that answer `question`, best matches first; a page beyond the last is the last."""
        narrowed = self._narrowed(question)
        by_level = Counter(entry.level for entry in narrowed)
        every_level = has_defect("search.filters-ignored")
        found = [entry for entry in narrowed if every_level or question.level in ("", entry.level)]
        pages = max(1, ceil(len(found) / PAGE))
        number = min(max(1, page), pages)
        start = 0 if has_defect("search.pages-repeat") else (number - 1) * PAGE
        return Page(found[start : start + PAGE], len(found), number, pages, by_level)

    def get(self, code: str) -> Entry | None:
        """The service with this TTHC code."""
        return next((entry for entry in self.entries if entry.code == code), None)

    def most_used(self) -> list[Entry]:
        """The services that the home page shows, in the order of the seed."""
        known = {entry.code: entry for entry in self.entries}
        return [known[code] for code in self.popular if code in known]

    def count_by_level(self) -> Mapping[str, int]:
        """How many services there are of each level."""
        return Counter(entry.level for entry in self.entries)

    def _narrowed(self, question: Question) -> list[Entry]:
        tests: list[Callable[[Entry], bool]] = []
        if question.audience:
            tests.append(lambda entry: question.audience in entry.audiences)
        if question.field:
            tests.append(lambda entry: entry.field == question.field)
        if question.agency:
            by_hand = services_of(question.agency) if has_defect("input.query-by-hand") else None
            tests.append(lambda entry: entry.agency == question.agency if by_hand is None else entry.code in by_hand)
        if has_defect("search.filters-ignored"):
            tests = []
        left = [entry for entry in self.entries if all(test(entry) for test in tests)]
        if not question.keyword:
            return left
        keyword = Keyword.of(question.keyword)
        if has_defect("search.by-alphabet") and not keyword.code:
            return sorted((one for one in left if keyword.words & one.words), key=lambda one: one.folded)
        ranked = [(_rank(keyword, entry), place, entry) for place, entry in enumerate(left)]
        return [entry for rank, _, entry in sorted(ranked, key=lambda one: one[:2]) if rank < _NO_MATCH]


def load(session: Session) -> Catalogue:
    """The catalogue of what the database holds."""
    rows = session.scalars(select(Service).order_by(Service.position)).all()
    entries = tuple(_entry(row) for row in rows)
    fields = {entry.field: entry.field_name for entry in sorted(entries, key=lambda one: fold(one.field_name))}
    agencies = {entry.agency: entry.agency_name for entry in sorted(entries, key=lambda one: one.agency)}
    ranked = sorted((row.popular, row.code) for row in rows if row.popular is not None)
    return Catalogue(entries, tuple(code for _, code in ranked), fields, agencies)


def current_catalogue() -> Catalogue:
    """The catalogue of the portal that serves this request."""
    catalogue: Catalogue = current_app.extensions["portal.catalogue"]
    return catalogue


@dataclass(frozen=True)
class Keyword:
    """What was typed, made ready for comparing; `code` is empty when it is no TTHC code."""

    plain: str
    folded: str
    words: frozenset[str]
    code: str

    @classmethod
    def of(cls, typed: str) -> Keyword:
        """The keyword as typed by a person."""
        folded = fold(typed)
        code = re.sub(r"\s+", "", typed)
        is_code = re.fullmatch(r"\d\.\d{3,6}.*", code) is not None
        return cls(" ".join(typed.lower().split()), folded, _words(folded), code if is_code else "")


def _rank(keyword: Keyword, entry: Entry) -> int:
    """How well the keyword fits, 0 best."""
    if keyword.code:
        if has_defect("search.no-codes"):
            return _NO_MATCH
        return 0 if keyword.code.startswith(entry.code) else 1 if entry.code.startswith(keyword.code) else _NO_MATCH
    if has_defect("search.diacritics"):
        return 3 if keyword.plain in entry.plain else _NO_MATCH
    if keyword.folded == entry.folded:
        return 0
    if keyword.plain in entry.plain:
        return 1
    if f" {keyword.folded} " in f" {entry.folded} ":
        return 2
    return 3 if keyword.words and keyword.words <= entry.words else _NO_MATCH


def _words(folded: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", folded))


def _entry(row: Service) -> Entry:
    return Entry(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        field=slug(row.field),
        field_name=row.field,
        level=row.level.replace("_", "-"),
        audiences=_SERVED[row.audience],
        agency=row.agency_code,
        agency_name=row.agency.name,
        fee=row.fee,
        processing_days=row.processing_days,
        essential=row.essential,
        plain=composed(row.name).lower(),
        folded=fold(row.name),
        words=_words(fold(f"{row.name} {row.field} {row.name_en}")),
    )
