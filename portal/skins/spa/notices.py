"""How many notices are unread, for a shell that asks every few seconds."""

from __future__ import annotations

from flask import Flask, session
from flask.typing import ResponseReturnValue

from portal.accounts import current_citizen
from portal.sessions import BrowserSession
from portal.shell import unread_notices


def install(app: Flask) -> None:
    """Add `GET /thong-bao/chua-doc`."""

    @app.get("/thong-bao/chua-doc", endpoint="spa_unread")
    def unread() -> ResponseReturnValue:
        """`{"unread": n, "signed_in": …}`. Asking does not keep an idle session alive."""
        browser = session._get_current_object()  # type: ignore[attr-defined]
        assert isinstance(browser, BrowserSession)
        browser.seen_at = None
        return {"unread": unread_notices(), "signed_in": current_citizen() is not None}, {"Cache-Control": "no-store"}
