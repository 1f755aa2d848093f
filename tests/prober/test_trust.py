"""A certificate that is not trusted is a named ending of its own; the authority that the system's file names counts."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.channel.papers import Paper, paper, root
from toantrinh.driver import fetching
from toantrinh.observations.exchanges import Ended
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.system_model import Channel
from toantrinh.systems import load_system

Secure = Callable[[Paper], str]


class Quiet(SimpleHTTPRequestHandler):
    """Answers what is no file with 404, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Keeps to itself that somebody went away in the midst of a handshake."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Secure]:
    """Serves with a certificate, at an address that is asked as strictly as one on another machine."""
    monkeypatch.setattr(fetching, "is_loopback", lambda _: False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    fetching._opener.cache_clear()
    servers: list[Server] = []

    def serve(shown: Paper) -> str:
        server = Server(("127.0.0.1", 0), Quiet)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*shown.kept(tmp_path, "may-chu"))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"https://127.0.0.1:{server.server_address[1]}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()
    fetching._opener.cache_clear()


def prober(address: str, authority: Path | None = None) -> Prober:
    system = load_system("demo", base_url=address)
    return Prober(system.model_copy(update={"channel": Channel(ca_file=authority)}), "leak")


def test_a_certificate_that_is_not_trusted_is_named_and_no_ban(secure: Secure) -> None:
    asking = prober(secure(paper("Cổng thử", root())))
    answers = [asking.ask(nobody(), f"/khong-co-{number}", "thử") for number in range(5)]
    asking.settle()
    assert {one.ended for one in answers} == {Ended.DISTRUSTED} and not asking.stopped
    assert answers[0].status is None and "không tin chứng thư" in answers[0].exchange.why
    assert asking.record().spent == 5  # it is no connection that broke by chance


def test_a_certificate_for_another_name_is_distrusted_even_when_its_authority_is_known(
    secure: Secure, tmp_path: Path
) -> None:
    authority, _ = root().kept(tmp_path, "ca")
    address = secure(paper("Cổng khác", root(), hosts=("khac.example",)))
    answer = prober(address, authority).ask(nobody(), "/khong-co", "thử")
    assert answer.ended is Ended.DISTRUSTED


def test_the_authority_of_the_systems_file_is_trusted(secure: Secure, tmp_path: Path) -> None:
    authority, _ = root().kept(tmp_path, "ca")
    asking = prober(secure(paper("Cổng thử", root())), authority)
    assert asking.ask(nobody(), "/khong-co", "thử").status == 404
