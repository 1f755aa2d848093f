"""Secrets in addresses, headers and bodies by their names; ordinary words stay."""

from __future__ import annotations

import pytest

from toantrinh.observers.prober.masking import masked, masked_address, masked_headers
from toantrinh.observers.session.witness import CREDENTIALS

SECRET = "Zq7Geheim1"


@pytest.mark.parametrize(
    "name",
    ["p_auth", "sig", "X-Amz-Credential", "X-Amz-Security-Token", "X-Amz-Signature", "formkey", "SAMLResponse", "sessionId",
     "access_token", "jwt", "apikey", "__EVENTVALIDATION", "Signature", "AWSAccessKeyId"],
)  # fmt: skip
def test_a_secret_in_an_address_is_masked(name: str) -> None:
    address = f"https://dvc.example/tep?trang=2&{name}={SECRET}%2F1&loai=3"
    assert masked_address(address) == f"https://dvc.example/tep?trang=2&{name}=***&loai=3"


def test_the_session_of_apex_is_masked() -> None:
    assert masked_address("https://dvc.example/ords/f?p=100:1:8433212345678::NO") == (
        "https://dvc.example/ords/f?p=100:1:***::NO"
    )


@pytest.mark.parametrize(
    "address",
    ["/tim?design=3&signal=4&assign=5&p_p_id=6", "/xem?p=100:1", "/xem?p=12", "/f?key=khai&auth=0&sessions=3", "/a?x-amz-date=2"],
)  # fmt: skip
def test_ordinary_parameters_stay(address: str) -> None:
    assert masked_address(address) == address


@pytest.mark.parametrize("name", ["X-Session-Id", "X-Auth", "apikey", "X-JWT", "X-Access-Token", "token", "Session-Id"])
def test_a_secret_in_a_header_is_masked_and_known_as_a_credential(name: str) -> None:
    assert SECRET not in str(masked_headers({name: SECRET})) and CREDENTIALS.fullmatch(name)


def test_ordinary_headers_stay() -> None:
    plain = {"X-Author": "Sở Tư pháp", "X-Session-Timeout": "30", "X-Requested-With": "XMLHttpRequest", "Accept": "*/*"}
    assert masked_headers(plain) == plain
    assert not any(CREDENTIALS.fullmatch(name) for name in plain)


@pytest.mark.parametrize("name", ["p_auth", "formkey", "SAMLResponse", "__EVENTVALIDATION", "p_instance", "sessionId"])
@pytest.mark.parametrize(
    "form",
    ["{}={}&trang=2", "trang=2&{}={}", '{{"{}": "{}", "trang": 2}}', '<input type=hidden name="{}" value="{}">'],
)  # fmt: skip
def test_a_secret_in_a_body_is_masked(name: str, form: str) -> None:
    kept = masked(form.format(name, SECRET))
    assert SECRET not in kept and name in kept and ("2" in kept or "hidden" in kept)


def test_ordinary_text_stays() -> None:
    text = "Design: mới; signal=4; Mã phiên: 12; session: sáng; khóa: ngoại; p_p_id=hồ-sơ; chữ ký: đã ký; auth=0"
    assert masked(text) == text
