"""The portal's database: one SQLite file, opened once per process, one session per request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from portal.records import Record

BUSY_MS = 20_000


class Database:
    """An open database file. Reads never wait (WAL); a write waits up to 20 s for the one before it."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = create_engine(
            f"sqlite:///{file}", connect_args={"timeout": BUSY_MS / 1000}, pool_size=96, max_overflow=32
        )
        event.listen(self.engine, "connect", _prepare)
        Record.metadata.create_all(self.engine)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    def session(self) -> Session:
        """A new session that the caller closes."""
        return self._sessions()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end of the block, or rolls back when it raises."""
        with self._sessions.begin() as session:
            yield session

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def attach(app: Flask, database: Database) -> None:
    """Make `current_session()` work in the requests of `app`."""
    app.extensions["portal.database"] = database

    @app.teardown_appcontext
    def _close(_error: BaseException | None) -> None:
        session = g.pop("database_session", None)
        if session is not None:
            session.close()


def current_session() -> Session:
    """The session of this request. Whoever changes something commits; what is not committed is rolled back."""
    session: Session | None = g.get("database_session")
    if session is None:
        database: Database = current_app.extensions["portal.database"]
        session = g.database_session = database.session()
    return session


def release() -> None:
    """Roll back what this request left uncommitted, so that it holds no lock while something else is written."""
    session: Session | None = g.get("database_session")
    if session is not None:
        session.rollback()


def _prepare(connection: Any, _record: Any) -> None:
    # A SELECT opens no transaction in this driver, so a write never has to upgrade a stale snapshot: it only queues.
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.close()
