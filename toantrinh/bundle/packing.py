"""Packing: all that the manifest lists, with the manifest and its signature, always the same bytes for the same run."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from toantrinh.bundle import layout
from toantrinh.bundle.contents import Contents, FolderContents, Unreadable
from toantrinh.bundle.manifest import manifest_of
from toantrinh.mistakes import UserMistake
from toantrinh.store import MANIFEST, SIGNATURE, disk_mistake


def bundle_of(folder: Path) -> Path:
    """Where the bundle of a run's folder lies: beside it."""
    return folder.with_name(f"{folder.name}.zip")


def pack_run(folder: Path) -> Path:
    """Packs a run's folder; returns the place of the bundle. Raises UserMistake."""
    return pack(FolderContents(folder), bundle_of(folder))


def pack(contents: Contents, target: Path, signature: bytes | None = None) -> Path:
    """Writes what the manifest lists into `target`, sorted; `signature` stands for the one that the contents hold.

    Raises UserMistake when the disk refuses, when a listed file is not there, and over 4 GiB.
    """
    names = sorted(file.path for file in manifest_of(contents).files)
    passing = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(passing, "w", allowZip64=False) as packed:
            _add(packed, contents, MANIFEST)
            if signature is not None:
                packed.writestr(layout.entry(SIGNATURE), signature)
            elif SIGNATURE in contents.sizes:
                _add(packed, contents, SIGNATURE)
            for name in names:
                _add(packed, contents, name)
        os.replace(passing, target)
    except zipfile.LargeZipFile:
        advice = "The run's folder is whole and can be verified itself."
        raise UserMistake("the bundle would be larger than 4 GiB.", str(target), advice) from None
    except OSError as error:
        raise disk_mistake(target, error) from error
    except Unreadable as error:
        raise UserMistake(f"a listed file cannot be read ({error}).", str(contents.place)) from None
    finally:
        passing.unlink(missing_ok=True)
    return target


def _add(packed: zipfile.ZipFile, contents: Contents, name: str) -> None:
    if name not in contents.sizes:
        raise Unreadable(name)
    info = layout.entry(name)
    info.file_size = contents.sizes[name]
    with packed.open(info, "w") as file:
        for piece in contents.read(name, info.file_size):
            file.write(piece)
