"""Places where nothing may ever be asked: a listener on several addresses of this machine, over TCP and UDP."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

# 0.0.0.0 and decimal forms lead to 127.0.0.1; the portal itself stands on another port of it.
PLACES = (
    (socket.AF_INET, "127.0.0.1"),
    (socket.AF_INET, "127.0.0.2"),
    (socket.AF_INET6, "::1"),
)


@dataclass
class Trap:
    """`port` is the same on every address; `caught`: the first bytes of whoever came, with the address."""

    port: int
    caught: list[str] = field(default_factory=list)


@contextlib.contextmanager
def set_trap() -> Iterator[Trap]:
    """A trap for as long as the block lasts."""
    sockets, port = [], 0
    for family, host in PLACES:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            one = socket.socket(family, kind)
            try:
                one.bind((host, port))
            except OSError:  # a machine without IPv6
                one.close()
                continue
            port = one.getsockname()[1]
            if kind is socket.SOCK_STREAM:
                one.listen(16)
            sockets.append(one)
    trap, ended = Trap(port), threading.Event()

    def watch() -> None:
        while not ended.is_set():
            ready, _, _ = select.select(sockets, [], [], 0.2)
            for one in ready:
                trap.caught.append(f"{one.getsockname()}: {_first_bytes(one)!r}")

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield trap
    finally:
        ended.set()
        thread.join(5)
        for one in sockets:
            one.close()


def _first_bytes(one: socket.socket) -> bytes:
    with contextlib.suppress(OSError):
        if one.type is socket.SOCK_DGRAM:
            return one.recv(200)
        connection, _ = one.accept()
        with connection:
            connection.settimeout(0.5)
            return connection.recv(200)
    return b""
