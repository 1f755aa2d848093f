"""The root of the test trust service for everybody to download: who trusts it can check the seals of the portal."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from portal.papers import signature

blueprint = Blueprint("papers", __name__)


@blueprint.get("/chung-thu-so/goc.pem")
def root() -> Response:
    """The root certificate (PEM)."""
    settings = current_app.extensions["portal.settings"]
    headers = {
        "Content-Disposition": 'attachment; filename="goc-chung-thu-so-thu-nghiem.pem"',
        "Cache-Control": "public, max-age=3600",
    }
    return Response(signature.keys(settings.data).root, content_type="application/x-pem-file", headers=headers)
