"""The gateway's book of orders: an SQLite file of its own, so that what was paid stays paid after a restart."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portal.parties.gateway_protocol import Order, Outcome, PaymentState

_SCHEMA = """
CREATE TABLE IF NOT EXISTS orders (
    reference TEXT PRIMARY KEY, token TEXT UNIQUE NOT NULL, amount INTEGER NOT NULL, description TEXT NOT NULL,
    created TEXT NOT NULL, expires TEXT NOT NULL, return_url TEXT NOT NULL, notify_url TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending', method TEXT NOT NULL DEFAULT '', paid_at TEXT,
    "transaction" TEXT NOT NULL DEFAULT '', late INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0, notified_at TEXT
)
"""


@dataclass(frozen=True)
class Entry:
    """One order in the book. `token` is what the payer's page knows it by; `late`: the notification is held back."""

    order: Order
    token: str
    state: PaymentState
    method: str
    paid_at: datetime | None
    transaction: str
    late: bool
    attempts: int
    notified_at: datetime | None

    @property
    def outcome(self) -> Outcome:
        """What the gateway says of the order now."""
        return Outcome(self.order.reference, self.order.amount, self.state, self.transaction, self.paid_at)


class Differs(ValueError):
    """The reference is in the book with another amount or other addresses."""


class Ledger:
    """The book. All methods may be called from any thread."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._book = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._book.row_factory = sqlite3.Row
        self._book.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + _SCHEMA)

    def enter(self, order: Order) -> Entry:
        """The entry of the order, made when it is new; an unpaid one that comes again gets the new time of expiry.

        Raises Differs when the same reference means something else.
        """
        with self._lock:
            self._book.execute(
                "INSERT INTO orders (reference, token, amount, description, created, expires, return_url, notify_url)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (reference) DO UPDATE SET expires = excluded.expires WHERE state = 'pending'",
                (
                    order.reference, secrets.token_urlsafe(18), order.amount, order.description,
                    order.created.isoformat(), order.expires.isoformat(), order.return_url, order.notify_url,
                ),
            )  # fmt: skip
        entry = self.by_reference(order.reference)
        if entry is None or (entry.order.amount, entry.order.return_url) != (order.amount, order.return_url):
            raise Differs(order.reference)
        return entry

    def by_reference(self, reference: str) -> Entry | None:
        """The entry of the merchant's reference."""
        return self._one("reference", reference)

    def by_token(self, token: str) -> Entry | None:
        """The entry that a payer's page means."""
        return self._one("token", token)

    def settle(self, reference: str, state: PaymentState, at: datetime, *, method: str, late: bool = False) -> bool:
        """Settle a pending order once; False when it was settled before (nothing is changed then)."""
        paid = state is PaymentState.PAID
        number = f"GD{at:%y%m%d}{secrets.randbelow(10**8):08d}" if paid else ""
        with self._lock:
            done = self._book.execute(
                'UPDATE orders SET state = ?, method = ?, late = ?, "transaction" = ?, paid_at = ?'
                " WHERE reference = ? AND state = 'pending'",
                (state.value, method, late, number, at.isoformat() if paid else None, reference),
            )
            return done.rowcount == 1

    def tried(self, reference: str, received_at: datetime | None) -> None:
        """Note one more try of the notification, and when the merchant took it."""
        with self._lock:
            self._book.execute(
                "UPDATE orders SET attempts = attempts + 1, notified_at = coalesce(notified_at, ?) WHERE reference = ?",
                (received_at.isoformat() if received_at else None, reference),
            )

    def entries(self) -> list[Entry]:
        """All entries, oldest first."""
        with self._lock:
            return [_entry(row) for row in self._book.execute("SELECT * FROM orders ORDER BY rowid").fetchall()]

    def unreported(self) -> list[Entry]:
        """Settled orders that the merchant has not taken notice of."""
        return [entry for entry in self.entries() if entry.state is not PaymentState.PENDING and not entry.notified_at]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._book.close()

    def _one(self, column: str, value: str) -> Entry | None:
        with self._lock:
            row = self._book.execute(f"SELECT * FROM orders WHERE {column} = ?", (value,)).fetchone()
        return _entry(row) if row else None


def _entry(row: sqlite3.Row) -> Entry:
    order = Order(
        reference=row["reference"],
        amount=row["amount"],
        description=row["description"],
        created=datetime.fromisoformat(row["created"]),
        expires=datetime.fromisoformat(row["expires"]),
        return_url=row["return_url"],
        notify_url=row["notify_url"],
    )
    return Entry(
        order=order,
        token=row["token"],
        state=PaymentState(row["state"]),
        method=row["method"],
        paid_at=_time(row["paid_at"]),
        transaction=row["transaction"],
        late=bool(row["late"]),
        attempts=row["attempts"],
        notified_at=_time(row["notified_at"]),
    )


def _time(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
