"""Servers as they should not be: on free ports of this machine, each ended with its test."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PAGE = b"<!doctype html><html lang=vi><title>C\xe1\xbb\x95ng d\xe1\xbb\x8bch v\xe1\xbb\xa5 c\xc3\xb4ng</title><p>Trang ch\xe1\xbb\xa7</p>"
Talk = Callable[[socket.socket], None]


def answer(body: bytes = PAGE, status: str = "200 OK", *headers: str) -> bytes:
    """An HTTP answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", *headers, "", ""]).encode() + body


@contextmanager
def talking(talk: Talk) -> Iterator[int]:
    """A server that does `talk` with each connection, in a thread of its own; its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    over = threading.Event()
    held: list[socket.socket] = []

    def one(connection: socket.socket) -> None:
        held.append(connection)
        connection.settimeout(20)
        with contextlib.suppress(OSError, ValueError), connection:
            talk(connection)

    def accept() -> None:
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                threading.Thread(target=one, args=(connection,), daemon=True).start()

    server = threading.Thread(target=accept, daemon=True)
    server.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        server.join()
        listener.close()
        for connection in held:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def context_of(
    files: tuple[Path, Path],
    *,
    versions: tuple[ssl.TLSVersion, ssl.TLSVersion] = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3),
    ciphers: str = "ECDHE+AESGCM:ECDHE+CHACHA20",
    curve: str = "",
) -> ssl.SSLContext:
    """The server's side of TLS, weak if asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = versions
    if curve:
        context.set_ecdh_curve(curve)
    context.load_cert_chain(*files)
    return context


def secure(context: ssl.SSLContext, said: bytes | None = None) -> Talk:
    """Shakes hands, and answers one request."""

    def talk(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            if wrapped.recv(65536):
                wrapped.sendall(said or answer())

    return talk


def plain(said: Callable[[str, str], bytes]) -> Talk:
    """Answers one request in plain HTTP; `said` is given its path and its whole head."""

    def talk(connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head and (part := connection.recv(65536)):
            head += part
        words = head.decode("latin-1").split(" ")
        if words[0] == "HEAD":
            connection.sendall(answer(b""))
        elif len(words) > 1:
            connection.sendall(said(words[1], head.decode("latin-1")))

    return talk


def hang_up(connection: socket.socket) -> None:
    """Reads what comes and breaks the connection off (RST)."""
    connection.recv(65536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def say_nothing(connection: socket.socket) -> None:
    """Reads and never answers."""
    while connection.recv(65536):
        pass


def dribble(connection: socket.socket) -> None:
    """Answers the handshake byte by byte, and never to its end."""
    connection.recv(65536)
    connection.sendall(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xf0")
    while True:
        connection.sendall(b"\x00")
        threading.Event().wait(0.05)


def rubbish(connection: socket.socket) -> None:
    """Greets like a mail server."""
    connection.recv(65536)
    connection.sendall(b"220 thu dien tu\r\n")


def flood(connection: socket.socket) -> None:
    """A body of 2 GB, as fast as it is taken."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2147483648\r\n\r\n")
    for _ in range(2048):
        connection.sendall(b"x" * 1024 * 1024)


def free_port() -> int:
    """A port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
