"""Sends a kept paper to a browser, in a way that can never run as a page of the portal."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, abort, g

from portal.careless_uploads import ACTIVE, disposition_by_name
from portal.defects import has_defect
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
    shown = (*_INLINE, *ACTIVE.values()) if has_defect("uploads.active-inline") else _INLINE
    way = "inline" if paper.media_type in shown and not download else "attachment"
    plain = fold(paper.name).replace('"', "").encode("ascii", "ignore").decode() or "giay-to"
    g.gives_paper = True
    headers = {
        "Content-Disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(paper.name)}",
        "Cache-Control": "private, no-store",
    }
    if has_defect("uploads.name-as-path"):
        headers["Content-Disposition"] = disposition_by_name(way, paper.name)
    return Response(content, content_type=paper.media_type, headers=headers)
