"""`python -m portal`: ready line, options, mistakes, TLS, many clients, a clean end."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from cryptography.x509.oid import ExtensionOID
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[3]
ORIGINS = ("portal", "identity", "gateway", "collector")
Start = Callable[..., Any]


def run(*options: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    command = [sys.executable, "-m", "portal", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL)


def address_of(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    return parts.hostname, parts.port


def test_all_four_origins_accept_connections_once_the_ready_line_is_out(portal: Any) -> None:
    assert portal.said["ready"] is True
    assert portal.said["pid"] == portal.process.pid
    for role in ORIGINS:
        with socket.create_connection(address_of(portal.said[role]), timeout=1):
            pass
    assert len({portal.said[role] for role in ORIGINS}) == 4


def test_the_home_page_is_served_without_naming_a_version(portal: Any) -> None:
    answer = requests.get(portal.said["portal"] + "/", timeout=10)
    assert answer.status_code == 200
    assert "Cheroot" not in answer.headers["Server"] and not any(char.isdigit() for char in answer.headers["Server"])


def test_the_root_of_the_test_signatures_can_be_downloaded(portal: Any) -> None:
    answer = requests.get(portal.said["portal"] + "/chung-thu-so/goc.pem", timeout=10)
    name = x509.load_pem_x509_certificate(answer.content).subject.rfc4514_string()
    assert "CN=Chứng thực số thử nghiệm Sao Mai – Gốc" in name


@pytest.mark.parametrize("role", ["identity", "gateway"])
def test_the_pages_of_the_parties_carry_protecting_headers(portal: Any, role: str) -> None:
    headers = requests.get(portal.said[role] + "/", timeout=5).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_end_comes_within_two_seconds_and_takes_the_temporary_folder_along(start_portal: Start) -> None:
    started = start_portal()
    data = Path(started.said["data"])
    assert data.is_dir()
    kept_alive = requests.Session()
    kept_alive.get(started.said["portal"] + "/", timeout=10)
    assert started.stop() < 2
    assert started.process.returncode == 0
    assert not data.exists()
    assert started.process.stderr.read() == ""


def test_a_named_data_folder_stays_and_reset_empties_it(start_portal: Start, tmp_path: Path) -> None:
    start_portal("--data", str(tmp_path)).stop()
    secret = (tmp_path / "secrets.json").read_text()
    (tmp_path / "cua-nguoi-khac.txt").write_text("giữ lại")
    start_portal("--data", str(tmp_path), "--reset").stop()
    assert (tmp_path / "secrets.json").read_text() != secret
    assert (tmp_path / "cua-nguoi-khac.txt").exists()


def test_the_portal_ends_with_its_parent_when_asked_to(start_portal: Start) -> None:
    started = start_portal("--until-stdin-closes")
    started.process.stdin.close()
    assert started.process.wait(3) == 0


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("--port", str(port))
    assert ended.returncode == 2
    assert ended.stderr.strip().splitlines() == [
        f"portal: Port {port} is taken by another program. Choose another with --port, or 0 for any free one."
    ]


def test_a_data_folder_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    ended = run("--port", "0", "--data", str(tmp_path / "tep"))
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1 and "--data" in ended.stderr


def test_a_damaged_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "portal.sqlite3").write_bytes(b"not a database " * 500)
    ended = run("--port", "0", "--data", str(tmp_path))
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1 and "--reset" in ended.stderr


@pytest.mark.parametrize("idle", ["0", "nửa giờ", "-5s", "1441", "nan"])
def test_a_time_that_is_none_is_one_clear_line(idle: str) -> None:
    ended = run("--port", "0", f"--idle={idle}")
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1 and "90s" in ended.stderr


def test_an_unknown_defect_names_the_nearest() -> None:
    ended = run("--port", "0", "--defects", "search.diacritic")
    assert ended.returncode == 2
    assert "search.diacritics" in ended.stderr and len(ended.stderr.strip().splitlines()) == 1


def test_the_defects_are_listed_with_their_checks() -> None:
    ended = run("--defects", "list")
    assert ended.returncode == 0
    assert any(line.startswith("payment.twice") and "pay.once" in line for line in ended.stdout.splitlines())


@pytest.mark.parametrize("options", [("--port", "viet"), ("--port", "70000"), ("--prt", "0"), ("--reset",)])
def test_a_wrong_option_is_one_clear_line(options: tuple[str, ...]) -> None:
    ended = run(*options)
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1 and ended.stderr.startswith("portal: ")


def test_two_hundred_clients_that_keep_their_connections_are_all_served(portal: Any) -> None:
    host, port = address_of(portal.said["portal"])
    clients = [http.client.HTTPConnection(host, port, timeout=30) for _ in range(200)]
    statuses: list[int] = []
    lock = threading.Lock()

    def visit(client: http.client.HTTPConnection) -> None:
        for _ in range(3):
            client.request("GET", "/favicon.ico")
            answer = client.getresponse()
            answer.read()
            with lock:
                statuses.append(answer.status)

    threads = [threading.Thread(target=visit, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for client in clients:
        client.close()
    assert statuses == [200] * 600


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of a portal under TLS."""
    command = [sys.executable, "-m", "portal", "--port", "0", "--tls", "--data", str(tmp_path_factory.mktemp("tls"))]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    yield json.loads(process.stdout.readline())
    process.terminate()
    process.wait(5)


