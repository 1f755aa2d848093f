"""HTTPS for the test portal: an authority and a server certificate made at start, and the server's side of TLS.

Policy: TLS 1.2 and 1.3, forward secrecy and authenticated encryption only (Mozilla "intermediate").
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cheroot.errors import FatalSSLAlert
from cheroot.ssl import Adapter
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.defects import has_defect

CIPHERS = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305"  # for TLS 1.2
OLD_CIPHERS = "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA"
LIFE = timedelta(days=90)
HOSTS = ("localhost",)
ADDRESSES = ("127.0.0.1", "::1")


@dataclass(frozen=True)
class Certificates:
    """The files (PEM): the authority to trust, the portal's certificate, that of the other parties, the key of both."""

    authority: Path
    certificate: Path
    of_others: Path
    key: Path


def make(folder: Path) -> Certificates:
    """New certificates in `folder`, valid for 90 days. The authority's key is thrown away."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority_name = _name("Cổng mẫu Sao Mai – CA thử nghiệm")
    authority = (
        _certificate(authority_name, authority_name, authority_key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName(host) for host in HOSTS]
    addresses = [x509.IPAddress(ipaddress.ip_address(address)) for address in ADDRESSES]

    def leaf(made_at: datetime) -> bytes:
        return (
            _certificate(_name("localhost"), authority_name, key, made_at)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName([*names, *addresses]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
            )
            .sign(authority_key, hashes.SHA256())
            .public_bytes(serialization.Encoding.PEM)
        )

    files = Certificates(folder / "ca.pem", folder / "may-chu.pem", folder / "doi-tac.pem", folder / "may-chu.key")
    files.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    files.certificate.write_bytes(leaf(now - _age()))
    files.of_others.write_bytes(leaf(now))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with open(os.open(files.key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(private)
    return files


def context(files: Certificates, certificate: Path) -> ssl.SSLContext:
    """The server's side of TLS under this module's policy, with one of the certificates of `files`."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers(CIPHERS)
    _weaken(made)
    made.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_SINGLE_ECDH_USE
    made.load_cert_chain(certificate, files.key)
    made.sslsocket_class = _QuietSocket
    return made


def _weaken(made: ssl.SSLContext) -> None:
    """Takes what this module's policy refuses, by the defects that are switched on."""
    old = has_defect("channel.old-versions")
    if old or has_defect("channel.old-suites"):
        made.set_ciphers(f"{CIPHERS}:{OLD_CIPHERS}" + (":@SECLEVEL=0" if old else ""))
    if old:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            made.minimum_version = ssl.TLSVersion.TLSv1


class TlsAdapter(BuiltinSSLAdapter):
    """Cheroot's adapter, but the handshake is left to the worker thread: a slow client must not stop the listener."""

    def __init__(self, made: ssl.SSLContext) -> None:
        Adapter.__init__(self, None, None)
        self._context = made

    @property
    def context(self) -> ssl.SSLContext:
        """The TLS context."""
        return self._context

    @context.setter
    def context(self, _made: ssl.SSLContext | None) -> None:
        """Cheroot resets it while it starts; ours is given to the constructor."""

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, Any]]:
        wrapped = self._context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, {"wsgi.url_scheme": "https", "HTTPS": "on"}


class _QuietSocket(ssl.SSLSocket):
    """A handshake that fails ends the connection, without an answer and without noise."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        try:
            return super().recv_into(*args, **kwargs)
        except ssl.SSLError as fault:
            raise FatalSSLAlert(*fault.args) from fault


def _age() -> timedelta:
    """How long ago the portal's certificate was made."""
    return LIFE + timedelta(days=1) if has_defect("channel.expired-certificate") else timedelta(0)


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
