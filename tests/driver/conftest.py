"""The nasty pages: each looks like one of the common kits, without using one, and is served by a real local server."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import View
from toantrinh.journey import form
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import FieldRecord
from toantrinh.store import Attachments
from toantrinh.systems import load_system

PAGES = Path(__file__).parent / "pages"
COMMUNES = {"46": ["Phường Thuận Hóa", "Phường Phú Xuân"], "2": ["Xã Phú Lộc", "Phường Sao Mai"]}
FILES = {"html": "text/html; charset=utf-8", "js": "text/javascript", "pdf": "application/pdf"}


class PageServer(http.server.BaseHTTPRequestHandler):
    """Serves tests/driver/pages, and what their scripts ask for, somewhat slowly."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = parts.path.strip("/")
        if path == "communes":
            time.sleep(0.12)
            every = [name for names in COMMUNES.values() for name in names]
            rows = COMMUNES.get(asked["province"], []) if "province" in asked else every
            words = asked.get("q", "").casefold()
            self._send(
                json.dumps([[str(at), name] for at, name in enumerate(rows, 1) if words in name.casefold()]), "json"
            )
        elif path == "agencies":
            time.sleep(0.3)
            self._send(json.dumps(["UBND phường Sao Mai", "UBND xã Phú Lộc"]), "json")
        elif path == "poll":
            time.sleep(0.15)
            self._send("{}", "json")
        elif path == "cascade-reload":
            self._send(_reloading_form(asked), "html")
        elif (PAGES / path).is_file():
            self._send((PAGES / path).read_text(encoding="utf-8"), path.rsplit(".", 1)[-1])
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._send("<!doctype html><title>Đã nhận</title><main><h1>Đã nhận</h1></main>", "html")

    def _send(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", FILES.get(kind, "application/json"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Silent."""


def _reloading_form(kept: dict[str, str]) -> str:
    """The form of an old portal: choosing the province loads the page again, with what was entered in the address."""
    provinces = "".join(
        f"<option value={value}{' selected' if kept.get('CongDan_maTinhThanh') == value else ''}>{name}</option>"
        for value, name in (("", "--Chọn--"), ("46", "Thành phố Huế"), ("2", "Tỉnh Sao Mai"))
    )
    communes = "".join(
        f"<option value={at}>{name}</option>"
        for at, name in enumerate(COMMUNES.get(kept.get("CongDan_maTinhThanh", ""), []), 1)
    )
    return f"""<!doctype html><html lang=vi><meta charset=utf-8><title>Tờ khai</title><form name=f action=/cascade-reload>
    <table><tr><td>Họ và tên (*)</td><td><input name=CongDan_hoTen value="{kept.get("CongDan_hoTen", "")}"></td></tr>
    <tr><td>Tỉnh/Thành phố (*)</td><td><select name=CongDan_maTinhThanh onchange="f.submit()">{provinces}</select></td></tr>
    <tr><td>Phường/Xã (*)</td><td><select name=CongDan_maPhuongXa><option value=''>--Chọn--</option>{communes}</select></td></tr>
    <tr><td>Điện thoại (*)</td><td><input name=dt value="{kept.get("dt", "")}"></td></tr></table><input type=button value='Tiếp tục'></form>
    <script>window.state = () => ({{ten: f.CongDan_hoTen.value, tinh: f.CongDan_maTinhThanh.value, xa: f.CongDan_maPhuongXa.value, dt: f.dt.value}})</script>"""


@pytest.fixture(scope="session")
def pages() -> Iterator[str]:
    """The origin of the nasty pages."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), PageServer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def who(chromium: Browser, tmp_path: Path, pages: str) -> Iterator[Traveller]:
    """A traveller whose system is the nasty pages."""
    system = load_system("demo", base_url=pages)
    with travelling(chromium, system, system.services[0], Attachments(tmp_path, "x", str)) as traveller:
        yield traveller


Fill = Callable[..., tuple[View, dict[str, FieldRecord], list[str]]]


@pytest.fixture
def fill(who: Traveller) -> Fill:
    """Opens a nasty page and fills its form: the page then, the records by label, the labels without an answer."""

    def fill_form(path: str, attempt: int = 0, **given: str) -> tuple[View, dict[str, FieldRecord], list[str]]:
        view, records, unanswered = form.fill_page(
            who,
            who.go(path),
            Answerer(who.persona, {label.replace("_", " "): value for label, value in given.items()}),
            attempt=attempt,
        )
        return view, {record.label: record for record in records}, unanswered

    return fill_form


@pytest.fixture
def state(who: Traveller) -> Callable[[], dict[str, object]]:
    """What the page itself holds: its own `state()`."""
    return lambda: dict(who.hands.page.evaluate("() => window.state()"))
