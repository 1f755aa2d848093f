"""The checks of 3.4 and its advice on records of loads: which pass, which fail for the right reason, which are for a
person, and which only look as if."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fixtures.loading import Loading
from suites.performance import test_3_4_loading_speed as p34
from suites.performance import test_advice_loading as advice
from tests.loading.test_rounds import cold
from toantrinh.judgement import Judgement
from toantrinh.observations.loading import (
    MOST_OTHERS,
    ColdLoad,
    Frame,
    LargestContent,
    LoadingPage,
    LoadingRecord,
    LostLoad,
    PageLoads,
    Profile,
)
from toantrinh.observations.page import PageKind
from toantrinh.observers.loading.beside import ROUNDS_BESIDE
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, OPEN, REVIEW, TOOL = Verdict.PASS, Verdict.FAIL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW, Verdict.TOOL_ERROR
HOME, SEARCH, DETAIL, FORM = LoadingPage
PROFILE = Profile(name="đường truyền thử", latency_ms=50, down_kbps=15_000, up_kbps=5_000, cpu_slower=2)
BUSY = MOST_OTHERS + 0.1
ELEMENT = LargestContent(selector="#anh", markup="<img>", address="https://dichvucong.example.vn/lon.png")
Column = Callable[[int], dict[str, Any]]


def loads(page: LoadingPage, column: Column = lambda number: {}, count: int = 5, **facts: Any) -> PageLoads:
    """Loads of a page whose facts are what `column` says for each round."""
    made = tuple(cold(number, **column(number)) for number in range(1, count + 1))
    film = (Frame(at_ms=0, path=f"{page}-0.jpg", shown=0), Frame(at_ms=300, path=f"{page}-300.jpg", shown=1))
    whole = {"page": page, "address": f"https://dichvucong.example.vn/{page}", "loads": made, "film": film}
    return PageLoads(**{**whole, **facts})


def record(**pages: PageLoads) -> LoadingRecord:
    """Quick loads of all four pages, but for those that are given."""
    usual = tuple(pages.get(one.value, loads(one)) for one in LoadingPage)
    return LoadingRecord(profile=PROFILE, browser="chromium 1", viewport=(1366, 768), seed=1, pages=usual)


def loading(**pages: PageLoads) -> Loading:
    return Loading(record(**pages), load_system("demo"), "observations/loading/quiet.json")


def verdict(check: Callable[..., None], *records: Any) -> tuple[Verdict, str]:
    try:
        check(*records)
    except Judgement as judgement:
        grounds = judgement.grounds
        return judgement.verdict, " | ".join((judgement.message, grounds.expected, grounds.seen, grounds.where))
    return P, ""


def around(name: str, middle: float, noise: float = 0.02) -> Column:
    """A figure that differs a little from load to load."""
    return lambda number: {name: middle * (1 + noise * (number - 3))}


FIRST, LARGEST = p34.test_first_content, p34.test_largest_content
SHOWN, TASKS = p34.test_fully_displayed, p34.test_no_long_task
CASES = [
    ("all quick", FIRST, {}, P, ""),
    ("all quick", LARGEST, {}, P, ""),
    ("all quick", SHOWN, {}, P, ""),
    ("all quick", TASKS, {}, P, ""),
    ("late first content", FIRST, {"home": loads(HOME, around("first_content_ms", 3400))}, F, "Trang chủ 3,40 giây"),
    ("just below", FIRST, {"home": loads(HOME, around("first_content_ms", 2700))}, P, ""),
    ("late picture", LARGEST, {"form": loads(FORM, lambda n: {"largest_content_ms": 5000.0 + n, "largest": ELEMENT})}, F, "phần tử https://dichvucong.example.vn/lon.png"),
    ("slow to be shown", SHOWN, {"search": loads(SEARCH, around("speed_index_ms", 7000))}, F, "Kết quả tìm kiếm 7,00 giây"),
    ("shown slowly is no late content", LARGEST, {"search": loads(SEARCH, around("speed_index_ms", 7000))}, P, ""),
    ("one long task", TASKS, {"detail": loads(DETAIL, around("longest_task_ms", 900))}, F, "Chi tiết thủ tục 0,90 giây"),
    ("many short ones", TASKS, {"detail": loads(DETAIL, around("blocking_ms", 2000))}, P, ""),
    ("the profile is told", FIRST, {"home": loads(HOME, around("first_content_ms", 9000))}, F, "15/5 Mbit/s, trễ 50 ms, bộ xử lý chậm 2 lần"),
    ("noise over the limit", FIRST, {"home": loads(HOME, around("first_content_ms", 3000, 0.2))}, REVIEW, "dao động"),
    ("one accident in seven", FIRST, {"home": loads(HOME, lambda n: {"first_content_ms": 9000.0 if n == 4 else 500.0}, 7)}, P, ""),
    ("a busy machine charges nobody", FIRST, {"home": loads(HOME, lambda n: {"first_content_ms": 5000.0 + n, "others": BUSY})}, TOOL, "máy đo bận"),
    ("quick even so", FIRST, {"home": loads(HOME, lambda n: {"others": BUSY})}, P, ""),
    ("calm loads are enough", FIRST, {"home": loads(HOME, lambda n: {"others": BUSY, "first_content_ms": 9000.0} if n < 3 else {}, 7)}, P, ""),
    ("a slow page beside a busy one", FIRST, {"home": loads(HOME, around("first_content_ms", 5000)), "form": loads(FORM, lambda n: {"first_content_ms": 5000.0, "others": BUSY})}, F, "Trang chủ"),
    ("no form without a log-in", FIRST, {"form": loads(FORM, count=0, why="Biểu mẫu: không có tài khoản")}, OPEN, "Biểu mẫu: không có tài khoản; đạt ở Trang chủ"),
    ("a slow page is charged without a form, too", FIRST, {"home": loads(HOME, around("first_content_ms", 5000)), "form": loads(FORM, count=0, why="Biểu mẫu: không có tài khoản")}, F, "Trang chủ"),
    ("too few loads", FIRST, {"home": loads(HOME, count=4)}, OPEN, "mới có 4 lần tải"),
    ("a firewall", FIRST, {"home": loads(HOME, count=0, lost=(LostLoad(round=1, kind=PageKind.BLOCK, why="access denied"),) * 2)}, OPEN, "2 lần tải không gặp đúng trang (access denied)"),
    ("an endless spinner", FIRST, {"home": loads(HOME, count=0, lost=(LostLoad(round=1, kind=PageKind.BLANK, why="trang chỉ báo đang tải"),) * 2)}, REVIEW, "đang tải"),
    ("not told by the browser", LARGEST, {"home": loads(HOME, lambda n: {"largest_content_ms": None})}, OPEN, "không cho biết nội dung lớn nhất"),
    ("heavy page", advice.test_pages_are_light, {"detail": loads(DETAIL, lambda n: {"sent_bytes": 2_000_000})}, F, "Chi tiết thủ tục 1953 KB, 8 yêu cầu, HTTP/1.1, 100% văn bản được nén"),
    ("light pages", advice.test_pages_are_light, {"detail": loads(DETAIL, lambda n: {"sent_bytes": 1_500_000})}, P, ""),
    ("weight of a form that was not seen", advice.test_pages_are_light, {"form": loads(FORM, count=0, why="Biểu mẫu: không có tài khoản")}, OPEN, "không có tài khoản"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "pages", "wanted", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_verdicts(check: Callable[..., None], pages: dict[str, PageLoads], wanted: Verdict, said: str) -> None:
    got, message = verdict(check, loading(**pages))

    assert (got, said in message) == (wanted, True), message


def test_a_finding_shows_the_film_of_its_page_and_a_pass_its_figures() -> None:
    slow = loading(home=loads(HOME, around("first_content_ms", 3400)))
    verdict(FIRST, slow)
    assert [one.path for one in slow.evidence] == ["home-0.jpg", "home-300.jpg", "observations/loading/quiet.json"]
    assert slow.evidence[1].title == "Trang chủ sau 0,30 giây"

    quick = loading()
    verdict(FIRST, quick)
    (told,) = quick.evidence
    assert "Biểu mẫu 0,30 giây (0,30–0,30; 5 lần tải)" in told.title and "đường truyền thử" in told.title


def test_figures_of_pages_tell_protocol_and_requests() -> None:
    quick = loading(home=loads(HOME, lambda n: {"protocols": {"h2": 8}, "compressed_bytes": 10_000}))
    assert verdict(advice.test_pages_are_light, quick) == (P, "")
    assert "Trang chủ 88 KB, 8 yêu cầu, HTTP/2, 25% văn bản được nén" in quick.evidence[0].title


def beside(why: str = "", column: Column = lambda number: {}, **pages: PageLoads) -> LoadingRecord:
    usual = {one.value: loads(one, column, ROUNDS_BESIDE) for one in LoadingPage}
    made = record(**{**usual, **pages})
    return made.model_copy(update={"beside": "tải thường: 20 người đến mỗi giây", "why_not_trusted": why})


def slowed(times: float) -> Column:
    """All figures of quick loads, so many times slower."""
    names = ("first_content_ms", "largest_content_ms", "speed_index_ms")

    def column(number: int) -> dict[str, Any]:
        quick: ColdLoad = cold(number)
        return {name: times * getattr(quick, name) for name in names}

    return column


@pytest.mark.parametrize(
    ("busy", "elsewhere", "wanted", "said"),
    [
        (beside(), True, P, ""),
        (beside(column=slowed(1.8)), True, P, ""),
        (beside(column=slowed(4)), True, F, "0,30 giây lúc rảnh, 1,20 giây khi có tải"),
        (beside(column=slowed(4)), False, REVIEW, "chậm hơn hai lần"),
        (beside(column=slowed(4)).model_copy(update={"not_alone": "gw1"}), True, REVIEW, "việc khác (gw1)"),
        (beside(column=lambda n: {"first_content_ms": 200.0 + 300 * n}), True, REVIEW, "dao động"),
        (beside("bộ phát tải không kịp", slowed(4)), True, TOOL, "bộ phát tải không kịp"),
        (beside(column=lambda n: {**slowed(4)(n), "others": BUSY}), True, TOOL, "máy đo bận"),
        (beside(form=loads(FORM, count=0, why="Biểu mẫu: hết phiên")), True, OPEN, "Biểu mẫu: hết phiên"),
        (beside(form=loads(FORM, lambda n: {"largest_content_ms": None}, ROUNDS_BESIDE)), True, P, ""),
    ],
    ids=["as quick", "not twice", "four times", "on one machine", "others at work", "noise", "generator strained",
         "machine strained", "no form", "a figure that is not told"],
)  # fmt: skip
def test_how_pages_show_themselves_beside_others(
    busy: LoadingRecord, elsewhere: bool, wanted: Verdict, said: str
) -> None:
    quiet = loading()
    if elsewhere:
        quiet = replace(quiet, system=quiet.system.model_copy(update={"base_url": "https://dichvucong.example.vn"}))

    got, message = verdict(advice.test_pages_show_quickly_under_load, quiet, busy)

    assert (got, said in message) == (wanted, True), message
