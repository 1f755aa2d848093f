"""The reference portal in a real browser: clean it holds in any skin; each defect is found by its own check alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.uploads import UploadsSeen
from suites.security import test_4_5_uploads as suite
from tests.session_security.conftest import portal, verdict_of
from tests.suites_functional.mistakes import journey_to
from toantrinh.observations.mistakes import Outcome
from toantrinh.observations.uploads import Group, UploadsRecord
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.uploads import round as one_round
from toantrinh.observers.uploads.visit import observe_uploads
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

PAID = "1.001193"
CHECKS: dict[str, Callable[[UploadsSeen], None]] = {
    "input.disguised-uploads-refused": suite.test_disguised_executables_are_refused,
    "input.script-uploads-refused": suite.test_script_bearing_uploads_are_harmless,
    "input.harmful-uploads-refused": suite.test_harmful_uploads_are_refused,
    "input.file-names-held": suite.test_file_names_are_held,
    "input.safe-downloads": suite.test_downloads_are_safe,
}
# Defects of one row do not touch each other; the checks named, and no others, must speak, in these words.
TOGETHER: dict[str, dict[str, str]] = {
    "uploads.by-content-type,uploads.not-scanned,uploads.sniffable": {
        "input.disguised-uploads-refused": "hai phần mở rộng .pdf.exe được nhận và trả lại dưới tên",
        "input.harmful-uploads-refused": "tài liệu .docx chứa tệp thử vi-rút EICAR được nhận, cuối lần thử vẫn còn nguyên",
        "input.safe-downloads": "thiếu X-Content-Type-Options: nosniff",
    },
    "uploads.active-inline": {
        "input.script-uploads-refused": "ảnh SVG có mã kịch bản mở ra thì chạy ở http://127.0.0.1",
        "input.safe-downloads": "kiểu image/svg+xml được mở ngay trong trình duyệt",
    },
}


def tried(browser: Browser, address: str, folder: Path, name: str = "demo") -> UploadsSeen:
    system = load_system(name, base_url=address)
    service = next(one for one in system.services if one.code == PAID)
    facts = observe_uploads(
        browser,
        system,
        service,
        Attachments(folder, "scenario/uploads", str),
        journey_to(service, f"{address}/thu-tuc/{PAID}"),
        Prober(system, "input"),
    )
    return UploadsSeen(UploadsRecord.model_validate_json(facts.model_dump_json()), observation="x.json")


def said_of(record: UploadsSeen) -> dict[str, tuple[Verdict, str]]:
    return {name: verdict_of(check, record) for name, check in CHECKS.items()}


@pytest.mark.parametrize(("skin", "system"), [("modern", "demo"), ("spa", "demo-spa"), ("legacy", "demo-legacy")])
def test_the_clean_portal_holds(chromium: Browser, tmp_path: Path, skin: str, system: str) -> None:
    with portal(tmp_path / "data", "--skin", skin) as address:
        record = tried(chromium, address, tmp_path, system)
    said = said_of(record)
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said
    assert len(record.data.files) == record.data.bounds and record.data.left_behind == ()
    assert all(one.by_server for one in record.data.files)
    refused = record.data.of(Group.DISGUISED, Group.SCRIPT)
    assert {one.outcome for one in refused} == {Outcome.REFUSED} and len(refused) == 8
    assert record.data.exchanges.spent <= 30


@pytest.mark.parametrize(("defects", "expected"), TOGETHER.items(), ids=list(TOGETHER))
def test_each_defect_is_found_by_its_own_check(
    defects: str, expected: dict[str, str], chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_round, "SCAN_S", 1.0)
    with portal(tmp_path / "data", "--defects", defects) as address:
        said = said_of(tried(chromium, address, tmp_path))
    assert {check for check, (verdict, _) in said.items() if verdict is Verdict.FAIL} == set(expected), said
    for check, words in expected.items():
        assert words in said[check][1], said[check]
    others = {verdict for check, (verdict, _) in said.items() if check not in expected}
    assert others <= {Verdict.PASS}, said
