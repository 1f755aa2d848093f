"""The payment in a frame: the gateway's page stands inside a page of the portal, and leads out of it at the end."""

from __future__ import annotations

from flask import Flask, Response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from portal.settings import Settings

ORDERS = "orders_in_frames"
KEPT = 8
_BACK = "/thanh-toan/ket-qua"


def install(app: Flask) -> None:
    """Turn the way to the gateway into a page with a frame, and the way back into a page inside it."""
    settings: Settings = app.extensions["portal.settings"]

    @app.get("/thanh-toan/khung/<dossier_id>", endpoint="payment_frame")
    def frame(dossier_id: str) -> ResponseReturnValue:
        order = dict(session.get(ORDERS, [])).get(dossier_id)
        if order is None:
            return redirect("/ho-so-cua-toi")
        return render_template("legacy/payment_frame.html", order=order, dossier_id=dossier_id)

    @app.after_request
    def _keep_in_frame(response: Response) -> Response:
        target = response.headers.get("Location", "")
        if response.status_code not in (302, 303):
            return response
        dossier_id = (request.view_args or {}).get("dossier_id")
        if dossier_id and target.startswith(f"{settings.gateway_url}/"):
            others = [one for one in session.get(ORDERS, []) if one[0] != dossier_id]
            session[ORDERS] = [*others, [dossier_id, target]][-KEPT:]
            response.headers["Location"] = f"/thanh-toan/khung/{dossier_id}"
        elif _is_back_in_frame():
            told = session.get("_flashes", [])[-1:]  # left in the session: the page on top shows them too
            inside = app.make_response(render_template("legacy/payment_return.html", onward=target, told=told))
            inside.headers["X-Frame-Options"] = "SAMEORIGIN"
            return inside
        return response

    def _fit_policy(response: Response) -> Response:
        policy = response.headers.get("Content-Security-Policy", "")
        if request.endpoint == "payment_frame":
            response.headers["Content-Security-Policy"] = f"{policy}; frame-src {settings.gateway_url} 'self'"
        elif _is_back_in_frame():
            inside = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
            response.headers["Content-Security-Policy"] = inside
        return response

    # The first in the list is called last: after the policy was written.
    app.after_request_funcs.setdefault(None, []).insert(0, _fit_policy)


def _is_back_in_frame() -> bool:
    return request.path == _BACK and request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame")
