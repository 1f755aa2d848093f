"""A server in this process that notes all that it is asked, and answers as the address says."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count


@dataclass
class Asked:
    """One request. `at`: seconds of a clock that only goes forward."""

    at: float
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listening:
    """`answers`: path → (status, headers, body); any other path is a right page. `slow`: path → seconds."""

    port: int
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [one.path for one in self.asked]

    def most_in_a_second(self) -> int:
        """Requests in the fullest stretch of one second."""
        at = sorted(one.at for one in self.asked)
        return max((sum(begun <= other < begun + 1 for other in at) for begun in at), default=0)


@contextmanager
def listening() -> Iterator[Listening]:
    """A server as long as it is needed. `{{number}}` in an answer is another each time."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard.asked.append(Asked(time.monotonic(), self.command, self.path, dict(self.headers.items()), body))
            time.sleep(heard.slow.get(self.path, 0))
            status, headers, page = heard.answers.get(self.path, (200, {}, "Trang đúng".encode()))
            if self.headers.get("If-None-Match"):
                status, page = 304, b""
            page = page.replace(b"{{number}}", str(next(heard.numbers)).encode())
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(page))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            if status != 304:
                self.wfile.write(page)

        do_GET = do_POST = handle_any

        def log_message(self, *told: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 200

        def handle_error(self, *told: object) -> None:
            """A client that hangs up is nobody's fault here."""

    server = Server(("127.0.0.1", 0), Handler)
    heard = Listening(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield heard
    finally:
        server.shutdown()
        with suppress(OSError):
            server.server_close()
