"""Hosts, browsers and disks that do not do their part: one clear line, and what had been observed is kept."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from .conftest import BIRTH, DEATH, Judge, Portal

START = re.compile(r"start:\n  command: .*\n")


@contextmanager
def page_of_status(status: int) -> Iterator[str]:
    """A host that answers everything with one status."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write("Hệ thống đang bảo trì".encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def file_without_start(system_file: Callable[..., Path]) -> Path:
    """The demo's file, unable to start the portal."""
    path = system_file()
    path.write_text(START.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def test_a_host_that_does_not_answer(judge: Judge, file_without_start: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    ended = judge(f"--system={file_without_start}", f"--base-url={address}")
    assert ended.status == 2
    assert len(ended.lines) == 1
    assert re.search(rf"{address}: .*nothing listens there.*--base-url", ended.lines[0])
    assert not list(judge.reports.glob("demo/*"))


def test_a_host_that_answers_with_an_error_page(judge: Judge) -> None:
    with page_of_status(503) as address:
        ended = judge("--system=demo", f"--base-url={address}")
    assert ended.status == 2
    assert len(ended.lines) == 1
    assert re.search(rf"{address}: it answers with the error page 503 Service Unavailable", ended.lines[0])


def test_a_host_whose_pages_are_refused_is_judged_on_nothing(judge: Judge) -> None:
    with page_of_status(403) as address:
        ended = judge("--system=demo", f"--base-url={address}", f"--service={BIRTH}", "--criterion=1.1", "--criterion=1.8")
    assert "Traceback" not in ended.out + ended.err
    assert "pass" not in ended.verdicts().values()
    assert ended.card["services"][0]["measured_level"] is None


def test_a_program_that_cannot_be_started(judge: Judge, system_file: Callable[..., Path]) -> None:
    path = system_file(("-m, portal,", "-m, no_such_portal,"), ("127.0.0.1:8080", f"127.0.0.1:{free_port()}"))
    ended = judge(f"--system={path}")
    assert ended.status == 2
    assert len(ended.lines) == 1
    assert "No module named no_such_portal" in ended.lines[0]
    log = Path(re.search(r"all of it: (.+?)\)", ended.lines[0])[1])  # type: ignore[index]
    assert log.is_file()


def test_no_browser(judge: Judge, portal: Portal) -> None:
    options = ["--system=demo", f"--base-url={portal.url}"]
    ended = judge(*options, TOANTRINH_BROWSER="no-such-browser")
    assert ended.status == 2
    assert len(ended.lines) == 1
    assert re.search(r"TOANTRINH_BROWSER: there is no program no-such-browser\. Give the path of a Chrome", ended.lines[0])
    assert not judge.reports.exists()


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_a_browser_that_does_not_start(judge: Judge, portal: Portal, workers: list[str]) -> None:
    options = ["--system=demo", f"--base-url={portal.url}", f"--browser-path={shutil.which('false')}", "--criterion=1.1"]
    ended = judge(*options, *workers)
    assert ended.status == 2, ended.out
    assert len([line for line in ended.lines if "browser: " in line and "does not start" in line]) == 1
    assert "Traceback" not in ended.out + ended.err
    assert not list(judge.reports.glob("demo/*"))


def test_a_wrong_password_is_said_by_the_checks_of_log_in(
    judge: Judge, portal: Portal, system_file: Callable[..., Path]
) -> None:
    path = system_file(("password: public:Thu-nghiem-2026", "password: public:Sai-mat-khau-2026"))
    ended = judge(
        f"--system={path}", f"--base-url={portal.url}", f"--service={BIRTH}", "--criterion=1.4", "--criterion=1.9",
        "--criterion=1.1",
    )  # fmt: skip
    found = ended.verdicts()
    assert found["search.keyword-from-home", BIRTH] == "pass"
    assert {verdict for (check, _), verdict in found.items() if check.startswith("submit.")} <= {"not-tested"}
    assert found["login.national-identity", BIRTH] == "not-tested"  # our own file is never held against the system
    said = [line for line in ended.lines if "“Mật khẩu” không được chấp nhận" in line]
    assert len(said) == 1 and BIRTH in said[0] and "xem lại tài khoản trong tệp hệ thống" in said[0]
    assert ended.card["run"]["complete"] is True
    assert "Sai-mat-khau-2026" not in ended.out + ended.err


DISK = """
import resource

def pytest_runtest_logreport(report):
    if getattr(report, "check_result", None):  # the browser has been started by then
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
"""


def test_a_full_disk(judge: Judge, portal: Portal, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    (tmp_path / "small_disk.py").write_text(DISK)
    options = ["--system=demo", f"--base-url={portal.url}", f"--service={DEATH}", "--criterion=1.9"]
    ended = judge(*options, "-p", "small_disk", PYTHONPATH=str(tmp_path))
    assert ended.status == 2, ended.out
    assert "Traceback" not in ended.out + ended.err and "INTERNALERROR" not in ended.out
    said = [line for line in ended.lines if "the disk is full" in line]
    assert len(said) == 1
    assert "Free some space and start again" in said[0]
    kept = {path.name: path.stat().st_mtime_ns for path in judge.reports.glob(f"demo/*/observations/journey/{DEATH}.json")}
    assert kept
    again = judge(*options)
    assert again.status == 0
    assert again.card["run"]["complete"] is True
    assert kept == {path.name: path.stat().st_mtime_ns for path in (again.folder / "observations/journey").glob("*.json")}
