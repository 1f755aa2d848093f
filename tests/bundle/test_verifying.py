"""`toantrinh verify` on a real bundle: all right, and every way in which it is not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bundle.conftest import SignedRun
from tests.bundle.made import flipped
from tests.main_job_started import HOUSE
from toantrinh.store import Store


def told(*words: str, **environment: str) -> tuple[int, str, str]:
    """How a command of `toantrinh` ends, and what it says."""
    ended = subprocess.run(
        [sys.executable, "-m", "toantrinh", *words], cwd=HOUSE, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment}, timeout=500,
    )  # fmt: skip
    return ended.returncode, ended.stdout, ended.stderr


@pytest.fixture
def folder(signed_run: SignedRun, tmp_path: Path) -> Path:
    """A copy of the run's folder, to be spoilt."""
    target = tmp_path / signed_run.ended.folder.name
    shutil.copytree(signed_run.ended.folder, target, ignore=shutil.ignore_patterns(".locks", "system"))
    return target


def rewritten(folder: Path, name: str, change: Callable[[Any], None]) -> None:
    """Changes a JSON file of the run and makes the manifest agree, as somebody would who knows how it works."""
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    change(data)
    (folder / name).write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    Store(folder).write_manifest()


def test_a_signed_run_holds_in_all_three_ways(signed_run: SignedRun) -> None:
    status, out, err = told("verify", str(signed_run.bundle), "--key", str(signed_run.keys.public))
    assert (status, err) == (0, ""), out
    assert f"ĐÚNG    chữ ký Ed25519 đúng với khóa {signed_run.keys.fingerprint}" in out
    assert "ĐÚNG    scorecard.json và index.html đúng với điều thu được khi chấm lại từ quan sát" in out
    assert "SAI" not in out and "--key" not in out
    assert out.splitlines()[-1].endswith("Gói toàn vẹn.")


def test_a_score_that_does_not_follow_is_named_although_the_manifest_agrees(folder: Path) -> None:
    def better(card: dict[str, Any]) -> None:
        for group in card["groups"]:
            for criterion in group["criteria"]:
                for check in criterion["checks"]:
                    for row in check["results"]:
                        if row["verdict"] == "pass":
                            row["message"] = "rất tốt"
                            return

    rewritten(folder, "scorecard.json", better)
    status, out, _ = told("verify", str(folder))
    assert status == 1
    [line] = [line for line in out.splitlines() if line.startswith("SAI")]
    assert "phiếu điểm không theo từ quan sát" in line and "rất tốt" in line
    assert "không có chữ ký: ai sửa cả gói rồi tính lại manifest.json thì không thấy được" in out


def test_a_page_or_a_table_that_shows_another_score_is_named(folder: Path) -> None:
    names = ("index.html", "scorecard.csv", "security.sarif", "accessibility.earl.jsonld")
    for name in names:
        assert (folder / name).is_file()
        with (folder / name).open("ab") as file:
            file.write(b"<!-- 100 / 100 -->")
    Store(folder).write_manifest()
    status, out, _ = told("verify", str(folder))
    assert status == 1 and all(f"SAI     {name} không theo từ scorecard.json" in out for name in names), out


def test_the_signature_catches_what_was_changed_consistently(folder: Path, signed_run: SignedRun) -> None:
    kept = (folder / "manifest.sig").read_bytes()
    (folder / "report.html").write_bytes(b"<html></html>")
    Store(folder).write_manifest()
    (folder / "manifest.sig").write_bytes(kept)
    status, out, _ = told("verify", str(folder), "--key", str(signed_run.keys.public))
    assert status == 1 and "SAI     chữ ký không khớp" in out


def test_one_byte_of_a_picture_is_named_and_nothing_is_judged(folder: Path) -> None:
    picture = next(folder.rglob("*.jpg"), None) or next(folder.rglob("*.png"))
    flipped(picture, 200)
    status, out, _ = told("verify", str(folder))
    assert status == 1
    assert f"SAI     tệp đã khác: {picture.relative_to(folder).as_posix()} (SHA-256" in out
    assert "chưa chấm lại" in out


def test_a_manifest_of_another_version_than_the_run_is_named(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"tool": "', b'"tool": "9', 1))
    (folder / "manifest.sig").unlink()
    status, out, _ = told("verify", str(folder))
    assert status == 1 and "SAI     manifest.json ghi phiên bản 9" in out


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("asked", ["../tests/bundle"], "nằm ngoài suites/"),
        ("asked", ["/tmp/evil_test.py"], "nằm ngoài suites/"),
        ("system", "../../outside", "tên hệ thống trong run.json không hợp lệ"),
    ],
)
def test_a_record_that_asks_for_foreign_code_is_not_judged(folder: Path, field: str, value: Any, said: str) -> None:
    rewritten(folder, "run.json", lambda mark: mark.update({field: value}))
    status, out, _ = told("verify", str(folder))
    assert status == 2 and said in out and "Gói chưa kiểm được hết." in out


def test_signing_afterwards_signs_bundle_and_folder_and_nothing_that_was_changed(folder: Path, tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    status, out, _ = told("keys", "thanh-tra", **state)
    assert status == 0 and "Dấu vân tay: SHA256:" in out
    (folder / "manifest.sig").unlink()
    status, out, err = told("sign", str(folder), "--key", "thanh-tra", **state)
    assert status == 0 and "Đã ký" in out, err
    bundle = folder.with_name(f"{folder.name}.zip")
    first = bundle.read_bytes()
    status, out, err = told("sign", str(bundle), "--key", "thanh-tra", **state)
    assert status == 0 and bundle.read_bytes() == first, err
    (folder / "junit.xml").write_bytes(b"")
    status, out, err = told("sign", str(folder), "--key", "thanh-tra", **state)
    assert status == 2 and "is not signed: tệp đã khác: junit.xml" in err


def test_mistakes_are_one_line_and_status_2(signed_run: SignedRun, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip")
    for words in (
        ("verify", str(tmp_path / "none.zip")),
        ("verify", str(tmp_path / "x.zip")),
        ("verify", str(signed_run.bundle), "--key", str(tmp_path / "none.pub")),
        ("sign", str(signed_run.bundle), "--key", str(signed_run.keys.public)),
    ):
        status, out, err = told(*words)
        assert (status, out, len(err.splitlines())) == (2, "", 1), words
