"""The defects of what protects an answer: each takes away, or loosens, one header of the answers that it concerns."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Response, request, session

from portal import static_files
from portal.careless_uploads import weaken_paper
from portal.defects import has_defect
from portal.settings import Settings

PARTIES = Path(__file__).parent / "parties" / "static"
NONCE = re.compile(r"'nonce-[^']+'")
EVERY_PERMISSION = "camera=*, microphone=*, geolocation=*"


def weaken(response: Response) -> None:
    """Spoil the headers of an answer by the defects that are switched on."""
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    if has_defect("headers.inline-allowed") and _is_private():
        policy = NONCE.sub("'self' 'unsafe-inline'", policy)
    if has_defect("headers.eval-allowed"):
        policy = policy.replace("script-src ", "script-src 'unsafe-eval' ")
    if has_defect("headers.framing-of-forms") and _is_private():
        policy = policy.replace("; frame-ancestors 'none'", "")
        headers.pop("X-Frame-Options", None)
    if policy:
        headers["Content-Security-Policy"] = policy
    if has_defect("headers.sniffing-of-data") and not _is_page(response):
        headers.pop("X-Content-Type-Options", None)
    if has_defect("headers.referrer-open"):
        headers["Referrer-Policy"] = "unsafe-url"
    if has_defect("headers.every-permission"):
        headers["Permissions-Policy"] = EVERY_PERMISSION
    if has_defect("headers.not-isolated"):
        headers.pop("Cross-Origin-Opener-Policy", None)
    if has_defect("headers.personal-shared") and _is_private() and request.method == "GET" and _is_page(response):
        headers["Cache-Control"] = "public, s-maxage=600, max-age=0"
    weaken_paper(headers)


def fixed_nonce() -> str:
    """The nonce of a portal that never makes a new one; empty for one that does."""
    return "c2FvLW1haS1zYW8tbWFpLTE" if has_defect("headers.nonce-fixed") else ""


def foreign_file(settings: Settings) -> str:
    """The address of a style sheet on another origin that pages take in unpinned; empty without the defect."""
    return f"{settings.gateway_url}{_shared_style()}" if has_defect("page.foreign-file") else ""


@cache
def _shared_style() -> str:
    return static_files.load(PARTIES)["shared.css"].address


def _is_private() -> bool:
    return "citizen_id" in session or "officer" in session


def _is_page(response: Response) -> bool:
    return response.mimetype == "text/html"
