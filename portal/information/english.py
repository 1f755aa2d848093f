"""The English version: home, search, a summary of each procedure, guide, FAQ, contact."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from flask import Blueprint, abort, render_template, request
from sqlalchemy import select

from portal.catalogue import Entry, current_catalogue
from portal.citizen.home import home as vietnamese_home
from portal.database import current_session
from portal.defects import has_defect
from portal.folding import fold
from portal.information.texts import EnglishService, english_services, texts
from portal.records import Agency, Service

blueprint = Blueprint("english", __name__, url_prefix="/en")

PAGE = 10
LEVELS = {
    "toan-trinh": "Full online service",
    "mot-phan": "Partial online service",
    "thong-tin": "Information only",
}
AUDIENCES = {
    "cong_dan": "Vietnamese citizens",
    "to_chuc": "Enterprises and organisations",
    "ca_hai": "Citizens, enterprises and organisations",
}


@dataclass(frozen=True)
class Line:
    """A service in an English list."""

    entry: Entry
    words: EnglishService

    @property
    def level(self) -> str:
        """The level in English."""
        return LEVELS[self.entry.level]


@blueprint.get("/")
def home() -> str:
    """English home page."""
    if has_defect("layout.english-copy"):
        return vietnamese_home()
    words = english_services()
    popular = [Line(entry, words[entry.code]) for entry in current_catalogue().most_used() if entry.code in words]
    return render_template("information/en/home.html", lang="en", active="home", popular=popular)


@blueprint.get("/procedures")
def procedures() -> str:
    """English list; `q` searches names, fields, summaries and codes, `level` narrows, `page` counts from 1."""
    keyword, level = request.args.get("q", "").strip()[:200], request.args.get("level", "")
    found = [line for line in _lines() if _fits(line, keyword) and level in ("", line.entry.level)]
    pages = max(1, ceil(len(found) / PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "information/en/procedures.html",
        lang="en",
        active="procedures",
        keyword=keyword,
        level=level,
        levels=LEVELS,
        total=len(found),
        lines=found[(number - 1) * PAGE : number * PAGE],
        number=number,
        pages=pages,
    )


@blueprint.get("/procedures/<code>")
def procedure(code: str) -> str:
    """English summary of one procedure."""
    service = current_session().get(Service, code)
    words = english_services().get(code)
    if service is None or words is None:
        abort(404)
    return render_template(
        "information/en/procedure.html",
        lang="en",
        active="procedures",
        service=service,
        words=words,
        level=LEVELS[service.level.replace("_", "-")],
        audience=AUDIENCES[service.audience],
        agency=service.agency.name_en,
        documents=list(zip(service.documents, words.documents, strict=True)),
        emc_events=[(code, "-1")],
    )


@blueprint.get("/guide")
def guide() -> str:
    """English guide."""
    return render_template("information/en/guide.html", lang="en", active="help", steps=texts("en").guide)


@blueprint.get("/faq")
def faq() -> str:
    """English FAQ."""
    return render_template("information/en/faq.html", lang="en", active="faq", groups=texts("en").faq)


@blueprint.get("/contact")
def contact() -> str:
    """English contact page."""
    agencies = current_session().scalars(select(Agency).order_by(Agency.code)).all()
    return render_template(
        "information/en/contact.html", lang="en", active="contact", hotlines=texts("en").hotlines, agencies=agencies
    )


@blueprint.app_template_filter("vnd")
def vnd(amount: int) -> str:
    """Whole đồng in English: `VND 8,000`, or `Free of charge`."""
    return f"VND {amount:,}" if amount else "Free of charge"


@blueprint.app_template_filter("en_days")
def en_days(count: int) -> str:
    """A time limit in English: `3 working days`."""
    return f"{count} working day{'' if count == 1 else 's'}"


def _lines() -> list[Line]:
    words = english_services()
    return [Line(entry, words[entry.code]) for entry in current_catalogue().entries if entry.code in words]


def _fits(line: Line, keyword: str) -> bool:
    text = fold(f"{line.entry.code} {line.entry.name_en} {line.words.field} {line.words.summary} {line.entry.name}")
    return all(word in text for word in fold(keyword).split())
