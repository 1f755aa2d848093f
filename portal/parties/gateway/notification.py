"""Tells the merchant, server to server, what became of an order, until the merchant says that it has heard."""

from __future__ import annotations

import sqlite3
import ssl
import threading
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

from portal.clock import now
from portal.parties.gateway.ledger import Entry, Ledger
from portal.parties.gateway_protocol import TIME, signed

ATTEMPTS = 10
ANSWER_WITHIN = 5.0  # seconds
LATE_BY = 4.0  # seconds between a payment and its notification when the payer chose the late one
LONGEST_PAUSE = 60.0  # seconds between two tries


class Notifier:
    """Sends notifications; what was not taken is sent again from a background thread."""

    def __init__(self, ledger: Ledger, secret: str, ca_file: Path | None, *, late_by: float = LATE_BY) -> None:
        self._ledger, self._secret, self._late_by = ledger, secret, late_by
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if ca_file:
            handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(ca_file))))
        self._opener = urllib.request.build_opener(*handlers)
        self._timers: set[threading.Timer] = set()
        self._lock = threading.Lock()
        self._closed = False

    def report(self, entry: Entry) -> None:
        """Send the notification: at once and before returning, or from a later moment on when the entry is late."""
        if entry.late:
            self._later(self._late_by, entry.order.reference, 1)
        else:
            self._try(entry.order.reference, 1)

    def report_again(self, entry: Entry) -> None:
        """Take up an order whose notification was never taken, as after a restart."""
        self._later(0.5, entry.order.reference, 1)

    def close(self) -> None:
        """Send nothing more."""
        with self._lock:
            self._closed = True
            for timer in self._timers:
                timer.cancel()
            self._timers.clear()

    def _try(self, reference: str, attempt: int) -> None:
        entry = self._ledger.by_reference(reference)
        if entry is None or entry.notified_at:
            return
        taken = self._send(entry, attempt)
        self._ledger.tried(reference, now() if taken else None)
        if not taken and attempt < ATTEMPTS:
            self._later(min(2.0 ** (attempt - 1), LONGEST_PAUSE), reference, attempt + 1)

    def _send(self, entry: Entry, attempt: int) -> bool:
        fields = {**entry.outcome.fields(), "sent": now().strftime(TIME), "attempt": str(attempt)}
        body = urlencode(signed(fields, self._secret)).encode()
        request = urllib.request.Request(entry.order.notify_url, data=body, method="POST")
        try:
            with self._opener.open(request, timeout=ANSWER_WITHIN) as answer:
                return 200 <= int(answer.status) < 300
        except (OSError, ValueError):
            return False

    def _later(self, pause: float, reference: str, attempt: int) -> None:
        timer = threading.Timer(pause, self._run, (reference, attempt))
        timer.daemon = True
        with self._lock:
            if self._closed:
                return
            self._timers = {one for one in self._timers if one.is_alive()} | {timer}
            timer.start()

    def _run(self, reference: str, attempt: int) -> None:
        if self._closed:
            return
        try:
            self._try(reference, attempt)
        except sqlite3.ProgrammingError:
            if not self._closed:  # the book is closed while the gateway stops; the next start takes it up
                raise
