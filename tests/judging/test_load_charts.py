"""The charts of a load run: their geometry, what they say in words, and that the page stays usable with them."""

from __future__ import annotations

import random
from dataclasses import astuple
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.judging.test_scorecard_page import opened
from toantrinh.observations.load_run import Figures, KneeFacts, LoadRun, Sending, Stage, StageName, TickFacts
from toantrinh.reports import html
from toantrinh.reports.load_charts import pictures_of
from toantrinh.reports.plots import across, panel, scale
from toantrinh.scorecard import Scorecard
from toantrinh.store import Store
from toantrinh.systems import load_system

TITLES = ("Trang chủ", "Tìm kiếm", "Xem chi tiết", "Mở biểu mẫu", "Tải giấy tờ lên", "Nộp hồ sơ", "Tra cứu")
THRESHOLDS = load_system("demo").thresholds


def figures(title: str, slow: float, count: int, wrong: int = 0) -> Figures:
    return Figures(
        operation=title, title=title, count=count, errors={"mã lỗi HTTP": wrong} if wrong else {}, waited=count - wrong,
        mean=slow, p50=0.9 * slow, p90=1.4 * slow, p95=1.8 * slow, p99=3 * slow, slowest=4 * slow, quickest=0.5 * slow,
    )  # fmt: skip


def stage(name: StageName, begun: float, seconds: float, citizens: int = 0, rate: float = 0, wrong: int = 0) -> Stage:
    operations = tuple(figures(title, 0.05 + 0.03 * at, 20 + at, wrong) for at, title in enumerate(TITLES))
    together = figures("", 0.12, sum(one.count for one in operations), wrong * len(TITLES))
    answered = citizens / 5 if citizens <= 100 else 22.0
    return Stage(
        name=name, begun=begun, seconds=seconds, lasted=seconds, citizens=citizens, rate=rate, think_s=5,
        offered=citizens / 5 if citizens else None, answered=answered, together=together, operations=operations,
    )  # fmt: skip


def ticks(seconds: int, wrong_from: int = 10_000) -> tuple[TickFacts, ...]:
    chance = random.Random(7)
    return tuple(
        TickFacts(
            at=at, answers=8 + chance.randrange(5), errors=3 if at >= wrong_from else 0,
            p50=None if at == 4 else 0.08 + 0.02 * chance.random(), p95=None if at == 4 else 0.2 + 0.3 * chance.random(),
            under_way=2,
        )
        for at in range(seconds)
    )  # fmt: skip


def sending(stages: tuple[Stage, ...], seconds: int, wrong_from: int = 10_000) -> Sending:
    return Sending(
        plan="plan.json", samples="samples.csv.gz", planned_s=seconds, lasted_s=seconds, requests=900,
        within_reach=2400, ticks=ticks(seconds, wrong_from), stages=stages,
    )  # fmt: skip


@pytest.fixture
def run() -> LoadRun:
    normal = (
        stage(StageName.NORMAL, 0, 15, rate=4),
        stage(StageName.PEAK, 15, 3, rate=12),
        stage(StageName.RECOVERY, 18, 5, rate=4),
    )
    steps = tuple(stage(StageName.STEP, 3 * at, 3, citizens=50 * (at + 1), wrong=at) for at in range(4))
    return LoadRun(
        service="1.001193", normal=sending(normal, 23), crowds=sending(steps, 12, 9), required=200, allowed=500,
        think_s=5, knee=KneeFacts(citizens=100, most_per_second=22.0),
        unmeasured=("Đăng nhập: ở máy của bên cấp định danh, không gửi tải.",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("most", "ends"),
    [(0, (0.0, 1.0)), (0.9, (0, 0.25, 0.5, 0.75, 1.0)), (23, (0, 10, 20, 30)), (100, (0, 25, 50, 75, 100))],
)
def test_scales_are_round_and_reach_the_highest(most: float, ends: tuple[float, ...]) -> None:
    assert scale(most) == pytest.approx(ends)


def test_labels_at_the_ends_stay_inside() -> None:
    assert [(tick.at, tick.anchor) for tick in across([0, 5, 10])] == [(0, "start"), (50, "middle"), (100, "end")]


def test_a_gap_is_no_line_and_a_far_threshold_presses_nothing_down() -> None:
    drawn = panel("x", 100, 4, [("a", [(0, 1.0), (1, 2.0), (2, None), (3, 1.0)])], limit=(50, "xa"))
    assert [line.points for line in drawn.lines] == ["0.0,50.0 250.0,0.0", "750.0,50.0"] and drawn.limit is None
    near = panel("x", 100, 4, [("a", [(0, 1.0)])], limit=(2, "gần"))
    assert near.limit is not None and near.limit.at == 0


def test_every_chart_says_its_figures_in_words_and_rows(run: LoadRun) -> None:
    made = pictures_of(run, THRESHOLDS)
    assert made.crowds and made.steps and made.errors
    assert "Điểm gãy sau bậc 100 người; nhiều nhất 22 lượt mỗi giây" in made.steps.says
    assert [row[0] for row in made.steps.table.rows] == ["50", "100", "150", "200"]
    assert len(made.waiting.table.rows) == 23 and made.waiting.table.rows[4][3] == "–"
    assert [part.name for part in made.waiting.stretches] == ["tải thường", "đợt đỉnh", "sau đỉnh"]
    assert ("bậc 200 người", "Tra cứu: mã lỗi HTTP", 3, 100) in [astuple(one) for one in made.errors]
    assert [one.wide for one in made.errors if one.stage == "bậc 100 người"] == [33.33] * 7
    assert dict(made.facts)["Máy đo"] == "theo kịp suốt lần đo, gửi được khoảng 2400 yêu cầu mỗi giây"


def test_a_run_that_was_stopped_says_so_and_one_without_steps_has_no_such_chart(run: LoadRun) -> None:
    why = "25% trong 40 lượt gần nhất không nhận được đúng trang"
    stopped = run.model_copy(update={"normal": run.normal.model_copy(update={"stopped": why}), "crowds": None})
    made = pictures_of(stopped, None)
    assert made.crowds is made.steps is None and f"Dừng sớm: {why}." in made.waiting.says
    assert dict(made.facts)["Dừng sớm"] == why


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1366, "light")])
def test_the_page_with_charts_is_accessible_and_never_scrolls_sideways(
    run: LoadRun, scorecard: Scorecard, run_dir: Path, chromium: Browser, width: int, scheme: str
) -> None:
    Store(run_dir).observe("load/run", LoadRun, lambda attachments: run)
    page = opened(
        chromium,
        html.write(scorecard, run_dir, THRESHOLDS),
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    page.locator("#performance details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert page.get_by_role("img", name="Điểm gãy sau bậc 100 người").count() == 1
    assert page.locator("#performance table").count() == 5
    found = Axe().run(page, context="#performance").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("#performance").screenshot(path=str(run_dir / "performance.png"))
    assert (run_dir / "performance.png").stat().st_size > 10_000
