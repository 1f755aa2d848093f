"""One byte that was changed, wherever it lies, is found, and the file in which it lies is named."""

from __future__ import annotations

import json
import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bundle.made import FILES, data_of, faults, flipped, packed_run, repacked, small_run
from toantrinh.bundle.layout import entry
from toantrinh.mistakes import UserMistake

NAMES = [name for name, data in FILES.items() if data]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A sound bundle."""
    return packed_run(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder of a run."""
    return small_run(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_in_a_file_of_the_folder(folder: Path, name: str) -> None:
    flipped(folder / name, len(FILES[name]) // 2)
    [fault] = faults(folder)
    assert fault.startswith("tệp đã khác: ") and name in fault


@pytest.mark.parametrize("name", NAMES)
def test_in_the_content_of_a_member_packed_anew(bundle: Path, name: str) -> None:
    repacked(bundle, lambda one, data: data[:-1] + bytes([data[-1] ^ 1]) if one == name else data)
    [fault] = faults(bundle)
    assert fault.startswith("tệp đã khác: ") and name in fault


@pytest.mark.parametrize("name", NAMES)
def test_in_the_packed_bytes_of_a_member(bundle: Path, name: str) -> None:
    start, _ = data_of(bundle, name)
    flipped(bundle, start, 0x10)
    found = faults(bundle)
    assert found and all(name in fault for fault in found)


def test_anywhere_in_a_bundle(bundle: Path) -> None:
    """Only bits of a deflated stream that mean nothing (its end, its filling) go unnamed: every file is still the same."""
    whole, lot = bundle.read_bytes(), random.Random(7)
    silent = []
    for at in [*range(0, 200), *range(len(whole) - 300, len(whole)), *(lot.randrange(len(whole)) for _ in range(600))]:
        bundle.write_bytes(whole)
        flipped(bundle, at, 1 << lot.randrange(8))
        try:
            found = faults(bundle)
        except UserMistake as mistake:
            found = [str(mistake)]
        if not found:
            silent.append(at)
    bundle.write_bytes(whole)
    assert len(silent) < 60
    assert set(silent) <= set(_edges_of_streams(bundle))


def _edges_of_streams(bundle: Path) -> Iterator[int]:
    """The first byte of each deflated stream (is it the last block?) and its last four."""
    with zipfile.ZipFile(bundle) as packed:
        names = [info.filename for info in packed.infolist() if info.compress_type == zipfile.ZIP_DEFLATED]
    for name in names:
        start, length = data_of(bundle, name)
        yield from (start, *range(max(start, start + length - 4), start + length))


def test_in_the_manifest(folder: Path) -> None:
    whole = (folder / "manifest.json").read_bytes()
    for at in random.Random(3).sample(range(len(whole)), 200):
        flipped(folder / "manifest.json", at)
        try:
            found = faults(folder)
        except UserMistake as mistake:
            found = [str(mistake)]
        tool = json.loads(whole)["tool"].encode()
        if whole.index(tool) <= at < whole.index(tool) + len(tool):
            continue  # the version is held against run.json, see test_verifying
        assert found, whole[max(0, at - 20) : at + 20]
        (folder / "manifest.json").write_bytes(whole)


def test_a_file_that_is_gone_one_that_came_and_one_under_another_name(folder: Path) -> None:
    (folder / "junit.xml").unlink()
    (folder / "evidence" / "new.txt").write_bytes(b"x")
    (folder / "report.html").rename(folder / "bericht.html")
    assert sorted(faults(folder)) == [
        "thiếu tệp: junit.xml",
        "thiếu tệp: report.html",
        "thừa tệp: bericht.html (không có trong manifest.json)",
        "thừa tệp: evidence/new.txt (không có trong manifest.json)",
    ]


def test_two_members_that_changed_places_are_both_named(bundle: Path) -> None:
    one, other = "observations/journey/1.001193.json", "observations/site/trang-chu.json"
    places = {one: FILES[other], other: FILES[one]}
    repacked(bundle, lambda name, data: places.get(name, data))
    found = faults(bundle)
    assert len(found) == 2 and one in found[0] and other in found[1]


def test_members_missing_and_surplus_in_a_zip(bundle: Path) -> None:
    repacked(bundle, lambda name, data: None if name == "junit.xml" else data)
    with zipfile.ZipFile(bundle, "a") as packed:
        packed.writestr(entry("evidence/new.txt"), b"x")
    assert faults(bundle) == ["thiếu tệp: junit.xml", "thừa tệp: evidence/new.txt (không có trong manifest.json)"]


@pytest.mark.parametrize("where", ["before", "behind", "comment"])
def test_bytes_that_belong_to_no_file(bundle: Path, where: str) -> None:
    whole = bundle.read_bytes()
    if where == "comment":
        with zipfile.ZipFile(bundle, "a") as packed:
            packed.comment = b"x"
    else:
        bundle.write_bytes(b"x" + whole if where == "before" else whole + b"x")
    [fault] = faults(bundle)
    assert "thừa" in fault


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../outside.txt", "a/../../outside.txt", "C:/x.txt", "a\\b.txt", "./x.txt", "a//b", "x\ny"]
)
def test_a_path_that_leads_out_is_refused_by_name(bundle: Path, name: str) -> None:
    with zipfile.ZipFile(bundle, "a") as packed:
        packed.writestr(zipfile.ZipInfo(name), b"x")
    assert any("đường dẫn không được phép" in fault for fault in faults(bundle))


def test_a_link_a_folder_and_a_name_twice_are_no_files(bundle: Path) -> None:
    link = zipfile.ZipInfo("evidence/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(bundle, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr(link, b"/etc/passwd")
        packed.writestr("evidence/folder/", b"")
        packed.writestr(entry("junit.xml"), b"<other/>")
    found = faults(bundle)
    assert "không phải tệp thường (liên kết, thư mục …): evidence/link" in found
    assert "không phải tệp thường (liên kết, thư mục …): evidence/folder/" in found
    assert "trùng tên trong gói: junit.xml" in found


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
def test_a_link_in_a_folder_is_named_and_not_followed(folder: Path) -> None:
    (folder / "junit.xml").unlink()
    (folder / "junit.xml").symlink_to("/etc/hostname")
    assert faults(folder)[0] == "liên kết thay cho tệp: junit.xml"


def test_a_bomb_is_not_opened(bundle: Path) -> None:
    rows: list[dict[str, object]] = []

    def claims_much(name: str, data: bytes) -> bytes:
        if name != "manifest.json":
            return data
        manifest = json.loads(data)
        manifest["files"][0]["bytes"] = 40 << 30
        rows.extend(manifest["files"])
        return json.dumps(manifest, indent=1).encode()

    repacked(bundle, claims_much)
    assert rows and "quá lớn" in faults(bundle)[0]


def test_a_member_larger_than_it_says_is_read_no_further(bundle: Path) -> None:
    repacked(bundle, lambda name, data: b"\0" * (64 << 20) if name == "junit.xml" else data)
    [fault] = faults(bundle)
    assert fault == "tệp đã khác: junit.xml (67108864 byte, manifest.json ghi 13)"


def test_what_is_no_bundle_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK no")
    (tmp_path / "empty").mkdir()
    for place, said in (
        ("x.zip", "no ZIP"),
        ("none.zip", "no such bundle"),
        ("empty", r"manifest\.json cannot be read"),
    ):
        with pytest.raises(UserMistake, match=said):
            faults(tmp_path / place)
