"""Traces are kept without what opens a door: cookies, tokens, passwords."""

from __future__ import annotations

import io
import json
import zipfile

from playwright.sync_api import Browser

from toantrinh.redaction import MARK, Redactor, mask_tokens
from toantrinh.traces import clean_trace


def test_tokens_in_addresses_are_masked_and_their_names_stay() -> None:
    address = "http://dvc.example/dang-nhap/ket-qua?code=abc123&state=xyz&trang=2#access_token=q"
    assert mask_tokens(address) == "http://dvc.example/dang-nhap/ket-qua?code=***&state=***&trang=2#access_token=***"


def test_other_parameters_stay_as_they_are() -> None:
    address = "http://dvc.example/thu-tuc?ma=1.001193&tu-khoa=m%C3%A3+code&postcode=700000"
    assert mask_tokens(address) == address


def test_a_real_trace_keeps_neither_cookie_nor_password(chromium: Browser, tmp_path) -> None:  # type: ignore[no-untyped-def]
    context = chromium.new_context()
    context.tracing.start(screenshots=True, snapshots=True)
    page = context.new_page()
    page.route(
        "http://127.0.0.1/**",
        lambda route: route.fulfill(
            body="<form><input name=p type=password><button>Gửi</button></form>",
            headers={"content-type": "text/html", "set-cookie": "phien=bi-mat-cua-phien; Path=/"},
        ),
    )
    page.goto("http://127.0.0.1/?code=ma-mot-lan")
    page.fill("input", "Sieu-bi-mat-9")
    page.click("button")
    page.goto("http://127.0.0.1/lan-hai")
    context.tracing.stop(path=tmp_path / "trace.zip")
    context.close()

    cleaned = clean_trace((tmp_path / "trace.zip").read_bytes(), Redactor(["Sieu-bi-mat-9"]).clean)

    with zipfile.ZipFile(io.BytesIO(cleaned)) as trace:
        assert trace.testzip() is None
        everything = b"\n".join(trace.read(name) for name in trace.namelist())
        network = [json.loads(line) for line in trace.read("trace.network").splitlines()]
    assert b"http://127.0.0.1/lan-hai" in everything and network
    for secret in (b"bi-mat-cua-phien", b"Sieu-bi-mat-9", b"ma-mot-lan"):
        assert secret not in everything
    assert MARK.encode() in everything


def test_what_one_place_gives_away_is_taken_out_of_every_place(chromium: Browser, tmp_path) -> None:  # type: ignore[no-untyped-def]
    cookie, token = "k7Qw2ZrT9xLmPb4Vn8Ys", "Zp4-hG7_uE2wRq9tYc3x"
    context = chromium.new_context()
    context.tracing.start(screenshots=True, snapshots=True)
    page = context.new_page()
    page.route(
        "http://127.0.0.1/**",
        lambda route: route.fulfill(
            body=f"<p>Mã hồ sơ 000.00.21.H99-261123-0001</p><form method=post><input type=hidden name=_csrf value='{token}'>"
            f"<button>Gửi</button></form><script>window.phien = '{cookie}'</script>",
            headers={"content-type": "text/html", "set-cookie": f"phien={cookie}; Path=/"},
        ),
    )
    page.goto("http://127.0.0.1/")
    page.click("button")
    page.goto(f"http://127.0.0.1/phien/{cookie}")
    context.tracing.stop(path=tmp_path / "trace.zip")
    context.close()

    cleaned = clean_trace((tmp_path / "trace.zip").read_bytes(), lambda text: text)

    with zipfile.ZipFile(io.BytesIO(cleaned)) as trace:
        everything = b"\n".join(trace.read(name) for name in trace.namelist())
    for secret in (cookie, token):
        assert secret.encode() not in everything
    assert b"000.00.21.H99-261123-0001" in everything and b"_csrf" in everything
