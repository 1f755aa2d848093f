"""Static files: read, named by their content and compressed once at start, then served from memory for ever."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

from portal import skins
from portal.compression import accepted, variants
from portal.defects import has_defect
from portal.settings import Settings

FOLDER = Path(__file__).parent / "static"
CARELESS = Path(__file__).parent / "careless"  # of defects: each file is named as the defect that it is
PREFIX = "/tinh/"
_MEDIA = {".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml", ".webmanifest": "application/json"}
_SERVED = {".css", ".js", ".svg", ".png", ".ico", ".woff2", ".txt", ".jpg"}


@dataclass(frozen=True)
class StaticFile:
    """One file. `address` holds the first 10 hex digits of its SHA-256; `bodies` its bytes per content encoding."""

    address: str
    media_type: str
    bodies: dict[str, bytes]
    etag: str


def load(folder: Path = FOLDER, over: Path | None = None) -> dict[str, StaticFile]:
    """All files under `folder`, by their name relative to it. Style sheets get the hashed names of what they use.

    A file under `over` (a skin's) stands in for the one of the same name, or is added.
    """
    files = _named(folder) | (_named(over) if over else {})
    loaded: dict[str, StaticFile] = {}
    for name, path in sorted(files.items(), key=lambda item: (item[1].suffix == ".css", item[0])):
        content = path.read_bytes()
        if path.suffix == ".css":
            content = _with_hashed_names(content.decode(), loaded).encode()
        digest = hashlib.sha256(content).hexdigest()[:10]
        media_type = _MEDIA.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        stem, suffix = name.rsplit(".", 1)
        loaded[name] = StaticFile(
            f"{PREFIX}{stem}.{digest}.{suffix}", media_type, variants(content, media_type), f'"{digest}"'
        )
    return loaded


def install(app: Flask) -> None:
    """Serve the files, and give templates `static_url(name)`."""
    settings: Settings = app.extensions["portal.settings"]
    careless = load(CARELESS)
    files = load(over=skins.static_folder(settings.skin)) | careless
    by_address = {file.address: file for file in files.values()}

    def static_url(name: str) -> str:
        return files[name].address

    def careless_files() -> list[str]:
        return [name for name in sorted(careless) if has_defect(name.rsplit(".", 1)[0])]

    app.jinja_env.globals.update(static_url=static_url, careless_files=careless_files)

    @app.get(f"{PREFIX}<path:name>", endpoint="static_file")
    def static_file(name: str) -> Response:
        file = by_address.get(PREFIX + name)
        if file is None:
            abort(404)
        return _answer(file, "public, max-age=31536000, immutable")

    @app.get("/favicon.ico", endpoint="favicon")
    def favicon() -> Response:
        return _answer(files["favicon.ico"], "public, max-age=86400")


def _answer(file: StaticFile, caching: str) -> Response:
    headers = {"Cache-Control": caching, "ETag": file.etag, "Vary": "Accept-Encoding"}
    if file.etag in request.if_none_match and not has_defect("files.no-cache"):
        return Response(status=304, headers=headers)
    if has_defect("files.no-cache"):
        headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    encoding = accepted(file.bodies)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return Response(file.bodies[encoding], content_type=_content_type(file.media_type), headers=headers)


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _named(folder: Path) -> dict[str, Path]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix in _SERVED)
    return {path.relative_to(folder).as_posix(): path for path in files}


def _with_hashed_names(css: str, loaded: dict[str, StaticFile]) -> str:
    def hashed(found: re.Match[str]) -> str:
        return f"url({loaded[found[1]].address})"

    return re.sub(r"url\(([\w/.-]+)\)", hashed, css)
