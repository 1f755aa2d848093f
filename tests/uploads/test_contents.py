"""Files whose content does harm: scripts that run, programs that a server runs, the test virus, what inflates."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser

from fixtures.uploads import UploadsSeen
from tests.session_security.conftest import verdict_of
from tests.suites_functional.mistakes import journey_to
from tests.uploads.kinds import (
    DISGUISED,
    DOWNLOADS,
    HARMFUL,
    SCRIPT,
    Open,
    Shown,
    inline,
)
from tests.uploads.vendors import Kept, Vendor, visited
from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.http_answers import AnswersSeen, HttpAnswer
from toantrinh.observations.uploads import UploadsRecord
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict


def test_script_that_runs_where_it_is_opened_is_found_with_a_picture(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Shown(), tmp_path, monkeypatch, "svg", "html", "html-as-document") as record:
        verdict, said = verdict_of(SCRIPT, record)
        shown = [one.path for one in record.evidence if "chạy" in one.title]
    assert verdict is Verdict.FAIL
    assert "ảnh SVG có mã kịch bản mở ra thì chạy ở http://127.0.0.1" in said and "curl -sS" in said
    assert "công dân A" in said and "mang tên .pdf" not in said
    assert shown and all((tmp_path / path).is_file() for path in shown)
    verdict, said = verdict_of(DOWNLOADS, record)
    assert verdict is Verdict.FAIL and "kiểu image/svg+xml được mở ngay trong trình duyệt" in said


class Executing(Open):
    """Its web server runs PHP wherever it sees it in a name."""

    def give(self, key: str) -> ResponseReturnValue:
        kept = self.files[key]
        run = ".php" in kept.name and b"<?php" in kept.content
        return inline(Kept(kept.name, "", b"kt-1764-kt") if run else kept, "text/html" if run else "application/pdf")


def test_a_server_that_runs_an_uploaded_program_is_found(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Executing(), tmp_path, monkeypatch, "script-extension") as record:
        verdict, said = verdict_of(DISGUISED, record)
    assert verdict is Verdict.FAIL and "máy chủ chạy mã PHP" in said


@dataclass
class Scanning(Open):
    """Takes all files, and looks for viruses afterwards: `after` says what it makes of them."""

    after: str = "removes"

    def line(self, key: str, kept: Kept) -> str:
        note = " (đang quét mã độc)" if self.after == "says so" else ""
        return f'<li><a href="/tep/{key}">{html.escape(kept.name)}</a>{note}</li>'

    def give(self, key: str) -> ResponseReturnValue:
        answer = super().give(key)
        if self.after == "removes":
            self.files.clear()
        return answer


@pytest.mark.parametrize(
    ("after", "expected", "words"),
    [
        ("removes", Verdict.PASS, ""),
        ("says so", Verdict.NEEDS_REVIEW, "đang quét"),
        ("nothing", Verdict.FAIL, "cuối lần thử vẫn còn nguyên"),
    ],
)
def test_a_virus_counts_when_it_is_still_there_at_the_end(
    after: str, expected: Verdict, words: str, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Scanning(after=after), tmp_path, monkeypatch, "eicar", "eicar-inside") as record:
        verdict, said = verdict_of(HARMFUL, record)
    assert (verdict, words in said) == (expected, True), said


@dataclass
class Unpacking(Vendor):
    """Unpacks what is sent: an archive that inflates is an error, or (`ends`) the end of all service."""

    ends: bool = False
    over: bool = False

    def take(self, kept: Kept) -> ResponseReturnValue:
        if len(kept.content) < 90_000:
            return super().take(kept)
        self.over = self.ends
        return super().take(kept) if self.ends else ("Lỗi bộ nhớ", 500)

    def home(self) -> ResponseReturnValue:
        return ("Hết bộ nhớ", 503) if self.over else super().home()


@pytest.mark.parametrize(
    ("ends", "words"),
    [(False, "máy chủ lỗi 500 khi nhận tài liệu .docx phình ra"), (True, "ngừng phục vụ (HTTP 503)")],
)
def test_a_system_that_breaks_on_an_archive_is_found(
    ends: bool, words: str, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Unpacking(ends=ends), tmp_path, monkeypatch, "inflating-document") as record:
        verdict, said = verdict_of(HARMFUL, record)
    assert verdict is Verdict.FAIL and words in said, said


def test_files_that_the_browser_was_given_on_the_journey_are_judged_too() -> None:
    def row(address: str, headers: int, kind: str = "application/pdf") -> HttpAnswer:
        return HttpAnswer(
            method="GET",
            address=address,
            kind="document",
            status=200,
            content_type=kind,
            headers=headers,
            step="result",
        )

    table = ({"content-disposition": "attachment; filename=…"}, {"x-content-type-options": "nosniff"}, {})
    rows = (row("/bien-nhan", 0), row("/ket-qua", 1), row("/trang-chu", 2, "text/html"), row("/khong-ro", -1))
    service = load_system("demo").services[0]
    heard = journey_to(service, "/").model_copy(update={"answers": AnswersSeen(table=table, answers=rows)})
    nothing = Exchanges(subject="input", seed=1, exchanges=(), spent=0, limit=1)
    record = UploadsSeen(UploadsRecord(name="uploads", exchanges=nothing), heard)
    verdict, said = verdict_of(DOWNLOADS, record)
    assert verdict is Verdict.FAIL and said.startswith("thiếu X-Content-Type-Options: nosniff: /bien-nhan |")
    empty = UploadsSeen(UploadsRecord(name="uploads", exchanges=nothing, downloads_why="không có hồ sơ"))
    assert verdict_of(DOWNLOADS, empty) == (
        Verdict.NOT_TESTED,
        "chưa thấy tệp nào của hồ sơ được tải về: không có hồ sơ |  | ",
    )
