"""Versions and cipher suites as sslyze sees them: a program of its own, asked by its command line, read by its JSON.

Its licence is the AGPL: it is never imported, and it may live in an environment of its own, which TOANTRINH_SSLYZE
names (the program, the environment's folder, or its Python). Nothing is asked but versions and suites.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toantrinh.mistakes import UserMistake
from toantrinh.observations.channel import Spoken, SuiteFacts, VersionFacts
from toantrinh.observers.channel.handshake import Host

VARIABLE = "TOANTRINH_SSLYZE"
KEYS = {
    "SSL 2": "ssl_2_0_cipher_suites",
    "SSL 3": "ssl_3_0_cipher_suites",
    "TLS 1.0": "tls_1_0_cipher_suites",
    "TLS 1.1": "tls_1_1_cipher_suites",
    "TLS 1.2": "tls_1_2_cipher_suites",
    "TLS 1.3": "tls_1_3_cipher_suites",
}
ASKED = ("--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3", "--mozilla_config=disable", "--quiet")
MANY_CONNECTIONS = 5  # what sslyze opens at once by itself


class NoSslyze(Exception):
    """sslyze gave no result; its words say why."""


def find_sslyze(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The command that starts sslyze; empty when there is none. Raises UserMistake when the variable names nothing."""
    if wanted := environment.get(VARIABLE, ""):
        return _named(wanted)
    beside = shutil.which("sslyze", path=str(Path(sys.executable).parent))
    if found := beside or shutil.which("sslyze"):
        return (found,)
    return (sys.executable, "-m", "sslyze") if importlib.util.find_spec("sslyze") else ()


def _named(wanted: str) -> tuple[str, ...]:
    path = Path(wanted).expanduser()
    if path.is_dir():
        names = ("bin/sslyze", "Scripts/sslyze.exe", "sslyze")
        program = next((path / name for name in names if (path / name).is_file()), None)
        if program:
            return (str(program),)
    elif found := str(path) if path.is_file() else shutil.which(wanted):
        return (found, "-m", "sslyze") if Path(found).name.lower().startswith("python") else (found,)
    raise UserMistake(f"there is no sslyze at {wanted}.", VARIABLE, "Name the program, or the environment it is in.")


def scan(command: tuple[str, ...], host: Host, limit_s: float, connections: int) -> dict[str, Any]:
    """sslyze's result for one host and port, as it wrote it. Raises NoSslyze when there is none within `limit_s`."""
    with tempfile.TemporaryDirectory(prefix="toantrinh-sslyze-") as folder:
        out = Path(folder) / "sslyze.json"
        slowly = ["--slow_connection"] if connections < MANY_CONNECTIONS else []
        target = f"[{host.name}]:{host.port}" if ":" in host.name else f"{host.name}:{host.port}"
        _run([*command, *ASKED, *slowly, f"--json_out={out}", target], limit_s)
        try:
            found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
            [server] = found["server_scan_results"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoSslyze(f"sslyze không để lại kết quả đọc được ({type(error).__name__})") from error
    if server.get("connectivity_status") != "COMPLETED" or not isinstance(server.get("scan_result"), dict):
        raise NoSslyze("sslyze không kết nối được")
    return found


def _run(words: list[str], limit_s: float) -> None:
    own_group: dict[str, Any] = {} if sys.platform == "win32" else {"start_new_session": True}
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **own_group
        )
    except OSError as error:
        raise NoSslyze(f"không chạy được sslyze ({error.strerror or error})") from error

    def end() -> None:
        with contextlib.suppress(OSError):
            if own_group:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()

    atexit.register(end)
    try:
        _, words_of_error = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        end()
        process.communicate()
        raise NoSslyze(f"sslyze chưa xong sau {limit_s:g} giây") from None
    finally:
        atexit.unregister(end)
    if process.returncode:
        last = words_of_error.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
        raise NoSslyze(f"sslyze kết thúc với mã {process.returncode}: {last[0][:200]}".rstrip(": "))


def read_scan(found: Mapping[str, Any]) -> tuple[tuple[VersionFacts, ...], str, int]:
    """(versions, name and release of the tool, handshakes that it began). Raises NoSslyze for an unknown format."""
    try:
        results = found["server_scan_results"][0]["scan_result"]
        versions = tuple(_version(name, results.get(key)) for name, key in KEYS.items())
        asked = sum(
            len(result["accepted_cipher_suites"]) + len(result["rejected_cipher_suites"])
            for key in KEYS.values()
            if (result := (results.get(key) or {}).get("result"))
        )
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise NoSslyze(f"kết quả của sslyze có dạng lạ ({type(error).__name__}: {error})") from error
    if all(one.spoken is Spoken.NOT_TESTED for one in versions):
        raise NoSslyze("sslyze không hỏi được phiên bản nào")
    return versions, f"sslyze {found.get('sslyze_version', '')}".strip(), asked


def _version(name: str, entry: Mapping[str, Any] | None) -> VersionFacts:
    result = (entry or {}).get("result")
    if not entry or entry.get("status") != "COMPLETED" or not result:
        why = f"sslyze không hỏi được ({(entry or {}).get('error_reason') or 'không có kết quả'})"
        return VersionFacts(version=name, spoken=Spoken.NOT_TESTED, why=why)
    suites = tuple(_suite(accepted) for accepted in result["accepted_cipher_suites"])
    if suites:
        return VersionFacts(version=name, spoken=Spoken.ACCEPTED, suites=suites)
    words = [str(one.get("error_message") or "") for one in result["rejected_cipher_suites"]]
    why = max(set(words), key=words.count) if words else ""
    return VersionFacts(version=name, spoken=Spoken.REFUSED, why=why.strip())


def _suite(accepted: Mapping[str, Any]) -> SuiteFacts:
    suite, key = accepted["cipher_suite"], accepted.get("ephemeral_key") or {}
    kind, size = str(key.get("type_name") or ""), key.get("size")
    name = str(suite.get("openssl_name") or suite["name"])
    exchange = str(key.get("curve_name") or kind)
    return SuiteFacts(name=name, exchange=exchange, exchange_bits=int(size) if kind == "DH" and size else None)
