"""How the portal and the payment gateway talk: parameters, states, and the rule of the signature.

**Signature.** All fields of a message but `signature`, sorted by name, percent-encoded as `name=value` (RFC 3986,
nothing but letters, digits and `-._~` stays as it is; UTF-8) and joined by `&`, give the text. `signature` is the
HMAC-SHA256 of that text under the shared secret, in lower-case hexadecimal. A message with a field twice is refused.

**Order**, by the payer's browser: `GET <gateway>/thanh-toan?` with `merchant`, `reference` (the portal's own, at most
64 letters, digits, `-._`), `amount` (whole đồng, above 0), `description`, `created` and `expires` (`yyyymmddHHMMSS`,
Vietnam's time), `return_url`, `notify_url` (both on the portal's origin), `signature`.

**Return**, by the payer's browser: `GET <return_url>?` with `merchant`, `reference`, `amount`, `state`, `transaction`
(the gateway's number, empty when nothing was paid), `paid_at` (`yyyymmddHHMMSS` or empty), `signature`. The state may
be `pending`: the payer has paid, the bank has not said so yet; the notification comes later.

**Notification**, gateway to portal: `POST <notify_url>`, form-encoded, the fields of the return and `sent` (time of
this try) and `attempt` (1, 2, …), `signature`. Any status 2xx means received; otherwise it is sent again after 1, 2,
4, 8 … seconds, ten times at most. The portal must take the same notification twice without booking twice. It is sent
before the browser is sent back (but not when it is late), so that the portal normally knows when the payer returns.

**Query**, portal to gateway: `GET <gateway>/don-hang/<reference>?merchant=…&signature=…` (signed over `merchant` and
`reference`) answers the fields of the return as a JSON object of strings, signed; 404 for an unknown order, 403 for a
wrong signature.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote, urlencode

MERCHANT = "SAOMAI-DVC"
SIGNATURE = "signature"
TIME = "%Y%m%d%H%M%S"
ORDER_LIFE = timedelta(minutes=15)
ORDER_PATH = "/thanh-toan"
NOTIFY_PATH = "/thanh-toan/thong-bao"
RETURN_PATH = "/thanh-toan/ket-qua"

_REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,64}")


class PaymentState(StrEnum):
    """What became of an order."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"


class BadMessage(ValueError):
    """A message with a wrong signature, a missing field or a field that makes no sense."""


def sign(fields: Mapping[str, str], secret: str) -> str:
    """The signature of a message (see the module)."""
    text = "&".join(
        f"{quote(name, safe='-._~')}={quote(value, safe='-._~')}"
        for name, value in sorted(fields.items())
        if name != SIGNATURE
    )
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def signed(fields: Mapping[str, str], secret: str) -> dict[str, str]:
    """The fields and their signature."""
    return {**fields, SIGNATURE: sign(fields, secret)}


def verify(fields: Mapping[str, str], secret: str) -> bool:
    """True when `signature` fits the other fields."""
    return hmac.compare_digest(fields.get(SIGNATURE, "").encode(), sign(fields, secret).encode())


@dataclass(frozen=True)
class Order:
    """What is to be paid. `amount` in đồng; times are Vietnam's, without zone, in whole seconds."""

    reference: str
    amount: int
    description: str
    created: datetime
    return_url: str
    notify_url: str
    expires: datetime
    merchant: str = MERCHANT

    @classmethod
    def of(cls, portal_url: str, reference: str, amount: int, description: str, created: datetime) -> Order:
        """The order of a portal with the paths and the life of this protocol."""
        created = created.replace(microsecond=0)
        return cls(
            reference=reference,
            amount=amount,
            description=description,
            created=created,
            return_url=portal_url + RETURN_PATH,
            notify_url=portal_url + NOTIFY_PATH,
            expires=created + ORDER_LIFE,
        )

    def fields(self) -> dict[str, str]:
        """The order as fields, unsigned."""
        return {
            "merchant": self.merchant,
            "reference": self.reference,
            "amount": str(self.amount),
            "description": self.description,
            "created": self.created.strftime(TIME),
            "expires": self.expires.strftime(TIME),
            "return_url": self.return_url,
            "notify_url": self.notify_url,
        }

    def address(self, gateway_url: str, secret: str) -> str:
        """The signed address to which the payer's browser is sent."""
        return f"{gateway_url}{ORDER_PATH}?{urlencode(signed(self.fields(), secret))}"


@dataclass(frozen=True)
class Outcome:
    """What the gateway says of an order, in the return, the notification and the answer to a query."""

    reference: str
    amount: int
    state: PaymentState
    transaction: str = ""
    paid_at: datetime | None = None
    merchant: str = MERCHANT

    def fields(self) -> dict[str, str]:
        """The outcome as fields, unsigned."""
        return {
            "merchant": self.merchant,
            "reference": self.reference,
            "amount": str(self.amount),
            "state": self.state.value,
            "transaction": self.transaction,
            "paid_at": self.paid_at.strftime(TIME) if self.paid_at else "",
        }


def read_order(fields: Mapping[str, str], secret: str) -> Order:
    """The order in a signed message. Raises BadMessage."""
    _check(fields, secret)
    try:
        order = Order(
            merchant=fields["merchant"],
            reference=fields["reference"],
            amount=int(fields["amount"]),
            description=fields["description"],
            created=datetime.strptime(fields["created"], TIME),
            expires=datetime.strptime(fields["expires"], TIME),
            return_url=fields["return_url"],
            notify_url=fields["notify_url"],
        )
    except (KeyError, ValueError) as fault:
        raise BadMessage(f"the order has a missing or malformed field: {fault}") from fault
    if order.amount <= 0 or not _REFERENCE.fullmatch(order.reference):
        raise BadMessage("the order has no amount above zero or no proper reference")
    return order


def read_outcome(fields: Mapping[str, str], secret: str) -> Outcome:
    """The outcome in a signed return, notification or answer. Raises BadMessage."""
    _check(fields, secret)
    try:
        return Outcome(
            merchant=fields["merchant"],
            reference=fields["reference"],
            amount=int(fields["amount"]),
            state=PaymentState(fields["state"]),
            transaction=fields["transaction"],
            paid_at=datetime.strptime(fields["paid_at"], TIME) if fields["paid_at"] else None,
        )
    except (KeyError, ValueError) as fault:
        raise BadMessage(f"the outcome has a missing or malformed field: {fault}") from fault


def query_address(gateway_url: str, reference: str, secret: str) -> str:
    """The signed address that tells the state of an order."""
    signature = sign({"merchant": MERCHANT, "reference": reference}, secret)
    query = urlencode({"merchant": MERCHANT, SIGNATURE: signature})
    return f"{gateway_url}/don-hang/{quote(reference, safe='')}?{query}"


def _check(fields: Mapping[str, str], secret: str) -> None:
    if not verify(fields, secret):
        raise BadMessage("the signature does not fit")
