"""Pages that do not come, or cannot be looked at: each ends in bounded time with its name, and the next one goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from toantrinh.driver import opening, window
from toantrinh.driver.closing import close
from toantrinh.driver.endings import Fault, Unreached
from toantrinh.driver.hands import Hands
from toantrinh.driver.watch import Watch
from toantrinh.observations.journey import Reach
from toantrinh.system_model import System

from .conftest import BOUND_S
from .hard_portal import HardPortal, Talk, page, running

NESTED = "<p>một đoạn</p>" * 200_000


def stalls_after_headers(talk: Talk) -> None:
    talk.head("Content-Type: text/html; charset=utf-8")
    talk.raw(b"<!doctype html><title>a</title><p>")
    talk.stall()


def comes_late(talk: Talk) -> None:
    talk.portal.ended.wait(1.5)
    talk.answer(page("<h2>Biên nhận</h2>"))


def large(talk: Talk) -> None:
    talk.head("Content-Type: text/html; charset=utf-8")
    talk.raw(b"<!doctype html><title>a</title><body>")
    for _ in range(100):
        talk.raw(b"<p>" + b"x" * (1024 * 1024) + b"</p>")


ANSWERS = {
    "/": lambda talk: talk.answer(
        page("<a href=/treo>Nộp hồ sơ</a> <a href=/ra-ngoai>Thanh toán</a> <a href=/mai>Tiếp tục</a> <a href=/treo-giua>Tra cứu</a>")
    ),
    "/cua-so": lambda talk: talk.answer(page("<a href=/cham target=_blank>Xem biên nhận</a>")),
    "/cham": comes_late,
    "/treo": Talk.stall,
    "/treo-giua": stalls_after_headers,
    "/dong": lambda talk: None,
    "/vong": lambda talk: talk.answer(b"", 302, Location="/vong"),
    "/vong-js": lambda talk: talk.answer(page("<script>location.replace('/vong-js?'+Math.random())</script>")),
    "/ra-ngoai": lambda talk: talk.answer(b"", 302, Location="http://thanhtoan.example.vn/tra"),
    "/mai": lambda talk: talk.answer(page("<script>setTimeout(()=>{while(true);},30)</script>")),
    "/mai-ngay": lambda talk: talk.answer(page("<script>while(true);</script>")),
    "/hop-thoai": lambda talk: talk.answer(page("<script>while(true)alert('Xin chào')</script>")),
    "/lon": large,
    "/nhieu": lambda talk: talk.answer(page(NESTED)),
}
LARGE = ("/lon", "/nhieu")
FAULTS = {
    "/treo": (Fault.HANGS, Reach.REFUSED, "không trả lời xong"),
    "/treo-giua": (Fault.HANGS, Reach.REFUSED, "không trả lời xong"),
    "/dong": (Fault.CLOSES, Reach.REFUSED, "đóng kết nối"),
    "/vong": (Fault.REDIRECTS, Reach.REFUSED, "chuyển hướng không dứt"),
    "/vong-js": (Fault.REDIRECTS, Reach.REFUSED, "chuyển hướng không dứt"),
    "/ra-ngoai": (Fault.FOREIGN_HOST, Reach.BLOCKED, "thêm “thanhtoan.example.vn” vào hosts:"),
    "/mai": (Fault.ENDLESS_SCRIPT, Reach.UNANSWERED, "kịch bản của trang chạy mãi"),
    "/mai-ngay": (Fault.ENDLESS_SCRIPT, Reach.UNANSWERED, "kịch bản của trang chạy mãi"),
    "/hop-thoai": (Fault.ENDLESS_DIALOGS, Reach.REFUSED, "hộp thoại không dứt"),
    "/lon": (Fault.TOO_LARGE, Reach.BLOCKED, "trang quá lớn"),
    "/nhieu": (Fault.TOO_LARGE, Reach.BLOCKED, "trang quá lớn"),
}


@pytest.fixture(scope="module")
def portal() -> Iterator[HardPortal]:
    with running(ANSWERS) as portal:
        yield portal


@pytest.mark.parametrize("path", FAULTS)
def test_it_ends_in_time_with_its_name_and_the_next_page_comes(
    hands_at: Callable[[str], Hands], portal: HardPortal, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = hands_at(portal.address)
    if path in LARGE:  # the time is bounded all the same, but is not what ends it
        monkeypatch.setattr(opening, "PAGE_S", 20.0)
        monkeypatch.setattr(window, "STUCK_S", 20.0)
    fault, reach, said = FAULTS[path]
    started = time.monotonic()
    with pytest.raises(Unreached) as lost:
        hands.go(portal.address + path)
    assert time.monotonic() - started < (2 * BOUND_S if path in LARGE else BOUND_S)
    assert (lost.value.fault, lost.value.reach) == (fault, reach) and said in lost.value.why
    assert hands.go(portal.address + "/").heading.startswith("Cổng dịch vụ công")
    assert not hands.watch.waiting()  # or every later step waits for it


@pytest.mark.parametrize("_", range(10))  # Chromium loses the order to close now and then
def test_a_page_that_goes_round_and_round_can_be_closed(page: Page, portal: HardPortal, _: int) -> None:
    with pytest.raises(Error):
        page.goto(portal.address + "/vong-js", wait_until="domcontentloaded", timeout=500)
    close(page)
    assert page.is_closed()
    asked = portal.asked["GET /vong-js"]
    page.context.new_page().wait_for_timeout(100)
    assert portal.asked["GET /vong-js"] <= asked + 1  # what was under way


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Nộp hồ sơ", Fault.HANGS),
        ("Tra cứu", Fault.HANGS),
        ("Thanh toán", Fault.FOREIGN_HOST),
        ("Tiếp tục", Fault.ENDLESS_SCRIPT),
    ],
)
def test_a_press_that_leads_there_ends_in_the_same_way(
    hands_at: Callable[[str], Hands], portal: HardPortal, name: str, fault: Fault
) -> None:
    hands = hands_at(portal.address)
    view = hands.go(portal.address + "/")
    started = time.monotonic()
    with pytest.raises(Unreached) as lost:
        hands.press(view, next(c for c in view.controls if c.name == name))
    assert time.monotonic() - started < BOUND_S and lost.value.fault is fault
    assert hands.go(portal.address + "/").heading.startswith("Cổng dịch vụ công")
    assert not hands.watch.waiting()  # or every later step waits for it


def test_a_window_whose_page_is_slow_is_waited_for(
    hands_at: Callable[[str], Hands], portal: HardPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "FIRST_ADDRESS_MS", 300)
    hands = hands_at(portal.address)
    view = hands.go(portal.address + "/cua-so")
    after = hands.press(view, next(c for c in view.controls if c.name == "Xem biên nhận"))
    assert (after.address, len(hands.page.context.pages)) == (portal.address + "/cham", 2)


def test_a_host_where_nobody_is_home_is_the_networks_fault(hands_at: Callable[[str], Hands]) -> None:
    with pytest.raises(Unreached) as lost:
        hands_at("http://127.0.0.1:9").go("http://127.0.0.1:9/")
    assert lost.value.fault is Fault.UNREACHABLE and lost.value.reach is Reach.BLOCKED


@pytest.mark.parametrize(
    ("there", "reach", "said"), [(True, Reach.REFUSED, "vẫn trả lời"), (False, Reach.BLOCKED, "lỗi mạng của máy đo")]
)
def test_the_canary_tells_whose_fault_silence_is(
    page: Page, portal: HardPortal, system_at: Callable[[str], System], there: bool, reach: Reach, said: str
) -> None:
    with running({"/": Talk.stall}) as silent:
        canary = portal.address if there else "http://127.0.0.1:9"
        system = system_at(silent.address).model_copy(update={"canary": canary})
        with pytest.raises(Unreached) as lost:
            Hands(page, Watch(page.context, system)).go(silent.address + "/")
    assert (lost.value.fault, lost.value.reach) == (Fault.HANGS, reach) and said in lost.value.why


def test_a_browser_that_dies_over_a_page_is_our_fault_and_replaced(
    hands_at: Callable[[str], Hands], portal: HardPortal
) -> None:
    hands = hands_at(portal.address)
    view = hands.go(portal.address + "/")
    dead = hands.page
    hands.page.context.new_cdp_session(dead).on("dummy", lambda _: None)
    hands.page.evaluate("() => setTimeout(() => 0, 0)")
    crash(dead)
    with pytest.raises(Unreached) as lost:
        hands.settle()
    assert (lost.value.fault, lost.value.reach) == (Fault.CRASHED, Reach.TOOL_ERROR)
    assert hands.go(portal.address + "/").heading == view.heading and hands.page is not dead


def crash(page: Page) -> None:
    from playwright.sync_api import Error

    with pytest.raises(Error):
        page.goto("chrome://crash", timeout=5_000)


def test_an_expired_certificate_is_the_systems_fault(
    chromium: Browser, page: Page, system_at: Callable[[str], System], expired_certificate: Path
) -> None:
    with running(ANSWERS, expired_certificate) as secure:
        system = system_at(secure.address)
        with pytest.raises(Unreached) as lost:
            Hands(page, Watch(page.context, system)).go(secure.address + "/")
        assert lost.value.fault in (Fault.CERTIFICATE, Fault.UNKNOWN_ISSUER)
        own = chromium.new_context(ignore_https_errors=True)  # as for a system on this machine
        assert Hands(own.new_page(), Watch(own, system)).go(secure.address + "/").heading
        own.close()
