"""What a certificate says of itself, and which hosts its names stand for (RFC 5280, RFC 9525)."""

from __future__ import annotations

import hashlib
import ipaddress
import warnings
from collections.abc import Iterable
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

from toantrinh.observations.channel import CertificateFacts


def read_chain(chain: Iterable[bytes]) -> tuple[CertificateFacts, ...]:
    """The certificates of a chain (DER), as it was sent. Raises ValueError for one that cannot be read."""
    return tuple(read_certificate(one) for one in chain)


def read_certificate(encoded: bytes) -> CertificateFacts:
    """One certificate (DER). Raises ValueError when it cannot be read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd serial numbers and the like, which old certificates have
        certificate = x509.load_der_x509_certificate(encoded)
        key, bits, curve = _key(certificate)
        names, addresses = _names(certificate)
        return CertificateFacts(
            subject=certificate.subject.rfc4514_string(),
            issuer=certificate.issuer.rfc4514_string(),
            names=names,
            addresses=addresses,
            begins=_moment(certificate.not_valid_before_utc),
            ends=_moment(certificate.not_valid_after_utc),
            key=key,
            key_bits=bits,
            curve=curve,
            digest=_digest(certificate),
            signed_by_itself=_signed_by_itself(certificate),
            serial=f"{certificate.serial_number:x}",
            sha256=hashlib.sha256(encoded).hexdigest(),
        )


def stands_for(certificate: CertificateFacts, host: str) -> bool:
    """True when the certificate's alternative names cover the host, as browsers read them.

    A wildcard is the whole leftmost label and stands for one label (RFC 9525 §6.3); the common name does not count.
    """
    plain = host.strip("[]").rstrip(".").lower()
    try:
        wanted = ipaddress.ip_address(plain)
    except ValueError:
        return any(_covers(name, _ascii(plain)) for name in certificate.names)
    return any(ipaddress.ip_address(one) == wanted for one in certificate.addresses)


def _covers(name: str, host: str) -> bool:
    pattern = _ascii(name.rstrip(".").lower())
    if pattern.startswith("*."):
        first, _, rest = host.partition(".")
        return bool(first) and "." in rest and rest == pattern[2:]
    return "*" not in pattern and pattern == host


def _ascii(name: str) -> str:
    try:
        return name.encode("idna").decode() if not name.isascii() else name
    except UnicodeError:
        return name


def _names(certificate: x509.Certificate) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return (), ()
    except (x509.UnsupportedGeneralNameType, x509.DuplicateExtension) as error:  # a browser may read what we cannot
        raise ValueError(f"tên trong chứng thư có dạng lạ ({error})") from error
    addresses = found.get_values_for_type(x509.IPAddress)
    return tuple(found.get_values_for_type(x509.DNSName)), tuple(str(one) for one in addresses)


def _key(certificate: x509.Certificate) -> tuple[str, int | None, str]:
    """(kind, size in bits, curve)."""
    try:
        key = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return certificate.public_key_algorithm_oid.dotted_string, None, ""
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size, ""
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC", key.curve.key_size, key.curve.name
    if isinstance(key, dsa.DSAPublicKey):
        return "DSA", key.key_size, ""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "Ed25519", 256, ""
    return ("Ed448", 456, "") if isinstance(key, ed448.Ed448PublicKey) else (type(key).__name__, None, "")


def _digest(certificate: x509.Certificate) -> str:
    try:
        algorithm = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return certificate.signature_algorithm_oid.dotted_string
    return algorithm.name if algorithm else "sha512"  # Ed25519 and Ed448 hash by themselves


def _signed_by_itself(certificate: x509.Certificate) -> bool:
    if certificate.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(certificate)
    except Exception:  # whatever is wrong with the signature: it is not its own
        return False
    return True


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
