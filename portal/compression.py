"""Smaller answers: pages are gzipped as they go, static files were compressed once at start."""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request

from portal.defects import has_defect

SMALLEST = 600
_TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/xml")


def is_text(media_type: str) -> bool:
    """True for the media types that compression helps."""
    return media_type.startswith(_TEXT)


def variants(content: bytes, media_type: str) -> dict[str, bytes]:
    """The content per encoding (`identity`, and `gzip`, `br` where they help), at the best and slowest level."""
    made = {"identity": content}
    if is_text(media_type):
        made["gzip"] = gzip.compress(content, 9, mtime=0)
        made["br"] = brotli.compress(content)
    return made


def accepted(choices: dict[str, bytes]) -> str:
    """The best of the encodings that this browser takes."""
    for encoding in ("br", "gzip"):
        if encoding in choices and request.accept_encodings.quality(encoding) > 0 and _named(encoding):
            return encoding
    return "identity"


def install(app: Flask) -> None:
    """Gzip the text answers of `app`."""

    @app.after_request
    def _compress(response: Response) -> Response:
        if (
            response.direct_passthrough
            or response.is_streamed
            or "Content-Encoding" in response.headers
            or not is_text(response.mimetype or "")
        ):
            return response
        response.vary.add("Accept-Encoding")
        if not _named("gzip"):
            return response
        body = response.get_data()
        if len(body) >= SMALLEST:
            response.set_data(gzip.compress(body, 5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response


def _named(encoding: str) -> bool:
    if has_defect("files.uncompressed"):
        return False
    return encoding in request.headers.get("Accept-Encoding", "")
