"""Downloads: at most so many bytes in so much time, from the hosts of the file alone, each hop looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Window

from toantrinh.driver import files
from toantrinh.driver.fetching import Fetched, Limits, fetch
from toantrinh.driver.files import file_behind
from toantrinh.driver.hands import Hands

from .hard_portal import HardPortal, Talk, page, running

LIMITS = Limits(most_bytes=2 * 1024 * 1024, seconds=3)
LOCAL = frozenset({"127.0.0.1"})
TO_PRESS = "".join(
    f"<button onclick=\"location='{path}'\">Tải {path}</button>" for path in ("/bien-nhan", "/vo-tan-tai", "/qua-lon")
)


def endless(talk: Talk) -> None:
    talk.head("Content-Type: application/pdf")
    talk.forever(b"x" * 65536)


def endless_attachment(talk: Talk) -> None:
    talk.head("Content-Type: application/pdf", "Content-Disposition: attachment; filename=bien-nhan.pdf")
    while not talk.portal.ended.wait(0.02):
        talk.raw(b"x" * 65536)


def dripping(talk: Talk) -> None:
    talk.head("Content-Type: application/pdf")
    while not talk.portal.ended.wait(0.05):
        talk.raw(b"x")


def dripping_headers(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\n")
    while not talk.portal.ended.wait(0.05):
        talk.raw(b"X-A: b\r\nX-L: ")


def cut_off(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 900\r\n\r\n%PDF-")


def now_and_then(talk: Talk) -> None:
    failed = talk.portal.asked["GET /luc-loi"] == 1
    talk.answer(b"loi" if failed else b"%PDF-1.7", 500 if failed else 200, "application/pdf")


@pytest.fixture(scope="module")
def portal() -> Iterator[HardPortal]:
    answers = {
        "/vo-tan": endless,
        "/nho-giot": dripping,
        "/nho-giot-dau": dripping_headers,
        "/dut": cut_off,
        "/treo": Talk.stall,
        "/luc-loi": now_and_then,
        "/luon-loi": lambda talk: talk.answer(b"loi", 500),
        "/vong": lambda talk: talk.answer(b"", 302, Location="/vong"),
        "/ra-ngoai": lambda talk: talk.answer(b"", 302, Location="http://elsewhere.example/a.pdf"),
        "/tep": lambda talk: talk.answer(b"file:///etc/hostname", 302, Location="file:///etc/hostname"),
        "/": lambda talk: talk.answer(page(TO_PRESS)),
        "/bien-nhan": lambda talk: talk.answer(b"%PDF-1.7", 200, "application/pdf", Content_Disposition="attachment; filename=bien-nhan.pdf"),
        "/vo-tan-tai": endless_attachment,
        "/qua-lon": lambda talk: talk.answer(b"%PDF" + b"a" * files.MOST_BYTES, 200, "application/pdf", Content_Disposition="attachment; filename=bien-nhan.pdf"),
        "/dat": lambda talk: talk.answer(b"", 302, Location="/doc", Set_Cookie="phien=moi; Path=/; HttpOnly"),
        "/doc": lambda talk: talk.answer(talk.cookies.encode(), 200, "text/plain"),
    }
    with running(answers) as portal:
        yield portal


@pytest.fixture
def context(page: Window) -> BrowserContext:
    return page.context


def timed(context: BrowserContext, address: str) -> tuple[Fetched, float]:
    started = time.monotonic()
    return fetch(context, address, LOCAL, limits=LIMITS), time.monotonic() - started


def test_a_stream_of_five_gigabytes_is_left_at_the_limit(context: BrowserContext, portal: HardPortal) -> None:
    got, _ = timed(context, f"{portal.address}/vo-tan")
    assert got.status == 200 and got.content == b"" and got.why == "lớn hơn 2 MiB nên không tải hết"
    assert portal.sent < 40 * 1024 * 1024  # what the sockets hold besides, never five gigabytes


@pytest.mark.parametrize("path", ["/nho-giot", "/nho-giot-dau", "/treo"])
def test_what_never_ends_ends_in_time(context: BrowserContext, portal: HardPortal, path: str) -> None:
    got, seconds = timed(context, portal.address + path)
    assert seconds < LIMITS.seconds + 3
    assert got.content == b"" and got.why


def test_a_file_that_breaks_off_is_no_file(context: BrowserContext, portal: HardPortal) -> None:
    got, _ = timed(context, f"{portal.address}/dut")
    assert got.content == b"" and got.why.startswith("đứt giữa chừng sau 5 byte")


def test_an_error_is_asked_about_once_more_and_said(context: BrowserContext, portal: HardPortal) -> None:
    got, _ = timed(context, f"{portal.address}/luc-loi")
    assert (got.status, got.content) == (200, b"%PDF-1.7")
    assert got.notes == ("GET /luc-loi trả 500: hỏi lại một lần",)


def test_an_error_that_stays_is_what_came(context: BrowserContext, portal: HardPortal) -> None:
    got, _ = timed(context, f"{portal.address}/luon-loi")
    assert (got.status, got.content, got.why) == (500, b"loi", "")
    assert portal.asked["GET /luon-loi"] == 2


def test_an_endless_redirect_is_left(context: BrowserContext, portal: HardPortal) -> None:
    got, _ = timed(context, f"{portal.address}/vong")
    assert got.status is None and got.why == "chuyển hướng quá 6 lần"


@pytest.mark.parametrize(("path", "host"), [("/ra-ngoai", "elsewhere.example"), ("/tep", "file:///etc/hostname")])
def test_a_redirect_elsewhere_is_not_followed_and_said(
    context: BrowserContext, portal: HardPortal, path: str, host: str
) -> None:
    got, _ = timed(context, portal.address + path)
    assert got.status is None and got.content == b"" and host in got.why and "hosts" in got.why


def test_cookies_go_out_and_come_back(context: BrowserContext, portal: HardPortal) -> None:
    context.add_cookies([{"name": "phien", "value": "cu", "url": portal.address}])
    assert timed(context, f"{portal.address}/doc")[0].content == b"phien=cu"
    assert timed(context, f"{portal.address}/dat")[0].content == b"phien=moi"
    assert [c["value"] for c in context.cookies(portal.address)] == ["moi"]


def test_nobody_there_is_said(context: BrowserContext) -> None:
    got, _ = timed(context, "http://127.0.0.1:9/tep")
    assert got.status is None and got.why


@pytest.mark.parametrize(
    ("path", "content", "note"),
    [
        ("/bien-nhan", b"%PDF-1.7", ()),
        ("/vo-tan-tai", b"", ("tệp bien-nhan.pdf: tải quá 2 giây chưa xong, đã dừng",)),
        ("/qua-lon", b"", ("tệp bien-nhan.pdf: 25 MiB, quá lớn để đọc",)),
    ],
)
def test_a_file_that_a_press_gives_has_its_limits_too(
    hands_at: Callable[[str], Hands], portal: HardPortal, monkeypatch: pytest.MonkeyPatch, path: str, content: bytes,
    note: tuple[str, ...],
) -> None:  # fmt: skip
    monkeypatch.setattr(files, "DOWNLOAD_S", 2.0)
    hands = hands_at(portal.address)
    view = hands.go(portal.address + "/")
    got, address = file_behind(hands, view, next(c for c in view.controls if c.name == f"Tải {path}"))
    assert got == content and tuple(hands.watch.notes) == note
    assert address == (portal.address + path if content else "")
    assert hands.go(portal.address + "/").heading.startswith("Cổng dịch vụ công")
