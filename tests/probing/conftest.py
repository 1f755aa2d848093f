"""Real servers to be probed: the reference portal, a stranger, and pages of all sorts on ports of their own."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cheroot.wsgi import Server

from tests.strangers.may_portal import Office, make_portal

HOUSE = Path(__file__).parents[2]


@contextmanager
def running_portal(data: Path, *options: str) -> Iterator[str]:
    """The address of a reference portal in a process of its own, on a free port."""
    command = [sys.executable, "-m", "portal", "--port", "0", "--data", str(data), "--captcha-answer", "KT26SM"]
    command += ["--until-stdin-closes", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOUSE)
    assert process.stdout is not None and process.stdin is not None
    with ThreadPoolExecutor(1) as reader:
        line = reader.submit(process.stdout.readline).result(timeout=60)
    yield json.loads(line)["portal"]
    process.stdin.close()
    process.wait(20)


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the reference portal."""
    with running_portal(tmp_path_factory.mktemp("portal")) as address:
        yield address


@pytest.fixture(scope="session")
def may() -> Iterator[tuple[str, Office]]:
    """The address of a portal that shares nothing with the reference portal, and what it has taken in."""
    office = Office()
    server = Server(("127.0.0.1", 0), make_portal(office))
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.bind_addr[1]}", office
    server.stop()


@dataclass
class Site:
    """A site of a few pages: (status, headers, body) by path, and the requests that it was asked."""

    address: str
    pages: dict[str, tuple[int, dict[str, str], str]]
    asked: list[str] = field(default_factory=list)


Serve = Callable[[dict[str, "tuple[int, dict[str, str], str] | str"]], Site]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Makes sites: a page is its HTML, or (status, headers, body); a path that is not there answers 404."""
    servers: list[http.server.ThreadingHTTPServer] = []
    release = threading.Event()

    def make(pages: dict[str, tuple[int, dict[str, str], str] | str]) -> Site:
        whole = {path: page if isinstance(page, tuple) else (200, {}, page) for path, page in pages.items()}

        class Answers(http.server.BaseHTTPRequestHandler):
            def _answer(self) -> None:
                path = self.path.split("?")[0]
                site.asked.append(f"{self.command} {self.path}")
                status, headers, body = site.pages.get(path, (404, {}, "<p>Không có"))
                if status == 0:
                    release.wait(60)
                    return
                content = body.encode()
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_POST = do_HEAD = _answer

            def log_message(self, *args: object) -> None:
                """Silent."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        server.daemon_threads = True
        site = Site(f"http://127.0.0.1:{server.server_address[1]}", whole)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return site

    yield make
    release.set()
    for server in servers:
        server.shutdown()
        server.server_close()
