"""What only looks like a fault stays silent: vendors that rename, draw anew, give out as bytes or from elsewhere."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser

from tests.session_security.conftest import verdict_of
from tests.uploads.kinds import (
    DISGUISED,
    DOWNLOADS,
    HARMFUL,
    NAMES,
    SCRIPT,
    AsBytes,
    Check,
    ElsewhereHost,
    ReEncoding,
    Renaming,
    Sandboxed,
    inline,
)
from tests.uploads.vendors import Kept, Vendor, visited
from toantrinh.verdicts import Verdict


def test_a_vendor_that_renames_and_reloads_passes_everything(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visited(chromium, Renaming(), tmp_path, monkeypatch) as record:
        said = {check.__name__: verdict_of(check, record) for check in (DISGUISED, SCRIPT, NAMES, DOWNLOADS, HARMFUL)}
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said
    assert len(record.data.files) == 17 and record.data.exchanges.spent <= 30


@pytest.mark.parametrize(
    ("vendor", "check", "keys"),
    [
        (ElsewhereHost(), DISGUISED, ("double-extension", "program-as-document")),
        (ElsewhereHost(), SCRIPT, ("svg", "html")),
        (ElsewhereHost(), HARMFUL, ("eicar",)),
        (ElsewhereHost(), NAMES, ("path-up", "markup")),
        (AsBytes(), DISGUISED, ("program-as-document", "script-extension")),
        (AsBytes(), SCRIPT, ("svg", "html", "html-as-document")),
        (AsBytes(), DOWNLOADS, ("svg", "path-up")),
        (ReEncoding(), SCRIPT, ("svg", "html")),
        (ReEncoding(), DOWNLOADS, ("svg",)),
        (Sandboxed(), SCRIPT, ("svg", "html")),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Vendor) else "",
)
def test_what_only_looks_like_a_fault_is_none(
    vendor: Vendor,
    check: Check,
    keys: tuple[str, ...],
    chromium: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with visited(chromium, vendor, tmp_path, monkeypatch, *keys) as record:
        verdict, said = verdict_of(check, record)
    assert any(one.accepted for one in record.data.files)
    assert verdict in (Verdict.PASS, Verdict.NEEDS_REVIEW), said
    if check in (SCRIPT, DOWNLOADS):
        assert verdict is Verdict.PASS, said


def test_what_gives_files_out_may_itself_be_named_like_a_program(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Handler(AsBytes):
        def line(self, key: str, kept: Kept) -> str:
            self.files.setdefault("tai.aspx", kept)
            return f'<li><a href="/tep/tai.aspx?id={key}">{html.escape(kept.name)}</a></li>'

        def give(self, key: str) -> ResponseReturnValue:
            return inline(self.files[key], "application/octet-stream")

    with visited(chromium, Handler(), tmp_path, monkeypatch, "program-as-document") as record:
        verdict, said = verdict_of(DISGUISED, record)
    assert verdict is Verdict.NEEDS_REVIEW and "octet-stream" in said, said


def test_a_preview_that_the_page_makes_itself_is_no_stored_script(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = """<script>document.querySelector('[type=file]').addEventListener('change', event => {
      const frame = document.createElement('iframe');
      frame.src = URL.createObjectURL(event.target.files[0]);
      document.body.append(frame);
    })</script>"""
    vendor = AsBytes(script=preview)
    with visited(chromium, vendor, tmp_path, monkeypatch, "svg", "html") as record:
        verdict, said = verdict_of(SCRIPT, record)
    assert verdict is Verdict.PASS and all(one.accepted for one in record.data.files), said
