"""Each check of load: a system that passes, one that fails for the right reason, look-alikes that stay silent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from fixtures.load import Load
from suites.performance import test_3_1_mean_response as t31
from suites.performance import test_3_2_slowest as t32
from suites.performance import test_3_3_concurrent as t33
from suites.performance import test_3_5_stability as t35
from tests.suites_performance.worlds import (
    Answer,
    Turn,
    World,
    answers,
    measured,
    steady,
    system_of,
    verdict_of,
)
from toantrinh.load.samples import Came
from toantrinh.verdicts import Verdict

P, F, HALF = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL
OPEN, REVIEW, OURS = Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW, Verdict.TOOL_ERROR
NORMAL, PEAK, AFTER, STEP = "normal", "peak", "recovery", "step"

MEAN, P95 = t31.test_mean_is_within_the_limit, t31.test_p95_is_within_twice_the_limit
SLOWEST, LATE = t32.test_slowest_is_within_the_limit, t32.test_nothing_times_out
CITIZENS, ERRORS = t33.test_required_citizens_are_served, t33.test_errors_are_few
KNEE = t33.test_knee_lies_beyond
DRIFT, SOAK, RECOVERS = t35.test_soak_shows_no_drift, t35.test_soak_shows_no_error, t35.test_recovers_after_the_peak
ALL = (MEAN, P95, SLOWEST, LATE, CITIZENS, ERRORS, KNEE, DRIFT, SOAK, RECOVERS)


def when(test: Callable[[Turn], bool], then: Answer) -> World:
    """This answer where the test says so, the usual one elsewhere."""
    return lambda turn: then if test(turn) else steady(turn)


def every(count: int, stretch: str, then: Answer, *names: str) -> World:
    """This answer to each `count`-th turn of a stretch."""
    return when(lambda t: t.stretch == stretch and t.before % count == 1 and (not names or t.name in names), then)


def capacity(citizens: int, then: Answer) -> World:
    """Beyond so many citizens this answer."""
    return when(lambda turn: turn.citizens > citizens, then)


def guard(citizens: int, then: Answer, else_: Answer | None = None) -> World:
    """Beyond so many citizens this answer to every other turn, and the other, or the usual one, to the rest."""
    beyond: World = lambda turn: then if turn.before % 2 else else_ or steady(turn)  # noqa: E731
    return lambda turn: beyond(turn) if turn.citizens > citizens else steady(turn)


def climbing(by_s: float) -> World:
    """Slower by so many seconds after 18 s."""
    return lambda turn: answers(steady(turn)[0] + by_s * turn.at / 18)


def scattered(turn: Turn) -> Answer:
    """Around 2.5 s, from 0.5 to 4.5 s."""
    return answers(0.5 + 4 * (turn.before * 7 % 11) / 10 if turn.name == "search" else 0.1)


SLOW_SEARCH = when(lambda t: t.name == "search", answers(4))
SLOW_UPLOAD = when(lambda t: t.name == "upload", answers(4))
TIMEOUT, BROKEN = answers(30, Came.TIMEOUT, 0), answers(0.1, Came.STATUS, 500)
GUARDED, OVERLOADED = answers(0.1, Came.STATUS, 503), answers(0.9, Came.STATUS, 503)
REFUSED = answers(0.1, Came.STATUS, 429)
BLOCKED = when(lambda t: t.name == "look-up", answers(0.05, Came.WRONG_PAGE))


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.__name__)
def test_a_system_that_keeps_up_passes(check: Callable[..., None], tmp_path: Path) -> None:
    load = measured(tmp_path)
    assert verdict_of(check, load) == (P, "")
    assert any("Đã đo" in one.title for one in load.evidence), "a pass says what was measured"


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.__name__)
def test_a_strained_generator_is_our_own_fault(check: Callable[..., None], tmp_path: Path) -> None:
    verdict, words = verdict_of(check, measured(tmp_path, strained=True))
    assert verdict is OURS and "máy đo không theo kịp" in words


def test_a_generator_that_stood_still_is_our_own_fault(tmp_path: Path) -> None:
    load = measured(tmp_path, frozen_s=9)
    for check in ALL:
        verdict, words = verdict_of(check, load)
        assert verdict is OURS and "bộ phát tải đứng khoảng 9 giây" in words


CASES: list[tuple[str, Callable[..., None], World, Verdict, str]] = [
    ("slow search", MEAN, SLOW_SEARCH, HALF, "Tìm kiếm: trung bình 4,00 giây trên"),
    ("slow search", P95, when(lambda t: t.name == "search", answers(6)), HALF, "Tìm kiếm: p95 6,00 giây"),
    ("slow search is not slow enough for p95", P95, SLOW_SEARCH, P, ""),
    ("slow upload, seldom seen", MEAN, SLOW_UPLOAD, HALF, "Tải tệp: trung bình 4,00 giây"),
    ("a few, one of them very slow", MEAN, when(lambda t: t.name == "upload" and not t.before, answers(40)), REVIEW,
     "chưa đủ chắc"),
    ("all slow", MEAN, lambda t: answers(3), F, "Trang chủ: trung bình 3,00 giây"),
    ("one slow start of the day", MEAN, when(lambda t: t.name == "home" and not t.before, answers(9)), P, ""),
    ("a slow upload in the peak alone", MEAN, when(lambda t: t.stretch == PEAK, answers(8)), P, ""),
    ("a mean near the limit", MEAN, scattered, REVIEW, "sát ngưỡng 2,5 giây"),
    ("an operation that never worked", MEAN, BLOCKED, REVIEW, "Tra cứu: cả"),
    ("quick error pages", MEAN, every(4, NORMAL, answers(9, Came.STATUS, 503)), P, ""),
    ("two of a few beyond the limit", P95, when(lambda t: t.name == "upload", answers(8)), HALF, "Tải tệp: p95"),
    ("three of eighteen beyond the limit", P95, every(6, NORMAL, answers(8), "look-up"), REVIEW, "Tra cứu: p95"),
    ("one of eighteen beyond the limit", P95, when(lambda t: t.name == "look-up" and t.before == 3, answers(8)), P, ""),
    ("slow answers now and then", SLOWEST, every(10, NORMAL, answers(12)), HALF, "lượt vượt ngưỡng"),
    ("one slow start of the day", SLOWEST, when(lambda t: t.name == "home" and not t.before, answers(12)), REVIEW,
     "chỉ một lượt vượt ngưỡng (lượt thứ 1"),
    ("one stall that all wait for", SLOWEST, lambda t: answers(max(0.1, 14 - t.at)) if 1 < t.at < 14 else steady(t),
     REVIEW, "cùng một lúc"),
    ("one stall that all wait for", P95, lambda t: answers(max(0.1, 14 - t.at)) if 5.9 < t.at < 14 else steady(t),
     REVIEW, "cùng một lúc"),
    ("one stall that ends by time-outs", LATE, lambda t: TIMEOUT if 1 < t.at < 2 else steady(t), REVIEW,
     "cùng một lúc"),
    ("slow in the peak alone", SLOWEST, when(lambda t: t.stretch == PEAK, answers(12)), P, ""),
    ("time-outs are the slowest", SLOWEST, every(20, NORMAL, TIMEOUT, "home"), HALF, "quá thời gian chờ"),
    ("time-outs", LATE, every(20, NORMAL, TIMEOUT, "home"), F, "Trang chủ: 3/"),
    ("one time-out", LATE, when(lambda t: t.name == "home" and t.before == 7, TIMEOUT), REVIEW, "chỉ một lượt"),
    ("errors that are no time-outs", LATE, every(10, NORMAL, BROKEN), P, ""),
    ("collapse at 60", CITIZENS, capacity(60, BROKEN), HALF, "phục vụ được 50/200 người"),
    ("collapse at once", CITIZENS, capacity(0, BROKEN), F, "phục vụ được 0/200 người"),
    ("too slow to be served", CITIZENS, capacity(160, answers(14)), HALF, "phục vụ được 150/200 người"),
    ("a few errors", CITIZENS, every(50, STEP, BROKEN), P, ""),
    ("one address asks too often", CITIZENS, capacity(60, REFUSED), REVIEW, "429"),
    ("a guard counts what one address asks", CITIZENS, guard(60, GUARDED), REVIEW, "từ một địa chỉ"),
    ("a guard counts what one address asks", ERRORS, guard(160, GUARDED), REVIEW, "từ một địa chỉ"),
    ("a guard counts what one address asks", KNEE, guard(60, GUARDED), REVIEW, "từ một địa chỉ"),
    ("a guard shows a page", ERRORS, guard(160, answers(0.05, Came.WRONG_PAGE)), REVIEW, "từ một địa chỉ"),
    ("a guard breaks connections", ERRORS, guard(160, answers(0.01, Came.BROKEN, 0)), REVIEW, "từ một địa chỉ"),
    ("a guard at normal load", SOAK, every(20, NORMAL, GUARDED), REVIEW, "từ một địa chỉ"),
    ("slow 503", ERRORS, capacity(160, OVERLOADED), F, "503"),
    ("quick 503 beside slow pages", CITIZENS, guard(60, GUARDED, answers(0.9)), HALF, "503"),
    ("errors at the last step", ERRORS, capacity(160, BROKEN), F, "mã lỗi HTTP"),
    ("three of a hundred", ERRORS, every(12, STEP, BROKEN), F, "bậc 200 người"),
    ("errors at a lower step alone", ERRORS, when(lambda t: t.citizens == 50, BROKEN), P, ""),
    ("an operation that never worked", ERRORS, BLOCKED, P, ""),
    ("one address asks too often", ERRORS, capacity(160, REFUSED), REVIEW, "429"),
    ("a queue from 150 on", KNEE, capacity(120, answers(7)), F, "điểm gãy trước mức yêu cầu 200 người: bậc 150"),
    ("slower, but it follows", KNEE, capacity(120, answers(0.3)), P, ""),
    ("a slow first step alone", KNEE, when(lambda t: t.citizens == 50, answers(2)), P, ""),
    ("a little slower in all steps", KNEE, capacity(0, answers(0.4)), P, ""),
    ("answers grow slower", DRIFT, climbing(0.4), F, "chậm dần"),
    ("a hair slower, in a short time", DRIFT, climbing(0.055), REVIEW, "--soak=10m"),
    ("slower by less than anybody feels", DRIFT, climbing(0.03), P, ""),
    ("answers grow quicker", DRIFT, climbing(-0.05), P, ""),
    ("errors", SOAK, every(20, NORMAL, BROKEN), F, "500"),
    ("one error", SOAK, when(lambda t: t.name == "home" and t.before == 9, BROKEN), REVIEW, "chỉ một lượt"),
    ("an operation that never worked", SOAK, BLOCKED, REVIEW, "Tra cứu"),
    ("errors in the peak alone", SOAK, every(5, PEAK, BROKEN), P, ""),
    ("slow after the peak", RECOVERS, when(lambda t: t.stretch in (AFTER, "after"), answers(0.9)), F, "chưa hồi phục"),
    ("slow in the peak alone", RECOVERS, when(lambda t: t.stretch == PEAK, answers(1)), P, ""),
    ("errors after the peak", RECOVERS, every(4, AFTER, BROKEN), F, "sau đỉnh"),
    ("slower since before the peak", RECOVERS, climbing(0.6), REVIEW, "từ trước đỉnh"),
    ("slow all the time", RECOVERS, lambda t: answers(1.2), P, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "world", "wanted", "said"), [case[1:] for case in CASES], ids=[f"{c[1].__name__}: {c[0]}" for c in CASES]
)
def test_what_is_measured_decides(
    check: Callable[..., None], world: World, wanted: Verdict, said: str, tmp_path: Path
) -> None:
    verdict, words = verdict_of(check, measured(tmp_path, world))
    assert verdict is wanted, words
    assert said in words
    if verdict in (F, HALF):
        assert "làm lại: python -m pytest suites/performance --system=demo" in words


DEFECTS: list[tuple[str, World, set[Callable[..., None]]]] = [
    ("slow search", SLOW_SEARCH, {MEAN}),
    ("slow upload", SLOW_UPLOAD, {MEAN}),
    ("a lock that makes capacity collapse", capacity(60, BROKEN), {CITIZENS, ERRORS, KNEE}),
    ("memory growth", climbing(0.6), {DRIFT}),
]


@pytest.mark.parametrize(("world", "losing"), [one[1:] for one in DEFECTS], ids=[one[0] for one in DEFECTS])
def test_a_defect_loses_its_own_points_alone(world: World, losing: set[Callable[..., None]], tmp_path: Path) -> None:
    load = measured(tmp_path, world)
    failing = {check for check in ALL if verdict_of(check, load)[0] in (F, HALF)}
    assert failing == losing


def test_the_brake_stops_the_steps_and_what_was_seen_before_decides(tmp_path: Path) -> None:
    why = "60% trong 40 lượt gần nhất không nhận được đúng trang"
    load = measured(tmp_path, capacity(90, BROKEN), stop_at=5, why=why, stopped_plan="crowds")
    verdict, words = verdict_of(CITIZENS, load)
    assert verdict is HALF and "50/200" in words and "phanh dừng tải ở giây 5/12: 60%" in words
    for check in (ERRORS, KNEE):
        verdict, words = verdict_of(check, load)
        assert verdict is F and "phanh dừng" in words, words
    assert verdict_of(MEAN, load)[0] is P, "normal load was before it"


def test_the_brake_stops_normal_load_and_no_crowd_comes(tmp_path: Path) -> None:
    load = measured(tmp_path, lambda t: answers(11), stop_at=14, why="một nửa số lượt gần nhất chờ hơn 11,0 giây")
    for check in (MEAN, SLOWEST):
        verdict, words = verdict_of(check, load)
        assert verdict is F and "chờ hơn 11,0 giây" in words, words
    for check in (CITIZENS, ERRORS, KNEE):
        verdict, words = verdict_of(check, load)
        assert verdict is F and "phục vụ được 0/200 người" in words
    assert verdict_of(RECOVERS, load)[0] is REVIEW


def test_normal_load_that_breaks_by_errors_is_nobody_served(tmp_path: Path) -> None:
    why = "60% trong 40 lượt gần nhất không nhận được đúng trang"

    def breaking(then: Answer) -> World:
        return when(lambda t: t.before > 5 and t.before % 5 > 0, then)

    load = measured(tmp_path / "500", breaking(BROKEN), stop_at=12, why=why)
    for check in (CITIZENS, ERRORS, KNEE):
        verdict, words = verdict_of(check, load)
        assert verdict is F and "phục vụ được 0/200 người; ngay ở tải thường" in words
    guarded = measured(tmp_path / "503", breaking(GUARDED), stop_at=12, why=why)
    for check in (CITIZENS, ERRORS, KNEE):
        assert verdict_of(check, guarded)[0] is REVIEW


SLOW_WHY = "một nửa số lượt gần nhất chờ hơn 11,0 giây"


def test_a_brake_in_the_peak_says_nothing_of_normal_load_and_crowds_still_come(tmp_path: Path) -> None:
    load = measured(tmp_path, when(lambda t: t.stretch == PEAK, answers(20)), stop_at=18, why=SLOW_WHY)
    assert load.data.answers_again and load.data.looks > 0
    for check in (MEAN, P95, SLOWEST, LATE, SOAK, CITIZENS, ERRORS, KNEE):
        assert verdict_of(check, load) == (P, ""), check
    assert not any("phanh" in one.title for one in load.evidence)
    verdict, words = verdict_of(RECOVERS, load)
    assert verdict is REVIEW and "đợt đỉnh làm hệ thống ngừng" in words


def test_a_system_that_a_peak_ends_for_good_has_not_recovered(tmp_path: Path) -> None:
    broken = when(lambda t: t.stretch in (PEAK, AFTER, "after"), BROKEN)
    load = measured(tmp_path, broken, stop_at=18, why="60% trong 40 lượt gần nhất không nhận được đúng trang")
    assert load.data.answers_again is False and load.data.crowds is None
    verdict, words = verdict_of(RECOVERS, load)
    assert verdict is F and "chưa hồi phục" in words
    for check in (CITIZENS, ERRORS, KNEE):
        verdict, words = verdict_of(check, load)
        assert verdict is REVIEW and "chưa trả lời lại" in words


def test_fewer_citizens_allowed_than_required_is_not_the_systems_fault(tmp_path: Path) -> None:
    load = measured(tmp_path, system=system_of(citizens_at_most=40))
    for check in (CITIZENS, ERRORS, KNEE):
        verdict, words = verdict_of(check, load)
        assert verdict is OPEN and "mới gửi tải tới 40/200 người" in words
    collapsed = measured(tmp_path, capacity(20, BROKEN), system=system_of(citizens_at_most=40))
    assert verdict_of(CITIZENS, collapsed)[0] is HALF, "but what breaks below it is"


def test_citizens_whom_the_cap_slows_are_no_crowd(tmp_path: Path) -> None:
    verdict, words = verdict_of(CITIZENS, measured(tmp_path, rate_cap=30))
    assert verdict is OPEN and "trần 30 yêu cầu/giây" in words


def test_a_step_beyond_the_required_number_may_break(tmp_path: Path) -> None:
    load = measured(tmp_path, capacity(160, BROKEN))
    load.data = load.data.model_copy(update={"required": 150})
    for check in (CITIZENS, ERRORS, KNEE):
        assert verdict_of(check, load) == (P, "")


def test_beside_other_work_nothing_is_blamed(tmp_path: Path) -> None:
    load = measured(tmp_path, SLOW_SEARCH, beside="một tiến trình khác của lần chạy này")
    verdict, words = verdict_of(MEAN, load)
    assert verdict is REVIEW and "cùng lúc với việc khác" in words
    assert verdict_of(SLOWEST, load)[0] is P


def test_what_the_script_left_out_is_named(tmp_path: Path) -> None:
    why = "đăng nhập: ở máy của bên thứ ba, không đo bằng tải"
    load = measured(tmp_path, SLOW_SEARCH, unmeasured=(why,))
    assert why in verdict_of(MEAN, load)[1]
    quiet = measured(tmp_path, unmeasured=(why,))
    assert verdict_of(MEAN, quiet) == (P, "") and any(why in one.title for one in quiet.evidence)


def test_a_long_soak_shows_what_a_short_one_cannot(tmp_path: Path) -> None:
    def leaking(turn: Turn) -> Answer:
        return answers(steady(turn)[0] + 0.04 * turn.at / 120)

    assert verdict_of(DRIFT, measured(tmp_path, leaking, soak_s=120))[0] is F


@pytest.mark.parametrize("world", [steady, SLOW_SEARCH, capacity(60, BROKEN)])
def test_judging_twice_says_the_same(world: World, tmp_path: Path) -> None:
    first: Load = measured(tmp_path / "a", world)
    again: Load = measured(tmp_path / "b", world)
    judge: Callable[[Load], list[Any]] = lambda load: [verdict_of(check, load) for check in ALL]  # noqa: E731
    assert judge(first) == judge(first) == judge(again)
    assert partial(first.data.model_dump)() == again.data.model_dump()


def test_load_that_was_stopped_from_outside_is_not_the_systems_fault(tmp_path: Path) -> None:
    load = measured(tmp_path, stop_at=7, why="dừng theo yêu cầu", stopped_plan="crowds")
    for check in (CITIZENS, ERRORS, KNEE):
        verdict, words = verdict_of(check, load)
        assert verdict is OURS and "dừng theo yêu cầu" in words
    assert verdict_of(MEAN, load) == (P, "")
