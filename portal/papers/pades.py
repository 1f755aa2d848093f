"""The pyHanko side of `signature`: heavy to import, so that only `signature` imports it, and late."""

from __future__ import annotations

import asyncio
import binascii
import io
import logging
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import pem, x509  # type: ignore[import-untyped]
from pyhanko.keys.pemder import load_private_key_from_pemder_data
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.clock import VIETNAM
from portal.papers.signature_report import NotSignable, SignatureFacts, SignatureReport
from portal.papers.trust import Signer
from portal.papers.typesetting import typeset

Made = TypeVar("Made")

_BOX = (320, 74, 536, 162)  # points from the lower left corner of an A4 page, under the signer's title
_BOX_STEP = -226  # a second signature stands left of the first

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class _Picture(PdfContent):
    """A one-page PDF drawn into the signature field."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        writer = self._ensure_writer
        imported = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)), page_ix=0)
        name = b"/Import" + binascii.hexlify(uuid.uuid4().bytes)
        self.resources.xobject[name.decode("ascii")] = imported
        left, bottom, right, top = imported.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return name + b" Do"


def sign(pdf: bytes, signer: Signer, reason: str, place: str) -> bytes:
    """See `signature.sign`."""
    return _outside_of_loops(lambda: _sign(pdf, signer, reason, place))


def verify(pdf: bytes, root: bytes) -> SignatureReport:
    """See `signature.verify`."""
    return _outside_of_loops(lambda: _verify(pdf, root))


def warm_up() -> None:
    """Importing this module and setting one small paper is all that takes time."""
    typeset("stamp", {"seal": True, "name": "", "reason": "", "time": ""}, accessible=False)


def _outside_of_loops(work: Callable[[], Made]) -> Made:
    """The work's result: pyHanko starts an event loop, which a thread that runs one already does not allow."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(work).result()


def _sign(pdf: bytes, signer: Signer, reason: str, place: str) -> bytes:
    at = datetime.now(VIETNAM)
    picture = typeset(
        "stamp",
        {
            "seal": signer.kind == "agency",
            "name": signer.name,
            "reason": reason,
            "time": at.strftime("%H:%M:%S ngày %d/%m/%Y"),
        },
        accessible=False,
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        already = len(writer.prev.embedded_signatures)
        pages = int(writer.prev.root["/Pages"]["/Count"])
    except (PdfError, ValueError, KeyError, TypeError) as fault:
        raise NotSignable(f"the PDF cannot be signed: {fault}") from fault
    left, bottom, right, top = _BOX
    shift = _BOX_STEP * (already % 2)
    field = SigFieldSpec(
        sig_field_name=f"ChuKySo{already + 1}",
        on_page=pages - 1,
        box=(left + shift, bottom, right + shift, top),
        readable_field_name=f"Chữ ký số của {signer.name}",
    )
    meta = PdfSignatureMetadata(
        field_name=field.sig_field_name,
        reason=reason,
        location=place,
        name=signer.name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
    )
    done = PdfSigner(
        meta, signer=_signer(signer), stamp_style=StaticStampStyle(border_width=0, background=_Picture(picture)),
        new_field_spec=field,
    ).sign_pdf(writer)  # fmt: skip
    return bytes(done.getvalue())


def _verify(pdf: bytes, root: bytes) -> SignatureReport:
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        embedded = list(reader.embedded_regular_signatures)
    except Exception as fault:  # a damaged file fails in as many ways as there are bytes
        return SignatureReport(problem=f"the PDF cannot be read: {fault}")
    trusted = _certificate(root)
    return SignatureReport(signatures=tuple(_facts(one, trusted) for one in embedded))


def _signer(signer: Signer) -> SimpleSigner:
    issuers = SimpleCertificateStore()
    issuers.register(_certificate(signer.issuer))
    return SimpleSigner(
        signing_cert=_certificate(signer.certificate),
        signing_key=load_private_key_from_pemder_data(signer.key, passphrase=None),
        cert_registry=issuers,
    )


def _certificate(data: bytes) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(data)[2] if pem.detect(data) else data)


def _facts(embedded: Any, root: x509.Certificate) -> SignatureFacts:
    wanted = embedded.sig_object
    profile = "PAdES" if str(wanted.get("/SubFilter", "")) == "/ETSI.CAdES.detached" else "PKCS#7"
    certificate: x509.Certificate | None = None
    intact = trusted = whole = False
    signed_at = embedded.self_reported_timestamp
    try:
        certificate = embedded.signer_cert
        context = ValidationContext(trust_roots=[root], allow_fetching=False, revocation_mode="soft-fail")
        status = validate_pdf_signature(embedded, signer_validation_context=context)
        intact, trusted = bool(status.intact and status.valid), bool(status.trusted)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    except Exception:  # a forged signature may be malformed in any way: it then simply does not hold
        intact = trusted = False
    return SignatureFacts(
        field=embedded.field_name,
        signer=str(certificate.subject.native.get("common_name", "")) if certificate else "",
        signed_at=signed_at,
        reason=str(wanted.get("/Reason", "")),
        intact=intact,
        trusted=trusted,
        whole=whole,
        profile=profile,
        certificate_serial=f"{certificate.serial_number:x}" if certificate else "",
    )
