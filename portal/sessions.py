"""Server-side sessions: the cookie carries a random number, the database the rest."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, update
from sqlalchemy.dialects.sqlite import insert
from werkzeug.datastructures import CallbackDict

from portal import database
from portal.clock import now
from portal.defects import has_defect
from portal.records import WebSession
from portal.settings import Settings

SEEN_EVERY = timedelta(seconds=60)


class BrowserSession(CallbackDict[str, Any], SessionMixin):
    """One browser's session. `expired` is True when the cookie named a session that idled too long or was ended."""

    def __init__(self, data: dict[str, Any] | None = None, identifier: str = "") -> None:
        def changed(session: BrowserSession) -> None:
            session.modified = True

        super().__init__(data or {}, changed)
        self.identifier = identifier
        self.former = ""
        self.seen_at: datetime | None = None
        self.expired = False
        self.modified = False
        self.new = not identifier

    def renew(self) -> None:
        """Give the session a new number (at log-in); the old one is dead from now on."""
        self.former, self.identifier = self.identifier or self.former, ""
        self.modified = True

    def end(self) -> None:
        """Forget everything: the number is dead on the server, not only in the browser."""
        self.renew()
        self.clear()


class DatabaseSessions(SessionInterface):
    """Keeps sessions in the table `web_sessions`; writes only when something changed (or once a minute)."""

    def __init__(self, settings: Settings) -> None:
        self._idle = timedelta(minutes=settings.idle_minutes)
        self._seen_every = min(SEEN_EVERY, self._idle / 10)
        self._secure = settings.tls and not has_defect("cookie.by-http")
        self.cookie = "__Host-phien" if self._secure else "phien"

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """The session that the cookie names, or a new empty one."""
        number = request.cookies.get(self.cookie, "")
        if not number or request.path.startswith("/tinh/"):
            return BrowserSession()
        row = database.current_session().get(WebSession, _digest(number))
        kept = has_defect("session.never-ends") or has_defect("session.ends-in-browser")
        if row is None or (now() - row.seen_at > self._idle and not kept):
            fresh = BrowserSession()
            fresh.expired, fresh.former = True, number
            return fresh
        session = BrowserSession(dict(row.data), number)
        session.seen_at = row.seen_at
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed, in a transaction of its own, and set or clear the cookie."""
        assert isinstance(session, BrowserSession)
        database.release()
        store: database.Database = app.extensions["portal.database"]
        if session.modified and (session or session.former):
            with store.transaction() as rows:
                if session.former:
                    rows.execute(delete(WebSession).where(WebSession.id == _digest(session.former)))
                if session:
                    if not session.identifier:
                        session.identifier = secrets.token_urlsafe(32)
                        self._set_cookie(response, session)
                    data = dict(session)
                    rows.execute(
                        insert(WebSession)
                        .values(id=_digest(session.identifier), data=data, created_at=now(), seen_at=now())
                        .on_conflict_do_update(index_elements=["id"], set_={"data": data, "seen_at": now()})
                    )
            if not session:
                response.delete_cookie(self.cookie, path="/", secure=self._secure, httponly=True, samesite="Lax")
        elif session.seen_at is not None and now() - session.seen_at > self._seen_every:
            with store.transaction() as rows:
                rows.execute(
                    update(WebSession).where(WebSession.id == _digest(session.identifier)).values(seen_at=now())
                )
        if session.accessed and not (has_defect("headers.personal-shared") or has_defect("session.pages-stored")):
            response.vary.add("Cookie")

    def _set_cookie(self, response: Response, session: BrowserSession) -> None:
        hidden = not (has_defect("cookie.readable-by-script") and "citizen_id" in session)
        number = session.identifier
        site = None if has_defect("forgery.unchecked") else "Lax"
        age = self._idle if has_defect("session.ends-in-browser") else None
        response.set_cookie(
            self.cookie, number, path="/", secure=self._secure, httponly=hidden, samesite=site, max_age=age
        )


def sweep(store: database.Database, idle: timedelta) -> None:
    """Delete the sessions that idled longer than `idle`."""
    with store.transaction() as rows:
        rows.execute(delete(WebSession).where(WebSession.seen_at < now() - idle))


def _digest(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()
