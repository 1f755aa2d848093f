"""`toantrinh refresh-advisories`: the published format of retire.js, checked, compared, dated."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from toantrinh.advisories.model import FILE, load_advisories
from toantrinh.advisories.refreshing import refreshed
from toantrinh.advisories.retire import Taken, read_retire
from toantrinh.command_line import main
from toantrinh.mistakes import UserMistake

PLACE = "§§version§§"
REPOSITORY = {
    "retire-example": {"vulnerabilities": [{"below": "0.0.2", "identifiers": {"CVE": ["CVE-2000-0001"]}}]},
    "jquery": {
        "vulnerabilities": [
            {
                "atOrAbove": "1.2.0",
                "below": "3.5.0",
                "severity": "medium",
                "identifiers": {"CVE": ["CVE-2020-11022"], "summary": "XSS"},
                "info": ["https://nvd.nist.gov/vuln/detail/CVE-2020-11022"],
            },
            {"below": "9.9.9", "severity": "high", "identifiers": {"githubID": "GHSA-aaaa-bbbb-cccc"}, "info": []},
            {"below": "2.999.999", "severity": "low", "identifiers": {"summary": "end of life"}},
        ],
        "extractors": {"filename": [f"jquery-({PLACE})(\\.min)?\\.js"]},
    },
    "owl-lib": {
        "vulnerabilities": [
            {
                "excludes": ["1.1.0-lts"],
                "ranges": [{"atOrAbove": "1.0.0", "below": "1.2.0"}, {"atOrAbove": "2.0.0", "below": "2.0.5"}],
                "severity": "critical",
                "summary": "ReDoS",
                "identifiers": {"CVE": ["CVE-2024-99999"]},
                "info": ["https://example.org/1"],
            }
        ],
        "extractors": {
            "filecontent": [f"/\\*! owl-lib v({PLACE})", f"a[\\s\\S]*b({PLACE})", f"({PLACE})(unclosed"],
            "filename": [f"owl-lib-({PLACE})\\.js"],
        },
    },
    "dont check": {"extractors": {}},
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    file = tmp_path / "jsrepository.json"
    file.write_text(json.dumps(REPOSITORY), encoding="utf-8")
    return file


def test_new_holes_are_taken_shown_and_dated(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, out = FILE.read_bytes(), tmp_path / "new.yaml"
    assert main(["refresh-advisories", str(repository), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "+ owl-lib: new library, 2 holes" in said and "+ jquery GHSA-aaaa-bbbb-cccc: … ≤ version < 9.9.9" in said
    assert "- jquery CVE-2020-11023" in said and "left out: jquery, vulnerability 3" in said
    assert "left out: owl-lib: pattern" in said and FILE.read_bytes() == before
    after = load_advisories(out)
    assert after.date == datetime.date.today() and after.source.startswith("retire.js, jsrepository.json, sha256 ")
    assert {one for hole in after.libraries["owl-lib"].holes_of("2.0.1") for one in hole.ids} == {"CVE-2024-99999"}
    assert not after.libraries["owl-lib"].holes_of("1.1.0-lts") and after.libraries["owl-lib"].holes_of("1.1.0")
    assert not after.libraries["owl-lib"].holes_of("1.5.0") and after.libraries["owl-lib"].banners
    assert after.libraries["jquery"].banners == load_advisories().libraries["jquery"].banners
    assert after.libraries["moment"] == load_advisories().libraries["moment"]


def test_which_part_has_a_hole_outlives_a_refresh() -> None:
    known = load_advisories()
    old = known.libraries["jquery-ui"].holes
    taken = Taken(holes={"jquery-ui": [hole.model_copy(update={"part": "", "below": "9.9.9"}) for hole in old]})
    after = refreshed(known, taken, "x", datetime.date(2026, 1, 1)).libraries["jquery-ui"].holes
    assert [hole.part for hole in after] == ["dialog", "datepicker", "checkboxradio"]
    assert {hole.below for hole in after} == {"9.9.9"}


def test_a_dry_run_writes_nothing(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new.yaml"
    assert main(["refresh-advisories", str(repository), "--out", str(out), "--dry-run"]) == 0
    assert not out.exists() and "nothing was written" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        ("<html>", "is no JSON"),
        ("[]", "holds no library"),
        ('{"jquery": {"vulnerabilities": []}}', "holds no library"),
        ('{"jquery": {"vulnerabilities": ["x", {"identifiers": {"CVE": ["không phải số"]}}]}}', "holds no library"),
    ],
)
def test_a_wrong_file_is_one_line_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, said: str
) -> None:
    file, before = tmp_path / "x.json", FILE.read_bytes()
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert main(["refresh-advisories", str(file)]) == 2
    told = capsys.readouterr().err
    assert said in told and str(file) in told and FILE.read_bytes() == before


def test_the_newer_nested_form_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "v5.json"
    file.write_text(json.dumps({"advisories": REPOSITORY, "backdoored": {}}), encoding="utf-8")
    assert set(read_retire(file).holes) == {"jquery", "owl-lib"}


def test_a_file_that_is_none_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(UserMistake):
        read_retire(tmp_path / "nicht-da.json")
