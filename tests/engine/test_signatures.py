"""Signatures of returned PDFs: valid, broken by one byte, or none at all."""

from __future__ import annotations

import datetime
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers

from toantrinh.documents import make_document
from toantrinh.signatures import signature_of


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("keys")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ủy ban nhân dân phường Thử Nghiệm")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=30))
        .sign(key, hashes.SHA256())
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


def test_a_signed_result_is_valid_and_names_its_signer(signed: bytes) -> None:
    assert signature_of(signed) == ("valid", "Ủy ban nhân dân phường Thử Nghiệm")


def test_one_changed_byte_breaks_the_signature(signed: bytes) -> None:
    at = signed.index(b"/Type")
    changed = signed[:at] + b"/Tyqe" + signed[at + 5 :]
    assert signature_of(changed)[0] in ("broken", "unreadable")


def test_a_pdf_without_a_signature_has_none() -> None:
    assert signature_of(make_document("pdf", "Kết quả")) == ("none", "")


def test_rubbish_is_unreadable() -> None:
    assert signature_of(b"%PDF-1.7 rubbish")[0] == "unreadable"
