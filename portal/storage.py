"""The papers on disk: written once under a random name, read by their record only."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Kept:
    """A paper as it lies on disk: `path` is relative to the folder of uploads, `size` in bytes."""

    path: str
    size: int
    sha256: str


def keep(folder: Path, content: bytes) -> Kept:
    """Write `content` under a new random name. Raises OSError."""
    name = secrets.token_hex(16)
    place = folder / name[:2]
    place.mkdir(parents=True, exist_ok=True)
    with open(os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    return Kept(f"{name[:2]}/{name}", len(content), hashlib.sha256(content).hexdigest())


def read(folder: Path, path: str) -> bytes:
    """The paper at `path`. Raises OSError."""
    return (folder / path).read_bytes()


def discard(folder: Path, path: str) -> None:
    """Delete the paper at `path`, when it is there."""
    (folder / path).unlink(missing_ok=True)
