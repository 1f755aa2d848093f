"""Portals that hang on their measuring host, and others that do not: driven for real while that host misbehaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from suites.emc import test_6_4_interference as e64
from tests.suites_pages.conftest import verdict_of
from tests.suites_pages.small_portal import TAG, Portal, SmallPage, clean, served
from toantrinh.observations.interference import Disturbance, Interference, Passage, Place, Stop
from toantrinh.observers.interference import observe_interference
from toantrinh.store import Attachments, NotObserved
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
CODE, NAME = "1.000656", "Thủ tục đăng ký khai tử"
FREE = {"Content-Security-Policy": ""}
DELAY_S = 4.0
SEARCH = (
    '<form action="/thu-tuc" role="search"><label>Tìm thủ tục <input type="search" name="tu-khoa"></label>'
    "<button>Tìm kiếm</button></form>"
)
WAITING_TAG = (
    "<script>window._govaq=[['setTrackerUrl','COLLECTOR/tracking'],['setSiteId','4064'],['trackPageView']]</script>"
)
BLOCKING = f'{WAITING_TAG}<script src="COLLECTOR/embed/gov-tracking.min.js"></script>'
# The search form is sent by what the tracker's script makes of the queue; without it pressing the button does nothing.
HANGING = (
    "<script>document.querySelector('form').addEventListener('submit', function (event) { event.preventDefault();"
    "if (Array.isArray(window._govaq)) throw new Error('no tracker'); location.href = '/thu-tuc?tu-khoa=1'; });</script>"
)


def portal(tag: str = TAG, home: str = "") -> Portal:
    pages = clean()
    link = f'<ul><li><a href="/thu-tuc/{CODE}">{NAME}</a></li></ul>'
    detail = f"<p>{NAME}, mã {CODE}</p><p>Nội dung của thủ tục.</p>"
    log_in = '<form><label>Mật khẩu <input type="password"></label><button>Đăng nhập</button></form>'
    return {
        **pages,
        "/": SmallPage("Trang chủ", SEARCH + home, tag=tag, headers=FREE),
        "/thu-tuc": SmallPage("Kết quả tìm kiếm", SEARCH + link, tag=tag, headers=FREE),
        f"/thu-tuc/{CODE}": SmallPage(NAME, detail, tag=tag, headers=FREE),
        "/dang-nhap": SmallPage("Đăng nhập", log_in, tag=tag, headers=FREE),
    }


@dataclass
class Records:
    """Stands in for the fixture: every disturbance is made on one portal."""

    make: Callable[[Disturbance], Interference]

    def under(self, disturbance: Disturbance) -> Interference:
        return self.make(disturbance)


@contextmanager
def seen(chromium: Browser, folder: Path, pages: Portal) -> Iterator[Records]:
    with served(pages) as address:
        system = load_system("demo", base_url=address)
        service = next(one for one in system.services if one.code == CODE)

        def make(disturbance: Disturbance) -> Interference:
            attachments = Attachments(folder, str(disturbance), str)
            return observe_interference(
                chromium, system, service, disturbance, attachments, no_account="không dùng", delay_s=DELAY_S
            )

        yield Records(make)


def test_a_tag_that_loads_beside_the_page_does_no_harm(chromium: Browser, tmp_path: Path) -> None:
    with seen(chromium, tmp_path, portal()) as records:
        slow = records.under(Disturbance.SLOW)
        assert [stop.place for stop in slow.disturbed[0].stops] == [Place.HOME, Place.DETAIL, Place.LOG_IN]
        assert verdict_of(e64.test_works_while_slow, Records(lambda _: slow)) == (P, "")
        for check in (e64.test_works_while_down, e64.test_works_with_rubbish):
            assert verdict_of(check, records) == (P, "")


def test_a_script_that_blocks_the_page_makes_it_wait(chromium: Browser, tmp_path: Path) -> None:
    with seen(chromium, tmp_path, portal(BLOCKING)) as records:
        verdict, words = verdict_of(e64.test_works_while_slow, records)
        assert verdict is F and "trang chờ máy đo" in words and "Trang chủ" in words, words


def test_a_form_that_needs_the_tracker_is_not_sent(chromium: Browser, tmp_path: Path) -> None:
    with seen(chromium, tmp_path, portal(BLOCKING, HANGING)) as records:
        for check in (e64.test_works_while_down, e64.test_works_with_rubbish):
            verdict, words = verdict_of(check, records)
            assert verdict is F and "Tìm và mở thủ tục" in words and "no tracker" in words, words


def test_without_a_tag_nothing_is_tried(chromium: Browser, tmp_path: Path) -> None:
    with seen(chromium, tmp_path, portal("")) as records, pytest.raises(NotObserved, match="không trang nào gọi"):
        records.under(Disturbance.SLOW)


def passage(*seconds: float, disturbed: bool, met: int = 3, heading: str = "Trang") -> Passage:
    stops = tuple(
        Stop(place=place, address="http://x/", heading=heading, duration_ms=took * 1000)
        for place, took in zip(Place, seconds, strict=False)
    )
    return Passage(disturbed=disturbed, stops=stops, met=met)


def record(plain: list[Passage], disturbed: list[Passage]) -> Interference:
    return Interference(
        disturbance=Disturbance.SLOW, service=CODE, delay_s=10, hosts=("m",), passages=(*plain, *disturbed)
    )  # fmt: skip


def usual(*seconds: float) -> list[Passage]:
    return [passage(one, disturbed=False) for one in seconds]


def disturbed(*seconds: float, **facts: int | str) -> list[Passage]:
    return [passage(one, disturbed=True, **facts) for one in seconds]  # type: ignore[arg-type]


CASES: list[tuple[str, Interference, Verdict, str]] = [
    ("as fast", record(usual(1, 1.1, 0.9), disturbed(1.2, 1, 1.3)), P, ""),
    ("waits for the answer", record(usual(1, 1.1, 0.9), disturbed(11, 10.5, 11.2)), F, "1,0 giây thành 11,0 giây"),
    ("waits for a part of it", record(usual(1, 1.1, 0.9), disturbed(4, 4.1, 3.9)), F, "4,0 giây"),
    ("slow once, by chance", record(usual(1, 1.1, 0.9), disturbed(1, 9, 1.1)), P, ""),
    ("slow as it is undisturbed", record(usual(8, 12, 9), disturbed(12, 11.5, 9)), P, ""),
    ("slow at times, undisturbed too", record(usual(1, 9, 1), disturbed(8, 9, 1.1)), REVIEW, "có lúc chậm"),
    ("nothing was disturbed", record(usual(1, 1), disturbed(1, 1, met=0)), OPEN, "không có yêu cầu nào"),
    ("another page each time", record(usual(1, 1), disturbed(1, 1, heading="Lỗi")), F, "hiện trang khác"),
    ("another page once", record(usual(1, 1), [*disturbed(1), *disturbed(1, heading="Lỗi")]), REVIEW, "lúc được"),
    ("a place not reached undisturbed either", record([passage(disturbed=False)], [passage(disturbed=True)] * 2), P, ""),
]  # fmt: skip


@pytest.mark.parametrize(("seen_so", "wanted", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_figures_decide(seen_so: Interference, wanted: Verdict, said: str) -> None:
    verdict, words = verdict_of(e64.test_works_while_slow, Records(lambda _: seen_so))
    assert verdict is wanted, words
    assert said in words
