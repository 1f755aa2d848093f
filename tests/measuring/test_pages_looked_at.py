"""What `python -m bench --only pages` measures, with what, and on which pages. No time is asserted."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bench.addresses import public_pages
from bench.memory import Peak
from bench.tools import Tools

ROOT = Path(__file__).parents[2]
SITE = {
    "/": '<a href="/so-do">Sơ đồ cổng</a> <a href="/dang-xuat">Đăng xuất</a> <a href="/tin?so=1#dau">Tin</a>'
    '<a href="http://elsewhere.example/">Nơi khác</a> <a href="/mau.pdf">Mẫu</a> <a href="/mat">Mất</a>',
    "/so-do": '<a href="/hoi-dap">Hỏi đáp</a> <a href="/tin?so=2">Tin</a> <a href="/">Trang chủ</a>',
    "/hoi-dap": "Hỏi đáp",
    "/tin": "Tin",
    "/thu-tuc/1": "Một thủ tục",
    "/thu-tuc/2": "Một thủ tục nữa",
}
MAPPED = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"


class _Site(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.asked.append(path)
        host = f"http://{self.headers['Host']}"
        kind, body = "text/html; charset=utf-8", SITE.get(path, "")
        if path == "/sitemap.xml":
            places = "".join(f"<url><loc>{host}/thu-tuc/{number}</loc></url>" for number in (1, 2))
            kind, body = "application/xml", MAPPED.format(places)
        elif path == "/mau.pdf":
            kind, body = "application/pdf", "%PDF"
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """A site of six pages, of which its site map and its sitemap.xml tell."""
    _Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_pages_are_those_of_the_site_map_each_once(site: str) -> None:
    paths = [page.removeprefix(site) for page in public_pages(f"{site}/", 40)]
    assert paths == ["/", "/hoi-dap", "/tin?so=2", "/so-do", "/thu-tuc/1", "/thu-tuc/2"]
    assert "/dang-xuat" not in _Site.asked, "a link that ends a session is not followed"


def test_no_more_pages_are_taken_than_asked_for(site: str) -> None:
    assert len(public_pages(f"{site}/", 3)) == 3


def test_memory_counts_what_a_process_has_started() -> None:
    child = "import time; kept = bytearray(120_000_000); time.sleep(60)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    process = subprocess.Popen([sys.executable, "-c", parent], start_new_session=True)
    try:
        with Peak(process.pid) as peak, pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
    finally:
        import psutil

        for one in [*psutil.Process(process.pid).children(recursive=True), process]:
            one.kill()
        process.wait()
    assert peak.bytes > 120_000_000


FIGURES = ("s a page", "median page, s", "pages a minute", "processor s a page", "peak MB")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_every_row_is_there_with_a_tool_that_is_installed_and_one_that_is_not(tmp_path: Path) -> None:
    (tmp_path / "pa11y").write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\necho "[]"\n')
    (tmp_path / "pa11y").chmod(0o755)
    asked = ["--only", "pages", "--repeat", "1", "--pages", "2", "--tools", str(tmp_path)]
    done = subprocess.run([sys.executable, "-m", "bench", *asked], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = dict(row for line in done.stdout.splitlines() if len(row := re.split(r"\s{2,}", line, maxsplit=1)) == 2)

    for name in ("bare loop with axe", "observer", "observer with probes", "pa11y"):
        assert {f"{name}, {figure}" for figure in FIGURES} <= rows.keys()
    assert float(rows["bare loop with axe, peak MB"].split()[0]) > 50
    assert {"one worker, pages a minute", "two workers, pages a minute", "two workers / one"} <= rows.keys()
    assert rows["pages"].startswith("/, ")
    assert any(name.startswith("probes: keyboard") for name in rows)
    assert rows["observer / bare loop with axe"].endswith("≤ 2")
    assert rows["pa11y / observer"].endswith("≥ 3")
    assert rows["lighthouse, s a page"].startswith("not installed")
    assert "lighthouse / observer" not in rows

    assert rows["one process to a page"].startswith("pa11y; on /,")
    calls = (tmp_path / "asked").read_text().splitlines()
    assert len(calls) == 2
    assert all(call.count("http://127.0.0.1") == 1 and "--runner axe" in call for call in calls)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_tool_that_gives_no_result_ends_the_measuring(tmp_path: Path) -> None:
    (tmp_path / "pa11y").write_text("#!/bin/sh\necho 'no browser' >&2\nexit 1\n")
    (tmp_path / "pa11y").chmod(0o755)
    tools = Tools({"pa11y": str(tmp_path / "pa11y")}, tmp_path, (), "")
    with pytest.raises(SystemExit, match="no browser"):
        tools.run("pa11y", "http://127.0.0.1:9/")
