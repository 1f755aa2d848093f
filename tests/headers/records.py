"""Records of answers made by hand: one good answer, changed by what a case is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fixtures.answer_rows import CITIZEN, GUEST, Browsing, Row
from fixtures.answers import AnswersRecord
from toantrinh.judgement import Judgement
from toantrinh.observations.http_answers import CookieSet, HeldCookie, HttpAnswer, Written
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

AT = "https://cong.example.vn"  # a name that nothing is asked of
GOOD = {
    "content-security-policy": "default-src 'self'; script-src 'nonce-seen'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def row(
    path: str = "/",
    headers: dict[str, str | None] | None = None,
    *,
    source: str = "1.001193",
    step: str = "Trang chủ",
    role: str = GUEST,
    **facts: Any,
) -> Row:
    """An answer at `path` with good headers but for those that are given; None takes a header away."""
    known = {
        "method": "GET",
        "kind": "document",
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "headers": 0,
        "step": "home",
        "written": Written(policies=(), referrer=""),
    }
    kept = {name: value for name, value in {**GOOD, **(headers or {})}.items() if value is not None}
    return Row(HttpAnswer(address=AT + path, **{**known, **facts}), kept, source, step, role)


def record(*rows: Row, **facts: Any) -> AnswersRecord:
    """All answers of a system at cong.example.vn."""
    return AnswersRecord(load_system("demo").model_copy(update={"base_url": AT}), list(rows), **facts)


def held(name: str = "JSESSIONID", **facts: Any) -> HeldCookie:
    """A session's cookie as it should be, set at log-in."""
    known: dict[str, Any] = {
        "name": name,
        "domain": "cong.example.vn",
        "host_only": True,
        "path": "/",
        "secure": True,
        "http_only": True,
        "same_site": "Lax",
        "lifetime_s": None,
        "opaque": True,
        "officer": False,
        "changed": ("log-in",),
        "set_by": f"GET {AT}/dang-nhap/ve",
    }
    return HeldCookie(**{**known, **facts})


def set_cookie(name: str, **facts: Any) -> CookieSet:
    """A cookie as an answer sets it."""
    known: dict[str, Any] = {
        "name": name,
        "domain": "",
        "path": "/",
        "secure": True,
        "http_only": True,
        "same_site": "Lax",
        "lifetime_s": None,
        "opaque": True,
    }
    return CookieSet(**{**known, **facts})


def browsing(*cookies: HeldCookie, **facts: Any) -> Browsing:
    """The browser of a citizen who has logged in."""
    known = {"role": CITIZEN, "at_log_in": ("log-in",), "logged_in": True, "bearer": False, "source": "1.001193"}
    return Browsing(cookies=cookies, **{**known, **facts})


def judged(check: Callable[..., None], *records: object) -> tuple[Verdict, str]:
    """The verdict of a check, and all its words."""
    try:
        check(*records)
    except Judgement as said:
        return said.verdict, " | ".join((said.message, said.grounds.seen, said.grounds.where))
    return Verdict.PASS, ""
