"""`toantrinh verify`, `toantrinh sign` and `toantrinh keys`: what they say and how they end."""

from __future__ import annotations

import os
from pathlib import Path

from toantrinh.bundle import signing
from toantrinh.bundle.contents import Contents, contents_of
from toantrinh.bundle.manifest import faults_of_files, manifest_bytes, read_manifest
from toantrinh.bundle.packing import bundle_of, pack
from toantrinh.bundle.verifying import verify
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.store import SIGNATURE, write_whole


def verify_bundle(place: Path, key: str | None) -> int:
    """Says what holds and what does not; 0 all right, 1 something is wrong, 2 could not be judged again."""
    found = verify(place, signing.public_key(key) if key else None)
    for line in found.faults:
        print(f"SAI     {line}")
    for line in found.proven:
        print(f"ĐÚNG    {line}")
    for line in found.unproven:
        print(f"CHƯA RÕ {line}")
    ends = ("Gói toàn vẹn.", f"Gói có {len(found.faults)} chỗ sai.", "Gói chưa kiểm được hết.")
    print(f"{shown(place)}: {ends[found.status]}")
    return found.status


def sign_bundle(place: Path, key: str) -> int:
    """Signs a bundle, or a run's folder and the bundle beside it. What does not keep to its manifest is not signed."""
    private = signing.private_key(key)
    folder = place if place.is_dir() else place.with_suffix("")
    bundle = bundle_of(place.resolve()) if place.is_dir() else place
    passing = bundle.with_name(f".{bundle.name}.signed")
    with contents_of(place) as contents:
        signature = signing.sign(_sound_manifest(contents), private)
        pack(contents, passing, signature)
        if place.is_dir() or _is_of(folder, contents):
            write_whole(folder / SIGNATURE, signature)
    os.replace(passing, bundle)
    print(f"Đã ký {shown(bundle)} bằng khóa {signing.signer_of(signature)}")
    return 0


def make_keys(name: str) -> int:
    """Makes a pair of keys and says where it lies."""
    pair = signing.make_pair(name)
    print(f"Khóa riêng (giữ kín, chỉ người dùng này đọc được): {pair.private}")
    print(f"Khóa công khai (đưa cho người kiểm gói): {pair.public}")
    print(f"Dấu vân tay: {pair.fingerprint}")
    return 0


def _sound_manifest(contents: Contents) -> bytes:
    raw = manifest_bytes(contents)
    faults = [*contents.faults, *faults_of_files(contents, read_manifest(raw, contents.place))]
    if faults:
        more = f" (and {len(faults) - 1} more)" if faults[1:] else ""
        raise UserMistake(
            f"it does not keep to its manifest and is not signed: {faults[0]}{more}.", shown(contents.place)
        )
    return raw


def _is_of(folder: Path, contents: Contents) -> bool:
    """True when the folder beside a bundle is the run that was packed."""
    if not folder.is_dir():
        return False
    with contents_of(folder) as beside:
        try:
            return manifest_bytes(beside) == manifest_bytes(contents)
        except UserMistake:
            return False
