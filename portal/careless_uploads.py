"""What a careless portal does with files that it was sent. Each only under its defect."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from flask import g
from werkzeug.datastructures import Headers

from portal.defects import has_defect
from portal.storage import Kept

ACTIVE = {"svg": "image/svg+xml", "html": "text/html"}
BYTES = "application/octet-stream"


def taken_as(extension: str, declared: str, allowed: Collection[str], media_types: dict[str, str]) -> tuple[str, str]:
    """(kind, media type) as which a file is taken without a look at it; empty when it has to be looked at."""
    if has_defect("uploads.by-extension") and extension in allowed:
        return extension, media_types[extension]
    if has_defect("uploads.by-content-type"):
        for kind in allowed:
            if media_types[kind] == declared:
                return kind, declared
    if has_defect("uploads.active-inline") and extension in ACTIVE:
        return extension, ACTIVE[extension]
    if has_defect("uploads.page-checks-only") and extension not in media_types:
        return extension, BYTES
    return "", ""


def keep_by_name(folder: Path, dossier: str, name: str, content: bytes) -> Kept:
    """Write a paper under the name that it came with. Raises OSError and ValueError for what is no name of a file."""
    (folder / dossier).mkdir(parents=True, exist_ok=True)
    path = f"{dossier}/{name}"
    with open(f"{folder}/{path}", "wb") as out:
        out.write(content)
    return Kept(path, len(content), hashlib.sha256(content).hexdigest())


def disposition_by_name(way: str, name: str) -> str:
    """The header with the name as it is, letters beyond ASCII left out."""
    return f'{way}; filename="{name.encode("ascii", "ignore").decode()}"'


def weaken_paper(headers: Headers) -> None:
    """Spoil the headers of an answer that gives a paper out."""
    if not g.get("gives_paper"):
        return
    if has_defect("uploads.sniffable"):
        headers.pop("X-Content-Type-Options", None)
    if has_defect("uploads.active-inline") and headers.get("Content-Type", "").split(";")[0] in ACTIVE.values():
        headers.pop("Content-Security-Policy", None)  # its file server knows of no policy
