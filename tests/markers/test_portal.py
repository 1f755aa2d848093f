"""The reference portal with markers in everything: clean it shows text in any skin; each defect is found for itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.markers.conftest import CHECKS, portal, said_of, visited
from toantrinh.observations.markers import How, Kind, Taken
from toantrinh.verdicts import Verdict


@pytest.mark.parametrize(("skin", "system"), [("modern", "demo"), ("spa", "demo-spa"), ("legacy", "demo-legacy")])
def test_the_clean_portal_shows_text(chromium: Browser, tmp_path: Path, skin: str, system: str) -> None:
    with portal(tmp_path / "data", "--skin", skin) as address:
        record = visited(chromium, address, tmp_path, system)
    said = said_of(record)
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said
    data = record.data
    assert not data.sightings and not data.left_behind
    assert {one.taken for one in data.places} <= {Taken.TAKEN, Taken.PREFILLED}, data.places
    assert all(any(one.shown for one in data.pages if one.kind is kind) for kind in Kind)
    papers = [one for one in data.pages if one.kind is Kind.PAPER]
    assert skin == "legacy" or any(one.shown for one in papers if "bien-nhan" in one.address), papers
    assert {"field", "file", "parameter", "look-up", "user-name", "header", "path"} <= {one.what for one in data.places}
    shown = {number for one in data.pages if one.kind is Kind.OFFICER for number in one.shown}
    assert {one.number for one in data.places if one.what in ("field", "file") and one.written} <= shown


def test_what_the_citizens_pages_repeat_raw_is_found_and_named(chromium: Browser, tmp_path: Path) -> None:
    defects = "input.raw-content,input.raw-file-name,input.raw-in-field,input.raw-search-words,headers.inline-allowed"
    with portal(tmp_path / "data", "--defects", defects) as address:
        record = visited(chromium, address, tmp_path)
    said = said_of(record)
    verdict, told = said.pop("input.markers-escaped")
    assert verdict is Verdict.FAIL and "chạy thành mã" in told and "công dân B" in told and "làm lại" in told
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said
    ran = {(record.place(one.number).what, one.address.split("/")[3]) for one in record.data.sightings}
    assert {("file", "ho-so"), ("parameter", "thu-tuc?")} <= {(what, page[:8]) for what, page in ran}
    assert any(one.how is How.RAN and "/ho-so/" in one.address for one in record.data.sightings)
    assert any(one.picture for one in record.data.sightings)


@pytest.mark.parametrize(
    ("defect", "check", "words"),
    [
        ("input.raw-for-officer", "input.markers-escaped-for-officer", "với cán bộ"),
        ("input.raw-notice,input.raw-receipt", "input.markers-escaped-in-papers", "“Số nhà, đường, thôn, tổ dân phố”"),
    ],
)
def test_each_defect_fails_its_own_check(
    chromium: Browser, tmp_path: Path, defect: str, check: str, words: str
) -> None:
    with portal(tmp_path / "data", "--defects", defect) as address:
        record = visited(chromium, address, tmp_path)
    said = said_of(record)
    verdict, told = said.pop(check)
    assert verdict is Verdict.FAIL and words in told and "CSP chặn không cho chạy" in told, told
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said
    assert len({one.kind for one in record.data.sightings}) == len(defect.split(","))
    assert set(CHECKS) == {check, *said}


def test_a_receipt_that_is_printed_from_mark_up_is_for_a_person(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data", "--defects", "input.markup-in-receipt") as address:
        record = visited(chromium, address, tmp_path)
    said = said_of(record)
    verdict, told = said.pop("input.markers-escaped-in-papers")
    assert verdict is Verdict.NEEDS_REVIEW and "thẻ đã mất trong PDF" in told and "“Số nhà, đường" in told, told
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said
