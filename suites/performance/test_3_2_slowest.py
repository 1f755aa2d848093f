"""3.2 Thời gian phản hồi chậm nhất."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.load import Load
from suites.performance.load_rules import ONE_MOMENT, each_within, slowest_stands
from toantrinh.judgement import needs_review, not_tested
from toantrinh.observations.load_run import TIMEOUT_WORD


@check("load.slowest-in-limit")
def test_slowest_is_within_the_limit(load: Load) -> None:
    """Ở tải thường, lượt chậm nhất của mỗi thao tác không quá ngưỡng; lượt hết giờ tính là chậm nhất."""
    each_within(load, slowest_stands, load.system.thresholds.slowest_response_s, "lượt chậm nhất", "3.2")


@check("load.no-timeout")
def test_nothing_times_out(load: Load) -> None:
    """Ở tải thường không lượt nào hết thời gian chờ."""
    stage = load.normal()
    late = [one for one in stage.operations if one.timeouts]
    count, tail = stage.together.timeouts, load.tail_of_normal()
    said = "; ".join(f"{one.title}: {one.timeouts}/{one.count} lượt hết giờ" for one in late)
    grounds = load.grounds("không lượt nào hết giờ", said or "không", "3.2", ", ".join(one.title for one in late))
    moments = {one.moment for one in stage.together.slow_ones if one.came == TIMEOUT_WORD}
    if count > 1 and len(moments) == 1 and stage.together.timeouts < stage.together.waited / 2:
        needs_review(f"{said}: {ONE_MOMENT}; cần đo lại{tail}", grounds)
    if count > 1:
        load.blame(f"{said}{tail}", grounds)
    if count == 1:
        needs_review(f"{said}: chỉ một lượt, có thể do đường truyền; cần đo lại{tail}", grounds)
    if load.data.normal.under_way and load.stopped_slow(load.system.thresholds.slowest_response_s):
        needs_review(f"chưa rõ số lượt sẽ hết giờ{tail}", grounds)
    if not stage.together.waited:
        not_tested(f"chưa lượt nào ra đúng trang{tail}", grounds)
    load.remark(f"0 lượt hết giờ trong {stage.together.count} lượt{tail}")