@pytest.mark.parametrize("role", ORIGINS)
def test_every_origin_speaks_https_with_a_certificate_that_its_authority_vouches_for(secure: Any, role: str) -> None:
    assert secure[role].startswith("https://")
    answer = requests.get(secure[role] + "/", verify=secure["ca_file"], timeout=10)
    assert answer.status_code in (200, 404)
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_the_certificate_names_the_loopback_addresses(secure: Any) -> None:
    pem = ssl.get_server_certificate(address_of(secure["portal"]))
    names = x509.load_pem_x509_certificate(pem.encode()).extensions.get_extension_for_oid(
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME
    )
    assert names.value.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [str(one) for one in names.value.get_values_for_type(x509.IPAddress)] == ["127.0.0.1", "::1"]


@pytest.mark.parametrize(
    ("version", "spoken"),
    [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_only_tls_1_2_and_1_3_are_spoken(secure: Any, version: ssl.TLSVersion, spoken: bool) -> None:
    context = ssl.create_default_context(cafile=secure["ca_file"])
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    try:
        with (
            socket.create_connection(address_of(secure["portal"]), timeout=5) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as wrapped,
        ):
            wrapped.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answered = wrapped.recv(12).startswith(b"HTTP/1.1 ")
    except (ssl.SSLError, ConnectionError):
        answered = False
    assert answered is spoken


def test_a_suite_without_forward_secrecy_is_refused(secure: Any) -> None:
    context = ssl.create_default_context(cafile=secure["ca_file"])
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA256:@SECLEVEL=0")
    with socket.create_connection(address_of(secure["portal"]), timeout=5) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_plain_http_is_redirected_to_the_same_address_under_https(secure: Any) -> None:
    answer = requests.get(f"{secure['http']}/thu-tuc?tu-khoa=khai+sinh", allow_redirects=False, timeout=5)
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{secure['portal']}/thu-tuc?tu-khoa=khai+sinh"


def test_a_redirect_cannot_be_bent_to_another_host(secure: Any) -> None:
    host, port = address_of(secure["http"])
    client = http.client.HTTPConnection(host, port, timeout=5)
    client.request("GET", "//evil.example/x", headers={"Host": "evil.example"})
    target = client.getresponse().getheader("Location")
    assert target is None or target.startswith(secure["portal"] + "/")


def test_a_client_that_never_finishes_its_handshake_stops_nobody(secure: Any) -> None:
    idle = [socket.create_connection(address_of(secure["portal"]), timeout=5) for _ in range(10)]
    assert requests.get(secure["portal"] + "/favicon.ico", verify=secure["ca_file"], timeout=5).status_code == 200
    for connection in idle:
        connection.close()


def test_noise_and_plain_http_on_the_secure_port_do_no_harm(secure: Any) -> None:
    for noise in (b"GET / HTTP/1.0\r\n\r\n", b"\x16\x03\x01\xff\xff" + b"\x00" * 40, b"\x00"):
        with socket.create_connection(address_of(secure["portal"]), timeout=5) as connection:
            connection.sendall(noise)
            answer = b""
            with contextlib.suppress(OSError):  # it may have hung up by then
                connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(100)
            assert not answer.startswith(b"HTTP/1.1 200")
    assert requests.get(secure["portal"] + "/favicon.ico", verify=secure["ca_file"], timeout=5).status_code == 200


def test_a_citizen_can_log_in_over_https(secure: Any, browser: Browser) -> None:
    context = browser.new_context(ignore_https_errors=True, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{secure['portal']}/dang-nhap/vneid")
    page.get_by_label("Số định danh cá nhân").fill("001190000017")
    page.get_by_label("Mật khẩu").fill("Thu-nghiem-2026")
    page.get_by_role("button", name="Đăng nhập").click()
    code = TOTP(base64.b32decode("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), 6, SHA1(), 30).generate(int(time.time()))
    page.get_by_label("Mã xác thực").fill(code.decode())
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url(f"{secure['portal']}/**")
    assert {one["secure"] for one in context.cookies() if one["name"].startswith("__Host-")} == {True}
    page.goto(f"{secure['portal']}/tai-khoan")
    assert "Nguyễn Thị Thử Nghiệm" in page.content()
    context.close()
