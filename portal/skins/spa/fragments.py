"""Pages as fragments: what the shell asks for with `X-Fragment`, and where a browser without it is sent.

A view is a page of the Vietnamese portal that the shell can show. Asked for without the header, it leads to the shell
with the view's address behind the hash. Papers, forms to download, the way to the identity provider and back, the
English pages and the officers' desk are what they are everywhere.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.security import safe_return
from portal.settings import Settings

HEADER = "X-Fragment"
_KEPT = "/:@!$&'()*+,;=~-._%"  # what stands for itself in a path and in a query (RFC 3986, 3.3)
VIEWS = frozenset(
    {
        "citizen.home", "citizen.procedures", "citizen.procedure", "citizen.start", "citizen.applicant_step",
        "citizen.content_step", "citizen.papers_step", "citizen.fee_step", "citizen.signing_step", "citizen.dossier",
        "citizen.payment_receipt", "citizen.supplement", "citizen.withdrawal", "citizen.rating", "citizen.my_dossiers",
        "citizen.notices", "citizen.account", "citizen.paper_store", "citizen.log_in", "citizen.logged_out",
        "citizen.data_protection", "help.faq", "help.guide", "help.contact", "help.about", "help.accessibility",
        "help.privacy_by_its_other_name", "lookup.form", "lookup.found", "feedback.form", "feedback.sent",
        "feedback.found", "figures.page", "site_map.page",
    }
)  # fmt: skip


def is_fragment() -> bool:
    """True when the shell asks, and wants the content alone."""
    return HEADER in request.headers


def view_patterns(app: Flask) -> list[str]:
    """Regular expressions (for whole paths) of the addresses that are views."""
    rules = sorted(rule.rule for rule in app.url_map.iter_rules() if rule.endpoint in VIEWS)
    return [re.sub(r"<[^>]+>", "[^/]+", rule) for rule in rules]


def elsewhere(settings: Settings) -> tuple[str, ...]:
    """The origins that the shell may hand the browser to: the identity provider's and the gateway's."""
    return settings.identity_url, settings.gateway_url


def followed(address: str, settings: Settings) -> str | None:
    """A redirect as the shell is told of it: a path of the portal, or an address `elsewhere`; None for any other."""
    if address == settings.portal_url or address.startswith(f"{settings.portal_url}/"):
        return safe_return(address.removeprefix(settings.portal_url) or "/")
    if address.startswith(tuple(f"{origin}/" for origin in elsewhere(settings))):
        return address
    return safe_return(address)


def install(app: Flask) -> None:
    """Lead browsers to the shell, and give the shell its answers as data."""
    settings: Settings = app.extensions["portal.settings"]
    app.jinja_env.globals.update(
        is_fragment=is_fragment, view_patterns=lambda: view_patterns(app), elsewhere=elsewhere(settings)
    )

    @app.before_request
    def _to_the_shell() -> ResponseReturnValue | None:
        if request.method not in ("GET", "HEAD") or is_fragment() or request.endpoint not in VIEWS:
            return None
        if request.endpoint == "citizen.home":
            return render_template("shell.html")
        return redirect(_route(request.path, request.query_string))

    @app.after_request
    def _as_data(response: Response) -> Response:
        if not is_fragment():
            return response
        if 300 <= response.status_code < 400 and response.location:
            onward = followed(response.location, settings)
            if onward is None:
                app.logger.error("%s %s leads to a stranger", request.method, request.path)
            del response.headers["Location"]
            response.status_code = 500 if onward is None else 200
            response.set_data(app.json.dumps({} if onward is None else {"to": onward}))
            response.content_type = "application/json"
        response.headers["Cache-Control"] = "no-store"
        response.vary.add(HEADER)
        return response


def _route(path: str, query: bytes) -> str:
    asked = f"?{quote(query, safe=_KEPT + '?')}" if query else ""
    return f"/#{quote(path, safe=_KEPT)}{asked}"
