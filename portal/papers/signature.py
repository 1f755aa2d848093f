"""Digital signatures on PDFs: PAdES baseline B-B with a visible box, made and verified by pyHanko.

`sign` puts the box at the bottom right of the last page, where the papers of this package leave room for it.
`verify` says of every signature in a PDF whether it is intact, whose it is and whether its certificate is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from portal.papers.trust import Keys, Signer

__all__ = ["Keys", "NotSignable", "SignatureFacts", "SignatureReport", "Signer", "keys", "sign", "verify", "warm_up"]


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


@lru_cache(maxsize=16)
def keys(data: Path) -> Keys:
    """The keys of the data folder (`<data>/keys`), made on first use."""
    return Keys(data / "keys")


def sign(pdf: bytes, signer: Signer, reason: str, place: str = "Sao Mai") -> bytes:
    """The PDF with `signer`'s signature added as a new revision. Raises NotSignable."""
    from portal.papers import pades

    return pades.sign(pdf, signer, reason, place)


def verify(pdf: bytes, trust: Keys | bytes) -> SignatureReport:
    """What the signatures of `pdf` are worth when `trust` (keys, or a root certificate) is trusted. Never raises."""
    from portal.papers import pades

    return pades.verify(pdf, trust.root if isinstance(trust, Keys) else trust)


def warm_up() -> None:
    """Load the heavy libraries now, so that the first citizen does not wait for them."""
    from portal.papers import pades

    pades.warm_up()
