"""Secrets are resolved when they are needed, never shown, and taken out of whatever is kept."""

from __future__ import annotations

import base64
import html
import json
import pickle
import sys
import types
import unicodedata
from urllib.parse import quote, quote_plus

import pytest

from toantrinh.mistakes import UserMistake
from toantrinh.redaction import MARK, Redactor
from toantrinh.secrets import Secret, resolve

VALUE = 'Mật khẩu+"bí/mật"?&<1>'


def test_a_secret_shows_only_to_reveal() -> None:
    secret = Secret(VALUE)
    assert {str(secret), repr(secret), f"{secret}", f"{secret!s:>3}", f"{secret}"} == {"•••"}
    assert repr({"password": [secret]}) == "{'password': [•••]}"
    assert secret.reveal() == VALUE
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_secrets_are_equal_by_value() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert Secret("a") != "a"


def test_env_takes_the_variable_and_names_it_when_it_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUE_PASSWORD", VALUE)
    assert resolve("env:HUE_PASSWORD").reveal() == VALUE
    monkeypatch.delenv("HUE_PASSWORD")
    with pytest.raises(UserMistake, match=r"variable HUE_PASSWORD is not set\. Set HUE_PASSWORD and start again"):
        resolve("env:HUE_PASSWORD")


def test_public_is_the_value_itself() -> None:
    assert resolve("public:a:b").reveal() == "a:b"


def test_a_missing_keyring_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(UserMistake, match=r"keyring:hue/citizen: the package .* pip install toantrinh\[keyring\]"):
        resolve("keyring:hue/citizen")


def test_the_keyring_is_asked_and_an_empty_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {("hue", "citizen"): VALUE}
    keyring, errors = types.ModuleType("keyring"), types.ModuleType("keyring.errors")
    keyring.get_password = lambda service, name: held.get((service, name))  # type: ignore[attr-defined]
    keyring.errors, errors.KeyringError = errors, type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert resolve("keyring:hue/citizen").reveal() == VALUE
    with pytest.raises(UserMistake, match="keyring set hue officer"):
        resolve("keyring:hue/officer")


def test_a_text_that_is_no_reference_is_refused_and_not_repeated() -> None:
    with pytest.raises(UserMistake) as mistake:
        resolve("Mat-khau-123")
    assert "Mat-khau-123" not in str(mistake.value)


@pytest.mark.parametrize("value", [VALUE, "Thu-nghiem-2026", "a b+c/d=e~f", "ĐÀ-NẴNG-2026", "x" * 7])
@pytest.mark.parametrize(
    "written",
    [
        lambda value: value,
        lambda value: quote(value),
        lambda value: quote(value, safe=""),
        lambda value: quote_plus(value),
        lambda value: quote(quote(value, safe=""), safe=""),
        lambda value: json.dumps({"p": value}),
        lambda value: json.dumps({"p": value}, ensure_ascii=False),
        lambda value: json.dumps(json.dumps({"p": value})),
        lambda value: html.escape(value),
        lambda value: unicodedata.normalize("NFD", value),
        lambda value: value.encode().hex(),
        lambda value: base64.b64encode(value.encode()).decode(),
        lambda value: base64.urlsafe_b64encode(value.encode()).decode(),
        lambda value: base64.b64encode(f"user:{value}".encode()).decode(),
        lambda value: base64.b64encode(f"u:{value};x".encode()).decode(),
        lambda value: base64.b64encode(f"us:{value};".encode()).decode(),
    ],
)
def test_a_secret_is_taken_out_in_every_writing(value: str, written: object) -> None:
    text: str = written(value)  # type: ignore[operator]
    cleaned = Redactor([Secret(value)]).clean(f"before {text} after")
    assert MARK in cleaned
    assert cleaned.startswith("before ") and cleaned.endswith(" after")
    quarter = len(text) // 4
    assert text[quarter:-quarter] not in cleaned


def test_percent_encoding_in_lower_case_is_taken_out() -> None:
    cleaned = Redactor(["mật khẩu"]).clean("p=m%e1%ba%adt%20kh%e1%ba%a9u&x=1")
    assert cleaned == f"p={MARK}&x=1"


def test_a_short_secret_goes_only_where_it_stands_alone() -> None:
    assert Redactor(["an"]).clean("an toàn, Lan, (an)") == f"{MARK} toàn, Lan, ({MARK})"


def test_a_code_of_digits_goes_also_between_letters_but_not_within_a_longer_number() -> None:
    cleaned = Redactor(["482913"]).clean('"otp":"482913", OTP482913là mã, \\n482913, 1482913, 48291307')
    assert cleaned == f'"otp":"{MARK}", OTP{MARK}là mã, \\n{MARK}, 1482913, 48291307'


def test_the_longer_secret_goes_first() -> None:
    assert Redactor(["matkhau", "matkhau-dai"]).clean("matkhau-dai") == MARK


def test_nothing_known_changes_nothing() -> None:
    assert Redactor().clean("text") == "text"
    assert Redactor(["", "  "]).clean("a  b") == "a  b"
    assert Redactor().clean_bytes(b"\xff") == b"\xff"


def test_data_is_cleaned_with_its_keys_and_bytes_keep_their_shape() -> None:
    redactor = Redactor(["bi-mat-1"]).with_more([Secret("bi-mat-2")])
    assert redactor.clean_data({"bi-mat-1": ["x bi-mat-2", 3, None]}) == {MARK: [f"x {MARK}", 3, None]}
    assert redactor.clean_bytes(b"\xffbi-mat-1\xfe") == b"\xff" + MARK.encode() + b"\xfe"
    assert "bi-mat" not in repr(redactor)
