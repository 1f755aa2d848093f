"""Digital signatures on PDFs: PAdES baseline B-B with a visible box, made and verified by pyHanko.

`sign` puts the box at the bottom right of the last page, where the papers of this package leave room for it.
`verify` says of every signature in a PDF whether it is intact, whose it is and whether its certificate is trusted.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from portal.papers.signature_report import NotSignable, SignatureFacts, SignatureReport
from portal.papers.trust import Keys, Signer

__all__ = ["Keys", "NotSignable", "SignatureFacts", "SignatureReport", "Signer", "keys", "sign", "verify", "warm_up"]


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
