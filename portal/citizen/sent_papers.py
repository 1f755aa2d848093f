"""Sends a kept paper to a browser, in a way that can never run as a page of the portal."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, abort

from portal.folding import fold
from portal.records import DossierFile, StoredDocument
from portal.settings import current_settings
from portal.storage import read

_INLINE = ("application/pdf", "image/jpeg", "image/png")


def sent(paper: DossierFile | StoredDocument, *, download: bool = False) -> Response:
    """The paper as an answer; PDF and pictures open in the browser unless `download`."""
    try:
        content = read(current_settings().uploads, paper.path)
    except OSError:
        abort(404)
    way = "inline" if paper.media_type in _INLINE and not download else "attachment"
    plain = fold(paper.name).replace('"', "").encode("ascii", "ignore").decode() or "giay-to"
    headers = {
        "Content-Disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(paper.name)}",
        "Cache-Control": "private, no-store",
    }
    return Response(content, content_type=paper.media_type, headers=headers)
