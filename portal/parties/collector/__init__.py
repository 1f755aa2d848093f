"""The EMC collector, standing in for the national centre that measures digital government.

`GET /embed/gov-tracking.min.js` is the tracker, `/tracking` takes its beacons (GET and POST, query or form), `POST
/TrackingMCDT` takes dossiers from servers. `GET /so-lieu?site=…&after=…` tells what was counted, `POST /so-lieu/xoa`
forgets it: both for tests.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, jsonify, request

from portal.compression import accepted, variants
from portal.parties.collector.counts import Counts
from portal.parties.party import new_party, no_pages
from portal.settings import Settings

SCRIPT_PATH = "/embed/gov-tracking.min.js"
TRACKER_PATH = "/tracking"
DOSSIER_PATH = "/TrackingMCDT"
DOSSIER_FIELDS = ("codeProfile", "siteId", "codeTTHC", "nameTTHC", "status", "formsReception", "formsPayments", "level")
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}


def create_app(settings: Settings) -> Flask:
    """The collector of one portal."""
    app = no_pages(new_party("collector", tls=settings.tls, skin="gateway"))
    counts = Counts()
    app.extensions["portal.collector"] = counts
    bodies = variants(script(), "text/javascript")
    etag = f'"{hashlib.sha256(script()).hexdigest()[:16]}"'

    @app.get(SCRIPT_PATH)
    def tracker() -> Response:
        headers = {**_OPEN, "Cache-Control": "public, max-age=3600", "ETag": etag, "Vary": "Accept-Encoding"}
        if etag in request.headers.get("If-None-Match", ""):
            return Response(status=304, headers=headers)
        encoding = accepted(bodies)
        if encoding != "identity":
            headers["Content-Encoding"] = encoding
        return Response(bodies[encoding], content_type="text/javascript; charset=utf-8", headers=headers)

    @app.route(TRACKER_PATH, methods=["GET", "POST", "OPTIONS"])
    def beacon() -> Response:
        if request.method != "OPTIONS":
            counts.take(request.method, _sent())
        return Response(status=204, headers=_OPEN)

    @app.post(DOSSIER_PATH)
    def dossier() -> Response:
        sent = _sent()
        missing = [name for name in DOSSIER_FIELDS if not sent.get(name)]
        if missing:
            answer = jsonify(success=False, message=f"missing: {', '.join(missing)}")
            answer.status_code = 400
            return answer
        counts.take_dossier(sent)
        return jsonify(success=True)

    @app.get("/so-lieu")
    def figures() -> Response:
        after = request.args.get("after", "0")
        return jsonify(counts.figures(site=request.args.get("site", ""), after=int(after) if after.isdecimal() else 0))

    @app.post("/so-lieu/xoa")
    def forget() -> Response:
        counts.clear()
        return Response(status=204)

    return app


@cache
def script() -> bytes:
    """The tracker as it is served: without comments and indentation."""
    source = (Path(__file__).parent / "gov-tracking.js").read_text(encoding="utf-8")
    lines = (re.sub(r"\s*/\* .*? \*/\s*", "", line.strip()) for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode() + b"\n"


def script_integrity() -> str:
    """The `integrity` value of the tracker (Subresource Integrity, SHA-384)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(script()).digest()).decode()


def _sent() -> dict[str, str]:
    sent = {**request.args.to_dict(), **request.form.to_dict()}
    content = request.get_json(silent=True) if request.is_json else None
    if isinstance(content, dict):
        sent.update({str(name): str(value) for name, value in content.items()})
    return sent
