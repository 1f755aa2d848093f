"""The pages for what cannot be. They say what to do next, never what failed inside."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from portal.defects import has_defect
from portal.security import is_same_origin
from portal.sessions import BrowserSession


@dataclass(frozen=True)
class Refusal:
    """What one kind of error page says."""

    title: str
    text: str


REFUSALS = {
    400: Refusal("Yêu cầu không hợp lệ", "Thông tin gửi đến Cổng bị thiếu hoặc sai định dạng. Vui lòng thử lại."),
    403: Refusal("Không được phép thực hiện", "Yêu cầu này không đến từ trang của Cổng hoặc đã quá hạn."),
    404: Refusal("Không tìm thấy trang", "Trang không tồn tại, đã được chuyển đi hoặc bạn không có quyền xem."),
    405: Refusal("Thao tác không được hỗ trợ", "Trang này không nhận thao tác vừa gửi."),
    413: Refusal("Tệp gửi lên quá lớn", "Tổng dung lượng các tệp vượt quá giới hạn. Vui lòng chọn tệp nhỏ hơn."),
    429: Refusal("Bạn thao tác quá nhanh", "Vui lòng chờ ít phút rồi thử lại."),
    500: Refusal("Cổng đang gặp sự cố", "Thao tác chưa thực hiện được. Vui lòng thử lại sau ít phút."),
}


def install(app: Flask) -> None:
    """Dress the errors of `app`."""

    @app.errorhandler(HTTPException)
    def _refuse(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        if 300 <= code < 400:
            return error
        if code == 403 and g.get("forgery_suspected") and is_same_origin():
            return _expired()
        return page(code), code

    @app.errorhandler(Exception)
    def _fail(error: Exception) -> ResponseReturnValue:
        app.logger.exception("%s %s failed", request.method, request.path)
        g.without_database = True
        return page(500), 500


def page(code: int) -> str:
    """The error page for a status code."""
    known = code if code in REFUSALS else (400 if code < 500 else 500)
    return render_template("refusal.html", code=code, refusal=REFUSALS[known])


def _expired() -> ResponseReturnValue:
    """A form that came from the portal after its session had gone: what was typed is held until the next log-in."""
    browser = session._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(browser, BrowserSession)
    if request.path.startswith("/ho-so/") and "citizen_id" not in browser:
        kept = {key: request.form.getlist(key) for key in request.form if not key.startswith("_")}
        if not has_defect("session.expiry-loses"):
            browser["held"] = {"path": request.path, "form": kept}
        flash(
            "Phiên làm việc đã hết hạn. Những gì bạn vừa nhập được giữ lại và sẽ hiện ra sau khi đăng nhập.", "warning"
        )
        return redirect(url_for("citizen.log_in", tiep=request.path), 303)
    if request.path == "/dang-xuat":
        return redirect("/", 303)
    return page(403), 403
