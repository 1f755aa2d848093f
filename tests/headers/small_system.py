"""A system of a few addresses on this machine, and a party on another port, for what a browser hears of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

NAME = "Nguyễn Thị Thử Nghiệm"
SECRET = "3f9a0c1b2d4e5f60718293a4b5c6d7e8"
HTML, JSON, PDF = "text/html; charset=utf-8", "application/json", "application/pdf"
POLICY = "default-src 'self'; script-src 'nonce-{nonce}'; base-uri 'none'; object-src 'none'"
SHARED = [("Cache-Control", "public, max-age=600")]

Answer = tuple[int, list[tuple[str, str]], str]


class System:
    """Answers by path; `nonces` counts the policies that were made, `etag` is a file that may be asked for again."""

    def __init__(self, party: str = "") -> None:
        self.party, self.nonces = party, 0

    def answer(self, path: str) -> Answer:
        """Status, headers and body of a path, whatever its query."""
        bare = path.split("?")[0]
        return {
            "/": self._page,
            "/again": self._page,
            "/meta": lambda: (200, [("Content-Type", HTML)], META),
            "/sent": lambda: (302, [("Location", "/"), ("Set-Cookie", f"sid={SECRET}; HttpOnly; SameSite=Lax")], ""),
            "/script-cookie": lambda: (200, [("Content-Type", HTML)], f"<script>document.cookie='k={SECRET}'</script>"),
            "/own": lambda: (200, [("Content-Type", HTML), *SHARED], f"<h1>Hồ sơ</h1><p>{NAME}</p>"),
            "/own-private": lambda: (200, [("Content-Type", HTML), ("Cache-Control", "private")], f"<p>{NAME}</p>"),
            "/app": lambda: (200, [("Content-Type", HTML), ("Cache-Control", "no-store")], APP),
            "/api/me": lambda: (200, [("Content-Type", JSON), *SHARED], f'{{"name": "{NAME}"}}'),
            "/api/places": lambda: (200, [("Content-Type", JSON), *SHARED], '["Phường Hòa Bình"]'),
            "/api/nothing": lambda: (204, [], ""),
            "/files": lambda: (200, [("Content-Type", HTML)], FILES.replace("PARTY", self.party)),
            "/lib.js": lambda: (200, [("Content-Type", "text/javascript")], "1"),
            "/enter": lambda: (302, [("Location", f"{self.party}/enter"), ("Set-Cookie", "state=1")], ""),
        }.get(bare, lambda: (404, [("Content-Type", HTML)], "<h1>Không tìm thấy trang</h1>"))()

    def _page(self) -> Answer:
        self.nonces += 1
        policy = POLICY.format(nonce=f"n{self.nonces:08d}abcdefghijkl")
        headers = [("Content-Type", HTML), ("Content-Security-Policy", policy), ("Referrer-Policy", "same-origin")]
        return 200, headers, "<!doctype html><h1>Trang</h1><img src=/a.png>"


META = """<!doctype html><head><meta http-equiv=Content-Security-Policy content="script-src 'self'">
<meta name=referrer content=same-origin></head><h1>Trang</h1>"""
APP = """<!doctype html><h1>Ứng dụng</h1><script>
Promise.all(['/api/me', '/api/places', '/api/nothing'].map((one) => fetch(one, {headers: {Authorization: 'Bearer x'}})
  .then((got) => got.text()))).then(() => { document.title = 'xong'; });</script>"""
FILES = """<!doctype html><h1>Trang</h1><script src="PARTY/lib.js"></script><script src="/lib.js"></script>
<script src="PARTY/pinned.js" integrity="sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=" crossorigin></script>
<script src="PARTY/loose.js" integrity="yes"></script>"""


def party(path: str) -> Answer:
    """A log-in party that sets a cookie of its own, and gives scripts to everybody."""
    if path.startswith("/enter"):
        return 200, [("Content-Type", HTML), ("Set-Cookie", f"party_session={SECRET}; HttpOnly")], "<h1>Đăng nhập</h1>"
    return 200, [("Content-Type", "text/javascript"), ("Access-Control-Allow-Origin", "*")], "1"


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[str]:
    """The address at which these answers are given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, text = answer(self.path)
            self.send_response_only(status)
            body = text.encode()
            for name, value in headers:
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
