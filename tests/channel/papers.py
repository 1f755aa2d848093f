"""Certificates of every kind, made for a test: an authority, one below it, and what they (or nobody) vouch for."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
HERE = ("localhost", "127.0.0.1")


@dataclass(frozen=True)
class Paper:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def kept(self, folder: Path, name: str, *beside: Paper) -> tuple[Path, Path]:
        """The files of the certificate (with those `beside` it, in this order) and of its key."""
        chain, key = folder / f"{name}.pem", folder / f"{name}.key"
        chain.write_bytes(b"".join(one.pem for one in (self, *beside)))
        key.write_bytes(
            self.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return chain, key


@cache
def key_of(kind: str) -> Key:
    """A key: `rsa1024`, `rsa2048`, `ec224` or `ec256`. The same one each time."""
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    return ec.generate_private_key({"ec224": ec.SECP224R1(), "ec256": ec.SECP256R1()}[kind])


def paper(
    name: str,
    by: Paper | None = None,
    *,
    key: str = "ec256",
    hosts: tuple[str, ...] = HERE,
    days: tuple[float, float] = (-30, 60),
    authority: bool = False,
) -> Paper:
    """A certificate called `name`, signed by `by` (None: by itself), valid between these days from now."""
    now, own = datetime.now(UTC), key_of(key)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority:
        named = [_general(host) for host in hosts]
        builder = builder.add_extension(x509.SubjectAlternativeName(named), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return Paper(builder.sign(by.key if by else own, hashes.SHA256()), own)


@cache
def root() -> Paper:
    """The authority that the tests trust. Its key is not that of any server."""
    return _authority("CA gốc thử", None, 1)


@cache
def between() -> Paper:
    """An authority below the root."""
    return _authority("CA trung gian thử", root(), 2)


@cache
def cross() -> Paper:
    """The root once more, signed by an older one that nobody trusts; expired."""
    return _authority("CA gốc thử", _authority("CA gốc cũ", None, 3), 4, root().key, (-900, -10))


@cache
def between_of_old() -> Paper:
    """The authority below the root, with its key, in a certificate that has expired."""
    return _authority("CA trung gian thử", root(), 5, between().key, (-900, -10))


def _authority(
    name: str, by: Paper | None, number: int, own: Key | None = None, days: tuple[int, int] = (-400, 4000)
) -> Paper:
    own = own or ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(own.public_key())
        .serial_number(number)
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(by.key if by else own, hashes.SHA256())
    )
    return Paper(made, own)


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
