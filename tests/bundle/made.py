"""A small run's folder with one file of each kind, for what needs no judging; and ways to spoil bundles."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from toantrinh import __version__
from toantrinh.bundle.contents import contents_of
from toantrinh.bundle.manifest import faults_of_files, manifest_of
from toantrinh.bundle.packing import pack_run
from toantrinh.runs import RunMark
from toantrinh.store import Store

FILES = {
    "observations/journey/1.001193.json": b'{"key": "journey/1.001193", "outcome": "observed"}',
    "observations/site/trang-chu.json": '{"title": "Cổng Dịch vụ công"}'.encode(),
    "evidence/journey/1.001193/trang.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40,
    "evidence/journey/1.001193/ket-qua.pdf": b"%PDF-1.7\n" + b"stream " * 300,
    "evidence/journey/1.001193/Giấy khai sinh.txt": "Thử nghiệm".encode(),
    "evidence/journey/1.001193/manifest.json": b"{}",
    "evidence/empty.txt": b"",
    "index.html": b"<!doctype html><title>x</title>" * 50,
    "report.html": b"<html>" * 400,
    "junit.xml": b"<testsuites/>",
    "requests.json": b"[]",
}


def small_run(home: Path) -> Path:
    """The folder of a run, with its manifest."""
    folder = home / "2026-11-22T2000"
    for name, data in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    mark = RunMark(id=folder.name, system="demo", started="", base_url="", sameness="", tool=__version__)
    (folder / "run.json").write_text(json.dumps(mark.__dict__), encoding="utf-8")
    (folder / ".locks").mkdir(exist_ok=True)
    (folder / ".locks" / "run.lock").write_bytes(b"")
    (folder / "system").mkdir(exist_ok=True)
    (folder / "system" / "portal.sqlite3").write_bytes(b"secret")
    Store(folder).write_manifest()
    return folder


def packed_run(home: Path) -> Path:
    """The bundle of the small run."""
    return pack_run(small_run(home))


def faults(place: Path) -> list[str]:
    """What is said of the container and of the files in it."""
    with contents_of(place) as contents:
        return [*contents.faults, *faults_of_files(contents, manifest_of(contents))]


def flipped(path: Path, at: int, mask: int = 1) -> None:
    """One bit of a file, turned."""
    raw = bytearray(path.read_bytes())
    raw[at] ^= mask
    path.write_bytes(bytes(raw))


def repacked(bundle: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Writes a ZIP anew with each member changed, or left out for None, in the plain form."""
    from toantrinh.bundle.layout import entry

    with zipfile.ZipFile(bundle) as packed:
        members = [(info.filename, packed.read(info)) for info in packed.infolist()]
    with zipfile.ZipFile(bundle, "w") as packed:
        for name, data in members:
            if (new := change(name, data)) is not None:
                packed.writestr(entry(name), new)


def data_of(bundle: Path, name: str) -> tuple[int, int]:
    """Where the packed bytes of a member lie: first byte, number."""
    with zipfile.ZipFile(bundle) as packed:
        info = packed.getinfo(name)
    with bundle.open("rb") as file:
        file.seek(info.header_offset + 26)
        name_length, extra = struct.unpack("<2H", file.read(4))
    return info.header_offset + 30 + name_length + extra, info.compress_size
