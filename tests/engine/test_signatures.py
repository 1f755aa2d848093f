"""Signatures of returned PDFs: valid, broken by one byte, changed afterwards, expired, self-made, or none at all."""

from __future__ import annotations

import datetime
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers

from toantrinh.documents import make_document
from toantrinh.signatures import STATES, signature_of

SIGNER, ISSUER = "Ủy ban nhân dân phường Thử Nghiệm", "Tổ chức chứng thực thử nghiệm"
DAY = datetime.timedelta(days=1)


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def signed_pdf(folder: Path, *, issuer: str = ISSUER, ended: bool = False) -> bytes:
    """A test document signed by a certificate; one that has `ended`, or that vouches for itself, where asked."""
    key, issuer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(named(SIGNER)).issuer_name(named(issuer)).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - 400 * DAY).not_valid_after(now - 30 * DAY if ended else now + 30 * DAY)
        .sign(key if issuer == SIGNER else issuer_key, hashes.SHA256())
    )  # fmt: skip
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    signer = signers.SimpleSigner.load(str(folder / "key.pem"), str(folder / "cert.pem"))
    assert signer is not None
    writer = IncrementalPdfFileWriter(io.BytesIO(make_document("pdf", "Kết quả")))
    with ThreadPoolExecutor(1) as apart:  # pyHanko starts an event loop of its own
        return apart.submit(signers.sign_pdf, writer, PdfSignatureMetadata(field_name="Ky"), signer).result().getvalue()


@pytest.fixture
def signed(tmp_path: Path) -> bytes:
    return signed_pdf(tmp_path)


def test_a_signed_result_is_valid_and_names_signer_and_issuer(signed: bytes) -> None:
    assert signature_of(signed) == ("valid", SIGNER, ISSUER)


def test_one_changed_byte_breaks_the_signature(signed: bytes) -> None:
    at = signed.index(b"/Type")
    changed = signed[:at] + b"/Tyqe" + signed[at + 5 :]
    assert signature_of(changed).state in ("broken", "unreadable")


def test_what_is_written_behind_the_signature_is_seen(signed: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root[pdf_name("/Lang")] = pdf_string("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert signature_of(out.getvalue()).state == "changed"


def test_a_certificate_that_had_ended_when_it_signed_is_no_good(tmp_path: Path) -> None:
    assert signature_of(signed_pdf(tmp_path, ended=True)).state == "expired"


def test_a_certificate_that_vouches_for_itself_is_no_good(tmp_path: Path) -> None:
    assert signature_of(signed_pdf(tmp_path, issuer=SIGNER)) == ("self-made", SIGNER, SIGNER)


def test_a_pdf_without_a_signature_has_none() -> None:
    assert signature_of(make_document("pdf", "Kết quả")) == ("none", "", "")


def test_rubbish_is_unreadable() -> None:
    assert signature_of(b"%PDF-1.7 rubbish").state == "unreadable"


def test_every_state_has_its_words() -> None:
    assert {"none", "unreadable", "broken", "changed", "expired", "self-made", "valid"} == set(STATES)
