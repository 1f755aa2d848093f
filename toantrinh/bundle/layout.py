"""The plain form of a bundle's ZIP: what is packed, how, and nothing beside it.

A ZIP can say one thing at its front and another at its end, and hide bytes between them (PKWARE APPNOTE 6.3.10,
section 4.3). Ours has one form only, so that every byte of it is accounted for.
"""

from __future__ import annotations

import struct
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath

EPOCH = (1980, 1, 1, 0, 0, 0)
MODE = 0o100644
PACKED = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".zip", ".gz", ".woff2", ".webm", ".mp4", ".docx", ".xlsx"}


def entry(name: str) -> zipfile.ZipInfo:
    """How a file stands in the ZIP: no time of its own, readable by all, deflated unless it is packed already."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system = 3  # Unix, wherever it was packed
    info.external_attr = MODE << 16
    stored = PurePosixPath(name).suffix.lower() in PACKED
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    if not name.isascii():
        info.flag_bits = 0x800
    return info


def faults(place: Path, packed: zipfile.ZipFile) -> list[str]:
    """What of the ZIP is not in its plain form, one line each."""
    infos = packed.infolist()
    found = [f"đường dẫn không được phép: {info.orig_filename!r}" for info in infos if not is_safe(info.orig_filename)]
    counts = Counter(info.filename.casefold() for info in infos)
    found += [f"trùng tên trong gói: {name}" for name, times in counts.items() if times > 1]
    found += [line for info in infos if (line := _odd(info))]
    return found or _stray(place, packed)


def is_safe(name: str) -> bool:
    """True for a path that stays in the folder on every system: relative, no `..`, no drive, no backslash."""
    parts = name.split("/")
    if not name or name != str(PurePosixPath(name)) or name.startswith("/") or ".." in parts:
        return False
    return not any(letter in '\\:*?"<>|' or ord(letter) < 32 or ord(letter) == 127 for letter in name)


def _odd(info: zipfile.ZipInfo) -> str:
    kind = info.external_attr >> 16 & 0o170000
    if info.is_dir() or kind not in (0, MODE & 0o170000):
        return f"không phải tệp thường (liên kết, thư mục …): {info.filename}"
    return ""


def _stray(place: Path, packed: zipfile.ZipFile) -> list[str]:
    """Bytes of the ZIP that belong to no file: before, between, behind; and headers that are not the plain ones."""
    infos, at, found = packed.infolist(), 0, []
    with place.open("rb") as file:
        for info in infos:
            plain = _plain(info, at)
            header = plain.FileHeader(zip64=False)
            if info.header_offset != at:
                return [f"dữ liệu thừa hoặc chồng lên nhau trong gói, trước {info.filename}"]
            file.seek(at)
            if file.read(len(header)) != header:
                found.append(f"đầu mục ZIP đã bị sửa: {info.filename}")
            at += len(header) + info.compress_size
        directory = [_central(_plain(info, info.header_offset)) for info in infos]
        file.seek(at)
        for info, record in zip(infos, directory, strict=True):
            if file.read(len(record)) != record:
                return [*found, f"đầu mục ZIP đã bị sửa: {info.filename}"]
        size = sum(map(len, directory))
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(infos), len(infos), size, at, 0)
        if file.read(len(end) + 1) != end:
            found.append("dữ liệu thừa ở cuối gói, hoặc phần cuối của gói đã bị sửa")
    return found


def _plain(info: zipfile.ZipInfo, at: int) -> zipfile.ZipInfo:
    """The entry as we write it, with the sizes and the sum of this one, at a place in the ZIP (bytes)."""
    plain = entry(info.filename)
    plain.CRC, plain.compress_size, plain.file_size = info.CRC, info.compress_size, info.file_size
    plain.header_offset = at
    return plain


def _central(info: zipfile.ZipInfo) -> bytes:
    """The record of an entry in the central directory (APPNOTE 4.3.12), without anything that may be left out."""
    name = info.filename.encode()
    times = (0, 1 << 5 | 1)  # midnight, 1 January 1980
    versions = (info.create_version, info.create_system, info.extract_version, 0, info.flag_bits, info.compress_type)
    sizes = (
        info.CRC,
        info.compress_size,
        info.file_size,
        len(name),
        0,
        0,
        0,
        0,
        info.external_attr,
        info.header_offset,
    )
    return struct.pack("<4s4B4H3L5H2L", b"PK\1\2", *versions, *times, *sizes) + name
