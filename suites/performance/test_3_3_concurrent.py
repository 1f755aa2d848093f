"""3.3 Truy cập đồng thời."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.load import Load
from suites.performance.load_rules import (
    LIMITED,
    SURE,
    chance_of,
    judged_of,
    kinds,
    limited_by_address,
    percent,
    seconds,
)
from toantrinh.judgement import Grounds, needs_review, not_tested
from toantrinh.load.knee import FOLLOWS
from toantrinh.observations.load_run import Stage, StageName

CRITERION = "3.3"
SERVED_SHARE = 0.95  # of what was asked, with the right page; below it nobody would say that citizens are served
NEAR_KNEE = 0.8  # of what was offered: between this and FOLLOWS noise may have decided
SLOWED_THINKING = 2  # times slower than the file says: those citizens are no crowd any more


@check("load.required-citizens")
def test_required_citizens_are_served(load: Load) -> None:
    """Tải tăng theo bậc tới đủ số người yêu cầu mà hệ thống vẫn trả đúng trang."""
    _normal_load_broke(load)
    steps, required = load.steps(), load.data.required
    unserved = next((step for step in steps if not _served(load, step)), None)
    last = steps[-1] if steps else None
    grounds = _grounds(load, f"phục vụ đủ {required} người cùng lúc")
    if unserved is not None:
        _address_is_limited(load, unserved, grounds)
        before = max((step.citizens for step in steps if step.citizens < unserved.citizens), default=0)
        said = f"phục vụ được {before}/{required} người; {unserved.title}: {_step(load, unserved)}{_tail(load)}"
        load.blame(said, grounds, share=before / required)
    _need_all(load, last, grounds)
    load.remark(_words(load))


@check("load.error-share")
def test_errors_are_few(load: Load) -> None:
    """Lỗi, hết giờ và trang sai không quá tỷ lệ cho phép ở bậc tải yêu cầu."""
    _normal_load_broke(load)
    steps, limit = load.steps(), load.system.thresholds.error_share
    last = steps[-1] if steps else None
    figures = judged_of(load, last) if last else []
    count, wrong = sum(one.count for one in figures), sum(one.wrong for one in figures)
    grounds = _grounds(load, f"lỗi không quá {percent(limit)}")
    if last is None or not count:
        not_tested(f"chưa lượt nào xong ở bậc tải yêu cầu{_tail(load)}", grounds)
    said = f"{last.title}: {wrong}/{count} lượt lỗi ({percent(wrong / count)}): {kinds(figures)}{_tail(load)}"
    if wrong / count > limit:
        _address_is_limited(load, last, grounds)
        if chance_of(wrong, count, limit) < SURE and wrong > 1:
            load.blame(said, grounds)
        needs_review(f"{said}; quá ít lượt để chắc là vượt {percent(limit)}", grounds)
    _need_all(load, last, grounds)
    load.remark(f"{last.title}: {wrong} lỗi trong {count} lượt")


@check("load.knee-beyond-required")
def test_knee_lies_beyond(load: Load) -> None:
    """Thông lượng còn tăng theo tải cho tới ít nhất mức yêu cầu."""
    _normal_load_broke(load)
    steps, required = load.steps(), load.data.required
    grounds = _grounds(load, f"thông lượng theo kịp tới {required} người")
    if load.data.crowds and load.data.crowds.stopped and steps and not steps[-1].whole:
        _address_is_limited(load, steps[-1], grounds)
        load.blame(f"{steps[-1].title}: hệ thống không chịu nổi trước mức yêu cầu{_tail(load)}", grounds)
    whole = [step for step in steps if step.whole and step.offered]
    if not whole:
        not_tested(f"chưa bậc tải nào chạy trọn{_tail(load)}", grounds)
    behind = [step for step in whole if _follows(step) < FOLLOWS]
    if _follows(whole[-1]) < FOLLOWS:  # who keeps up with most citizens could with fewer
        _address_is_limited(load, behind[0], grounds)
        said = f"{behind[0].title}: trả {behind[0].answered:.0f} trên {behind[0].offered:.0f} lượt/giây{_tail(load)}"
        if min(map(_follows, behind)) >= NEAR_KNEE:
            needs_review(f"{said}; sát mức theo kịp, cần đo lại lúc máy rảnh", grounds)
        load.blame(f"điểm gãy trước mức yêu cầu {required} người: {said}", grounds)
    _need_all(load, whole[-1], grounds)
    load.remark("; ".join(f"{one.title}: {one.answered:.0f}/{one.offered:.0f} lượt/giây" for one in whole))


def _follows(step: Stage) -> float:
    return step.answered / step.offered if step.offered else 1.0


def _served(load: Load, step: Stage) -> bool:
    """Whether the step was sent to its end and its citizens got what they came for, in a bearable time."""
    return step.whole and _bears(load, step)


def _bears(load: Load, step: Stage) -> bool:
    """Whether citizens got what they came for, as far as the step was sent."""
    figures = judged_of(load, step)
    count, wrong = sum(one.count for one in figures), sum(one.wrong for one in figures)
    if not count:
        return False
    most = 1 - SERVED_SHARE
    turned_away = wrong > most * count and chance_of(wrong, count, most) < SURE
    return not turned_away and (step.together.p50 or 0) <= load.system.thresholds.slowest_response_s


def _need_all(load: Load, last: Stage | None, grounds: Grounds) -> None:
    """Ends the check where all went well, but not for as many as required: that was ours to send."""
    required = load.data.required
    if last is None or last.citizens < required:
        sent = last.citizens if last else 0
        not_tested(f"mới gửi tải tới {sent}/{required} người: tệp hệ thống cho phép {load.data.allowed}", grounds)
    if last.think_s > SLOWED_THINKING * load.data.think_s:
        most = load.data.crowds.requests_per_second_at_most if load.data.crowds else 0
        not_tested(
            f"{last.citizens} người, nhưng trần {most:g} yêu cầu/giây làm mỗi người nghĩ {last.think_s:.0f} giây "
            f"thay vì {load.data.think_s:g}: chưa phải tải yêu cầu (load.requests_per_second_at_most)",
            grounds,
        )


def _address_is_limited(load: Load, stage: Stage, grounds: Grounds) -> None:
    if limited_by_address(load, stage):
        said = f"{stage.title}: {_step(load, stage)}"
        needs_review(f"{said}; {LIMITED}", grounds)


def _normal_load_broke(load: Load) -> None:
    """Ends the check where the brake stopped normal load for the system's own errors, or because it was slow."""
    if load.data.crowds is not None or not load.data.normal.braked or load.data.stage(StageName.NORMAL).whole:
        return
    stage, required = load.normal(), load.data.required
    said = f"ngay ở {stage.title}: {_step(load, stage)}{load.tail(load.data.normal)}"
    grounds = load.grounds(f"phục vụ đủ {required} người cùng lúc", said, CRITERION)
    _address_is_limited(load, stage, grounds)
    if not _bears(load, stage) or load.stopped_slow(load.system.thresholds.slowest_response_s):
        load.blame(f"phục vụ được 0/{required} người; {said}", grounds)
    needs_review(f"{said}; do hệ thống chặn hoặc kịch bản tải chưa đúng, cần xem mẫu", grounds)


def _step(load: Load, step: Stage) -> str:
    figures = judged_of(load, step)
    count, wrong = sum(one.count for one in figures), sum(one.wrong for one in figures)
    errors = f": {kinds(figures)}" if wrong else ""
    return f"trung vị {seconds(step.together.p50)}, {wrong}/{count} lượt lỗi{errors}"


def _words(load: Load) -> str:
    return "; ".join(f"{step.title}: {_step(load, step)}" for step in load.steps())


def _tail(load: Load) -> str:
    return load.tail(load.data.crowds) if load.data.crowds else ""


def _grounds(load: Load, expected: str) -> Grounds:
    return load.grounds(expected, _words(load) + _tail(load), CRITERION)
