"""sslyze at arm's length: how it is found, what its JSON says, and every way in which it gives nothing."""

from __future__ import annotations

import json
import ssl
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from suites.security import test_4_1_tls as s41_tls
from tests.channel.conftest import Look, record_of
from tests.channel.papers import between, paper
from tests.suites_pages.conftest import verdict_of
from toantrinh.mistakes import UserMistake
from toantrinh.observations.channel import Spoken
from toantrinh.observers.channel import by_sslyze
from toantrinh.observers.channel.by_sslyze import KEYS, VARIABLE, NoSslyze, find_sslyze, read_scan, scan
from toantrinh.observers.channel.handshake import Host
from toantrinh.verdicts import Verdict

P, F, HALF, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED
Program = Callable[[str], tuple[str, ...]]
REAL = find_sslyze()
needs_sslyze = pytest.mark.skipif(not REAL, reason=f"sslyze is not installed; {VARIABLE} names one")


def result(*accepted: dict[str, Any], rejected: int = 1) -> dict[str, Any]:
    refused = [{"cipher_suite": {"name": "TLS_X"}, "error_message": "TLS alert: protocol version "}] * rejected
    return {
        "status": "COMPLETED",
        "error_reason": None,
        "result": {"accepted_cipher_suites": list(accepted), "rejected_cipher_suites": refused},
    }


def suite(name: str, **key: Any) -> dict[str, Any]:
    return {"cipher_suite": {"name": f"TLS_{name}", "openssl_name": name}, "ephemeral_key": key or None}


