"""The test virus that is taken: scanned at once, later, for long, or never."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser

from tests.session_security.conftest import verdict_of
from tests.uploads.kinds import HARMFUL, Open
from tests.uploads.vendors import Kept, named_line, visited
from toantrinh.observers.uploads import round as one_round
from toantrinh.verdicts import Verdict


@dataclass
class Scanning(Open):
    """Takes all files, and looks for viruses afterwards: `after` says what it makes of them, `note` what it says."""

    after: str = ""
    note: str = ""
    looked: bool = False

    def line(self, key: str, kept: Kept) -> str:
        named = (
            f'<li><a href="/tep/{key}">Giấy tờ {key}</a></li>' if self.after == "own name" else named_line(key, kept)
        )
        return named.replace("</li>", f" – {self.note}</li>")

    def take(self, kept: Kept) -> ResponseReturnValue:
        answer = super().take(kept)
        if self.after == "removes later" and b"EICAR" in kept.content:
            threading.Timer(3, self.files.clear).start()
        return answer

    def give(self, key: str) -> ResponseReturnValue:
        answer = super().give(key)
        if self.after == "removes":
            self.files.clear()
        if self.after == "withholds" and self.looked:
            return "Đang chuẩn bị tệp"
        self.looked = True
        return answer


@pytest.mark.parametrize(
    ("vendor", "expected", "words"),
    [
        (Scanning(after="removes"), Verdict.PASS, ""),
        (Scanning(after="withholds"), Verdict.PASS, ""),
        (Scanning(note="(đang quét mã độc)"), Verdict.NEEDS_REVIEW, "đang quét"),
        (Scanning(note="Đang xử lý", after="own name"), Verdict.NEEDS_REVIEW, "Đang xử lý"),
        (Scanning(note="Chờ xác minh"), Verdict.NEEDS_REVIEW, "Chờ xác minh"),
        (Scanning(note="pending"), Verdict.NEEDS_REVIEW, "pending"),
        (Scanning(note="Đã nhận"), Verdict.FAIL, "cuối lần thử vẫn còn nguyên"),
    ],
    ids=lambda one: one.note or one.after if isinstance(one, Scanning) else "",
)
def test_a_virus_counts_when_it_is_still_given_back_at_the_end(
    vendor: Scanning, expected: Verdict, words: str, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_round, "SCAN_S", 1.0)
    with visited(chromium, vendor, tmp_path, monkeypatch, "eicar", "eicar-inside") as record:
        verdict, said = verdict_of(HARMFUL, record)
    assert (verdict, words in said) == (expected, True), said


def test_a_scan_that_comes_after_the_upload_is_waited_for(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = Scanning(after="removes later", note="Đã nhận")
    with visited(chromium, vendor, tmp_path, monkeypatch, "eicar") as record:
        verdict, said = verdict_of(HARMFUL, record)
    assert verdict is Verdict.PASS and record.data.files[0].accepted, said
    assert any("không còn khi nhìn lại" in one.title for one in record.evidence)
