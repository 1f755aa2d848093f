"""What protects every answer: anti-forgery tokens, headers, a content security policy with a fresh nonce."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request, session

from portal.defects import has_defect
from portal.plain_http import search_origin
from portal.settings import Settings
from portal.weak_headers import fixed_nonce, foreign_file, weaken

FIELD = "_csrf"
# How passwords and PINs are kept: what the author of scrypt names for a log-in (Percival 2009: N 2^14, r 8, p 1).
HASHING = "scrypt:16384:8:1"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., Any])


def without_csrf(view: View) -> View:
    """Mark a view that other servers call (it checks a signature of its own)."""
    view.without_csrf = True  # type: ignore[attr-defined]
    return view


def nonce() -> str:
    """The nonce of this answer's inline scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = fixed_nonce() or secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def csrf_token() -> str:
    """The session's anti-forgery token, masked anew each time so that compression tells nothing about it."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_hex(16)
    secret = bytes.fromhex(session["csrf"])
    mask = secrets.token_bytes(len(secret))
    return urlsafe_b64encode(mask + _xor(secret, mask)).decode()


def is_csrf_valid(sent: str) -> bool:
    """True when `sent` is a masked token of this session."""
    known = session.get("csrf")
    if not known:
        return False
    try:
        raw = urlsafe_b64decode(sent.encode())
    except ValueError:
        return False
    half = len(raw) // 2
    return hmac.compare_digest(_xor(raw[:half], raw[half:]), bytes.fromhex(known))


def is_same_origin() -> bool:
    """True when the browser says that the request comes from the portal's own pages, or does not say."""
    origin = request.headers.get("Origin")
    if origin and origin != "null":
        return urlsplit(origin).netloc == request.host
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def install(app: Flask) -> None:
    """Check every changing request and dress every answer of `app`."""
    settings: Settings = app.extensions["portal.settings"]
    app.jinja_env.globals.update(csp_nonce=nonce, csrf_token=csrf_token, foreign_file=lambda: foreign_file(settings))
    fixed = _headers(settings)

    @app.before_request
    def _refuse_forgery() -> None:
        if request.method in _SAFE or request.endpoint is None:
            return
        view = current_app.view_functions.get(request.endpoint)
        if getattr(view, "without_csrf", False) or (has_defect("forgery.unchecked") and _is_known()):
            return
        sent = request.headers.get("X-CSRF-Token") or request.form.get(FIELD, "")
        if not is_same_origin():
            abort(403)
        if not is_csrf_valid(sent):
            g.forgery_suspected = True
            abort(403)

    @app.after_request
    def _dress(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        response.headers["Content-Security-Policy"] = _policy(settings)
        if "Cache-Control" not in response.headers:
            private = _is_known() or request.method not in _SAFE
            stored = has_defect("session.pages-stored") and request.method == "GET"
            kept = "private, no-cache" if stored else "no-store"  # asked for anew, but not by the Back button
            response.headers["Cache-Control"] = kept if private else "no-cache"
        weaken(response)
        return response


def _is_known() -> bool:
    return "citizen_id" in session or "officer" in session


def safe_return(address: str | None) -> str | None:
    """`address` when it is a path of this portal, else None: nobody is sent elsewhere after log-in."""
    if has_defect("input.open-return"):
        return address or None
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(char) < 33 for char in address):
        return None
    return address


def _policy(settings: Settings) -> str:
    collector = "https://f-emc.ngsp.gov.vn" if has_defect("emc.blocked-by-own-policy") else settings.collector_url
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'nonce-{nonce()}' {collector}",
            f"style-src 'self' {foreign_file(settings)}".strip(),
            "font-src 'self'",
            f"img-src 'self' data: {collector}",
            f"connect-src 'self' {collector}",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            f"form-action 'self' {settings.identity_url} {settings.gateway_url} {search_origin(settings)}".strip(),
        )
    )


def _headers(settings: Settings) -> dict[str, str]:
    headers = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.tls:
        seconds = 300 if has_defect("channel.short-hsts") else 31_536_000
        headers["Strict-Transport-Security"] = f"max-age={seconds}; includeSubDomains"
    return headers


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=False))
