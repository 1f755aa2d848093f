"""A real portal (application, database, templates) without a network, and visitors who click through it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.application import create_app
from portal.clock import now
from portal.database import Database
from portal.deadlines import promised_day
from portal.numbering import dossier_code
from portal.records import Citizen, Dossier, DossierEvent, Notice, Service
from portal.settings import Settings

PASSWORD = "Can-bo-2026"


@dataclass
class Visitor:
    """A browser without scripts: keeps its cookie and sends the anti-forgery token of the last page."""

    client: FlaskClient
    last: TestResponse | None = None
    text: str = ""
    token: str = ""

    def get(self, path: str) -> str:
        return self._seen(self.client.get(path, follow_redirects=True))

    def post(self, path: str, **values: Any) -> str:
        sent = {"_csrf": self.token, **values}
        return self._seen(self.client.post(path, data=sent, follow_redirects=True))

    @property
    def status(self) -> int:
        assert self.last is not None
        return self.last.status_code

    @property
    def words(self) -> str:
        """What a person reads: no tags, no scripts, single spaces."""
        bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", self.text, flags=re.S)
        return " ".join(unescape(bare).split())

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found is not None, f"no field {name} on the page"
        return unescape(found[1])

    def _seen(self, answer: TestResponse) -> str:
        self.last, self.text = answer, answer.get_data(as_text=True)
        if found := re.search(r'name="_csrf" value="([^"]+)"', self.text):
            self.token = found[1]
        return self.text


@dataclass
class Site:
    """The portal under test."""

    app: Flask
    settings: Settings
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        self.database = self.app.extensions["portal.database"]

    def visitor(self) -> Visitor:
        return Visitor(self.app.test_client())

    def officer(self, username: str = "canbo.lanhdao") -> Visitor:
        visitor = self.visitor()
        visitor.get("/can-bo/dang-nhap")
        visitor.post("/can-bo/dang-nhap", ten_dang_nhap=username, mat_khau=PASSWORD)
        assert visitor.status == 200 and "Đăng xuất" in visitor.words
        return visitor

    def dossier(self, service: str = "1.000656", agency: str | None = None) -> tuple[str, str]:
        """A dossier of citizen A that was submitted just now: (identifier, code)."""
        with self.database.transaction() as rows:
            offered = rows.get_one(Service, service)
            citizen = rows.scalars(select(Citizen).where(Citizen.cccd == "001190000017")).one()
            unit = agency or offered.agency_code
            moment = now()
            dossier = Dossier(
                code=dossier_code(rows, unit, moment.date()),
                service_code=service,
                agency_code=unit,
                citizen_id=citizen.id,
                status=1,
                answers={"ho_ten_nguoi_mat": "Nguyễn Văn Đã Khuất"},
                fee=offered.fee,
                submitted_at=moment - timedelta(minutes=1),
                promised_on=promised_day(moment, offered.processing_days),
            )
            rows.add(dossier)
            rows.flush()
            rows.add(
                DossierEvent(
                    dossier_id=dossier.id, status=1, title="Nộp hồ sơ trực tuyến", unit="Hệ thống tự động", note="0912"
                )
            )
            return dossier.id, str(dossier.code)

    def status_of(self, number: str) -> int:
        with self.database.transaction() as rows:
            return rows.get_one(Dossier, number).status

    def notices_about(self, number: str) -> list[str]:
        with self.database.transaction() as rows:
            return list(rows.scalars(select(Notice.title).where(Notice.dossier_id == number).order_by(Notice.id)))


@pytest.fixture(scope="session")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    def opened(**changes: Any) -> Site:
        folder: Path = tmp_path_factory.mktemp("portal")
        settings = Settings.load(
            folder,
            portal_url="http://localhost",
            identity_url="http://127.0.0.1:1",
            gateway_url="http://127.0.0.1:2",
            collector_url="http://127.0.0.1:3",
            **changes,
        )
        return Site(create_app(settings), settings)

    return opened


@pytest.fixture(scope="session")
def site(open_site: Callable[..., Site]) -> Site:
    """One portal with the fixed security code SAOMAI for all tests here; each makes the dossiers that it needs."""
    return open_site(captcha_answer="SAOMAI")
