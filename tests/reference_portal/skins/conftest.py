"""A portal with the single-page face, and a screen in which citizen A is signed in there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from ..citizens.conftest import Portal, Visitor, running


@pytest.fixture(scope="session")
def spa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One portal with the single-page face for all tests here."""
    with running(tmp_path_factory.mktemp("spa"), "--captcha-answer", "SAOMAI", "--skin", "spa") as started:
        yield started


@pytest.fixture(scope="session")
def citizen(spa: Portal) -> Visitor:
    """Citizen A, logged in once for all tests."""
    return Visitor(spa).log_in("A")


@pytest.fixture
def screen(chromium: Browser, spa: Portal, citizen: Visitor) -> Iterator[Page]:
    """A page in which citizen A is signed in."""
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1366, "height": 800})
    number = citizen.session.cookies.get("phien", domain="127.0.0.1") or ""
    context.add_cookies([{"name": "phien", "value": number, "url": spa.url}])
    yield context.new_page()
    context.close()
