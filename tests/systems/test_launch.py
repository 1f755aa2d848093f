"""A system on this machine is started when its address does not answer: with real child processes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from toantrinh.address import probe_address
from toantrinh.launch import ensure_up
from toantrinh.mistakes import UserMistake
from toantrinh.system_model import Start, System
from toantrinh.systems import load_system

SERVER = """
import http.server, json, sys, threading
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("starting", flush=True)
if "silent" not in sys.argv:
    print(json.dumps({"ready": True, "portal": "here", "data": sys.argv[2]}), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def system(port: int, *command: str, timeout_s: float = 10) -> System:
    start = Start(command=command, timeout_s=timeout_s) if command else None
    return load_system("demo", base_url=f"http://127.0.0.1:{port}").model_copy(update={"start": start})


@pytest.fixture
def answering(port: int) -> Iterator[type[BaseHTTPRequestHandler]]:
    """A web server in this process; `status` says what it answers."""

    class Handler(BaseHTTPRequestHandler):
        status = 200

        def do_GET(self) -> None:
            self.send_response(self.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Handler
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("how", ["loud", "silent"])
def test_a_program_comes_up_and_is_stopped(port: int, tmp_path: Path, how: str) -> None:
    tested = system(port, "{python}", "-c", SERVER, "{port}", "{data}", how)
    launched = ensure_up(tested, tmp_path)
    assert launched is not None
    if how == "loud":
        assert launched.ready == {"ready": True, "portal": "here", "data": str(tmp_path)}
    assert probe_address(tested.base_url).is_up
    assert ensure_up(tested, tmp_path) is None  # it is up: nothing is started
    launched.stop()
    launched.stop()
    assert launched.process.returncode == 0  # its input closed: it went by itself
    assert probe_address(tested.base_url).kind == "refused"


def test_a_program_that_dies_shows_its_last_words(port: int, tmp_path: Path) -> None:
    code = "import sys; print('one\\ntwo\\nthree\\nno money left', file=sys.stderr); sys.exit(7)"
    with pytest.raises(UserMistake) as mistake:
        ensure_up(system(port, "{python}", "-c", code), tmp_path)
    line = str(mistake.value)
    assert "demo: start: the program ended with status 7 before it was ready: two | three | no money left" in line
    assert "\n" not in line and "start.log" in line


def test_a_program_that_never_gets_ready_is_ended(port: int, tmp_path: Path) -> None:
    code = "import os, sys, time; print(os.getpid(), file=sys.stderr, flush=True); time.sleep(60)"
    started = time.monotonic()
    with pytest.raises(UserMistake, match=r"did not answer within 0\.5 s"):
        ensure_up(system(port, "{python}", "-c", code, timeout_s=0.5), tmp_path)
    assert time.monotonic() - started < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "start.log").read_text().split()[0]), 0)


def test_a_program_that_does_not_exist_is_named(port: int, tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="no-such-program cannot be started"):
        ensure_up(system(port, "no-such-program"), tmp_path)


def test_a_started_program_dies_with_us(port: int, tmp_path: Path) -> None:
    ours = (
        "import sys, os, pathlib; from toantrinh.launch import ensure_up; from toantrinh.systems import load_system;"
        "from toantrinh.system_model import Start;"
        "s = load_system('demo', base_url=sys.argv[1]).model_copy(update={'start': Start(command=tuple(sys.argv[3:]))});"
        "print(ensure_up(s, pathlib.Path(sys.argv[2])).pid, flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", ours, f"http://127.0.0.1:{port}", str(tmp_path)]
    done = subprocess.run([*command, "{python}", "-c", SERVER, "{port}", "{data}"], capture_output=True, text=True)
    assert done.stdout.strip().isdigit(), done.stderr
    deadline = time.monotonic() + 20
    while probe_address(f"http://127.0.0.1:{port}").kind != "refused" and time.monotonic() < deadline:
        time.sleep(0.05)  # while it ends, a connection may still be taken and dropped
    assert probe_address(f"http://127.0.0.1:{port}").kind == "refused"


def test_an_address_that_nothing_can_start_says_what_to_do(port: int, tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match=rf"http://127\.0\.0\.1:{port}: the connection is refused.*--base-url"):
        ensure_up(system(port), tmp_path)


def test_a_server_error_is_not_judged(port: int, tmp_path: Path, answering: type[BaseHTTPRequestHandler]) -> None:
    answering.status = 503  # type: ignore[attr-defined]
    with pytest.raises(UserMistake, match="error page 503 Service Unavailable"):
        ensure_up(system(port), tmp_path)


@pytest.mark.parametrize(("status", "kind"), [(200, "answers"), (302, "answers"), (403, "error-page"), (500, "error-page")])
def test_an_answer_is_known_by_its_status(
    port: int, answering: type[BaseHTTPRequestHandler], status: int, kind: str
) -> None:
    answering.status = status  # type: ignore[attr-defined]
    answer = probe_address(f"http://127.0.0.1:{port}/")
    assert (answer.kind, answer.status) == (kind, status)


@pytest.mark.parametrize(
    ("says", "kind"), [(b"SSH-2.0-OpenSSH\r\n", "no-http"), (b"", "no-http"), (None, "timeout"), ("tls", "tls")]
)
def test_what_is_no_web_server_is_told_apart(says: bytes | str | None, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                if says is None:
                    time.sleep(1)
                else:
                    connection.sendall(b"plain words\r\n" if says == "tls" else says)  # type: ignore[arg-type]

        Thread(target=answer, daemon=True).start()
        scheme = "https" if says == "tls" else "http"
        assert probe_address(f"{scheme}://127.0.0.1:{server.getsockname()[1]}", timeout_s=0.4).kind == kind


def test_an_unknown_name_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert probe_address("http://portal.localhost:81").kind == "no-name"
