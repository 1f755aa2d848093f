"""Pages of a portal that is nothing but these pages, each given with its status, and who visits them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser

from tests.scenarios.conftest import served, stranger
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.traveller import Traveller
from toantrinh.store import Attachments

Pages = Mapping[str, str | tuple[str, int]]
"""By method and path ("POST /gui"): the body of the page, or (body, HTTP status)."""


@contextmanager
def visiting(chromium: Browser, pages: Pages, folder: Path) -> Iterator[Traveller]:
    """A traveller at a portal of these pages."""
    app = Flask(__name__)
    for at, (place, page) in enumerate(pages.items()):
        method, path = place.split()
        body, status = page if isinstance(page, tuple) else (page, 200)
        html = f"<!doctype html><html lang=vi><meta charset=utf-8><title>Cổng</title>{body}</html>"
        app.add_url_rule(path, str(at), lambda html=html, status=status: (html, status), methods=[method])
    with served(app) as address:
        system, service = stranger(address)
        with travelling(chromium, system, service, Attachments(folder, "x", str)) as who:
            yield who
