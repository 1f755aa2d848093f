"""What a bundle holds, whether it is a ZIP or the run's folder itself: names, sizes, bytes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from toantrinh.bundle import layout
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.store import MANIFEST, SIGNATURE, kept_files

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class Unreadable(Exception):
    """The bytes of one file do not come out; the message says why, in Vietnamese."""


class Contents(Protocol):
    """Files by their POSIX path; `faults` are one line each, in Vietnamese."""

    place: Path
    sizes: dict[str, int]
    faults: list[str]

    def read(self, name: str, most: int) -> Iterator[bytes]:
        """The file in pieces, `most` bytes and one more at the utmost. Raises Unreadable."""


class FolderContents:
    """A run's folder, without what is no part of the record (locks, data of a started system)."""

    def __init__(self, place: Path) -> None:
        self.place, self.faults = place, []
        self.sizes: dict[str, int] = {}
        own = [place / name for name in (MANIFEST, SIGNATURE) if (place / name).is_file()]
        for path in [*own, *kept_files(place)]:
            name = path.relative_to(place).as_posix()
            if path.is_symlink() or not path.resolve().is_relative_to(place.resolve()):
                self.faults.append(f"liên kết thay cho tệp: {name}")
            else:
                self.sizes[name] = path.stat().st_size

    def read(self, name: str, most: int) -> Iterator[bytes]:
        try:
            with (self.place / name).open("rb") as file:
                yield from _pieces(file, most)
        except OSError as error:
            raise Unreadable(error.strerror or type(error).__name__) from None


class ZipContents:
    """A ZIP as `packing` writes it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        try:
            self._zip = zipfile.ZipFile(place)
        except (*DAMAGED, ValueError, UnicodeDecodeError) as error:
            raise UserMistake(f"this is no ZIP, or its end is damaged ({error}).", shown(place)) from None
        self.faults = layout.faults(place, self._zip)
        self.sizes = {info.filename: info.file_size for info in self._zip.infolist()}

    def read(self, name: str, most: int) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as file:
                yield from _pieces(file, most)
        except DAMAGED as error:
            raise Unreadable(f"không giải nén được: {error}") from None

    def close(self) -> None:
        """Lets go of the file."""
        self._zip.close()


@contextmanager
def contents_of(place: Path) -> Iterator[Contents]:
    """The contents of a bundle or of a run's folder. Raises UserMistake when it is neither."""
    if place.is_dir():
        yield FolderContents(place)
        return
    if not place.is_file():
        raise UserMistake("there is no such bundle.", shown(place), "Name a .zip of reports/ or the folder of a run.")
    packed = ZipContents(place)
    try:
        yield packed
    finally:
        packed.close()


def whole(contents: Contents, name: str, most: int) -> bytes:
    """A small file, `most` bytes at the utmost. Raises Unreadable when it is not there, is larger or is damaged."""
    if name not in contents.sizes:
        raise Unreadable("không có")
    data = b"".join(contents.read(name, most))
    if len(data) > most:
        raise Unreadable(f"lớn hơn {most} byte")
    return data


def _pieces(file: IO[bytes], most: int) -> Iterator[bytes]:
    left = most + 1
    while left > 0 and (piece := file.read(min(1 << 20, left))):
        left -= len(piece)
        yield piece
