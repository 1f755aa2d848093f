"""The first request of a process costs 10 ms that no later one does: it goes to nobody, before the clock starts."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import gevent
from gevent import socket
from gevent.server import StreamServer
from locust.contrib.fasthttp import FAILURE_EXCEPTIONS, FastHttpSession
from locust.event import EventHook

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\n\r\n"
LIMIT_S = 2.0


def warm_up(base_url: str) -> None:
    """Asks a server in this very process for a page, and for the address of the system's host."""

    def answer(connection: Any, _: Any) -> None:
        connection.recv(65536)
        connection.sendall(ANSWER)

    server = StreamServer(("127.0.0.1", 0), answer)
    server.start()
    try:
        with gevent.Timeout(LIMIT_S, False), suppress(OSError, *FAILURE_EXCEPTIONS):
            hook: Any = EventHook
            session = FastHttpSession(f"http://127.0.0.1:{server.server_port}", hook(), None)
            for _ in range(2):
                with session.request("GET", "/", catch_response=True) as answered:
                    answered.success()
            parts = urlsplit(base_url)
            socket.getaddrinfo(parts.hostname, parts.port or 0)
    finally:
        server.stop(0)
