"""Pictures of how pages show themselves: medians beside those under load, a film strip, a waterfall."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.judging.conftest import SHOT
from tests.judging.test_scorecard_page import opened
from toantrinh.observations.loading import (
    ColdLoad,
    EndedBy,
    FileLoaded,
    Frame,
    LoadingPage,
    LoadingRecord,
    PageLoads,
    Profile,
)
from toantrinh.reports import html
from toantrinh.reports.html import LOADING
from toantrinh.reports.loading_charts import MOST_FILES, loading_pictures_of
from toantrinh.scorecard import Scorecard
from toantrinh.store import Store

PROFILE = Profile(name="4G", latency_ms=60, down_kbps=9000, up_kbps=3000, cpu_slower=2)


def load(number: int, first: float | None, slower: float = 1) -> ColdLoad:
    return ColdLoad(
        round=number, ended_by=EndedBy.REST, first_byte_ms=200, largest_content_ms=1200 * slower, speed_index_ms=1500,
        first_content_ms=None if first is None else first * slower, shown_ms=1600, loaded_ms=1700, longest_task_ms=120,
        blocking_ms=70, sent_bytes=300_000, requests=12, protocols={"http/1.1": 12}, text_bytes=90_000,
        compressed_bytes=90_000,
    )  # fmt: skip


def file(number: int, start: float, end: float | None = 900) -> FileLoaded:
    return FileLoaded(
        address=f"https://a.example/tinh/b%C3%A1o-c%C3%A1o-{number}.js?v=1", kind="Script", status=200, start_ms=start,
        first_byte_ms=start + 100, end_ms=end, sent_bytes=20_000, body_bytes=60_000, protocol="http/1.1",
        content_type="text/javascript", encoding="gzip",
    )  # fmt: skip


def record(slower: float = 1, files: tuple[FileLoaded, ...] = ()) -> LoadingRecord:
    home = PageLoads(
        page=LoadingPage.HOME, address="https://a.example/", film_round=2,
        loads=tuple(load(at, first, slower) for at, first in enumerate((800.0, 900.0, 700.0, None, 850.0))),
        film=tuple(Frame(at_ms=400 * at, path=SHOT, shown=at / 5) for at in range(6)),
    )  # fmt: skip
    form = PageLoads(page=LoadingPage.FORM, address="", why="không có phiên đăng nhập")
    return LoadingRecord(
        profile=PROFILE, browser="Chromium 140", viewport=(1366, 768), seed=1, pages=(home, form),
        slowest=LoadingPage.HOME, files=files,
    )  # fmt: skip


def test_medians_are_those_of_the_loads_that_told_and_stand_beside_those_under_load() -> None:
    made = loading_pictures_of(record(), record(slower=2))
    home, form = made.figures.rows
    assert home[:4] == ("Trang chủ", "5", "0,82 (0,70–0,90) / 1,65", "1,20 (1,20–1,20) / 2,40")
    assert form[1:] == ("0", "–", "–", "–", "–", "–", "không có phiên đăng nhập")
    assert "4G (9/3 Mbit/s, trễ 60 ms, bộ xử lý chậm 2 lần); Chromium 140" in made.profile


def test_the_waterfall_has_the_requests_in_order_and_the_moments_of_its_load() -> None:
    fall = loading_pictures_of(record(files=(file(2, 500), file(1, 0), file(3, 600, None)))).waterfall
    assert fall is not None and fall.more == 0
    assert [one.name for one in fall.spans] == ["báo-cáo-1.js", "báo-cáo-2.js", "báo-cáo-3.js"]
    assert [words for _, words in fall.marks] == ["nội dung đầu tiên 0,70 giây", "nội dung lớn nhất 1,20 giây"]
    assert all(one.at >= 0 and one.at + one.wait + one.take <= 100.01 for one in fall.spans)
    assert fall.spans[2].lasted == "–"
    many = loading_pictures_of(record(files=tuple(file(at, at) for at in range(MOST_FILES + 3)))).waterfall
    assert many is not None and len(many.spans) == MOST_FILES and many.more == 3
    assert loading_pictures_of(record()).waterfall is None


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1366, "dark")])
def test_the_page_shows_them_accessibly(
    scorecard: Scorecard, run_dir: Path, chromium: Browser, width: int, scheme: str
) -> None:
    store = Store(run_dir)
    store.observe(LOADING[0], LoadingRecord, lambda attachments: record(files=(file(1, 0), file(2, 300))))
    store.observe(LOADING[1], LoadingRecord, lambda attachments: record(slower=1.5))
    page = opened(
        chromium,
        html.write(scorecard, run_dir),
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    assert page.get_by_role("img", name="Sau 1,2 giây hiện 60% trang").count() == 1
    found = Axe().run(page, context="#performance").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("#performance").screenshot(path=str(run_dir / "loading.png"))
