"""The test trust service of one data folder: a root, the seals of agencies, and citizens' remote-signing certificates.

It stands in for the national public-key infrastructure. All keys are ECDSA P-256 and lie owner-only in `<data>/keys/`.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

from portal.defects import has_defect

ROOT_NAME = "Chứng thực số thử nghiệm Sao Mai – Gốc"
ROOT_YEARS = 10
LEAF_YEARS = 3
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Signer:
    """One who signs: the name on the signature, a body's seal or a citizen, PEM of certificate, key and issuer."""

    name: str
    kind: Literal["agency", "citizen"]
    certificate: bytes
    key: bytes
    issuer: bytes

    @property
    def serial_number(self) -> str:
        """The certificate's serial number in hexadecimal."""
        return f"{x509.load_pem_x509_certificate(self.certificate).serial_number:x}"


class Keys:
    """The keys of one data folder; a certificate is made when it is asked for the first time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with _ONE_AT_A_TIME:
            folder.mkdir(parents=True, exist_ok=True)
            self._root_certificate, self._root_key = self._pair("root", _new_root)

    @property
    def root(self) -> bytes:
        """The root certificate (PEM): what a verifier has to trust."""
        return self._root_certificate

    def agency_seal(self, name: str, code: str) -> Signer:
        """The seal of an agency (`name`, `code` such as `H99.01`)."""
        return self._signer("agency", name, code)

    def citizen(self, name: str, number: str) -> Signer:
        """The remote-signing certificate of a citizen (full name, number of identification)."""
        return self._signer("citizen", name, number)

    def _signer(self, kind: Literal["agency", "citizen"], name: str, number: str) -> Signer:
        with _ONE_AT_A_TIME:
            digest = hashlib.sha256(f"{kind}\n{number}\n{name}".encode()).hexdigest()[:24]
            certificate, key = self._pair(f"{kind}-{digest}", lambda: self._new_leaf(kind, name, number))
        return Signer(name=name, kind=kind, certificate=certificate, key=key, issuer=self.root)

    def _pair(self, stem: str, make: Callable[[], tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
        certificate, key = self.folder / f"{stem}.pem", self.folder / f"{stem}.key"
        if not (certificate.exists() and key.exists()):
            made = make()
            _write_private(key, made[1])
            certificate.write_bytes(made[0])
        return certificate.read_bytes(), key.read_bytes()

    def _new_leaf(self, kind: Literal["agency", "citizen"], name: str, number: str) -> tuple[bytes, bytes]:
        issuer = x509.load_pem_x509_certificate(self.root)
        issuer_key = serialization.load_pem_private_key(self._root_key, password=None)
        assert isinstance(issuer_key, ec.EllipticCurvePrivateKey)
        key = ec.generate_private_key(ec.SECP256R1())
        if has_defect("signature.self-made"):
            issuer_key = key
        id_of = "CQ" if kind == "agency" else "CCCD"
        subject = _subject(name, serial=f"{id_of}:{number}")
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if issuer_key is key else issuer.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=365 * LEAF_YEARS))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signing=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
            .sign(issuer_key, hashes.SHA256())
        )
        return _pem(certificate, key)


def _new_root() -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _subject(ROOT_NAME)
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * ROOT_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signing=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _pem(certificate, key)


def _subject(name: str, serial: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tỉnh Sao Mai (môi trường thử nghiệm)"),
        x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
    ]
    return x509.Name([*parts, x509.NameAttribute(NameOID.SERIAL_NUMBER, serial)] if serial else parts)


def _key_usage(*, signing: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signing,
        content_commitment=signing,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signing,
        crl_sign=not signing,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> tuple[bytes, bytes]:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private


def _write_private(file: Path, content: bytes) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
