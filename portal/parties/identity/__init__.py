"""The identity provider, standing in for VNeID: OpenID Connect with password and one-time code.

Addresses: `/.well-known/openid-configuration`, `/oauth/authorize`, `/oauth/token`, `/oauth/userinfo`, `/oauth/jwks`,
`/oauth/dang-xuat` (end of session); the pages `/dang-nhap/<visit>` and `/ma-xac-thuc/<visit>`.
The number in a page's address names the visit and is worth nothing without the browser's cookie.
"""

from __future__ import annotations

import os
import secrets
from typing import cast
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from flask import Flask, Response, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from portal.defects import has_defect
from portal.parties.identity.braking import Brake, TooMany
from portal.parties.identity.people import is_one_time_code, people, with_password
from portal.parties.identity.provider import Provider
from portal.parties.identity.visits import VISIT_LIFE, Shelf, Visit
from portal.parties.party import new_party
from portal.settings import Settings

MOST_WRONG_CODES = 5
WRONG_PASSWORD = "Số định danh hoặc mật khẩu không đúng. Vui lòng kiểm tra và nhập lại."
NO_ACCOUNT = "Tài khoản không tồn tại. Vui lòng kiểm tra số định danh."
WRONG_CODE = "Mã xác thực không đúng hoặc đã hết hiệu lực. Vui lòng nhập mã đang hiển thị trên ứng dụng."
TOO_MANY = "Bạn đã nhập sai nhiều lần. Vui lòng chờ {seconds} giây rồi thử lại."
EMPTY = "Vui lòng nhập số định danh và mật khẩu."


