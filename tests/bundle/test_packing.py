"""A bundle: all that the manifest lists, the same bytes for the same run, and nothing of the started system."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.bundle.made import FILES, faults, packed_run, small_run
from toantrinh.bundle.packing import pack_run
from toantrinh.mistakes import UserMistake
from toantrinh.store import Store


def test_it_holds_what_the_manifest_lists_and_the_manifest(tmp_path: Path) -> None:
    with zipfile.ZipFile(packed_run(tmp_path)) as packed:
        assert packed.namelist()[0] == "manifest.json"
        assert set(packed.namelist()) == {"manifest.json", "run.json", *FILES}
        for name, data in FILES.items():
            assert packed.read(name) == data
        assert packed.testzip() is None


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    first = packed_run(tmp_path / "a").read_bytes()
    folder = small_run(tmp_path / "b")
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    (folder / "index.html").chmod(0o600)
    assert pack_run(folder).read_bytes() == first


def test_pictures_are_stored_and_texts_are_packed(tmp_path: Path) -> None:
    with zipfile.ZipFile(packed_run(tmp_path)) as packed:
        kinds = {Path(info.filename).suffix: info.compress_type for info in packed.infolist()}
    assert kinds[".jpg"] == zipfile.ZIP_STORED
    assert kinds[".html"] == kinds[".pdf"] == zipfile.ZIP_DEFLATED


def test_a_sound_bundle_and_a_sound_folder_have_no_fault(tmp_path: Path) -> None:
    bundle = packed_run(tmp_path)
    assert faults(bundle) == []
    assert faults(bundle.with_suffix("")) == []


def test_a_file_named_like_the_manifest_deeper_down_is_listed(tmp_path: Path) -> None:
    folder = small_run(tmp_path)
    listed = [row["path"] for row in json.loads((folder / "manifest.json").read_text())["files"]]
    assert "evidence/journey/1.001193/manifest.json" in listed


def test_a_listed_file_that_is_gone_is_named_and_no_half_bundle_stays(tmp_path: Path) -> None:
    folder = small_run(tmp_path)
    (folder / "junit.xml").unlink()
    with pytest.raises(UserMistake, match=r"junit\.xml"):
        pack_run(folder)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_an_earlier_signature_goes_with_a_new_manifest(tmp_path: Path) -> None:
    folder = small_run(tmp_path)
    (folder / "manifest.sig").write_bytes(b"{}")
    Store(folder).write_manifest()
    assert not (folder / "manifest.sig").exists()
