"""The defects by which a portal over HTTPS uses plain HTTP after all: a page left there, a form sent there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from portal.defects import has_defect
from portal.settings import Settings

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
LEFT_BEHIND = "/huong-dan"  # the page that nobody moved


def install(app: Flask) -> None:
    """Lead to plain HTTP what was left there, and tell the templates where forms go."""
    settings: Settings = app.extensions["portal.settings"]
    app.jinja_env.globals.update(search_origin=lambda: search_origin(settings))

    @app.before_request
    def _to_plain_http() -> ResponseReturnValue | None:
        left = has_defect("channel.page-by-http") and request.path == LEFT_BEHIND
        return redirect(settings.http_url + LEFT_BEHIND) if left and settings.http_url and request.is_secure else None


def search_origin(settings: Settings) -> str:
    """The origin that the home page's search is sent to; empty for the page's own."""
    return settings.http_url if has_defect("channel.form-by-http") else ""


def on_plain_http(portal: Application, redirecting: Application) -> Application:
    """What answers on the port of plain HTTP: what leads to HTTPS, but for what a defect leaves there."""
    if has_defect("channel.plain-http"):
        return portal
    if not has_defect("channel.page-by-http"):
        return redirecting

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        stays = environ.get("PATH_INFO") == LEFT_BEHIND
        return (portal if stays else redirecting)(environ, start_response)

    return answer
