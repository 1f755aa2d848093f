"""A server that behaves badly on purpose: each path is one hardship. It speaks HTTP by hand, byte by byte."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

STALL_S = 60.0
HOME = (
    "<!doctype html><html lang=vi><head><meta charset=utf-8><title>Cổng dịch vụ công</title></head><body>"
    "<header>Tỉnh Thử</header><main><h1>Cổng dịch vụ công tỉnh Thử</h1><p>Mời tra cứu và nộp hồ sơ trực tuyến.</p>"
    "{body}</main></body></html>"
)


def page(body: str = "") -> bytes:
    """A whole page of the portal."""
    return HOME.format(body=body).encode()


class Talk:
    """One connection: what was asked, and the means to answer it rightly or wrongly."""

    def __init__(self, connection: socket.socket, portal: HardPortal, method: str, path: str, body: bytes) -> None:
        self.connection, self.portal, self.method, self.path, self.body = connection, portal, method, path, body
        self.cookies = self.agent = ""

    def raw(self, data: bytes) -> None:
        """Sends these very bytes."""
        self.connection.sendall(data)

    def answer(
        self, body: bytes = b"", status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        """A whole answer."""
        lines = [
            f"HTTP/1.1 {status} Said",
            f"Content-Type: {kind}",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def head(self, *lines: str) -> None:
        """The beginning of an answer without a length."""
        self.raw("\r\n".join(["HTTP/1.1 200 OK", "Connection: close", *lines]).encode() + b"\r\n\r\n")

    def stall(self) -> None:
        """Holds the connection until the portal ends."""
        self.portal.ended.wait(STALL_S)

    def forever(self, chunk: bytes) -> None:
        """Sends for as long as somebody takes it."""
        while not self.portal.ended.is_set():
            self.raw(chunk)
            self.portal.sent += len(chunk)


Answer = Callable[[Talk], None]


class HardPortal:
    """Answers each path as `answers` says; counts what was asked (`asked`: by method and path)."""

    def __init__(self, answers: dict[str, Answer], certificate: Path | None = None) -> None:
        self.answers, self.asked, self.sent = answers, Counter[str](), 0
        self.times: list[tuple[float, str]] = []
        self.ended = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
        if self._tls and certificate:
            self._tls.load_cert_chain(certificate)
        self.address = f"http{'s' if certificate else ''}://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        """Ends it and all that stalls."""
        self.ended.set()
        self._socket.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            stream = connection.makefile("rb")
            method, target, _ = stream.readline().decode("latin-1").split(" ", 2)
            length, cookies, agent = 0, "", ""
            while line := stream.readline().strip().decode("latin-1"):
                name, _, value = line.partition(":")
                length = int(value) if name.lower() == "content-length" else length
                cookies = value.strip() if name.lower() == "cookie" else cookies
                agent = value.strip() if name.lower() == "user-agent" else agent
            path = urlsplit(target).path
            self.asked[f"{method} {path}"] += 1
            self.times.append((time.monotonic(), f"{method} {path}"))
            talk = Talk(connection, self, method, target, stream.read(length))
            talk.cookies, talk.agent = cookies, agent
            self.answers.get(path, lambda t: t.answer(page("Không có trang này"), 404))(talk)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def running(answers: dict[str, Answer], certificate: Path | None = None) -> Iterator[HardPortal]:
    """A hard portal for as long as the block lasts."""
    portal = HardPortal(answers, certificate)
    try:
        yield portal
    finally:
        portal.stop()
