"""A whole bundle is searched for every secret of the run that made it, as the portal and the system's file know them."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.bundle.conftest import SignedRun
from tests.bundle.kept_texts import Kept, holders
from tests.bundle.secrets_of_run import of_portal, of_strangers, of_system_file, overheard
from toantrinh.systems import load_system

SECRET = "k7Qw2ZrT9xLmPb4Vn8Ys"


@pytest.fixture(scope="module")
def kept(signed_run: SignedRun) -> Kept:
    """What can be read in the bundle."""
    return Kept(signed_run.bundle)


def test_the_run_had_secrets_of_every_kind_and_its_bundle_was_opened(signed_run: SignedRun, kept: Kept) -> None:
    kinds = {what for what, _ in overheard(signed_run.heard)}
    assert {
        "cookie issued: phien", "cookie issued: dinh_danh", "đã gõ: mat-khau", "đã gõ: ma-xac-thuc", "đã gõ: ma_pin",
        "passed: code", "passed: state", "passed: nonce", "passed: code_verifier", "passed: access_token",
        "passed: id_token", "passed: authorization", "passed: _csrf",
    } <= kinds  # fmt: skip
    assert {"zip", "json"} <= kept.kinds
    assert any(name.endswith("trace.zip") for name in kept.words)


def test_none_of_them_is_kept(signed_run: SignedRun, kept: Kept) -> None:
    system = load_system("demo")
    held = {
        *of_system_file(system), *of_portal(signed_run.data), *of_strangers(signed_run.data, system),
        *overheard(signed_run.heard),
    }  # fmt: skip
    assert len(held) > 60
    assert {(what, *holders(kept, value)) for what, value in held if holders(kept, value)} == set()


def test_what_the_run_may_show_is_there(kept: Kept) -> None:
    """A look-alike: the name of the invented person is test data, and a bundle without services says nothing."""
    assert holders(kept, "1.001193") and holders(kept, "Nghiệm")


@pytest.mark.parametrize(
    "written",
    [
        SECRET.encode(),
        base64.b64encode(f"ab{SECRET}cd".encode()),
        base64.urlsafe_b64encode(json.dumps({"x": SECRET}).encode() * 3),
        quote(quote(f"/?x={SECRET}&", safe=""), safe="").encode(),
        gzip.compress(SECRET.encode(), mtime=0),
        json.dumps({"a": json.dumps({"b": SECRET})}).encode(),
        f"&#x6b;{SECRET[1:]}".encode(),
        b'"\\u006b' + SECRET[1:].encode() + b'"',
        SECRET.encode().hex().encode(),
    ],
    ids=["plain", "base64", "base64url", "percent", "gzip", "json", "reference", "escaped", "hexadecimal"],
)
def test_the_search_finds_a_secret_in_each_wrapping(tmp_path: Path, written: bytes) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("resource.txt", b"before " + written + b" behind" if written[:2] != b"\x1f\x8b" else written)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("evidence/trace.zip", inner.getvalue())
        packed.writestr("evidence/other.txt", b"nothing")
    assert holders(Kept(tmp_path / "x.zip"), SECRET) == ["evidence/trace.zip"]
