"""What the parties share: an application with its own headers, policy, static files and error page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, render_template, request
from jinja2 import FileSystemLoader
from werkzeug.exceptions import HTTPException

from portal.compression import accepted
from portal.defects import has_defect
from portal.static_files import PREFIX, StaticFile, load

HERE = Path(__file__).parent
MAX_BODY = 64 * 1024  # bytes of a request; no party takes files

_ERRORS = {
    400: ("Yêu cầu không hợp lệ", "Máy chủ không hiểu yêu cầu này. Hãy quay lại trang dịch vụ và thực hiện lại."),
    403: ("Không được phép", "Yêu cầu này không được chấp nhận. Hãy quay lại trang dịch vụ và thực hiện lại."),
    404: ("Không tìm thấy trang", "Địa chỉ này không có trên máy chủ, hoặc phiên giao dịch đã hết hạn."),
    405: ("Yêu cầu không hợp lệ", "Cách gọi này không được hỗ trợ."),
    413: ("Yêu cầu quá lớn", "Dữ liệu gửi lên vượt quá giới hạn cho phép."),
    429: ("Thao tác quá nhanh", "Hãy chờ vài giây rồi thực hiện lại."),
    500: ("Hệ thống gặp lỗi", "Hãy thử lại sau ít phút."),
}


def new_party(
    name: str,
    *,
    tls: bool,
    form_targets: Sequence[str] = (),
    framed_by: Sequence[str] = (),
    skin: str = "",
) -> Flask:
    """An empty application for the party called `name` (also its template folder, `portal/parties/<name>/templates`).

    `form_targets` and `framed_by` are origins that its forms may lead to, and that may show it in a frame.
    """
    app = Flask(f"portal.parties.{name}", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_PARTS=60)
    app.jinja_loader = FileSystemLoader([HERE / name / "templates", HERE / "templates"])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    files = _static()
    app.jinja_env.globals.update(skin=skin or name, static_url=lambda wanted: files[wanted].address)
    by_address = {file.address: file for file in files.values()}
    fixed = _headers(tls=tls, form_targets=form_targets, framed_by=framed_by)

    @app.get(f"{PREFIX}<path:wanted>")
    def static_file(wanted: str) -> Response:
        file = by_address.get(PREFIX + wanted)
        if file is None:
            abort(404)
        return _answer(file, "public, max-age=31536000, immutable")

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return _answer(files[f"{skin or name}.svg"], "public, max-age=86400")

    @app.after_request
    def _dress(response: Response) -> Response:
        for header, value in fixed.items():
            response.headers.setdefault(header, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.errorhandler(HTTPException)
    def _told(fault: HTTPException) -> tuple[str, int] | HTTPException:
        code = fault.code or 500
        if code < 400:
            return fault
        title, advice = _ERRORS.get(code, _ERRORS[500 if code >= 500 else 400])
        return render_template("problem.html", title=title, advice=advice, code=code), code

    return app


def no_pages(app: Flask) -> Flask:
    """Plain-text errors for a party that people never look at."""

    @app.errorhandler(HTTPException)
    def _plain(fault: HTTPException) -> Response | HTTPException:
        if (fault.code or 500) < 400:
            return fault
        return Response(f"{fault.name}\n", status=fault.code, content_type="text/plain; charset=utf-8")

    return app


@cache
def _static() -> dict[str, StaticFile]:
    return load(HERE / "static")


def _answer(file: StaticFile, caching: str) -> Response:
    headers = {"Cache-Control": caching, "ETag": file.etag, "Vary": "Accept-Encoding"}
    if file.etag in request.if_none_match:
        return Response(status=304, headers=headers)
    encoding = accepted(file.bodies)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    charset = "; charset=utf-8" if file.media_type.startswith("text/") else ""
    return Response(file.bodies[encoding], content_type=file.media_type + charset, headers=headers)


def _headers(*, tls: bool, form_targets: Sequence[str], framed_by: Sequence[str]) -> dict[str, str]:
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        " ".join(("frame-ancestors", *(framed_by or ("'none'",)))),
        "form-action *"
        if has_defect("identity.any-return-address")
        else " ".join(("form-action 'self'", *form_targets)),
    )
    headers = {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    if not framed_by:
        headers["X-Frame-Options"] = "DENY"
    if tls:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers
