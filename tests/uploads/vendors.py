"""Small portals of vendors: one page of papers with one place, and what each vendor makes of a file."""

from __future__ import annotations

import html
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser

from fixtures.uploads import UploadsSeen
from tests.scenarios.conftest import served, stranger
from toantrinh.journey.setting_out import travelling
from toantrinh.observations.journey import StepName
from toantrinh.observations.uploads import UploadsRecord
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import role_of_context
from toantrinh.observers.uploads import round as one_round
from toantrinh.observers.uploads.hearing import Ear
from toantrinh.observers.uploads.round import best_place
from toantrinh.observers.uploads.visit import tried_at
from toantrinh.store import Attachments

PAGE = """<!doctype html><html lang=vi><meta charset=utf-8><title>Cổng</title><main><h1>Thành phần hồ sơ</h1>{said}
<form method=post action=/gui enctype=multipart/form-data><table><tr><td>Giấy khai sinh (PDF, DOCX)</td>
<td><input type=file name=tep accept="{accept}" aria-label="Giấy khai sinh"></td>
<td><button>Tải lên</button></td></tr></table><input type=hidden name=ma value=k81></form>
<ul>{files}</ul></main>{script}</html>"""
REFUSED = "<p role=alert>{why}. Vui lòng chọn tệp khác.</p>"


@dataclass
class Kept:
    """A file that a vendor has."""

    name: str
    mime: str
    content: bytes


@dataclass
class Vendor:
    """A careful vendor: only PDF and DOCX by their content, names of its own, saved and never shown."""

    accept: str = ".pdf,.docx"
    files: dict[str, Kept] = field(default_factory=dict)
    posts: int = 0
    script: str = ""

    def refusal(self, kept: Kept) -> str:
        good = kept.content.startswith((b"%PDF-", b"PK\x03\x04")) and b"EICAR" not in kept.content
        return "" if good and b"vbaProject" not in kept.content else "Tệp không đúng loại"

    def line(self, key: str, kept: Kept) -> str:
        return f'<li><a href="/tep/{key}">Giấy tờ {key}</a></li>'

    def take(self, kept: Kept) -> ResponseReturnValue:
        """The answer to an upload."""
        if why := self.refusal(kept):
            return self.page(REFUSED.format(why=why))
        self.files = {secrets.token_hex(4): kept}
        return redirect("/giay-to", 303)

    def give(self, key: str) -> ResponseReturnValue:
        kept = self.files[key]
        headers = {"Content-Disposition": f'attachment; filename="{key}"', "X-Content-Type-Options": "nosniff"}
        return Response(kept.content, content_type="application/octet-stream", headers=headers)

    def page(self, said: str = "") -> str:
        lines = "".join(self.line(key, kept) for key, kept in self.files.items())
        return PAGE.format(said=said, files=lines, accept=self.accept, script=self.script)

    def home(self) -> ResponseReturnValue:
        return "<!doctype html><html lang=vi><title>Cổng</title><h1>Cổng dịch vụ công</h1></html>"

    def look(self) -> ResponseReturnValue:
        return self.page()


def app_of(vendor: Vendor) -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def home() -> ResponseReturnValue:
        return vendor.home()

    @app.get("/giay-to")
    def papers() -> ResponseReturnValue:
        return vendor.look()

    @app.post("/gui")
    def send() -> ResponseReturnValue:
        vendor.posts += 1
        sent = request.files["tep"]
        return vendor.take(Kept(sent.filename or "", sent.mimetype, sent.read()))

    @app.get("/tep/<path:key>")
    def file(key: str) -> ResponseReturnValue:
        return vendor.give(key) if key in vendor.files else ("Không có tệp", 404)

    return app


@contextmanager
def visited(
    chromium: Browser, vendor: Vendor, folder: Path, monkeypatch: pytest.MonkeyPatch, *keys: str
) -> Iterator[UploadsSeen]:
    """The record of a round of these baits (all without any) at a vendor's."""
    if keys:
        all_of = one_round.baits
        monkeypatch.setattr(one_round, "baits", lambda *a: [one for one in all_of(*a) if one.key in keys])
    with served(app_of(vendor)) as address, round_at(chromium, address, folder) as record:
        yield record


@contextmanager
def round_at(chromium: Browser, address: str, folder: Path) -> Iterator[UploadsSeen]:
    """The record of a round at the papers of whoever answers at an address."""
    system, service = stranger(address)
    with travelling(chromium, system, service, Attachments(folder, "x", str)) as who:
        context = who.hands.watch.context
        ear, prober = Ear(context), Prober(system, "input")
        who.book.begin(StepName.PAPERS)
        view = who.go("/giay-to")
        place = best_place(view)
        assert place is not None
        done = tried_at(who, view, place, ear, prober, role_of_context("citizen_a", context))
        prober.settle()
        facts = done.facts()
        record = UploadsRecord(name="uploads", bounds=17, exchanges=prober.record(), **facts)
        yield UploadsSeen(UploadsRecord.model_validate_json(record.model_dump_json()), observation="x.json")


def named_line(key: str, kept: Kept) -> str:
    """A vendor's line that shows the file's name as text."""
    return f'<li><a href="/tep/{key}">{html.escape(kept.name)}</a></li>'
