"""A short patience for the tests: the limits are the same code with smaller figures."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, Page

from tests.short_limits import shorten
from toantrinh.driver.hands import Hands
from toantrinh.driver.watch import Watch
from toantrinh.system_model import System
from toantrinh.systems import load_system

BOUND_S = 25.0  # no hardship may take longer with these limits, whatever the machine


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    shorten(monkeypatch, page_s=2.5)


@pytest.fixture
def system_at() -> Callable[[str], System]:
    """The demo's file for a portal at another address."""
    return lambda address: load_system("demo", base_url=address)


@pytest.fixture
def hands_at(chromium: Browser, page: Page, system_at: Callable[[str], System]) -> Callable[[str], Hands]:
    """Hands that know the system at an address."""
    return lambda address: Hands(page, Watch(page.context, system_at(address)))


@pytest.fixture(scope="session")
def expired_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that ended yesterday, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=90))
        .not_valid_after(now - datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "expired.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
