"""What came of one question: whole in memory, and as it is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from toantrinh.driver.fetching import REDIRECTS
from toantrinh.observations.exchanges import Ended, Exchange
from toantrinh.observers.prober.likeness import title_of
from toantrinh.observers.prober.masking import masked, masked_address, masked_answer, masked_headers
from toantrinh.observers.prober.role import Role
from toantrinh.observers.prober.wire import Came

KEPT = 4_000  # characters of a body


@dataclass
class Answer:
    """What came of one question. `address` and `body` (all bytes that were read) are whole and never written down;
    `exchange` is what is kept."""

    exchange: Exchange
    address: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def number(self) -> int:
        return self.exchange.number

    @property
    def status(self) -> int | None:
        """The HTTP status; None without an answer about the question."""
        return self.exchange.status if self.answered else None

    @property
    def ended(self) -> Ended:
        return self.exchange.ended

    @property
    def answered(self) -> bool:
        """True when the system answered, and to us as to anybody in this role."""
        return self.exchange.ended in (Ended.ANSWERED, Ended.CIRCLE)

    @property
    def ok(self) -> bool:
        """True when the answer is a 2xx."""
        return self.answered and 200 <= (self.status or 0) < 300

    def header(self, name: str) -> str:
        """A header's value, several joined by commas; empty when there is none."""
        return ", ".join(value for known, value in self.headers if known.lower() == name.lower())

    @property
    def kind(self) -> str:
        """The media type, lower case, without parameters."""
        return self.header("content-type").split(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body in the charset that it says it has; empty for what is no text."""
        named = re.search(r"charset\s*=\s*[\"']?([\w-]+)", self.header("content-type"), re.I)
        try:
            return self.body.decode(named.group(1) if named else "utf-8", "replace")
        except (LookupError, UnicodeError):  # Python knows a charset “undefined”, which refuses everything
            return self.body.decode("utf-8", "replace")

    @property
    def onward(self) -> str:
        """Where a redirect would lead, as a whole address; empty when it is none."""
        where = self.header("location")
        if self.exchange.status not in REDIRECTS or not where:
            return ""
        try:
            return urljoin(self.address, where)
        except ValueError:
            return where


def kept(
    number: int,
    purpose: str,
    role: Role,
    method: str,
    address: str,
    sent: Mapping[str, str],
    content: bytes | None,
    came: Came,
    secrets: list[str],
) -> Exchange:
    """The record of a question and its answer, without what must not be kept."""
    source = came.body[: 4 * KEPT].decode("utf-8", "replace")
    binary = "\x00" in source[:1000] or source[:1000].count("\ufffd") > 20
    return Exchange(
        number=number,
        purpose=purpose,
        role=role.name,
        role_key=role.key,
        method=method,
        address=masked_address(address, secrets),
        sent_headers=masked_headers(sent, secrets),
        sent_body=masked((content or b"")[: 4 * KEPT].decode("utf-8", "replace"), secrets)[:KEPT],
        ended=came.ended,
        why=came.why,
        status=came.status,
        headers=masked_answer(came.headers, secrets),
        title=masked(title_of(came.body[:200_000].decode("utf-8", "replace")), secrets),
        body="" if binary else masked(source, secrets)[:KEPT],
        length=len(came.body),
        sha256=hashlib.sha256(came.body).hexdigest() if came.body else "",
        cut=came.cut,
        ms=None if came.ended.unasked else came.ms,
    )
