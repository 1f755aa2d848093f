"""Files whose content does harm: scripts that run, programs that a server runs, the test virus, what inflates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser

from tests.session_security.conftest import verdict_of
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
    ("ends", "expected", "words"),
    [
        (False, Verdict.NEEDS_REVIEW, "máy chủ lỗi 500 khi nhận tài liệu .docx phình ra"),
        (True, Verdict.FAIL, "ngừng phục vụ (HTTP 503)"),
    ],
)
def test_a_system_that_ends_on_an_archive_is_found_and_one_that_refuses_it_by_an_error_is_for_a_person(
    ends: bool, expected: Verdict, words: str, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Unpacking(ends=ends), tmp_path, monkeypatch, "inflating-document") as record:
        verdict, said = verdict_of(HARMFUL, record)
    assert verdict is expected and words in said, said
