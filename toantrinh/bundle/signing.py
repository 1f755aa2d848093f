"""Ed25519 signatures (RFC 8032) of a manifest: key pairs, signing, checking.

`manifest.sig` stands beside the manifest whose bytes it signs and carries the public key and its fingerprint (SHA-256
of its 32 bytes, in base64, as OpenSSH writes it). Private keys are PEM files (PKCS #8) for their owner alone.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from pydantic import BaseModel, ConfigDict, ValidationError

from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.sessions import folder as sessions_folder
from toantrinh.store import SIGNATURE

LARGEST = 4096  # bytes of a signature file
_NAME = re.compile(r"[A-Za-z0-9][\w.\-]{0,63}", re.ASCII)


class KeyPair(NamedTuple):
    """Where a pair lies, and the fingerprint by which people compare it."""

    private: Path
    public: Path
    fingerprint: str


class _Signature(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    algorithm: str
    fingerprint: str
    public_key: str
    signature: str


def keys_folder() -> Path:
    """Where this user's signing keys are kept: beside the stored log-ins, never in a run's folder."""
    return sessions_folder().parent / "keys"


def make_pair(name: str) -> KeyPair:
    """Makes a pair under a plain name. Raises UserMistake when there is one, or the disk refuses."""
    if not _NAME.fullmatch(name):
        raise UserMistake("a key's name is letters, digits, dots and dashes.", name, "Such as: toantrinh keys so-tttt")
    home = keys_folder()
    private, public = home / f"{name}.pem", home / f"{name}.pub"
    key = Ed25519PrivateKey.generate()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(private, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
        _write_new(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)
    except FileExistsError as error:
        raise UserMistake("there is such a key already.", str(error.filename), "Choose another name.") from None
    except OSError as error:
        raise UserMistake(f"the key cannot be kept ({error.strerror}).", str(home)) from None
    return KeyPair(private, public, fingerprint_of(key.public_key()))


def private_key(named: str) -> Ed25519PrivateKey:
    """The private key in a file, or under a name of `keys_folder`. Raises UserMistake."""
    path = _file(named, ".pem")
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UserMistake("others can read this private key.", shown(path), f"Keep it for yourself: chmod 600 {path}")
    try:
        key = load_pem_private_key(_bytes(path), password=None)
    except TypeError:
        raise UserMistake("this key asks for a password.", shown(path), "Give one without.") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UserMistake("this file holds no private key, or is damaged.", shown(path), _ADVICE) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UserMistake("this is no Ed25519 key.", shown(path), _ADVICE)
    return key


def public_key(named: str) -> Ed25519PublicKey:
    """The public key in a file, or under a name of `keys_folder`. Raises UserMistake."""
    path = _file(named, ".pub")
    raw = _bytes(path)
    if b"PRIVATE KEY" in raw:
        raise UserMistake(
            "this is the private key; to verify, the public one is enough.", shown(path), "Name the .pub."
        )
    try:
        key = load_pem_public_key(raw)
    except (ValueError, UnsupportedAlgorithm):
        raise UserMistake("this file holds no public key, or is damaged.", shown(path), _ADVICE) from None
    if not isinstance(key, Ed25519PublicKey):
        raise UserMistake("this is no Ed25519 key.", shown(path), _ADVICE)
    return key


_ADVICE = "Make a pair: toantrinh keys NAME."


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """`SHA256:…` of a public key."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.public_bytes_raw()).digest()).decode().rstrip("=")


def sign(manifest: bytes, key: Ed25519PrivateKey) -> bytes:
    """`manifest.sig` for the bytes of a manifest."""
    public = key.public_key()
    return _written(
        _Signature(
            algorithm="Ed25519",
            fingerprint=fingerprint_of(public),
            public_key=base64.b64encode(public.public_bytes_raw()).decode(),
            signature=base64.b64encode(key.sign(manifest)).decode(),
        )
    )


def _decoded(text: str) -> bytes:
    """Bytes of base64 in its one canonical form (RFC 4648, 3.5): no other text stands for them. Raises ValueError."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("bits that mean nothing are set")
    return raw


def fault_of(raw: bytes, manifest: bytes, expected: Ed25519PublicKey | None = None) -> str:
    """What is wrong with a signature, in Vietnamese; empty when it holds and is of the `expected` key, if any."""
    try:
        told = _Signature.model_validate_json(raw)
        key = Ed25519PublicKey.from_public_bytes(_decoded(told.public_key))
        signature = _decoded(told.signature)
    except (ValidationError, ValueError, binascii.Error):
        return f"{SIGNATURE} hỏng, không đọc được chữ ký"
    if _written(told) != raw or told.algorithm != "Ed25519" or told.fingerprint != fingerprint_of(key):
        return f"{SIGNATURE} đã bị sửa"
    if expected is not None and fingerprint_of(expected) != told.fingerprint:
        return f"chữ ký là của khóa khác: {told.fingerprint}, không phải {fingerprint_of(expected)}"
    try:
        key.verify(signature, manifest)
    except InvalidSignature:
        return f"chữ ký không khớp: manifest.json hoặc {SIGNATURE} đã bị sửa sau khi ký"
    return ""


def signer_of(raw: bytes) -> str:
    """The fingerprint in a signature in which no fault was found."""
    return _Signature.model_validate_json(raw).fingerprint


def _written(signature: _Signature) -> bytes:
    return json.dumps(signature.model_dump(), indent=1).encode()


def _file(named: str, suffix: str) -> Path:
    for path in (Path(named).expanduser(), keys_folder() / f"{named}{suffix}"):
        if path.is_file():
            return path
    raise UserMistake("there is no such key.", named, _ADVICE)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserMistake(f"the key cannot be read ({error.strerror}).", shown(path)) from None


def _write_new(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
