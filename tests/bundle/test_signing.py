"""Signatures: who signed a manifest, and every way in which that can fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from tests.main_job_started import Judge, own_environment
from toantrinh.bundle import signing
from toantrinh.mistakes import UserMistake

MANIFEST = b'{"tool": "0.1.0", "files": []}'


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys in the test's own folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_pair_signs_and_verifies() -> None:
    pair = signing.make_pair("so-tttt")
    raw = signing.sign(MANIFEST, signing.private_key("so-tttt"))
    assert signing.fault_of(raw, MANIFEST) == ""
    assert signing.fault_of(raw, MANIFEST, signing.public_key(str(pair.public))) == ""
    assert signing.signer_of(raw) == pair.fingerprint and pair.fingerprint.startswith("SHA256:")


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_the_private_key_is_for_its_owner_alone_and_in_no_report() -> None:
    pair = signing.make_pair("so-tttt")
    assert pair.private.stat().st_mode & 0o777 == 0o600
    assert pair.private.parent.stat().st_mode & 0o777 == 0o700
    assert "reports" not in pair.private.parts
    pair.private.chmod(0o644)
    with pytest.raises(UserMistake, match=r"others can read this private key\..*chmod 600"):
        signing.private_key(str(pair.private))


@pytest.mark.parametrize("seed", range(20))  # of keys whose texts end in each of the ways that there are
def test_a_changed_manifest_and_each_changed_byte_of_a_signature_are_found(seed: int) -> None:
    raw = signing.sign(MANIFEST, Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32)))
    assert "không khớp" in signing.fault_of(raw, MANIFEST + b" ")
    silent = [
        at for at in range(len(raw)) if not signing.fault_of(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :], MANIFEST)
    ]
    assert silent == []


def test_a_sound_signature_of_another_key_is_another_key() -> None:
    for name in ("a", "b"):
        signing.make_pair(name)
    raw = signing.sign(MANIFEST, signing.private_key("a"))
    assert signing.fault_of(raw, MANIFEST, signing.public_key("b")).startswith("chữ ký là của khóa khác: SHA256:")


def test_a_key_is_never_written_over() -> None:
    before = signing.make_pair("a").private.read_bytes()
    with pytest.raises(UserMistake, match="such a key already"):
        signing.make_pair("a")
    assert signing.private_key("a") and (signing.keys_folder() / "a.pem").read_bytes() == before


@pytest.mark.parametrize("name", ["../a", "a/b", "", ".a", "a" * 65])
def test_a_name_that_is_no_name(name: str) -> None:
    with pytest.raises(UserMistake, match="letters, digits"):
        signing.make_pair(name)


def _rsa() -> bytes:
    return generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _locked() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            lambda: b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "holds no private key, or is damaged",
        ),
        (lambda: b"", "holds no private key"),
        (_rsa, "no Ed25519 key"),
        (_locked, "asks for a password"),
    ],
)
def test_a_private_key_that_cannot_be_used_is_one_line(tmp_path: Path, made: Callable[[], bytes], said: str) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(made())
    path.chmod(0o600)
    with pytest.raises(UserMistake, match=said) as caught:
        signing.private_key(str(path))
    assert "\n" not in str(caught.value)


def test_keys_that_are_not_there_or_in_each_others_place(tmp_path: Path) -> None:
    pair = signing.make_pair("a")
    with pytest.raises(UserMistake, match=r"nobody: there is no such key\. Make a pair"):
        signing.private_key("nobody")
    with pytest.raises(UserMistake, match="this is the private key"):
        signing.public_key(str(pair.private))
    (tmp_path / "x.pub").write_bytes(b"ssh-ed25519 AAAA")
    with pytest.raises(UserMistake, match="holds no public key"):
        signing.public_key(str(tmp_path / "x.pub"))


def test_a_run_with_a_key_that_is_not_there_begins_nothing(tmp_path: Path) -> None:
    judge = Judge(own_environment(tmp_path / "compiled"), tmp_path / "reports")
    for options, environment in ((("--sign-with=nobody",), {}), ((), {"TOANTRINH_SIGNING_KEY": "nobody"})):
        ended = judge("--system=demo", *options, **environment)
        assert ended.status == 2 and "nobody: there is no such key." in ended.out + ended.err
        assert not ended.reports.exists()
