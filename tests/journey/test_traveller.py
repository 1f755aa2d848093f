"""What a traveller may ask for: files of the system's own hosts, and nothing that a redirect leads away to."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from toantrinh.journey.setting_out import travelling
from toantrinh.store import Attachments
from toantrinh.systems import load_system


class Files(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        places = {"/di": "/tep.pdf", "/ra-ngoai": "http://elsewhere.example/tep.pdf", "/vong": "/vong"}
        if self.path in places:
            self.send_response(302)
            self.send_header("Location", places[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.send_header("Content-Length", str(5 * 1024**3 if self.path == "/lon" else 5))
        self.end_headers()
        self.wfile.write(b"%PDF-")

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_downloads_stay_on_the_systems_hosts(chromium: Browser, origin: str, tmp_path: Path) -> None:
    system = load_system("demo", base_url=origin)
    with travelling(chromium, system, system.services[0], Attachments(tmp_path, "x", str)) as who:
        assert who.fetch(f"{origin}/di") == (200, b"%PDF-", "application/pdf")
        assert who.fetch(f"{origin}/ra-ngoai")[0] is None
        assert who.fetch(f"{origin}/vong")[0] is None
        assert who.fetch("http://elsewhere.example/tep.pdf")[0] is None


def test_a_download_of_five_gigabytes_is_not_taken(chromium: Browser, origin: str, tmp_path: Path) -> None:
    system = load_system("demo", base_url=origin)
    with travelling(chromium, system, system.services[0], Attachments(tmp_path, "x", str)) as who:
        status, body, _ = who.fetch(f"{origin}/lon")
        assert body == b"" and status in (None, 200)
