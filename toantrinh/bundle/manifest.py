"""The manifest as a list, and every file of a bundle held against it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toantrinh.bundle.contents import Contents, Unreadable, whole
from toantrinh.bundle.layout import is_safe
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.store import MANIFEST, SIGNATURE, disk_mistake

LARGEST = 64 << 20  # bytes of manifest.json: some 400,000 files
RATIO = 200  # a bundle that grows to more than so many times its size (and `FREE`) is not opened
FREE = 1 << 30


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ListedFile(_Part):
    """One file: POSIX path, size in bytes, SHA-256 in hexadecimal."""

    path: str
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(_Part):
    """`manifest.json`."""

    tool: str
    files: list[ListedFile]


def manifest_of(contents: Contents) -> Manifest:
    """The manifest of a bundle. Raises UserMistake when it is not there or damaged."""
    return read_manifest(manifest_bytes(contents), contents.place)


def manifest_bytes(contents: Contents) -> bytes:
    """`manifest.json` as it is. Raises UserMistake."""
    try:
        return whole(contents, MANIFEST, LARGEST)
    except Unreadable as error:
        raise UserMistake(f"{MANIFEST} cannot be read ({error}).", shown(contents.place)) from None


def read_manifest(raw: bytes, place: Path) -> Manifest:
    """The manifest in its bytes. Raises UserMistake when they are not in the form in which the tool writes it."""
    try:
        manifest = Manifest.model_validate_json(raw)
    except ValidationError:
        raise UserMistake(f"{MANIFEST} is damaged.", shown(place)) from None
    if json.dumps(manifest.model_dump(), indent=1).encode() != raw:
        raise UserMistake(f"{MANIFEST} is not in the form in which it was written: it was changed.", shown(place))
    return manifest


def faults_of_files(contents: Contents, manifest: Manifest) -> Iterator[str]:
    """Everything in which the files differ from the manifest, one line each, in Vietnamese."""
    paths = [file.path for file in manifest.files]
    yield from (f"đường dẫn không được phép trong {MANIFEST}: {path!r}" for path in paths if not is_safe(path))
    if len({path.casefold() for path in paths}) < len(paths):
        yield f"{MANIFEST} ghi một tệp hai lần"
    if too_large(contents, manifest):
        yield f"gói giải nén ra quá lớn so với chính nó ({sum(f.bytes for f in manifest.files)} byte): không mở"
        return
    for file in manifest.files:
        if is_safe(file.path) and (why := _differs(contents, file)):
            yield why
    for name in sorted(set(contents.sizes) - set(paths) - {MANIFEST, SIGNATURE}):
        yield f"thừa tệp: {name} (không có trong {MANIFEST})"


def too_large(contents: Contents, manifest: Manifest) -> bool:
    """True for a ZIP that claims to hold far more than its size can mean, or more than the disk takes."""
    if contents.place.is_dir():
        return False
    total = sum(file.bytes for file in manifest.files)
    return total > max(FREE, RATIO * contents.place.stat().st_size)


def _differs(contents: Contents, file: ListedFile) -> str:
    if file.path not in contents.sizes:
        return f"thiếu tệp: {file.path}"
    size = contents.sizes[file.path]
    if size != file.bytes:
        return f"tệp đã khác: {file.path} ({size} byte, {MANIFEST} ghi {file.bytes})"
    digest = hashlib.sha256()
    try:
        for piece in contents.read(file.path, file.bytes):
            digest.update(piece)
    except Unreadable as error:
        return f"tệp đã khác: {file.path} ({error})"
    if digest.hexdigest() != file.sha256:
        return f"tệp đã khác: {file.path} (SHA-256 {digest.hexdigest()[:12]}…, {MANIFEST} ghi {file.sha256[:12]}…)"
    return ""


def unpack(contents: Contents, manifest: Manifest, into: Path) -> None:
    """Writes the listed files into a folder; only for a bundle in which no fault was found. Raises UserMistake."""
    if sum(file.bytes for file in manifest.files) > shutil.disk_usage(into).free:
        raise UserMistake("the disk has no room to unpack the bundle.", str(into), "Free some space, or set TMPDIR.")
    try:
        for file in manifest.files:
            path = into / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as target:
                target.writelines(contents.read(file.path, file.bytes))
    except OSError as error:
        raise disk_mistake(into, error) from None