def written(**results: Any) -> dict[str, Any]:
    """A result in the form of sslyze 6, of a sound server but for `results`."""
    sound = {
        KEYS["TLS 1.2"]: result(suite("ECDHE-RSA-AES128-GCM-SHA256", type_name="ECDH", size=253, curve_name="X25519"))
    }
    known = {key: sound.get(key, result()) for key in KEYS.values()}
    server = {"connectivity_status": "COMPLETED", "scan_status": "COMPLETED", "scan_result": {**known, **results}}
    return {"sslyze_version": "6.3.1", "invalid_server_strings": [], "server_scan_results": [server]}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program that does as Python code says; `out` is the file it is asked to write."""

    def make(code: str) -> tuple[str, ...]:
        file = tmp_path / "sslyze"
        head = f"#!{sys.executable}\nimport sys, json, time\nout = next(a.split('=', 1)[1] for a in sys.argv if a.startswith('--json_out='))\n"
        file.write_text(head + code, encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        return (str(file),)

    return make


def test_versions_suites_and_the_size_of_groups_are_read() -> None:
    weak = {
        KEYS["TLS 1.0"]: result(suite("DES-CBC3-SHA")),
        KEYS["TLS 1.2"]: result(suite("DHE-RSA-AES128-GCM-SHA256", type_name="DH", size=1024)),
    }
    versions, tool, asked = read_scan(written(**weak))
    by_name = {one.version: one for one in versions}
    assert tool == "sslyze 6.3.1" and asked == 8
    assert [name for name, one in by_name.items() if one.spoken is Spoken.ACCEPTED] == ["TLS 1.0", "TLS 1.2"]
    assert by_name["SSL 3"].why == "TLS alert: protocol version"
    assert by_name["TLS 1.2"].suites[0].exchange_bits == 1024
    assert by_name["TLS 1.0"].suites[0].exchange_bits is None


def test_a_question_that_sslyze_could_not_ask_stays_open() -> None:
    lost = {"status": "ERROR", "error_reason": "CONNECTIVITY_ISSUE", "result": None}
    versions, _, _ = read_scan(written(**{KEYS["SSL 2"]: lost, KEYS["SSL 3"]: None}))
    assert [one.spoken for one in versions[:3]] == [Spoken.NOT_TESTED, Spoken.NOT_TESTED, Spoken.REFUSED]
    assert "CONNECTIVITY_ISSUE" in versions[0].why


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"server_scan_results": []},
        {"server_scan_results": [{"scan_result": {}}]},
        {"server_scan_results": [{"scan_result": {KEYS["TLS 1.2"]: {"status": "COMPLETED", "result": {"x": 1}}}}]},
    ],
)
def test_an_unknown_format_is_no_result(found: dict[str, Any]) -> None:
    with pytest.raises(NoSslyze):
        read_scan(found)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sys.exit(3)", "mã 3"),
        ("sys.stderr.write('Traceback\\nModuleNotFoundError: nassl'); sys.exit(1)", "nassl"),
        ("open(out, 'w').write('{half')", "không để lại kết quả đọc được"),
        ("pass", "không để lại kết quả đọc được"),
        ("open(out, 'w').write('[]')", "không để lại kết quả đọc được"),
        (
            "open(out, 'w').write(json.dumps({'server_scan_results': [{'connectivity_status': 'ERROR'}]}))",
            "không kết nối được",
        ),
        ("time.sleep(600)", "chưa xong sau"),
    ],
)
def test_what_gives_no_result_says_why(program: Program, code: str, words: str) -> None:
    with pytest.raises(NoSslyze, match=words):
        scan(program(code), Host("127.0.0.1", 1), 2.0, 4)


def test_a_program_that_is_not_there_says_so() -> None:
    with pytest.raises(NoSslyze, match="không chạy được"):
        scan(("/khong/co/sslyze",), Host("127.0.0.1", 1), 2.0, 4)


def test_when_sslyze_fails_the_standard_library_asks_and_the_record_says_why(
    program: Program, shown: Callable[..., int], look: Look
) -> None:
    facts = look(shown(), sslyze=program("sys.exit(3)"))
    assert "sslyze" not in facts.tool and "mã 3" in facts.aside
    assert {one.version for one in facts.versions if one.spoken is Spoken.ACCEPTED} == {"TLS 1.2", "TLS 1.3"}


def test_its_word_is_taken_where_it_gives_one(program: Program, shown: Callable[..., int], look: Look) -> None:
    content = json.dumps(written(**{KEYS["SSL 3"]: result(suite("RC4-SHA"))}))
    record = record_of(look(shown(), sslyze=program(f"open(out, 'w').write({content!r})")))
    said, told = verdict_of(s41_tls.test_only_current_versions, record)
    assert said is F and "còn nhận SSL 3" in told and "sslyze --sslv2 --sslv3" in told
    said, told = verdict_of(s41_tls.test_no_weak_cipher_suite, record)
    assert said is F and "RC4-SHA (SSL 3: bộ mã đã bị phá)" in told


def test_fewer_connections_are_opened_at_a_host_that_wants_few(program: Program, tmp_path: Path) -> None:
    kept = tmp_path / "words.json"
    command = program(f"open({str(kept)!r}, 'w').write(json.dumps(sys.argv)); sys.exit(1)")
    for connections, slowly in ((4, True), (64, False)):
        with pytest.raises(NoSslyze):
            scan(command, Host("::1", 8443), 10.0, connections)
        words = json.loads(kept.read_text(encoding="utf-8"))
        assert ("--slow_connection" in words) is slowly
        assert words[-1] == "[::1]:8443"
        assert not [word for word in words if word in ("--heartbleed", "--robot", "--openssl_ccs", "--early_data")]


def test_it_is_found_where_the_variable_says(tmp_path: Path, program: Program) -> None:
    [file] = program("")
    python = tmp_path / "python3"
    python.symlink_to(sys.executable)
    assert find_sslyze({VARIABLE: file}) == (file,)
    assert find_sslyze({VARIABLE: str(python)}) == (str(python), "-m", "sslyze")
    assert find_sslyze({VARIABLE: str(tmp_path)}) == (file,)
    with pytest.raises(UserMistake, match=VARIABLE):
        find_sslyze({VARIABLE: str(tmp_path / "nowhere")})


def test_it_is_never_imported() -> None:
    room = Path(by_sslyze.__file__).parents[3]
    files = [file for part in ("toantrinh", "fixtures", "suites") for file in (room / part).rglob("*.py")]
    wrong = [
        file
        for file in files
        if any(
            line.strip().startswith(("import sslyze", "from sslyze", "import nassl"))
            for line in file.read_text(encoding="utf-8").splitlines()
        )
    ]
    assert files and not wrong


@needs_sslyze
@pytest.mark.parametrize(
    ("versions", "ciphers", "expected"),
    [
        ((ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3), "ECDHE+AESGCM", (P, P)),
        ((ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_2), "ALL", (F, F)),
        ((ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2), "ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA", (P, HALF)),
        ((ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2), "ECDHE-RSA-AES128-GCM-SHA256:NULL-SHA256", (P, F)),
    ],
)
def test_the_real_one_and_the_standard_library_agree(
    shown: Callable[..., int], look: Look, versions: Any, ciphers: str, expected: tuple[Verdict, Verdict]
) -> None:
    port = shown(paper("127.0.0.1", between(), key="rsa2048"), between(), versions=versions, ciphers=ciphers)
    by_it, by_library = look(port, sslyze=REAL), look(port)
    assert by_it.tool.startswith("sslyze") and not by_it.aside
    record = record_of(by_it)
    assert (
        verdict_of(s41_tls.test_only_current_versions, record)[0],
        verdict_of(s41_tls.test_no_weak_cipher_suite, record)[0],
    ) == expected
    for one in by_library.versions:
        if one.spoken is not Spoken.NOT_TESTED:
            known = by_it.version(one.version)
            assert known and known.spoken is one.spoken
            if one.version != "TLS 1.3":
                assert {suite.name for suite in known.suites} >= {suite.name for suite in one.suites}
