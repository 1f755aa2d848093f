"""The checks of guide, questions, hotline and figures, on real visits to the reference portal, one page changed at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from fixtures.pages import SiteRecord
from suites.functional import test_1_14_support as s14
from suites.functional import test_1_15_figures as s15
from toantrinh.judgement import Judgement
from toantrinh.observations.site import PageFacts, PageName, PageVisit
from toantrinh.observers.site.pages import observe_visit
from toantrinh.store import Observed, Store
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

NAMES = (PageName.HOME, PageName.GUIDE, PageName.QUESTIONS, PageName.FEEDBACK, PageName.FIGURES)


@pytest.fixture(scope="session")
def site(portal_address: tuple[str, Path], chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> SiteRecord:
    """Five pages of the clean portal, visited by a real browser."""
    system = load_system("demo", base_url=portal_address[0])
    store = Store(tmp_path_factory.mktemp("site"))
    visits: dict[PageName, Observed[PageVisit]] = {}

    def seen(name: PageName) -> PageFacts | None:
        visit = visits.get(name)
        return visit.data.page if visit and visit.data else None

    for name in NAMES:
        visits[name] = store.observe(
            f"site/{name}",
            PageVisit,
            lambda attachments, name=name: observe_visit(chromium, system, name, seen, attachments),
        )
    return SiteRecord(system, visits)


def changed(site: SiteRecord, name: PageName, text: Callable[[str], str]) -> SiteRecord:
    """The same site with the text of one page changed."""
    visit = site.visits[name]
    assert visit.data and visit.data.page
    page = visit.data.page.model_copy(update={"text": text(visit.data.page.text)})
    again = visit.model_copy(update={"data": visit.data.model_copy(update={"page": page})})
    return SiteRecord(site.system, {**site.visits, name: again})


def verdict_of(test: Callable[[SiteRecord], None], site: SiteRecord) -> Verdict:
    try:
        test(site)
    except Judgement as judgement:
        return judgement.verdict
    return Verdict.PASS


GUIDE = "Hướng dẫn\n1. Tìm thủ tục\n2. Đăng nhập\n3. Điền và nộp\n" + "nội dung thật của hướng dẫn " * 30
FAQ = "Hỏi đáp\nNộp ở đâu?\nTại đây.\nMất bao lâu?\nBa ngày.\nTốn bao nhiêu?\nKhông mất phí."
FIGURES = "Thống kê quý 3 năm 2026\nSở Tư pháp: nhận 12 hồ sơ (số hồ sơ đã nhận), hoàn thành 10, quá hạn 0"
TOTAL = (
    "Số liệu đến ngày 21/11/2026, cập nhật ngày 21 tháng 11 năm 2026\nSố hồ sơ tiếp nhận: 1.204\nĐã giải quyết: 1.100\n"
    "Đúng hạn: 98%"
)
CASES = [
    (s14.test_guide, PageName.GUIDE, lambda t: "Hướng dẫn\nĐang cập nhật", lambda t: GUIDE),
    (s14.test_questions, PageName.QUESTIONS, lambda t: "Hỏi đáp: chưa có nội dung", lambda t: FAQ),
    (s15.test_figures_by_agency_and_period, PageName.FIGURES, lambda t: "Số liệu: đang cập nhật", lambda t: FIGURES),
    (s15.test_figures_by_agency_and_period, PageName.FIGURES, lambda t: TOTAL, lambda t: FIGURES.upper()),
]


@pytest.mark.parametrize(("test", "name", "wrong", "alike"), CASES, ids=lambda one: getattr(one, "__name__", str(one)))
def test_a_page_without_its_content_is_caught_and_an_unusual_one_is_not(
    test: Any, name: PageName, wrong: Any, alike: Any, site: SiteRecord
) -> None:
    assert verdict_of(test, site) is Verdict.PASS
    assert verdict_of(test, changed(site, name, wrong)) in (Verdict.FAIL, Verdict.PARTIAL)
    assert verdict_of(test, changed(site, name, alike)) is Verdict.PASS


@pytest.mark.parametrize(
    ("words", "is_by_agency"),
    [
        ("Cục Đường bộ Việt Nam: 12 hồ sơ", True),
        ("UBND XÃ SAO MAI 12", True),
        ("Chọn đơn vị để xem", True),
        ("phường Sao Mai 3", True),
        ("cơ sở dữ liệu, dịch vụ công trực tuyến toàn trình, bảo hiểm xã hội, toàn bộ hồ sơ", False),
        ("Số hồ sơ", False),
    ],
)
def test_figures_name_agencies_in_many_ways(words: str, is_by_agency: bool, site: SiteRecord) -> None:
    there = changed(site, PageName.FIGURES, lambda text: f"{TOTAL}\nTháng 10/2026\n{words}")
    verdict = verdict_of(s15.test_figures_by_agency_and_period, there)
    assert verdict is (Verdict.PASS if is_by_agency else Verdict.PARTIAL)


def test_the_hotline_is_looked_for_on_several_pages(site: SiteRecord) -> None:
    def without_numbers(text: str) -> str:
        return "".join(c for c in text if not c.isdigit())

    def other_number(text: str) -> str:
        return without_numbers(text) + " Đường dây nóng: (024) 3825 1234"

    bare = site
    for name in (PageName.HOME, PageName.GUIDE, PageName.FEEDBACK):
        bare = changed(bare, name, without_numbers)
    assert verdict_of(s14.test_hotline, site) is Verdict.PASS
    assert verdict_of(s14.test_hotline, bare) is Verdict.FAIL
    assert verdict_of(s14.test_hotline, changed(bare, PageName.GUIDE, other_number)) is Verdict.PASS
