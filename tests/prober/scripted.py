"""A server that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Said:
    """One answer. `act`: instead of it, do something with the connection: drop, silence, trickle or flood."""

    status: int = 200
    body: str | bytes = ""
    headers: tuple[tuple[str, str], ...] = ()
    act: str = ""


@dataclass
class Heard:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Scripted:
    """The server's script: `answer` gives what is said to each request; `heard` is all that was asked."""

    address: str
    answer: Callable[[Heard], Said]
    heard: list[Heard] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.heard]


@contextmanager
def scripted(answer: Callable[[Heard], Said]) -> Iterator[Scripted]:
    """Serves the script on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            length = int(self.headers.get("Content-Length") or 0)
            heard = Heard(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
            script.heard.append(heard)
            self._say(script.answer(heard))
            self.close_connection = True

        def _say(self, said: Said) -> None:
            if said.act == "drop":  # RST instead of a quiet end
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            if said.act == "silence":
                script.over.wait(30)
                return
            body = said.body.encode() if isinstance(said.body, str) else said.body
            self.send_response_only(said.status)
            names = {name.lower() for name, _ in said.headers}
            if "content-type" not in names:
                self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in said.headers:
                self.send_header(name, value)
            size = 2 * 1024**3 if said.act in ("flood", "trickle") else len(body)
            if "content-length" not in names:
                self.send_header("Content-Length", str(size))
            self.end_headers()
            if self.command == "HEAD":
                return
            try:
                if said.act == "flood":
                    for _ in range(2048):
                        self.wfile.write(b"x" * 1024 * 1024)
                        script.sent = getattr(script, "sent", 0) + 1  # type: ignore[attr-defined]
                elif said.act == "trickle":
                    while not script.over.is_set():
                        self.wfile.write(b"x")
                        time.sleep(0.05)
                else:
                    self.wfile.write(body)
            except OSError:
                pass  # the other side has had enough

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script = Scripted(f"http://127.0.0.1:{server.server_address[1]}", answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield script
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()
