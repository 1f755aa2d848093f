"""What is said of a signature on a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class NotSignable(ValueError):
    """The file is no PDF that can be signed (damaged, encrypted, or something else)."""


@dataclass(frozen=True)
class SignatureFacts:
    """One signature: who, when (with zone), why, and what holds.

    `intact`: the signed bytes are unchanged and the signature fits them. `trusted`: the certificate leads to the root.
    `whole`: nothing was added to the file after it. `profile` is `PAdES` or `PKCS#7`.
    """

    field: str
    signer: str
    signed_at: datetime | None
    reason: str
    intact: bool
    trusted: bool
    whole: bool
    profile: str
    certificate_serial: str

    @property
    def holds(self) -> bool:
        """True when the signature is intact and its certificate trusted."""
        return self.intact and self.trusted


@dataclass(frozen=True)
class SignatureReport:
    """All signatures of a PDF, in the order in which they were made; `problem` when the file could not be read."""

    signatures: tuple[SignatureFacts, ...] = ()
    problem: str = ""

    @property
    def valid(self) -> bool:
        """True when there is a signature, all hold, and the last one covers the whole file."""
        return bool(self.signatures) and all(one.holds for one in self.signatures) and self.signatures[-1].whole
