"""An address is the system's own when the same web server answers there."""

from __future__ import annotations

import pytest

from toantrinh.ownership import at_home, left_to_http

BASE = "https://dichvucong.hue.gov.vn/dvc"


@pytest.mark.parametrize(
    "address",
    [
        "https://dichvucong.hue.gov.vn/dvc/thu-tuc?trang=2#dau",
        "https://dichvucong.hue.gov.vn/",
        "https://DichVuCong.hue.gov.vn:443/thu-tuc",
        "http://dichvucong.hue.gov.vn/thu-tuc",
    ],
)
def test_the_same_server_is_home(address: str) -> None:
    assert at_home(address, BASE)


@pytest.mark.parametrize(
    "address",
    [
        "https://dichvucong.hue.gov.vn.example.com/",
        "https://dichvucong.hue.gov.vn@example.com/",
        "https://sso.hue.gov.vn/",
        "https://dichvucong.hue.gov.vn:8443/",
        "http://dichvucong.hue.gov.vn:443/",
        "https://dichvucong.hue.gov.vn:cong/",
        "about:blank",
        "mailto:ho-tro@dichvucong.hue.gov.vn",
        "/thu-tuc",
        "",
    ],
)
def test_any_other_address_is_not(address: str) -> None:
    assert not at_home(address, BASE)


def test_ports_of_one_machine_are_different_parties() -> None:
    assert at_home("http://127.0.0.1:8080/thu-tuc", "http://127.0.0.1:8080")
    assert not at_home("http://127.0.0.1:8081/", "http://127.0.0.1:8080")


def test_nobodys_address_is_not_at_home_at_another() -> None:
    assert not at_home("about:blank", "about:blank")


def test_on_this_machine_plain_http_has_any_port() -> None:
    base = "https://127.0.0.1:8443"
    assert left_to_http("http://127.0.0.1:35051/huong-dan", base)
    assert not left_to_http("https://127.0.0.1:35051/", base)
    assert not left_to_http("http://127.0.0.2:80/", base) and not left_to_http("http://[", base)
    assert not left_to_http("http://cong.example:8080/", "https://cong.example")
    assert not left_to_http("http://127.0.0.1:9/", "http://127.0.0.1:8080")
