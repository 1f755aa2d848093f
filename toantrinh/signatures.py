"""Digital signatures in returned PDFs, validated by pyHanko (PAdES, ETSI EN 319 142-1)."""

from __future__ import annotations

import datetime
import io
import logging
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Thread
from typing import Any, NamedTuple

STATES = {
    "none": "không có chữ ký số",
    "unreadable": "tệp không đọc được",
    "broken": "chữ ký không khớp với nội dung tệp",
    "changed": "tệp bị sửa thêm sau khi ký",
    "expired": "chứng thư không có hiệu lực lúc ký",
    "self-made": "chứng thư tự tạo, không do tổ chức chứng thực nào cấp",
    "valid": "chữ ký khớp, chứng thư còn hiệu lực lúc ký và do tổ chức khác cấp",
}
"""What each state of a signature means, in words for a reader."""


class Signed(NamedTuple):
    """The last signature of a PDF: a key of `STATES`, and the common names of its signer and of who vouches for it.

    `valid` does not say that the issuer is to be trusted: no list of trusted roots is asked.
    """

    state: str
    signer: str = ""
    issuer: str = ""


def warm_up() -> None:
    """Loads pyHanko in the background, so that the first result need not wait for it."""
    Thread(target=import_module, args=("pyhanko.sign.validation",), daemon=True, name="pyhanko").start()


def signature_of(pdf: bytes) -> Signed:
    """The last signature in a PDF, and how far it holds."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    except (PdfError, ValueError, KeyError):
        return Signed("unreadable")
    if not signatures:
        return Signed("none")
    last = signatures[-1]
    try:
        with ThreadPoolExecutor(1) as apart:  # pyHanko starts an event loop, and the browser's own runs here
            status = apart.submit(validate_pdf_signature, last, ValidationContext(trust_roots=[])).result()
    except (PdfError, ValueError):
        return Signed("broken")
    certificate = last.signer_cert
    names = (_name(certificate.subject), _name(certificate.issuer)) if certificate is not None else ("", "")
    if not (status.intact and status.valid):
        return Signed("broken", *names)
    if _changed_afterwards(status):
        return Signed("changed", *names)
    return Signed(_of_certificate(certificate, last.self_reported_timestamp), *names)


def _changed_afterwards(status: Any) -> bool:
    """True when something but further proofs of validity was added behind the signature."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return False
    level = status.modification_level
    return level is None or level > ModificationLevel.LTA_UPDATES


def _of_certificate(certificate: Any, signed_at: datetime.datetime | None) -> str:
    moment = signed_at or datetime.datetime.now(datetime.UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        return "expired"
    return "self-made" if certificate.self_issued else "valid"


def _name(name: Any) -> str:
    return str(name.native.get("common_name", ""))
