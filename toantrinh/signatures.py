"""Digital signatures in returned PDFs, validated by pyHanko (PAdES, ETSI EN 319 142-1)."""

from __future__ import annotations

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Thread


def warm_up() -> None:
    """Loads pyHanko in the background, so that the first result need not wait for it."""
    Thread(target=import_module, args=("pyhanko.sign.validation",), daemon=True, name="pyhanko").start()


def signature_of(pdf: bytes) -> tuple[str, str]:
    """(state, signer) of the last signature in a PDF.

    State: `none`, `valid` (the signed bytes are untouched and the signature fits its certificate; whether the
    certificate is to be trusted is another question), `broken`, or `unreadable`. Signer: the subject's common name.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    except (PdfError, ValueError, KeyError):
        return "unreadable", ""
    if not signatures:
        return "none", ""
    last = signatures[-1]
    try:
        with ThreadPoolExecutor(1) as apart:  # pyHanko starts an event loop, and the browser's own runs here
            status = apart.submit(validate_pdf_signature, last, ValidationContext(trust_roots=[])).result()
    except (PdfError, ValueError):
        return "broken", ""
    certificate = last.signer_cert
    signer = certificate.subject.native.get("common_name", "") if certificate is not None else ""
    return ("valid" if status.intact and status.valid else "broken"), str(signer)
