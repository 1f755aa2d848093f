"""What only looks like a fault stays silent: vendors that rename, draw anew, give out as bytes or from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
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
)
from tests.uploads.vendors import Vendor, visited
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