def create_app(settings: Settings, brake: Brake | None = None) -> Flask:
    """The identity provider of one portal."""
    if not settings.tls:
        os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")  # Authlib refuses http, even on loopback
    app = new_party("identity", tls=settings.tls, form_targets=(settings.portal_url,))
    provider = Provider(settings)
    server, _ = provider.install(app)
    visits: Shelf[Visit] = Shelf(VISIT_LIFE)
    brake = brake or Brake()
    cookie = "__Host-dinh_danh" if settings.tls else "dinh_danh"
    app.extensions["portal.identity"] = provider

    def browser() -> str:
        if "browser" not in g:
            g.browser = request.cookies.get(cookie) or ""
        return str(g.browser)

    def new_browser() -> str:
        g.browser = g.new_browser = secrets.token_urlsafe(24)
        return str(g.browser)

    @app.after_request
    def _remember(response: Response) -> Response:
        if "new_browser" in g:
            response.set_cookie(cookie, g.new_browser, httponly=True, samesite="Lax", secure=settings.tls, path="/")
        return response

    def own_visit(number: str) -> Visit:
        visit = visits.get(number)
        if visit is None or not browser() or not secrets.compare_digest(visit.browser, browser()):
            abort(404)
        if request.method == "POST" and not secrets.compare_digest(
            visit.csrf.encode(), request.form.get("csrf", "").encode()
        ):
            abort(403)
        return visit

    @app.get("/")
    def home() -> str:
        return render_template("about.html")

    @app.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, object]:
        return provider.discovery()

    @app.get("/oauth/jwks")
    def keys() -> dict[str, object]:
        return provider.public_keys()

    @app.post("/oauth/token")
    def token() -> AnyResponse:
        return cast(AnyResponse, server.create_token_response())

    @app.route("/oauth/userinfo", methods=["GET", "POST"])
    def user_info() -> AnyResponse:
        return cast(AnyResponse, server.create_endpoint_response("userinfo"))

    @app.get("/oauth/authorize")
    def authorize() -> AnyResponse | tuple[str, int]:
        visit_number = request.cookies.get(f"{cookie}_xong", "")
        done = visits.get(visit_number)
        try:
            grant = server.get_consent_grant(end_user=None)
        except OAuth2Error as error:
            if error.redirect_uri:
                return cast(AnyResponse, server.handle_error_response(None, error))
            return _refused(str(error.description or error.error))
        if done and done.browser == browser() and done.asks_same(request.args) and (done.confirmed or done.denied):
            visits.take(visit_number)
            person = people().get(done.number or "") if done.confirmed else None
            response = cast(AnyResponse, server.create_authorization_response(grant_user=person, grant=grant))
            response.delete_cookie(f"{cookie}_xong", path="/", httponly=True, samesite="Lax", secure=settings.tls)
            return response
        number = secrets.token_urlsafe(12)
        visits.put(number, Visit(request=request.args.to_dict(), browser=browser() or new_browser()))
        return redirect(f"/dang-nhap/{number}", 303)

    def finish(number: str, visit: Visit) -> AnyResponse:
        response = redirect(f"/oauth/authorize?{urlencode(visit.request)}", 303)
        response.set_cookie(
            f"{cookie}_xong", number, httponly=True, samesite="Lax", secure=settings.tls, path="/", max_age=60
        )
        return response

    @app.get("/dang-nhap/<number>")
    def login(number: str) -> str:
        visit = own_visit(number)
        return render_template("login.html", number=number, visit=visit, error="", account="")

    @app.post("/dang-nhap/<number>")
    def check_password(number: str) -> AnyResponse | tuple[str, int]:
        visit = own_visit(number)
        account = request.form.get("so-dinh-danh", "").strip().replace(" ", "")[:32]
        password = request.form.get("mat-khau", "")[:200]

        def again(error: str, status: int) -> tuple[str, int]:
            return render_template("login.html", number=number, visit=visit, error=error, account=account), status

        if not account or not password:
            return again(EMPTY, 200)
        try:
            brake.wait_in_turn(account)
            person = with_password(account, password)
            if person is None:
                if not has_defect("passwords.unlimited"):
                    brake.failed(account)
                if has_defect("passwords.tells-who") and account not in people():
                    return again(NO_ACCOUNT, 200)
                return again("" if has_defect("login.no-message") else WRONG_PASSWORD, 200)
        except TooMany as many:
            return again(TOO_MANY.format(seconds=many.seconds), 429)
        brake.succeeded(account)
        visit.number, visit.wrong_codes = person.number, 0
        return redirect(f"/ma-xac-thuc/{number}", 303)

    @app.get("/ma-xac-thuc/<number>")
    def one_time_code(number: str) -> AnyResponse | str:
        visit = own_visit(number)
        if visit.number is None:
            return redirect(f"/dang-nhap/{number}", 303)
        return render_template("one_time_code.html", number=number, visit=visit, error="")

    @app.post("/ma-xac-thuc/<number>")
    def check_code(number: str) -> AnyResponse | tuple[str, int]:
        visit = own_visit(number)
        person = people().get(visit.number or "")
        if person is None:
            return redirect(f"/dang-nhap/{number}", 303)
        code = request.form.get("ma-xac-thuc", "").replace(" ", "")[:12]
        if is_one_time_code(person, code):
            visit.confirmed = True
            return finish(number, visit)
        visit.wrong_codes += 1
        if visit.wrong_codes >= MOST_WRONG_CODES:
            visit.number = None
            return redirect(f"/dang-nhap/{number}", 303)
        return render_template("one_time_code.html", number=number, visit=visit, error=WRONG_CODE), 200

    @app.post("/huy/<number>")
    def cancel(number: str) -> AnyResponse:
        visit = own_visit(number)
        visit.denied, visit.confirmed = True, False
        return finish(number, visit)

    @app.route("/oauth/dang-xuat", methods=["GET", "POST"])
    def end_session() -> AnyResponse | tuple[str, int]:
        try:
            wanted = server.validate_endpoint_request("end_session")
        except OAuth2Error as error:
            return _refused(str(error.description or error.error))
        answer = server.create_endpoint_response("end_session", wanted)
        response = answer if answer is not None else app.make_response(render_template("logged_out.html"))
        response.delete_cookie(cookie, path="/", httponly=True, samesite="Lax", secure=settings.tls)
        return response

    return app


def warm_up(app: Flask) -> None:
    """Make the signing key now, so that the first citizen does not wait for it."""
    app.extensions["portal.identity"].public_keys()
    people()


def _refused(reason: str) -> tuple[str, int]:
    advice = f"Yêu cầu đăng nhập không hợp lệ và đã bị từ chối ({reason}). Hãy quay lại trang dịch vụ và đăng nhập lại."
    return render_template("problem.html", title="Không thực hiện được đăng nhập", advice=advice, code=400), 400
