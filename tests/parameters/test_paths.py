"""Parameters that name a file: what is handed out, by the shape of its content."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.parameters.conftest import FOUND, MISSING, Ask, value_of, walked
from tests.prober.scripted import Heard, Said
from toantrinh.verdicts import Verdict

OS_RELEASE = 'PRETTY_NAME="Debian GNU/Linux 12"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n'
WIN_INI = "; for 16-bit app support\r\n[fonts]\r\n[extensions]\r\n[mci extensions]\r\n[files]\r\n[Mail]\r\n"
FILE = (("Content-Type", "application/octet-stream"),)
DOWNLOAD = "/tai?tep=mau-don.docx"


def opens(matches: Callable[[str], bool], content: str = OS_RELEASE) -> Callable[[Heard], Said]:
    """A system that hands out the file where the value leads to it."""

    def answer(heard: Heard) -> Said:
        value = heard.path.partition("tep=")[2]
        if value == "mau-don.docx":
            return Said(200, b"PK\x03\x04mau", FILE)
        return Said(200, content, FILE) if matches(value) else MISSING

    return answer


OPENINGS: dict[str, tuple[Callable[[str], bool], str]] = {
    "plain": (lambda value: value.startswith("../") and value.endswith("etc/os-release"), OS_RELEASE),
    "encoded": (lambda value: value.startswith("..%2f"), OS_RELEASE),
    "twice": (lambda value: "%25" in value and unquote(unquote(value)).startswith("../"), OS_RELEASE),
    "absolute": (lambda value: unquote(value) == "/etc/os-release", OS_RELEASE),
    "backslash": (lambda value: unquote(value).startswith("..\\"), WIN_INI),
    "drive": (lambda value: unquote(value) == "C:\\Windows\\win.ini", WIN_INI),
}


@pytest.mark.parametrize("way", OPENINGS)
def test_a_file_of_the_server_fails_whichever_way_leads_to_it(ask: Ask, way: str) -> None:
    matches, content = OPENINGS[way]
    verdict, words = walked(ask(opens(matches, content), DOWNLOAD)[0])
    assert verdict is Verdict.FAIL and "tham số “tep” của GET /tai" in words
    assert ("win.ini" in words) == (content == WIN_INI) and "(khách chưa đăng nhập) → HTTP 200" in words


def test_a_real_path_join_fails(ask: Ask, tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "mau-don.docx").write_bytes(b"PK\x03\x04mau")
    if not Path("/etc/os-release").exists():
        pytest.skip("no /etc/os-release here")

    def answer(heard: Heard) -> Said:
        try:
            return Said(200, (deep / unquote(urlsplit(heard.path).path.removeprefix("/mau/"))).read_bytes(), FILE)
        except OSError:
            return MISSING

    verdict, words = walked(ask(answer, "/mau/mau-don.docx")[0])
    assert verdict is Verdict.FAIL and "đoạn “mau-don.docx” của đường dẫn /mau/mau-don.docx" in words


def test_a_parameter_whose_answer_is_a_file_is_one_too(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        value = unquote(value_of(heard, "so"))
        return Said(200, OS_RELEASE if "os-release" in value else b"%PDF-1.4 x", FILE)

    verdict, words = walked(ask(answer, "/xem?so=bien-nhan7")[0])
    assert verdict is Verdict.FAIL and "tham số “so” của GET /xem" in words


def test_files_are_known_by_the_links_of_the_pages_that_came(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        if heard.path.startswith("/tai"):
            return Said(200, OS_RELEASE if "os-release" in heard.path else b"PK\x03\x04mau", FILE)
        return Said(200, f'{FOUND}<a class="tep" href="/tai?a=1&amp;tep=mau-don.docx">Mẫu đơn</a>')

    verdict, words = walked(ask(answer, "/thu-tuc?trang=1")[0])
    assert verdict is Verdict.FAIL and "tham số “tep” của GET /tai" in words


def test_a_file_inside_data_fails(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        text = OS_RELEASE if "os-release" in heard.path else "mẫu"
        return Said(200, json.dumps({"ten": "x", "noiDung": text}), (("Content-Type", "application/json"),))

    assert walked(ask(answer, DOWNLOAD)[0])[0] is Verdict.FAIL


@pytest.mark.parametrize(
    "said",
    [
        Said(404, "<p>Không tìm thấy tệp ../../../../etc/os-release</p>"),
        Said(200, "<p>Tên tệp ../../../../etc/os-release không hợp lệ. ID=1 NAME=tep VERSION=2</p>"),
        Said(200, "Đây là một tệp khác\nID của tệp = 1\n"),
        Said(200, FOUND),
    ],
    ids=["echo", "refusal", "other-file", "own-page"],
)
def test_what_only_speaks_of_the_file_is_silent(ask: Ask, said: Said) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, b"PK\x03\x04mau", FILE) if value_of(heard, "tep") == "mau-don.docx" else said

    assert walked(ask(answer, DOWNLOAD)[0])[0] is Verdict.PASS


def test_a_detour_to_the_same_public_file_proves_nothing(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, b"PK\x03\x04mau", FILE)

    record, server = ask(answer, DOWNLOAD)
    assert walked(record)[0] is Verdict.PASS and not any(".." in path and "mau-don" in path for path in server.paths)


def test_a_page_that_shows_such_a_file_to_everybody_is_silent(ask: Ask) -> None:
    assert walked(ask(lambda heard: Said(200, OS_RELEASE, FILE), DOWNLOAD)[0])[0] is Verdict.PASS


def test_static_files_and_plain_words_are_no_subject(ask: Ask) -> None:
    record, _ = ask(lambda heard: Said(200, FOUND), "/tinh/a.css", "/tinh/anh.png", "/tim?tu-khoa=khai+sinh")
    assert walked(record)[0] is Verdict.NOT_APPLICABLE
