"""What a careless portal gives away, each thing only under its defect."""

from __future__ import annotations

import json
import traceback

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from portal.defects import has_defect
from portal.security import nonce

LIBRARY = "/tinh/thu-vien/bieu-do.js"
OLD_LIBRARY = (
    "/*! jQuery v3.4.1 | (c) JS Foundation and other contributors | jquery.org/license */\n(function(){})();\n"
)
SCRIPT = "/tinh/ung-dung.min.js"
SOURCE = 'export const ketNoi = { apiKey: "sm-9f3b27c41d0e8a65" };\nexport const luong = [];\n'
MAP = {
    "version": 3,
    "file": "ung-dung.min.js",
    "sources": ["webpack://cong-sao-mai/./src/dich-vu/ket-noi.ts"],
    "sourcesContent": [SOURCE],
    "names": [],
    "mappings": "AAAA",
}
DESCRIPTION = {"openapi": "3.0.1", "info": {"title": "API nội bộ", "version": "v1"}, "paths": {"/api/can-bo/ho-so": {}}}


def install(app: Flask) -> None:
    """Add what the defects that are switched on give away. Without any, nothing of `app` changes."""
    if has_defect("leak.stack-trace"):
        _tell_everything(app)
    if has_defect("leak.listing"):
        _list_folder(app)
    if has_defect("leak.left-files"):
        _leave_files(app)
    if has_defect("leak.debug-pages"):
        _open_debug_pages(app)
    if has_defect("leak.source-map"):
        _load(app, SCRIPT, f"(function(){{}})();\n//# sourceMappingURL={SCRIPT.rsplit('/', 1)[-1]}.map\n")
        _serve(app, f"{SCRIPT}.map", json.dumps(MAP), "application/json")
    if has_defect("leak.old-library"):
        _load(app, LIBRARY, OLD_LIBRARY)
    if has_defect("leak.versions"):

        @app.after_request
        def _boast(response: Response) -> Response:
            response.headers["X-Powered-By"] = "PHP/7.4.3"
            return response

    if has_defect("lookalike.gateway-named"):

        @app.after_request
        def _pass_on(response: Response) -> Response:
            response.headers["Via"] = "1.1 cong-1"  # the version of HTTP, not of a program
            response.headers["X-Powered-By"] = "PHP"
            return response


def _tell_everything(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def _trace(error: HTTPException) -> tuple[str, int]:
        told = "".join(traceback.format_exception(error))
        return f"<!doctype html><title>{error.code}</title><h1>{error.name}</h1><pre>{told}</pre>", error.code or 500


def _list_folder(app: Flask) -> None:
    _serve(
        app,
        "/tinh/",
        "<html><head><title>Index of /tinh/</title></head><body><h1>Index of /tinh/</h1><hr><pre>"
        '<a href="../">../</a>\n'
        '<a href="ho-so-cu.xlsx">ho-so-cu.xlsx</a>   22-Nov-2026 08:00   18K\n</pre><hr></body></html>',
        "text/html",
    )


def _leave_files(app: Flask) -> None:
    _serve(app, "/.git/HEAD", "ref: refs/heads/main\n", "text/plain")
    _serve(app, "/.env", "APP_ENV=production\nDB_HOST=10.0.0.5\nDB_PASSWORD=mat-khau-that-9\n", "text/plain")


def _open_debug_pages(app: Flask) -> None:
    _serve(app, "/openapi.json", json.dumps(DESCRIPTION, ensure_ascii=False), "application/json")
    _serve(app, "/actuator/env", '{"propertySources": [{"name": "systemEnvironment"}]}', "application/json")


def _serve(app: Flask, path: str, content: str, kind: str) -> None:
    def answer() -> Response:
        return Response(content, content_type=f"{kind}; charset=utf-8")

    app.add_url_rule(path, endpoint=f"leak:{path}", view_func=answer)


def _load(app: Flask, path: str, content: str) -> None:
    """Serve a script and have every page load it."""
    _serve(app, path, content, "text/javascript")

    @app.after_request
    def _into_page(response: Response) -> Response:
        if response.mimetype == "text/html" and response.status_code == 200 and not response.is_streamed:
            tag = f'<script nonce="{nonce()}" src="{path}"></script></head>'
            response.set_data(response.get_data(as_text=True).replace("</head>", tag, 1))
        return response
